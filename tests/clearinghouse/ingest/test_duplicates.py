"""The same vacancy in two sources: linked only when certain, led by the employer's own, open while either is."""

from __future__ import annotations

from typing import Any

import pytest

from clearinghouse.ingest.duplicates import Candidate, Newcomer, choose
from clearinghouse.ingest.traits import traits
from clearinghouse.vacancies.models import Vacancy

OWN = "https://jobs.anytown.example/1"
EMPLOYER = "Anytown Borough Council"
FACTS = {"title": "Finance Officer", "employer": EMPLOYER, "contract": "permanent", "hours_per_week": "37.00"}
CLOSES = {"closes_at": "2026-12-06T23:59:59+00:00"}


def newcomer(
    key: str = "B1", reference: str | None = None, target: str | None = None, source: str = "board", **draft: Any
) -> Newcomer:
    return Newcomer(key, reference, 1, traits(source, key, reference, target, FACTS | draft))


def candidate(
    vacancy: int = 7,
    key: str = "R1",
    target: str | None = None,
    sources: frozenset[str] = frozenset({"own"}),
    **draft: Any,
) -> Candidate:
    return Candidate(vacancy, sources, traits("own", key, key, target, FACTS | draft))


@pytest.mark.parametrize(
    ("one", "other", "linked_to"),
    [
        ({"target": OWN}, {"target": OWN}, 7),
        ({"target": OWN}, {"target": OWN, "employer": None, "title": "Something else"}, 7),
        ({"target": OWN}, {"target": OWN, "employer": "Othertown Council", "title": "Something else"}, None),
        ({"target": OWN}, {"target": OWN + "2"}, None),
        ({}, {}, None),
        ({"reference": "R1"}, {}, 7),
        ({"reference": "R1", "title": "FINANCE OFFICER"}, {}, 7),
        ({"reference": "R1", "title": "Finance Manager"}, {}, None),
        ({"reference": "R1", "employer": "Othertown Council"}, {}, None),
        ({"reference": "R1", "employer": None}, {"employer": None}, None),
        ({"reference": "R1", "hours_per_week": "20.00"}, {}, None),
        ({"reference": "R2"}, {}, None),
        ({"reference": "R2"} | CLOSES, {}, None),
        (CLOSES, CLOSES, 7),
        (CLOSES | {"title": "Finance Officer x2 (37 hours)", "employer": "Anytown BC"}, CLOSES, 7),
        (CLOSES | {"title": "Senior Finance Officer"}, CLOSES, None),
        (CLOSES | {"title": "Finance Officer - Nights"}, CLOSES, None),
        (CLOSES | {"contract": "fixed_term"}, CLOSES, None),
        (CLOSES, {"closes_at": "2027-12-06T23:59:59+00:00"}, None),
        ({"target": OWN}, {"target": OWN, "sources": frozenset({"own", "board"})}, None),
    ],
)
def test_only_what_is_certain_is_linked(one: dict[str, Any], other: dict[str, Any], linked_to: int | None) -> None:
    assert choose("board", [newcomer(**one)], [candidate(**other)]) == ({"B1": linked_to} if linked_to else {})


def test_a_page_that_many_adverts_point_to_proves_nothing() -> None:
    assert choose("board", [newcomer("B1", target=OWN), newcomer("B2", target=OWN)], [candidate(target=OWN)]) == {}
    assert choose("board", [newcomer(target=OWN)], [candidate(target=OWN), candidate(8, "R2", target=OWN)]) == {}


def test_several_candidates_are_no_match() -> None:
    assert choose("board", [newcomer(**CLOSES)], [candidate(7, **CLOSES), candidate(8, "R2", **CLOSES)]) == {}


def test_two_keys_of_one_source_never_meet_in_one_vacancy() -> None:
    both = [newcomer("B1", target=OWN), newcomer("B2", reference="R1")]
    assert choose("board", both, [candidate(target=OWN)]) == {"B1": 7}
    assert choose("board", [newcomer("B1", **CLOSES), newcomer("B2", **CLOSES)], [candidate(**CLOSES)]) == {}


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


def test_a_board_that_names_the_employer_and_the_post_in_its_own_way_is_understood(
    pair: tuple[Any, Any], advert: Any
) -> None:
    own, board = pair
    own.run([advert(1, reference="ABC-00123", title="Planning Officer"), advert(2, title="Planning Manager")])
    said = card(7, apply_url=None, reference="C9-ABC00123", title="PLANNING OFFICER x2", employer="Anytown BC")
    board.run(
        [advert(1, **said), advert(2, **card(8, apply_url=None, title="Planning Manager", employer="Othertown BC"))]
    )
    assert board.vacancy("C9-ABC00123").public_id == own.vacancy("ABC-00123").public_id
    assert len(board.rows(Vacancy)) == 3
