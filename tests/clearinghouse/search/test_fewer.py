"""Where no job is named by all words of a search, it is carried out with fewer: from what everyone sees alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from made_up import NOW, Maker, doc

from clearinghouse.search.criteria import Criteria
from clearinghouse.search.fewer import most_telling
from clearinghouse.search.generation import Generation
from clearinghouse.search.results import Results, count, search
from clearinghouse.search.which_place import places_like
from clearinghouse.vacancies.visible import PUBLIC, Visible, staff

EVERYONE = Visible(PUBLIC, NOW)
FOR_STAFF = {"public_from": None, "referred_from": None, "at_risk_from": None, "unverified": True}
SOON = NOW + dt.timedelta(hours=1)
JOBS = [
    ("Porter", "Full time."),
    ("Porter", "You start at night."),
    ("Hospital porter", "Part time."),
    ("Night cleaner", ""),
    ("Night nurse", "You work with porters."),
    *[("Care officer", "")] * 25,
    ("Rent clerk", ""),
    ("Pool guard", ""),
    ("Support worker", ""),
    ("Clerk 6", ""),
]


@pytest.fixture(scope="module")
def generation(made_once: Maker, index_dir: Path) -> Generation:
    for key, (title, text) in enumerate(JOBS, 1):
        made_once.publish(key, doc(key, title=title, description_text=text))
    made_once.publish(100, doc(100, title="Rent officer"), **FOR_STAFF)
    made_once.publish(101, doc(101, title="Pool porter", closes_at=SOON.isoformat()))
    return made_once.indexed(index_dir)


def found(generation: Generation, q: str, visible: Visible = EVERYONE, **more: object) -> Results:
    return search(generation, Criteria(q=q, **more), visible)  # type: ignore[arg-type]


SHOWN = [
    ("night porter", "porter", 5, "Only 2 jobs have all of “night porter”. Showing all jobs with “porter”."),
    ("porter juggler", "porter", 5, "No job has all of “porter juggler”. Showing jobs with “porter”."),
    ("rent officer", "rent", 1, "No job has all of “rent officer”. Showing jobs with “rent”."),
    ("cleaner porter -hospital", "porter", 4, "No job has all of “cleaner porter -hospital”."),
    ("porter band 6", "porter", 5, "No job has all of “porter band 6”."),
    ("porter chief executive", "porter", 5, "No job has all of"),
    ("rent officer porter support worker", "support worker", 1, "No job has all of"),
    ('Guard "night nurse" porter', 'porter "night nurse"', 1, "No job has all of"),
]


@pytest.mark.parametrize(("q", "kept", "total", "said"), SHOWN)
def test_the_word_that_tells_most_is_searched_for_and_the_page_says_so(
    generation: Generation, q: str, kept: str, total: int, said: str
) -> None:
    results = found(generation, q)
    assert (results.words, results.total, results.criteria.q) == (kept, total, q)
    assert results.notices[0].startswith(said)
    assert [chip.label for chip in results.chosen] == [f"“{kept}”"]
    assert count(generation, Criteria(q=q), EVERYONE) == total


def test_adverts_with_the_other_words_too_come_first(generation: Generation) -> None:
    assert found(generation, "night porter").keys[0] == 2


LEFT = ["porter", "hospital porter", "juggler unicyclist", '"night porter"', 'porter "juggler"', "care officer", ""]


@pytest.mark.parametrize("q", LEFT)
def test_other_searches_are_left_alone(generation: Generation, q: str) -> None:
    assert found(generation, q).fewer is None


def test_words_as_typed_are_all_searched_for(generation: Generation) -> None:
    results = found(generation, "rent officer", as_typed=True)
    assert (results.fewer, results.total) == (None, 0)


def test_filters_and_who_is_searching_change_nothing(generation: Generation) -> None:
    """Else a count would not be the total that it promises, or a job that isn't public would show by what it moves."""
    everyone, theirs = found(generation, "rent officer"), found(generation, "rent officer", Visible(staff(None), NOW))
    assert everyone.words == theirs.words == found(generation, "rent officer", kind=("casual",)).words == "rent"
    assert (everyone.total, theirs.total) == (1, 2)
    assert "No public job has all" in theirs.notices[0]


def test_what_closed_meanwhile_counts_no_more(generation: Generation) -> None:
    assert found(generation, "pool porter").words == "pool porter"
    assert found(generation, "pool porter", Visible(PUBLIC, SOON + dt.timedelta(hours=1))).words == "porter"


def test_a_misspelt_place_among_the_words_is_asked_about(generation: Generation) -> None:
    results = found(generation, "porter mansfeild")
    (place,) = places_like(generation, results, EVERYONE)
    assert (place.label, place.criteria) == ("Mansfield", Criteria(q="porter", location="Mansfield"))


TITLES = [([9, 10], 1), ([2, 190], 0), ([0, 5], 1), ([5, 0], 0), ([0, 0], None), ([11, 42, 17], 2)]


@pytest.mark.parametrize(("titles", "place"), TITLES)
def test_the_last_word_names_the_work_unless_it_stands_in_too_many_titles(titles: list[int], place: int | None) -> None:
    assert most_telling(titles) == place
