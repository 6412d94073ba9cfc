"""Stored vacancies that turn out to be one, and those that no longer are: after a run, at night, and while one runs."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa
from staffing import add_person

from clearinghouse.accounts.actor import Actor
from clearinghouse.db import Store
from clearinghouse.ingest.joining import join_all
from clearinghouse.ingest.models import Correction, Sameness
from clearinghouse.ingest.moving import Act, join
from clearinghouse.ingest.sameness import say_same
from clearinghouse.ingest.steering import unverify, verify
from clearinghouse.ingest.store import apply
from clearinghouse.publish.publisher import states
from clearinghouse.vacancies.clicks import ApplyClick
from clearinghouse.vacancies.models import Opening, Sighting, StatusChange, Touched, Vacancy
from clearinghouse.vacancies.reports import AdvertReport, Wrong

HERE = "https://jobs.anytown.example"
EMPLOYER = "Anytown Borough Council"
BY_HAND = Act("kim@anytown.example", "looked at both", dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC), by_hand=True)
ONE_DATABASE = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)  # what is decided, not how it is kept


@pytest.fixture
def pair(make_partner: Any, store: Store) -> tuple[Any, Any]:
    """An employer's own source and a board."""
    own = make_partner(store)
    board = make_partner(store, slug="board", organisation=None)
    board.now = own.now
    return own, board


def card(number: int = 1, **values: Any) -> dict[str, Any]:
    """What the board says of advert `number`; without the employer's link unless told."""
    return {"reference": f"B{number}", "url": f"https://board.example/{number}", "employer": EMPLOYER, **values}


def linked(number: int = 1, **values: Any) -> dict[str, Any]:
    return card(number, apply_url=f"{HERE}/{number}", **values)


def both(pair: tuple[Any, Any], advert: Any) -> tuple[str, str]:
    """The public ids of two vacancies that nothing told to be one: the employer's, then the board's."""
    own, board = pair
    own.run([advert(1, title="Planner")])
    board.run([advert(1, title="Somebody to plan towns", **card())])
    return own.vacancy("R1").public_id, board.vacancy("B1").public_id


def at(store: Store, public_id: str) -> Vacancy:
    with store.reading() as session:
        return session.scalars(sa.select(Vacancy).where(Vacancy.public_id == public_id)).one()


def history(store: Store, public_id: str) -> list[str]:
    with store.reading() as session:
        rows = sa.select(StatusChange.why).join(Vacancy, Vacancy.id == StatusChange.vacancy_id)
        return list(session.scalars(rows.where(Vacancy.public_id == public_id).order_by(StatusChange.id)))


def test_a_late_detail_joins_two_vacancies_and_the_older_id_stays(pair: tuple[Any, Any], advert: Any) -> None:
    own, board = pair
    older, younger = both(pair, advert)
    assert older != younger
    board.run([advert(1, title="Planner", **linked())])
    assert board.vacancy("B1").public_id == own.vacancy("R1").public_id == older
    assert at(own.store, younger).merged_into == own.vacancy("R1").id
    assert history(own.store, older)[-1] == f"the same vacancy in another source: joined with {younger}"
    assert history(own.store, younger)[-1] == f"the same vacancy in another source: now {older}"
    touched = [row.vacancy_id for row in own.rows(Touched)]
    assert {own.vacancy("R1").id, at(own.store, younger).id} <= set(touched[-4:])


@ONE_DATABASE
def test_the_employers_own_words_lead_what_was_joined_though_the_boards_were_first(
    pair: tuple[Any, Any], advert: Any
) -> None:
    own, board = pair
    board.run([advert(1, title="Somebody to plan towns", **card())])
    own.run([advert(1, title="Planner")])
    older = board.vacancy("B1").public_id
    board.run([advert(1, title="Somebody to plan towns", **linked())])
    assert (own.vacancy("R1").public_id, own.vacancy("R1").title) == (older, "Planner")


