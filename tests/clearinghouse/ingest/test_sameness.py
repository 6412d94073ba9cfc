"""A person's word on duplicates: done at once, remembered, audited, stronger than what we think, and taken back."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa
from staffing import add_person

from clearinghouse.accounts.actor import Actor
from clearinghouse.accounts.models import AuditEvent
from clearinghouse.accounts.tags import Tag
from clearinghouse.db import Store
from clearinghouse.errors import BadFormError
from clearinghouse.ingest import correcting, sameness
from clearinghouse.ingest.joining import join_all
from clearinghouse.ingest.models import Correction, Sameness
from clearinghouse.vacancies.models import Vacancy

LATER = dt.datetime(2026, 11, 3, 12, tzinfo=dt.UTC)
KIM = Actor(user=1, email="kim@anytown.example", name="Kim")


class Town:
    """An employer's source with three adverts, and a board with two of them in words of its own."""

    def __init__(self, make_partner: Any, store: Store, advert: Any, read: Any) -> None:
        self.own = make_partner(store)
        self.board = make_partner(store, slug="board", organisation=None)
        self.board.now, self.store, self.advert, self.read = self.own.now, store, advert, read
        add_person(store, LATER)  # the first: number 1
        self.again()

    def again(self, **said: Any) -> None:
        """Both sources are read anew; the board says of its second advert what is `said`."""
        self.own.run([self.advert(number) for number in (1, 2, 3)])
        card = partial(self.advert, employer="Anytown Borough Council")
        first = card(1, reference="B1", url="https://board.example/1", title="Somebody clever")
        link = {"apply_url": "https://jobs.anytown.example/2"}
        second = {"reference": "B2", "url": "https://board.example/2", "title": "Officer 2", **link, **said}
        self.board.run([first, card(2, **second)])

    def ids(self) -> dict[str, str]:
        """The public id of the vacancy that each advert stands for."""
        own = {key: self.own.vacancy(key).public_id for key in ("R1", "R2", "R3")}
        return own | {key: self.board.vacancy(key).public_id for key in ("B1", "B2")}

    def held(self) -> list[Sameness]:
        return [row for row in self.own.rows(Sameness) if row.undone_at is None]

    def apart(self, key: str, reason: str = "another job") -> bool:
        return sameness.say_apart(self.store, self.board.sighting(key).id, reason, KIM, LATER, self.read)

    def undo(self) -> bool:
        return sameness.undo(self.store, self.held()[0].id, KIM, LATER, self.read)


@pytest.fixture
def town(make_partner: Any, store: Store, advert: Any, simple_reading: Any) -> Town:
    return Town(make_partner, store, advert, simple_reading)


def test_what_a_person_joined_stays_one_through_crawls_and_nights_until_taken_back(town: Town) -> None:
    before = town.ids()
    assert len(set(before.values())) == 4
    assert sameness.say_same(town.store, before["B1"], before["R1"], " one  job ", KIM, LATER)
    assert town.ids() == before | {"B1": before["R1"]}
    town.again()
    join_all(town.store, LATER)
    assert town.ids()["B1"] == before["R1"]
    assert not sameness.say_same(town.store, before["B1"], before["R1"], "again", KIM, LATER)
    assert [(row.same, row.reason, row.by) for row in town.held()] == [(True, "one job", KIM.email)]
    assert town.undo()
    assert town.ids() == before
    assert town.held() == []
    assert town.board.vacancy("B1").title == "Somebody clever"


def test_what_a_person_parted_stays_apart_through_crawls_and_nights_until_taken_back(town: Town) -> None:
    before = town.ids()
    assert before["B2"] == before["R2"]
    assert town.apart("B2")
    after = town.ids()
    assert after == before | {"B2": after["B2"]} != before
    town.again(closes="2027-01-01T12:00:00+00:00")
    join_all(town.store, LATER)
    assert town.ids() == after
    assert not town.apart("B2")
    assert town.undo()
    town.again()
    join_all(town.store, LATER)
    assert town.ids() == before


def test_both_halves_of_a_hidden_vacancy_say_who_hid_them_and_each_is_shown_by_its_own_new_words(town: Town) -> None:
    before = town.ids()
    correcting.hide(town.store, before["R2"], "drawn back", KIM, LATER)
    assert town.apart("B2")
    halves = {row.vacancy_id: (row.reason, row.by, row.at) for row in town.own.rows(Correction)}
    assert halves == dict.fromkeys(
        (town.own.vacancy("R2").id, town.board.vacancy("B2").id), ("drawn back", KIM.email, LATER)
    )
    town.again(closes="2027-01-01T12:00:00+00:00")
    assert (town.own.vacancy("R2").hidden, town.board.vacancy("B2").hidden) == (True, False)


def test_two_adverts_of_one_source_are_one_when_a_person_says_so(town: Town) -> None:
    before = town.ids()
    assert sameness.say_same(town.store, before["R3"], before["R1"], "advertised twice", KIM, LATER)
    town.again()
    join_all(town.store, LATER)
    assert town.ids() == before | {"R3": before["R1"]}
    assert town.undo()
    assert town.ids() == before


def test_two_vacancies_called_different_are_never_joined_however_alike_they_get(town: Town) -> None:
    town.apart("B2")
    town.undo()
    ids = town.ids()
    assert sameness.say_different(town.store, ids["R2"], ids["B2"], "two posts", KIM, LATER)
    assert not sameness.say_different(town.store, ids["B2"], ids["R2"], "two posts", KIM, LATER)
    town.again()
    join_all(town.store, LATER)
    assert town.ids() == ids
    assert sameness.say_same(town.store, ids["R2"], ids["B2"], "one after all", KIM, LATER)
    assert [row.same for row in town.held()] == [True]
    assert town.ids()["B2"] == town.ids()["R2"]


def test_every_word_is_audited_with_its_reason_and_one_without_is_refused(town: Town) -> None:
    ids = town.ids()
    for act in (
        partial(sameness.say_same, town.store, ids["R1"], ids["B1"]),
        partial(sameness.say_different, town.store, ids["R1"], ids["B1"]),
    ):
        with pytest.raises(BadFormError, match="Say why"):
            act(" ", KIM, LATER)
    with pytest.raises(BadFormError, match="Say why"):
        town.apart("B2", "")
    assert town.ids() == ids
    town.apart("B2", "two posts")
    town.undo()
    with town.store.reading() as session:
        events = session.scalars(sa.select(AuditEvent).order_by(AuditEvent.id)).all()
    assert [(each.tag, each.about) for each in events] == [
        (Tag.VACANCY_SAMENESS_SAID, ids["R2"]),
        (Tag.VACANCY_SAMENESS_UNDONE, ids["R2"]),
    ]
    assert all((each.details or {})["reason"] == "two posts" for each in events)


def test_every_public_id_that_ever_was_leads_to_a_vacancy(town: Town) -> None:
    ids = town.ids()
    sameness.say_same(town.store, ids["R1"], ids["B1"], "one", KIM, LATER)
    sameness.say_same(town.store, ids["R2"], ids["R1"], "one", KIM, LATER)
    sameness.say_same(town.store, ids["R3"], ids["B1"], "one", KIM, LATER)
    with town.store.reading() as session:
        assert {sameness.standing(session, each).public_id for each in ids.values()} == {ids["R1"]}
        assert session.scalar(sa.select(sa.func.count()).where(Vacancy.merged_into.is_(None))) == 1
