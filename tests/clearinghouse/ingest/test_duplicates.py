"""The same vacancy in two sources: linked only when certain, led by the employer's own, open while either is."""

from __future__ import annotations

from typing import Any

import pytest

from clearinghouse.ingest.duplicates import Candidate, Newcomer, choose
from clearinghouse.vacancies.models import Vacancy

OWN = "https://jobs.anytown.example/1"


def newcomer(key: str = "B1", **values: Any) -> Newcomer:
    known = {"reference": None, "target": None, "organisation_id": 1, "title": "Finance Officer"}
    return Newcomer(**{"key": key, **known, **values})


def candidate(vacancy: int = 7, **values: Any) -> Candidate:
    known = {
        "sources": frozenset({"own"}),
        "key": "R1",
        "target": None,
        "organisation_id": 1,
        "title": "Finance Officer",
    }
    return Candidate(**{"vacancy_id": vacancy, **known, **values})


@pytest.mark.parametrize(
    ("one", "other", "linked_to"),
    [
        ({"target": OWN}, {"target": OWN}, 7),
        ({"target": OWN}, {"target": OWN, "organisation_id": None, "title": "Something else"}, 7),
        ({"target": OWN}, {"target": OWN + "2"}, None),
        ({}, {}, None),
        ({"reference": "R1"}, {}, 7),
        ({"reference": "R1", "title": "FINANCE OFFICER"}, {}, 7),
        ({"reference": "R1", "title": "Finance Manager"}, {}, None),
        ({"reference": "R1", "organisation_id": 2}, {}, None),
        ({"reference": "R1", "organisation_id": None}, {"organisation_id": None}, None),
        ({"reference": "R2"}, {}, None),
        ({"target": OWN}, {"target": OWN, "sources": frozenset({"own", "board"})}, None),
    ],
)
def test_only_what_is_certain_is_linked(one: dict[str, Any], other: dict[str, Any], linked_to: int | None) -> None:
    assert choose("board", [newcomer(**one)], [candidate(**other)]) == ({"B1": linked_to} if linked_to else {})


def test_a_page_that_many_adverts_point_to_proves_nothing() -> None:
    assert choose("board", [newcomer("B1", target=OWN), newcomer("B2", target=OWN)], [candidate(target=OWN)]) == {}


def test_several_candidates_are_no_match() -> None:
    assert choose("board", [newcomer(target=OWN)], [candidate(7, target=OWN), candidate(8, target=OWN)]) == {}


def test_two_keys_of_one_source_never_meet_in_one_vacancy() -> None:
    both = [newcomer("B1", target=OWN), newcomer("B2", reference="R1")]
    assert choose("board", both, [candidate(target=OWN)]) == {"B1": 7}


@pytest.fixture
def pair(make_partner: Any, store: Any) -> tuple[Any, Any]:
    """An employer's own source and a board."""
    own = make_partner(store)
    board = make_partner(store, slug="board", organisation=None)
    board.now = own.now
    return own, board


def card(number: int = 1, **values: Any) -> dict[str, Any]:
    return {
        "reference": f"B{number}",
        "url": f"https://board.example/{number}",
        "apply_url": f"https://jobs.anytown.example/{number}?utm_source=board",
        "title": "Officer as the board says",
        "employer": "Anytown Borough Council",
        **values,
    }


def test_a_boards_advert_joins_the_employers_vacancy_and_does_not_lead_it(pair: tuple[Any, Any], advert: Any) -> None:
    own, board = pair
    own.run([advert(1), advert(2)])
    assert board.run([advert(1, **card()), advert(3, **card(3, apply_url=None))]).new == 2
    assert len(board.rows(Vacancy)) == 3
    assert board.vacancy("B1").public_id == own.vacancy("R1").public_id
    assert own.vacancy("R1").title == "Officer 1"
    board.run([advert(1, **card(title="Officer, newly said by the board")), advert(3, **card(3, apply_url=None))])
    assert own.vacancy("R1").title == "Officer 1"
    own.run([advert(1, title="Officer, newly said by its employer"), advert(2)])
    assert own.vacancy("R1").title == "Officer, newly said by its employer"


def test_the_employers_own_advert_takes_the_lead_when_it_comes_second(pair: tuple[Any, Any], advert: Any) -> None:
    own, board = pair
    board.run([advert(1, **card())])
    public = board.vacancy("B1").public_id
    own.run([advert(1)])
    assert (own.vacancy("R1").public_id, own.vacancy("R1").title) == (public, "Officer 1")


def test_a_vacancy_is_open_while_any_advert_is_and_the_other_takes_the_lead(pair: tuple[Any, Any], advert: Any) -> None:
    own, board = pair
    own.run([advert(1), advert(2), advert(3)])
    board.run([advert(1, **card())])
    for _ in range(2):
        own.run([advert(2), advert(3)])
    assert own.statuses() == {"R1": "open", "R2": "open", "R3": "open"}
    assert own.sighting("R1").status.value == "withdrawn"
    assert own.vacancy("R1").title == "Officer as the board says"
    assert own.vacancy("R1").organisation_id is not None
    own.run([advert(1), advert(2), advert(3)])
    assert own.vacancy("R1").title == "Officer 1"
    for _ in range(2):
        own.run([advert(2), advert(3)])
    board.run([advert(9, **card(9)), advert(8, **card(8))])
    board.run([advert(9, **card(9)), advert(8, **card(8))])
    assert board.statuses()["B1"] == "withdrawn"


def test_what_was_withdrawn_everywhere_is_not_joined(pair: tuple[Any, Any], advert: Any) -> None:
    own, board = pair
    own.run([advert(1), advert(2), advert(3)])
    for _ in range(2):
        own.run([advert(2), advert(3)])
    board.run([advert(1, **card())])
    assert board.vacancy("B1").public_id != own.vacancy("R1").public_id