def test_the_night_finds_what_two_runs_at_one_time_brought(pair: tuple[Any, Any], advert: Any) -> None:
    own, _ = pair
    older, younger = both(pair, advert)
    with own.store.writing() as session:  # as if the board's run had read the store before the employer's wrote
        session.execute(sa.update(Sighting).where(Sighting.source == "board").values(target=f"{HERE}/1"))
        session.execute(sa.update(Vacancy).where(Vacancy.public_id == younger).values(draft=own.vacancy("R1").draft))
    assert join_all(own.store, own.now).startswith("1 ")
    assert at(own.store, younger).merged_into == at(own.store, older).id
    assert join_all(own.store, own.now).startswith("0 ")


@pytest.mark.parametrize("said", [True, False])
@ONE_DATABASE
def test_what_a_person_called_different_is_never_joined_until_that_is_undone(
    pair: tuple[Any, Any], advert: Any, *, said: bool
) -> None:
    own, board = pair
    older, younger = both(pair, advert)
    ids = sorted((own.sighting("R1").id, board.sighting("B1").id))
    with own.store.writing() as session:
        undone = None if said else own.now
        session.add(Sameness(one=ids[0], other=ids[1], same=False, reason="", by="kim", at=own.now, undone_at=undone))
    board.run([advert(1, title="Planner", **linked())])
    join_all(own.store, own.now)
    assert (board.vacancy("B1").public_id == older) is not said
    assert (at(own.store, younger).merged_into is None) is said


def test_two_keys_of_one_source_are_joined_by_a_person_alone(pair: tuple[Any, Any], advert: Any) -> None:
    own, _ = pair
    own.run([advert(1, title="Planner"), advert(2, title="Planner")])
    ids = own.vacancy("R1").id, own.vacancy("R2").id
    with own.store.writing() as session:
        assert not join(session, *ids, Act("run 9", "alike", own.now))
        assert join(session, *ids, BY_HAND)
        assert not join(session, *ids, BY_HAND)
    assert own.vacancy("R2").id == ids[0]
    assert own.run([advert(1, title="Planner"), advert(2, title="Planner")]).unchanged == 2
    assert own.vacancy("R2").id == ids[0]


def test_what_hangs_on_a_vacancy_goes_where_it_goes(pair: tuple[Any, Any], advert: Any) -> None:
    own, _ = pair
    older, younger = (at(own.store, name).id for name in both(pair, advert))
    early, day = own.now - dt.timedelta(days=9), own.now.date()
    with own.store.writing() as session:
        session.add_all(ApplyClick(vacancy_id=v, day=day, count=c) for v, c in ((older, 2), (younger, 3)))
        session.add(ApplyClick(vacancy_id=younger, day=day - dt.timedelta(days=1), count=1))
        session.add(AdvertReport(vacancy_id=younger, wrong=Wrong.PAY, at=early, last=early))
        session.add(Correction(vacancy_id=younger, reason="x", by="kim", employer=False, at=early))
        session.execute(sa.update(Opening).where(Opening.vacancy_id == younger).values(opens=early))
        session.add(Opening(vacancy_id=younger, audience="at_risk", organisation_id=0, opens=early))
        session.execute(sa.update(Vacancy).where(Vacancy.id == younger).values(hidden=True))
        assert join(session, older, younger, BY_HAND)
    assert {(row.vacancy_id, row.count) for row in own.rows(ApplyClick)} == {(older, 5), (older, 1)}
    assert [row.vacancy_id for table in (AdvertReport, Correction) for row in own.rows(table)] == [older, older]
    opens = {(row.vacancy_id, row.audience): row.opens for row in own.rows(Opening)}
    assert opens[older, "public"] == opens[older, "at_risk"] == early
    assert own.vacancy("R1").hidden


