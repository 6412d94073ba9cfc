"""What a job pays for its own hours, as its page says it."""

# ruff: noqa: E501 - a table of cases reads better a row a line

from __future__ import annotations

from typing import Any

import pytest
from readability import reading, words

from clearinghouse.publish.paid import stated_pay
from clearinghouse.search.pay import UNKNOWN, pay
from web.pay_in_words import BASES, BY_SESSION, NO_HOURS, NO_PERIOD, NO_PROMISE, WORKING, PayInWords, in_words

COUNCIL = {
    "title": "Cleaner",
    "employer": {"name": "Ashfield District Council"},
    "posted_at": "2026-11-01T09:00:00+00:00",
}
BAND = {
    "minimum": "32073.00",
    "maximum": "39043.00",
    "table": "Agenda for Change 2026/27, band 5",
    "dated": "2026-04-01",
}


def job(sums: str, hours: str | None = None, **rest: Any) -> dict[str, Any]:
    """A document whose pay is `minimum maximum period basis`, a dash for null."""
    low, high, period, basis = (None if part == "-" else part for part in sums.split())
    salary = {"minimum": low, "maximum": high, "period": period, "basis": basis, "text": rest.pop("text", "")}
    return {**COUNCIL, "salary": salary, "hours_per_week": hours, **rest}


def figures(said: PayInWords) -> list[str]:
    return [figure.words + (" (estimate)" if figure.estimate else "") for figure in said.figures]


CASES = [
    (job("26427 27709 year full_time_equivalent", "18.50"),
     ["£13.70 to £14.36 an hour (estimate)", "£1,101 to £1,155 a month (estimate)"]),
    (job("26427 27709 year full_time_equivalent", "30.00", when=["term_time"]),
     ["£13.70 to £14.36 an hour (estimate)", "£1,480 to £1,650 a month (estimate)"]),
    (job("18327 18327 year actual", "30.00", text="£18,327 actual, term-time only"),
     ["£13.31 to £14.12 an hour (estimate)", "£1,527.25 a month"]),
    (job("26427 26427 year unknown", "18.50"), ["£13.70 to £27.40 an hour (estimate)", "£1,101 to £2,202 a month (estimate)"]),
    (job("12000 12000 year unknown", "18.50"), ["£12.44 an hour (estimate)", "£1,000 a month"]),
    (job("26427 26427 year unknown", "37.00", pattern=["full_time"]), ["£13.70 an hour (estimate)", "£2,202.25 a month"]),
    (job("24000 24000 year unknown", "30.00", pattern=["full_time"]), ["£15.34 an hour (estimate)", "£2,000 a month"]),
    (job("26427 26427 year full_time_equivalent", pattern=["full_time"]), ["£13.70 an hour (estimate)", "£2,202 a month (estimate)"]),
    (job("13.05 13.05 hour unknown", "16.00"), ["£13.05 an hour", "£907 a month (estimate)"]),
    (job("- 15.00 hour unknown", "10.00"), ["up to £15 an hour", "up to £652 a month (estimate)"]),
    (job("150 150 day unknown", "37.00"), ["£20.27 an hour (estimate)", "£3,259 a month (estimate)"]),
    (job("296 296 week unknown", "37.00"), ["£8 an hour", "£1,286 a month (estimate)"]),
    (job("2200 2200 month unknown", "37.00"), ["£13.68 an hour (estimate)", "£2,200 a month"]),
    (job("1200 1200 month unknown", "20.00"), ["£13.81 an hour (estimate)", "£1,200 a month"]),
    (job("24000 25200 year unknown", pattern=["part_time"]), ["up to £2,100 a month (estimate)"]),
    (job("24000 25200 year actual", pattern=["part_time"]), ["£2,000 to £2,100 a month"]),
    (job("24000 25200 year unknown"), ["£2,000 to £2,100 a month (estimate)"]),
    (job("24000 25200 year unknown", pattern=["full_time"]), ["£2,000 to £2,100 a month"]),
    (job("9000 9000 year unknown", pattern=["part_time"]), ["£750 a month"]),
    (job("24000 - year actual", "37.00"), ["from £12.44 an hour (estimate)", "from £2,000 a month"]),
    (job("32073 32073 year full_time_equivalent", "37.50", employer={"name": "Anytown Hospitals NHS Trust"}),
     ["£16.40 an hour (estimate)", "£2,673 a month (estimate)"]),
    (job("32916 32916 year full_time_equivalent", title="Teacher of maths", when=["term_time"], hours="32.50"),
     ["£19.42 an hour (estimate)", "£2,743 a month (estimate)"]),
    ({**job("- - - unknown", "22.50", employer={"name": "Anytown NHS Trust"}), "salary_derived": BAND},
     ["£16.40 to £19.97 an hour (estimate)", "£1,604 to £1,952 a month (estimate)"]),
]  # fmt: skip


