from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from made_up import NOW, Maker, doc

from clearinghouse.search import widening
from clearinghouse.search.criteria import Criteria
from clearinghouse.search.generation import Generation
from clearinghouse.search.matching import find
from clearinghouse.search.results import Results, search
from clearinghouse.vacancies.visible import PUBLIC, Visible

EVERYONE = Visible(PUBLIC, NOW)
MANSFIELD = {"text": "Mansfield", "district": "Mansfield", "latitude": 53.1446, "longitude": -1.1964}
NEWARK = {"text": "Newark", "district": "Newark and Sherwood", "latitude": 53.076, "longitude": -0.8117}


@pytest.fixture(scope="module")
def generation(made_once: Maker, index_dir: Path) -> Generation:
    jobs = [
        ("School cook", MANSFIELD, ["part_time"], "permanent"),
        ("School cook", MANSFIELD, [], "temporary"),
        ("Night cook", NEWARK, ["full_time"], "permanent"),
        ("Nurse", NEWARK, ["part_time"], None),
        ("School nurse", MANSFIELD, ["part_time"], "permanent"),
        ("School clerk", NEWARK, ["full_time"], "permanent"),
    ]
    for key, (title, place, pattern, contract) in enumerate(jobs, start=1):
        made_once.publish(key, doc(key, title=title, places=[place], pattern=pattern, contract=contract))
    return made_once.indexed(index_dir)


def found(generation: Generation, query: str) -> Results:
    return search(generation, Criteria.from_query(parse_qsl(query))[0], EVERYONE)


@pytest.mark.parametrize(
    ("query", "offers"),
    [
        ("q=school", []),  # enough is found
        ("q=plumber", [("See every job", 6)]),
        ("q=%22school+cook%22+plumber+-%22night%22", [("Leave out: “plumber”", 2)]),
        ("q=school+plumber", []),  # the jobs with “school” are shown
        ("q=school+plumber&as_typed=yes", [("Leave out: “plumber”", 4)]),
        ("q=cook&pattern=job_share", [("Add jobs that do not say", 1), ("Leave out: Job share", 3)]),
        (
            "q=nurse&location=Mansfield&radius=5&contract=fixed_term",
            [("Look within 20 miles of Mansfield", 1), ("Leave out: Fixed term", 1)][1:],
        ),
        ("q=night+cook&location=Mansfield&radius=5", [("Look within 20 miles of Mansfield", 1),
                                                     ("Leave out: “night”", 2)]),
        ("q=clerk&pattern=part_time&contract=temporary&location=Mansfield", [("Look everywhere, with no filters", 1)]),
        ("pattern=job_share&pattern=flexible&contract=permanent&include_unstated=yes",
         [("Leave out: Permanent", 1), ("Leave out: Job share, Flexible hours", 5)]),
        ("q=plumber+nurse&location=Mansfield&radius=1&when=night", [("Add jobs that do not say", 1),
                                                                   ("Leave out: Nights", 1)]),
        ("q=plumber+nurse&location=Mansfield&radius=1&when=night&as_typed=yes", [("Look for “nurse” everywhere", 2)]),
        ("", []),
    ],
)  # fmt: skip
def test_too_few_results_lead_to_the_smallest_steps_wider(
    generation: Generation, query: str, offers: list[tuple[str, int]]
) -> None:
    results = found(generation, query)
    made = widening.widenings(generation, results, EVERYONE)
    assert [(offer.label, offer.total) for offer in made] == offers
    for offer in made:
        assert search(generation, offer.criteria, EVERYONE).total == offer.total > results.total


def test_the_radius_grows_no_further_than_to_the_next_vacancy(generation: Generation) -> None:
    results = found(generation, "q=nurse&location=Mansfield&radius=1")
    assert results.total == 1
    first = widening.widenings(generation, results, EVERYONE)[0]
    assert (first.criteria.radius, first.total) == (Decimal(20), 2)
    assert found(generation, "q=nurse&location=Mansfield&radius=15").total == 1


def test_a_search_of_many_filters_and_words_is_carried_out_at_most_ten_times_more(
    generation: Generation, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = found(
        generation,
        "q=one+two+three+four+five+six&location=Mansfield&radius=1&pattern=job_share&contract=secondment&kind=job"
        "&when=night&hours_min=20&salary_min=90000&closing_within=3&include_unstated=yes",
    )
    faceted: list[bool] = []
    monkeypatch.setattr(
        "clearinghouse.search.results.find", lambda *given: (faceted.append(given[2].faceted), find(*given))[1]
    )
    assert widening.widenings(generation, results, EVERYONE)
    assert 3 < len(faceted) <= widening.COUNTS
    assert not any(faceted), "counting facets costs more than the search"