@ONE_DATABASE
def test_a_merge_of_a_merged_one_leaves_every_old_id_one_step_away(pair: tuple[Any, Any], advert: Any) -> None:
    own, _ = pair
    own.run([advert(1), advert(2), advert(3)])
    one, two, three = (own.vacancy(f"R{number}").id for number in (1, 2, 3))
    with own.store.writing() as session:
        assert join(session, two, three, BY_HAND)
        assert join(session, one, two, BY_HAND)
    assert {row.id: row.merged_into for row in own.rows(Vacancy)} == {one: None, two: one, three: one}


def test_a_retitled_advert_leaves_the_vacancy_and_takes_its_old_id_with_it(pair: tuple[Any, Any], advert: Any) -> None:
    own, board = pair
    older, younger = both(pair, advert)
    board.run([advert(1, title="Planner", **linked())])
    assert board.vacancy("B1").public_id == older
    board.run([advert(1, title="Cook", **card())])
    assert (board.vacancy("B1").public_id, board.vacancy("B1").title) == (younger, "Cook")
    assert (own.vacancy("R1").public_id, own.vacancy("R1").title) == (older, "Planner")
    assert board.vacancy("B1").merged_into is None
    assert history(own.store, younger)[-1] == f"its source gave it another title: not {older}"


@ONE_DATABASE
def test_an_advert_that_was_always_linked_gets_an_id_of_its_own_when_it_is_retitled(
    pair: tuple[Any, Any], advert: Any
) -> None:
    own, board = pair
    own.run([advert(1, title="Planner")])
    board.run([advert(1, title="Planner", **linked())])
    own.run([advert(1, title="Cook", url=f"{HERE}/other")])
    assert board.vacancy("B1").title == "Planner"
    assert own.vacancy("R1").title == "Cook"
    assert len({own.vacancy("R1").public_id, board.vacancy("B1").public_id}) == 2
    opened = {row.vacancy_id for row in own.rows(Opening)}
    assert opened == {own.vacancy("R1").id, board.vacancy("B1").id}


@ONE_DATABASE
def test_an_advert_that_is_only_behind_the_other_stays_linked(pair: tuple[Any, Any], advert: Any) -> None:
    own, board = pair
    own.run([advert(1, title="Planner")])
    board.run([advert(1, title="Planner", **linked())])
    board.run([advert(1, title="Planner", closes="2027-03-01T12:00:00+00:00", **card())])
    assert board.vacancy("B1").public_id == own.vacancy("R1").public_id