@pytest.mark.parametrize(("doc", "expected"), CASES)
def test_pay_is_said_by_the_hour_and_the_month_for_the_jobs_own_hours(doc: dict[str, Any], expected: list[str]) -> None:
    assert figures(in_words(doc)) == expected


@pytest.mark.parametrize("doc", [doc for doc, _ in CASES if doc["salary"]["period"]])
def test_search_compares_the_highest_of_the_figures_said(doc: dict[str, Any]) -> None:
    rough = "term_time" in doc.get("when", ()) and "Teacher" not in doc["title"]
    found = pay(doc)
    known = [pence for pence in (found.hour, found.month) if pence != UNKNOWN]
    for figure, pence in zip(in_words(doc).figures, known, strict=True):
        most = float(figure.words.split("£")[-1].split()[0].replace(",", ""))
        assert abs(most - pence / 100) <= (100 if rough else 0.5)


@pytest.mark.parametrize(
    ("doc", "said"),
    [
        (job("60 60 session unknown", "10.00"), [BY_SESSION]),
        (job("1500 1500 - unknown", "10.00"), [NO_PERIOD]),
        (job("13.05 13.05 hour unknown"), ["The advert does not say how many hours a week the work is. So we can't say what it pays a month."]),
        (job("24000 24000 year unknown"), ["The advert does not say how many hours a week the work is. So we can't say what it pays an hour."]),
        (job("13.05 13.05 hour unknown", "20.00", flags=["zero_hours"]), ["The advert promises no hours. So we can't say what it pays a month."]),
    ],
)  # fmt: skip
def test_what_cannot_be_said_is_not_and_why(doc: dict[str, Any], said: list[str]) -> None:
    assert list(in_words(doc).unknown) == said


def test_an_advert_without_pay_says_nothing() -> None:
    assert not in_words({**COUNCIL, "salary": None}).anything
    assert not in_words(job("- - - unknown")).anything


def test_the_working_shows_every_sum_and_where_it_is_from() -> None:
    working = in_words(
        {**job("- - - unknown", "22.50", employer={"name": "Anytown NHS Trust"}), "salary_derived": BAND}
    ).working
    assert "NHS Employers, pay scales for 2026/27" in working[0].sum
    assert [step.sum.rpartition(" = ")[2] for step in working[2:]] == [
        "£16.40 to £19.97 an hour", "£19,243.80 to £23,425.80 a year", "£1,603.65 to £1,952.15 a month"
    ]  # fmt: skip
    assert working[1].sentence.endswith("We use 37.5 hours, as in the NHS.")


def test_pay_in_term_time_is_never_worked_out_to_the_pound() -> None:
    working = in_words(CASES[1][0]).working
    assert [step.sum.rpartition(" = ")[2] for step in working[-2:]] == [
        "about £17,700 to £19,800 a year",
        "about £1,480 to £1,650 a month",
    ]


def test_a_sum_that_may_be_for_a_full_week_or_for_the_job_is_worked_out_both_ways() -> None:
    sentences = [step.sentence for step in in_words(CASES[3][0]).working]
    assert sentences.index("If it is for a full week:") < sentences.index("If it is for this job's hours:")


SPANS = ("26427 27709", "- 27709", "26427 -", "12.71 12.71", "0.01 9999999")
ALL = [
    job(f"{span} {period} {basis}", hours, pattern=pattern, when=when, flags=flags)
    for span in SPANS
    for period in ("year", "month", "week", "day", "hour", "session", "-")
    for basis in ("actual", "full_time_equivalent", "unknown")
    for hours in (None, "0.00", "0.25", "18.50", "37.00", "48.00", "168.00")
    for pattern in ([], ["full_time"], ["full_time", "part_time"])
    for when, flags in (([], []), (["term_time"], ["zero_hours"]), (["term_time"], []))
]


def test_whatever_an_advert_says_each_figure_is_said_or_the_reason_why_not() -> None:
    for doc in ALL:
        said = in_words(doc)
        reasons = 2 if set(said.unknown) & {BY_SESSION, NO_PERIOD} else len(said.unknown)
        assert len(said.figures) + reasons == 2, doc
        assert all("{" not in step.sentence + step.sum for step in said.working), doc


def test_whatever_an_advert_says_no_range_ends_below_its_start() -> None:
    for doc in ALL:
        found = stated_pay(doc)
        for span in (found.hour, found.month, found.year):
            assert span is None or span.low is None or span.high is None or span.low <= span.high, doc


def test_every_sentence_of_the_working_is_easy_to_read() -> None:
    steps = [sentence.format(full="37", whose="as in councils") for sentence, _, _ in WORKING.values()]
    reasons = [why.format(unit="a month") for why in (NO_HOURS, NO_PROMISE, NO_PERIOD, BY_SESSION)]
    prose = "".join(f"<li>{sentence}</li>" for sentence in (*steps, *reasons, *BASES.values()))
    measured = reading(f"<main>{prose}</main>")
    assert measured.grade < 5
    assert len(words(measured.longest)) <= 25
