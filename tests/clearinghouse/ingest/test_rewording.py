"""What counts as other words of a source, and what as the same words in other clothes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from clearinghouse.ingest.rewording import reworded
from clearinghouse.vacancies.posting import Posting

OLD = Posting(
    reference="R1", url="https://jobs.example/1?session=a", apply_url="https://jobs.example/apply/1", title="Cook",
    employer="Anytown Council", locations=("Mansfield", "Newark"), salary="£24,000", employment_type="Permanent",
    working_pattern="Full time", hours="37", posted="2026-06-01", closes="3 days left", starts="July",
    description_html="<p>Come &amp; cook</p>", kind="job", level="2", occupation="Catering", identifiers={"id": "1"},
    extra={"views": "12", "date_modified": "today", "salary_minimum": "24000", "interview_date": "1 July"},
)  # fmt: skip
SAME: tuple[dict[str, Any], ...] = (
    {"reference": "R2"},
    {"url": "https://jobs.example/1?session=b"},
    {"apply_url": "https://elsewhere.example/"},
    {"posted": "2026-06-02"},
    {"identifiers": {"id": "2"}},
    {"closes": "2 days left"},
    {"title": " Cook\n"},
    {"description_html": "<div class='new'><p>Come  &amp; cook</p></div>"},
    {"extra": {**OLD.extra, "views": "13", "date_modified": "tomorrow"}},
)
OTHER: tuple[dict[str, Any], ...] = (
    {"title": "Head cook"},
    {"employer": "Othertown Council"},
    {"locations": ("Mansfield",)},
    {"salary": "£25,000"},
    {"salary": None},
    {"employment_type": "Fixed term"},
    {"working_pattern": "Part time"},
    {"hours": "36"},
    {"closes": "1 July"},
    {"starts": "August"},
    {"description_html": "<p>Come &amp; bake</p>"},
    {"description_html": None},
    {"kind": "volunteer"},
    {"level": "3"},
    {"occupation": "Care"},
    {"extra": {**OLD.extra, "salary_minimum": "25000"}},
    {"extra": {**OLD.extra, "interview_date": "2 July"}},
)


@pytest.mark.parametrize("changed", SAME, ids=str)
def test_the_same_words_in_other_clothes_are_the_same(changed: dict[str, Any]) -> None:
    new = replace(OLD, **changed)
    assert new != OLD
    assert not reworded(OLD, new)


@pytest.mark.parametrize("changed", OTHER, ids=str)
def test_other_words_are_other_words(changed: dict[str, Any]) -> None:
    assert reworded(OLD, replace(OLD, **changed))
    assert reworded(replace(OLD, **changed), OLD)