def test_a_run_that_planned_before_a_merge_writes_to_where_the_advert_is_now(
    pair: tuple[Any, Any], advert: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, board = pair
    older, younger = both(pair, advert)
    ids = at(own.store, older).id, at(own.store, younger).id
    seen = sorted((own.sighting("R1").id, board.sighting("B1").id))

    def joined_meanwhile(*args: Any) -> None:
        with own.store.writing() as session:
            session.add(Sameness(one=seen[0], other=seen[1], same=True, reason="", by="kim", at=own.now))
            assert join(session, *ids, BY_HAND)
        apply(*args)

    monkeypatch.setattr("clearinghouse.ingest.run.apply", joined_meanwhile)
    board.run([advert(1, title="Somebody to plan the town", **card())])
    assert board.vacancy("B1").public_id == older
    assert own.vacancy("R1").title == "Planner"
    monkeypatch.undo()
    assert board.run([advert(1, title="Somebody to plan the town", **card())]).unchanged == 1
    assert not [row for row in own.rows(Sighting) if not row.reading]


@ONE_DATABASE
def test_a_source_that_nobody_verified_leads_no_vacancy_that_another_made_public(
    make_partner: Any, store: Store, advert: Any
) -> None:
    own = make_partner(store, origin="shipped")
    board = make_partner(store, slug="board", organisation=None)
    board.now = own.now
    board.run([advert(1, title="Planner as the board says", **linked())])
    own.run([advert(1, title="Planner")])
    assert own.vacancy("R1").public_id == board.vacancy("B1").public_id
    assert own.vacancy("R1").title == "Planner as the board says"
    verify(store, "anytown", "looked at all", "kim", own.now)
    own.facts = dataclasses.replace(own.facts, verified=own.now.date())
    own.run([advert(1, title="Planner")])
    assert own.vacancy("R1").title == "Planner"
    unverify(store, "anytown", "kim", own.now)
    assert own.vacancy("R1").title == "Planner as the board says", "at once, whenever the board is read"
    assert own.rows(Touched)[-1].vacancy_id == own.vacancy("R1").id
    verify(store, "anytown", "looked at all", "kim", own.now)
    assert own.vacancy("R1").title == "Planner"


@ONE_DATABASE
def test_a_source_that_is_withheld_takes_no_words_from_what_it_does_not_lead(
    make_partner: Any, store: Store, advert: Any
) -> None:
    own = make_partner(store)
    board = make_partner(store, slug="board", organisation=None)
    board.now = own.now
    own.run([advert(1, title="Planner"), advert(2)])
    board.run([advert(1, title="Planner as the board says", **linked())])
    before = own.vacancy("R1").updated
    unverify(store, "board", "kim", board.now + dt.timedelta(hours=1))
    assert (own.vacancy("R1").title, own.vacancy("R1").updated) == ("Planner", before)


@ONE_DATABASE
def test_an_advert_that_returns_as_another_job_leaves_the_vacancy(pair: tuple[Any, Any], advert: Any) -> None:
    own, board = pair
    own.run([advert(1, title="Planner"), advert(9)])
    board.run([advert(1, title="Planner", **linked())])
    own.run([advert(9)])
    own.run([advert(9)])
    assert own.vacancy("R1").status == "open"
    own.run([advert(1, title="Cook", url=f"{HERE}/other"), advert(9)])
    assert (own.vacancy("R1").title, board.vacancy("B1").title) == ("Cook", "Planner")


@ONE_DATABASE
def test_people_are_led_to_an_advert_that_is_live_when_the_leading_one_ends_or_returns(
    pair: tuple[Any, Any], advert: Any
) -> None:
    own, board = pair
    own.run([advert(1, title="Planner"), advert(9)])
    board.run([advert(1, title="Planner", **linked())])
    own.run([advert(9)])
    for postings, sources in (([], ["board"]), ([advert(1, title="Planner")], ["anytown", "board"])):
        touched = own.rows(Touched)[-1].id
        own.run([*postings, advert(9)])
        vacancy = own.vacancy("R1")
        assert vacancy.updated == own.now
        assert vacancy.id in [row.vacancy_id for row in own.rows(Touched) if row.id > touched]
        with own.store.reading() as session:
            (state,) = states(session, [vacancy.id])
        assert sorted(each.source for each in state.adverts) == sources


@pytest.mark.parametrize(
    ("first", "second", "shown"),
    [
        ("Planner", "Cook, new", "Planner"),
        ("Planner, new", "Cook", "Planner, new"),
        ("Planner, new", "Cook, new", "Planner, new"),
        (None, "Cook", "Cook"),
        (None, "Cook, new", "Cook, new"),
        ("Planner", None, "Planner"),
        (None, None, "Planner"),
    ],
)
def test_the_older_of_two_adverts_of_one_source_leads_what_a_person_joined_while_it_is_live(
    one_partner: Any, advert: Any, first: str | None, second: str | None, shown: str
) -> None:
    own = one_partner
    own.run([advert(1, title="Planner"), advert(2, title="Cook"), advert(8), advert(9)])
    kim = Actor(add_person(own.store, own.now), "Kim", "kim@anytown.example")
    assert say_same(own.store, own.vacancy("R1").public_id, own.vacancy("R2").public_id, "one job", kim, own.now)
    said = [advert(n, title=title) for n, title in ((1, first), (2, second)) if title]
    for _ in range(2):
        own.run([*said, advert(8), advert(9)])
    assert own.vacancy("R1").title == shown
    assert own.vacancy("R1").status == ("open" if said else "withdrawn")
