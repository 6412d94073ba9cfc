"""Why a vacancy is in a message, in plain words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from made_up import doc, place, salary

from clearinghouse.alerts.because import because
from clearinghouse.search.criteria import Criteria

LABELS = {"employer": {"old": "Old Council"}}
NEW = [{"slug": "new", "name": "New Council", "since": "2026-04-01"}]
OLD = {"slug": "old", "name": "Old Council"}
JOB = doc(
    1,
    title="Care Assistant (TA Level 2)",
    employer=OLD,
    pattern=["part_time"],
    hours_per_week="18.50",
    salary=salary("24294.00"),
    places=[place(53.1, -1.2, "Mansfield")],
)
CASES: dict[str, tuple[Criteria, float | None, tuple[str, ...]]] = {
    "nothing asked": (Criteria(), None, ()),
    "words": (Criteria(q="Care assistants"), None, ("“Care assistants” in the title",)),
    "a word of the text": (Criteria(q="care kitchen"), None, ("“care” in the title", "“kitchen” in the advert")),
    "a word for which others stand": (Criteria(q="HCA"), None, ("“HCA”, or words like it, in the advert",)),
    "an employer's word": (Criteria(q="council"), None, ("“council” in the employer's name",)),
    "a synonym": (Criteria(q="teaching assistant"), None, ("“TA” in the title, for “teaching assistant”",)),
    "a phrase and a minus word": (Criteria(q='"care assistant" -bank'), None, ("“care assistant” in the title",)),
    "a place": (Criteria(location="Mansfield"), 3.04, ("3 miles from Mansfield",)),
    "a place nearby": (Criteria(location="Mansfield"), 0.2, ("Less than half a mile from Mansfield",)),
    "no known place": (
        Criteria(location="Mansfield", include_unstated=True), None,
        ("The advert does not say how far it is from Mansfield",),
    ),
    "filters": (
        Criteria(pattern=("part_time", "full_time"), district=("Mansfield",), employer=("old",)), None,
        ("Old Council", "Mansfield", "Part time"),
    ),
    "what the advert does not say": (
        Criteria(contract=("permanent",), closing_within=3, include_unstated=True), None,
        ("Contract: the advert does not say", "Closing date: the advert does not say"),
    ),
    "numbers": (
        Criteria(salary_min=Decimal(20000), hours_max=Decimal(20)), None,
        ("20 hours a week or fewer", "£20,000 a year or more"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_message_says_what_of_the_search_a_vacancy_meets(case: str) -> None:
    criteria, miles, said = CASES[case]
    assert because(JOB, criteria, miles, LABELS) == said


def test_an_employer_whose_work_another_does_is_named_by_who_does_it() -> None:
    assert because(JOB | {"employers_now": NEW}, Criteria(employer=("new",)), None, LABELS) == ("New Council",)
