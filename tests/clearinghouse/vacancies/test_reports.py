"""Reports of wrong adverts in the store, on each kind of database."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from smalltown import COUNCIL, NOW, TRUST, Town, plain_draft, silent_draft
from staffing import add_person

from clearinghouse.accounts.actor import Actor
from clearinghouse.accounts.models import AuditEvent
from clearinghouse.accounts.tags import Tag
from clearinghouse.errors import BadFormError
from clearinghouse.vacancies.models import Vacancy
from clearinghouse.vacancies.reports import (
    AdvertReport,
    Outcome,
    Wrong,
    close,
    count_open,
    old_words,
    open_reports,
    report,
)

DAY = dt.timedelta(days=1)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def keys(store, tmp_path) -> dict[str, int]:
    """The keys of three vacancies: the council's, the trust's and nobody's."""
    town = Town(store, tmp_path / "index")
    ids = {
        "council": town.add(plain_draft(1)),
        "trust": town.add(plain_draft(2), organisation=2),
        "nobody": town.add(silent_draft(), organisation=None, sources=("board",)),
    }
    town.indexer.close()
    with store.reading() as session:
        return {
            name: session.scalars(sa.select(Vacancy.id).where(Vacancy.public_id == public_id)).one()
            for name, public_id in ids.items()
        }


@pytest.fixture
def person(store) -> Actor:
    return Actor(add_person(store, NOW, email="hr@example.org"), "Hr", "hr@example.org")


def test_each_organisation_has_its_own_and_the_whole_list_has_all(store, keys) -> None:
    for number, name in enumerate(keys):
        report(store, keys[name], "other", f"About {name}", NOW + number * MINUTE)
    with store.reading() as session:
        everything = open_reports(session)
        assert [(one.words, one.slug) for one in everything] == [
            ("About council", COUNCIL), ("About trust", TRUST), ("About nobody", None)
        ]  # fmt: skip
        assert [one.words for one in open_reports(session, 1)] == ["About council"]
        assert [one.words for one in open_reports(session, limit=2)] == ["About council", "About trust"]
        assert (count_open(session), count_open(session, 2), count_open(session, 3)) == (3, 1, 0)


def test_an_answer_is_written_down_once_and_the_visitors_words_are_forgotten(store, keys, person) -> None:
    number = report(store, keys["council"], "pay", "It is 2 pounds less", NOW)
    assert close(store, number, Outcome.FIXED, person, NOW + MINUTE) is True
    assert close(store, number, Outcome.RIGHT, person, NOW + 2 * MINUTE) is False
    with store.reading() as session:
        row = session.get_one(AdvertReport, number)
        assert (row.outcome, row.closed_by, row.closed_at, row.words) == (
            Outcome.FIXED, "hr@example.org", NOW + MINUTE, None
        )  # fmt: skip
        (event,) = session.scalars(sa.select(AuditEvent))
        assert (event.tag, event.user_id, event.organisation_id) == (Tag.REPORT_ADVERT_CLOSED, person.user, 1)
        assert event.details == {"report": number, "wrong": "pay", "outcome": "fixed", "times": 1}
        assert open_reports(session) == ()


def test_words_that_nobody_answers_are_forgotten_after_ninety_days(store, keys) -> None:
    for name, days in (("council", 91), ("trust", 89)):
        report(store, keys[name], "pay", f"About {name}", NOW - days * DAY)
    report(store, keys["nobody"], "pay", "", NOW - 91 * DAY)
    assert old_words(store, NOW) == "1 visitors' old words taken away"
    with store.reading() as session:
        assert sorted(str(one.words) for one in open_reports(session)) == ["About trust", "None", "None"]


def test_what_was_answered_may_be_reported_anew(store, keys, person) -> None:
    first = report(store, keys["council"], "closed", "", NOW)
    assert report(store, keys["council"], "closed", "", NOW + MINUTE) == first
    close(store, first, Outcome.RIGHT, person, NOW + 2 * MINUTE)
    again = report(store, keys["council"], "closed", "", NOW + 3 * MINUTE)
    assert again != first
    with store.reading() as session:
        assert [(one.number, one.wrong, one.times) for one in open_reports(session)] == [(again, Wrong.CLOSED, 1)]


def test_what_cannot_be_taken_is_refused_whole(store, keys) -> None:
    with pytest.raises(BadFormError) as refused:
        report(store, keys["council"], "nonsense", "x" * 1001, NOW)
    assert set(refused.value.errors) == {"wrong", "words"}
    with store.reading() as session:
        assert count_open(session) == 0


def test_visitors_who_report_the_same_at_once_make_one_report(store, keys, person) -> None:
    with ThreadPoolExecutor(4) as pool:
        numbers = set(pool.map(lambda n: report(store, keys["trust"], "pay", "", NOW + n * MINUTE), range(8)))
        closed = list(pool.map(lambda _: close(store, min(numbers), Outcome.FIXED, person, NOW), range(4)))
    assert len(numbers) == 1
    assert sorted(closed) == [False, False, False, True]
    with store.reading() as session:
        assert session.scalars(sa.select(AdvertReport.times)).one() > 1
