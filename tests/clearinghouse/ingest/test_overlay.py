"""What a corrected reading does to what is published, and what follows from it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from clearinghouse.ingest.overlay import Corrected, closing_of, laid_over
from clearinghouse.vacancies.draft import DerivedSalary, Draft, Place, Salary, plain
from clearinghouse.vacancies.vocabulary import Basis, Flag, Period

AT = dt.datetime(2026, 6, 10, 9, 30, tzinfo=dt.UTC)
CLOSES = dt.datetime(2026, 6, 12, 22, 59, 59, tzinfo=dt.UTC)
TABLE = DerivedSalary(Decimal(24000), Decimal(25000), "A table", dt.date(2026, 4, 1))
WEEKLY = {"minimum": "300.00", "maximum": "400.00", "period": "week", "basis": "actual"}
HOURLY = {"minimum": "15.00", "maximum": "15.00", "period": "hour", "basis": "actual"}
WEEKS = Decimal("52.143")  # of a year, as everywhere here


def draft(**said: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "title": "Cook", "closes_at": CLOSES, "closes_text": "12 June", "hours_per_week": Decimal(20),
        "salary": Salary(Decimal(24000), Decimal(24000), Period.YEAR, Basis.UNKNOWN, text="£24,000"),
        "salary_derived": TABLE, "places": (Place("The Old Hall"), Place("The New Hall")),
        "flags": (Flag.MAY_CLOSE_EARLY,), "because": {"min_age": "over 18s only"},
    }  # fmt: skip
    return dict(plain(Draft(**{**values, **said})))


def over(read: dict[str, Any], **values: Any) -> dict[str, Any]:
    return dict(laid_over(read, [Corrected(name, value, AT, employer=True) for name, value in values.items()]))


def test_without_corrections_the_draft_is_published_as_it_was_read() -> None:
    read = draft()
    assert laid_over(read, ()) is read


def test_a_correction_replaces_its_reading_and_no_other() -> None:
    read = draft()
    laid = over(read, contract="permanent", places=[])
    assert {name: laid[name] for name in read if read[name] != laid[name]} == {"contract": "permanent", "places": []}


def test_corrected_pay_keeps_the_adverts_words_and_drops_the_estimate_from_a_table() -> None:
    laid = over(draft(), salary=WEEKLY)
    year = {"annual_minimum": f"{300 * WEEKS:.2f}", "annual_maximum": f"{400 * WEEKS:.2f}"}
    assert laid["salary"] == WEEKLY | year | {"text": "£24,000"}
    assert laid["salary_derived"] is None


def test_words_that_state_no_pay_and_no_closing_time_stand_apart() -> None:
    laid = over(draft(), salary=None, closes_at=None)
    assert (laid["salary"], laid["salary_derived"], laid["closes_text"]) == (None, None, None)
    assert [one["said"] for one in laid["corrected"]] == ["£24,000", "12 June"]
    assert over(draft(salary=None), salary=None)["salary"] is None
    assert over(draft(), closes_at="2026-07-01T12:00:00+01:00")["closes_text"] == "12 June"


def test_annual_equivalents_follow_the_corrected_hours() -> None:
    hourly = Salary(Decimal(16), Decimal(16), Period.HOUR, Basis.ACTUAL, text="£16 an hour")
    read = draft(salary=hourly)
    for hours, sum_ in (("10.00", f"{160 * WEEKS:.2f}"), (None, None)):
        assert over(read, hours_per_week=hours)["salary"]["annual_minimum"] == sum_
    assert over(read, salary=HOURLY, hours_per_week="10.00")["salary"]["annual_maximum"] == f"{150 * WEEKS:.2f}"


def test_the_flag_for_illegal_pay_follows_what_is_corrected() -> None:
    slip = Salary(Decimal(2), Decimal(2), Period.HOUR, text="£2.00")
    read = draft(salary=slip, flags=(Flag.MAY_CLOSE_EARLY, Flag.BELOW_LEGAL_MINIMUM))
    both = ["may_close_early", "below_legal_minimum"]
    assert over(read, contract="permanent")["flags"] == both
    assert over(read, flags=["may_close_early"])["flags"] == both, "it is no word of the advert"
    assert over(read, salary=HOURLY)["flags"] == ["may_close_early"]
    assert over(read, kind="volunteer")["flags"] == ["may_close_early"]
    assert over(draft(), salary={**HOURLY, "minimum": "2.00", "maximum": "2.00"})["flags"] == both


def test_the_closing_time_is_the_corrected_one() -> None:
    assert closing_of(over(draft(), closes_at="2026-07-01T12:00:00+01:00")) == dt.datetime(
        2026, 7, 1, 11, tzinfo=dt.UTC
    )
    assert closing_of(over(draft(), closes_at=None)) is None
    assert closing_of(over(draft(), contract="permanent")) == CLOSES


def test_each_correction_is_told_with_whose_it_is_and_the_adverts_own_words() -> None:
    values = {"title": "Chef", "salary": WEEKLY, "closes_at": None, "places": [], "min_age": 16, "dbs": "basic"}
    told = over(draft(), **values)["corrected"]
    assert {one["field"]: one["said"] for one in told} == {
        "title": "Cook", "salary": None, "closes_at": "12 June", "places": "The Old Hall; The New Hall",
        "min_age": "over 18s only", "dbs": None,
    }  # fmt: skip
    assert {(one["at"], one["employer"]) for one in told} == {("2026-06-10T10:30:00+01:00", True)}
