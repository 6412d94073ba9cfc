"""Our words beside the source's, and which of them a person must look at."""

from __future__ import annotations

from typing import Any

import pytest

from web.comparing import Line, Verdict, compare

POSTING: dict[str, Any] = {
    "url": "https://jobs.example/1", "title": "Cook", "employer": None, "locations": ["Mansfield"],
    "salary": "£24,294 a year", "employment_type": "Permanent, part time", "hours": "20 hours", "closes": "12/06/2026",
    "extra": {},
}  # fmt: skip
DRAFT: dict[str, Any] = {
    "title": "Cook", "employer": "Anytown Council", "kind": "job", "contract": "permanent", "pattern": ["part_time"],
    "hours_per_week": "20.00", "places": [{"text": "Mansfield", "district": "Mansfield", "precision": "place"}],
    "salary": {"minimum": "24294.00", "maximum": "24294.00", "period": "year", "text": "£24,294 a year"},
    "closes_at": "2026-06-12T23:59:59+01:00", "closes_text": "12/06/2026", "flags": [],
}  # fmt: skip


def lines(posting: dict[str, Any], draft: dict[str, Any], organisation: str | None = None) -> dict[str, Line]:
    return {line.field: line for line in compare({**POSTING, **posting}, {**DRAFT, **draft}, organisation).lines}


def test_what_we_read_stands_beside_what_they_said() -> None:
    told = {name: (line.ours, line.theirs, line.verdict.value) for name, line in lines({}, {}).items()}
    assert told == {
        "Title": ("Cook", "Cook", "read"),
        "Employer": ("Anytown Council", "", "read"),
        "Pay": ("£24,294 a year", "£24,294 a year", "read"),
        "Where": ("Mansfield", "Mansfield", "read"),
        "Closing date": ("12 June 2026 at 11:59pm", "12/06/2026", "read"),
        "Contract and hours": ("Permanent, Part time, 20 hours a week", "Permanent, part time; 20 hours", "read"),
    }


CASES: list[tuple[dict[str, Any], dict[str, Any], str, Verdict]] = [
    ({"salary": "Band 5"}, {"salary": {"text": "Band 5"}}, "Pay", Verdict.UNREAD),
    ({"salary": None}, {"salary": None}, "Pay", Verdict.UNSAID),
    ({"salary": None}, {}, "Pay", Verdict.FROM_TEXT),
    ({"salary": None, "extra": {"salary_minimum": "24294"}}, {}, "Pay", Verdict.READ),
    ({}, {"flags": ["below_legal_minimum"]}, "Pay", Verdict.CHECK),
    ({}, {"salary": {**DRAFT["salary"], "text": "£24,294 to £29,000"}}, "Pay", Verdict.CHECK),
    ({}, {"places": []}, "Where", Verdict.UNREAD),
    ({}, {"places": [{"text": "Mansfield", "precision": "unknown"}]}, "Where", Verdict.UNREAD),
    ({"locations": []}, {"places": []}, "Where", Verdict.UNSAID),
    ({"closes": "soon"}, {"closes_at": None, "closes_text": "soon"}, "Closing date", Verdict.UNREAD),
    ({"closes": "midnight on 12 June"}, {"closes_text": "midnight on 12 June"}, "Closing date", Verdict.CHECK),
    ({"closes": None}, {"closes_at": None, "closes_text": None}, "Closing date", Verdict.UNSAID),
    ({"employer": "Them"}, {"employer": None}, "Employer", Verdict.UNREAD),
    ({"employer": "Them"}, {"employer": "Them"}, "Employer", Verdict.READ),
    ({}, {"employer": None}, "Employer", Verdict.UNSAID),
    ({"kind": "Apprentice"}, {"kind": "apprenticeship"}, "Kind", Verdict.READ),
    ({}, {"kind": "apprenticeship"}, "Kind", Verdict.FROM_TEXT),
    ({}, {"remote": "hybrid"}, "Working from home", Verdict.FROM_TEXT),
    ({}, {"occupation": "catering"}, "Kind of work", Verdict.FROM_TEXT),
]


@pytest.mark.parametrize(("posting", "draft", "field", "verdict"), CASES)
def test_a_field_says_what_to_make_of_it(
    posting: dict[str, Any], draft: dict[str, Any], field: str, verdict: Verdict
) -> None:
    assert lines(posting, draft)[field].verdict is verdict


def test_the_source_names_the_employer_where_the_advert_does_not() -> None:
    line = lines({}, {"employer": None}, "Anytown Council")["Employer"]
    assert (line.ours, line.theirs, line.verdict) == ("Anytown Council", "", Verdict.READ)


@pytest.mark.parametrize("url", [None, "javascript:alert(1)", "data:text/html,x"])
def test_only_a_web_address_is_a_link(url: str | None) -> None:
    assert compare({**POSTING, "url": url}, DRAFT, None).url is None
