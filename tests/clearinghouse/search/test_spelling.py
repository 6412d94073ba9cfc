"""A misspelt word is put right from titles that everyone may see, and from nothing else."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from made_up import NOW, Maker, doc

from clearinghouse.search.criteria import Criteria
from clearinghouse.search.generation import Generation
from clearinghouse.search.results import search
from clearinghouse.vacancies.visible import PUBLIC, Visible, staff

TITLES = ["Administrator"] * 30 + ["Receptionist", "Nursery Nurse", "Workshop Manager", "Sacristan"]
SOON = NOW + dt.timedelta(hours=1)
FOR_STAFF = {"public_from": None, "referred_from": None, "at_risk_from": None, "unverified": True}


@pytest.fixture(scope="module")
def generation(made_once: Maker, index_dir: Path) -> Generation:
    for key, title in enumerate(TITLES, 1):
        made_once.publish(key, doc(key, title=title))
    made_once.publish(100, doc(100, title="Custodian"), **FOR_STAFF)
    made_once.publish(101, doc(101, title="Falconer", closes_at=SOON.isoformat()))
    made_once.publish(102, doc(102, title="Clerk", description_text="One other administratr, and a lone podiatrist."))
    return made_once.indexed(index_dir)


def searched(generation: Generation, q: str, visible: Visible | None = None) -> str:
    return search(generation, Criteria(q=q), visible or Visible(PUBLIC, NOW)).criteria.q


RIGHT = [
    ("adminstrator", "administrator"),
    ("Recepsionist", "receptionist"),
    ("nursary nurse", "nursery nurse"),
    ("senior nursary, nurse", "senior nursary, nurse"),
    ("administratr", "administrator"),
    ("falconr", "falconer"),
    ("a recepsionist -adminstrator", "a receptionist -adminstrator"),
]


@pytest.mark.parametrize(("q", "meant"), RIGHT)
def test_a_slip_of_a_letter_or_two_is_put_right(generation: Generation, q: str, meant: str) -> None:
    results = search(generation, Criteria(q=q), Visible(PUBLIC, NOW))
    assert results.criteria.q == meant
    assert results.typed == (q if q != meant else None)
    assert (f"Showing results for “{meant}”." in results.notices) == (q != meant)


LEFT = [
    "administrator",
    "podiatrist",
    "dministrator",
    "nurs",
    "nursarie5",
    "xyzzyxyzzy",
    '"adminstrator"',
    "worksop",
    "custodan",
]


@pytest.mark.parametrize("q", LEFT)
def test_what_is_no_slip_or_may_not_be_told_stays(generation: Generation, q: str) -> None:
    assert searched(generation, q) == q


def test_nobody_is_told_of_a_title_that_is_not_public(generation: Generation) -> None:
    assert searched(generation, "custodan", Visible(staff(None), NOW)) == "custodan"
    assert search(generation, Criteria(q="custodian"), Visible(staff(None), NOW)).total == 1


def test_a_title_that_has_closed_is_suggested_no_more(generation: Generation) -> None:
    assert searched(generation, "falconr", Visible(PUBLIC, SOON)) == "falconer"
    assert searched(generation, "falconr", Visible(PUBLIC, SOON + dt.timedelta(seconds=1))) == "falconr"


def test_words_as_typed_are_searched_for_as_they_are(generation: Generation) -> None:
    results = search(generation, Criteria(q="adminstrator", as_typed=True), Visible(PUBLIC, NOW))
    assert (results.total, results.criteria.q, results.typed) == (0, "adminstrator", None)


def test_facets_and_pages_of_a_search_put_right_are_of_the_same_search(generation: Generation) -> None:
    visible = Visible(PUBLIC, NOW)
    wrong, right = (search(generation, Criteria(q=q, per_page=5), visible) for q in ("adminstrator", "administrator"))
    assert (wrong.total, wrong.keys, wrong.facets) == (right.total, right.keys, right.facets)
    assert wrong.total == 31, "and the clerk"
