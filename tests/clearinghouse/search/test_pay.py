from __future__ import annotations

from decimal import Decimal

import pytest

from clearinghouse.search.pay import pay

HOURLY = Decimal("52.143")
CASES = [
    # figure, period, basis, hours -> pence an hour, a month, a year
    ("12.60", "hour", "unknown", "20.00", (1260, 109500, 1314004)),
    ("12.60", "hour", "unknown", None, (1260, -1, -1)),
    ("24000.00", "year", "actual", "37.00", (1244, 200000, 2400000)),
    ("24000.00", "year", "full_time_equivalent", "18.50", (1244, 100000, 1200000)),
    ("24000.00", "year", "full_time_equivalent", None, (1244, -1, -1)),
    ("12000.00", "year", "actual", "18.50", (1244, 100000, 1200000)),
    ("24000.00", "year", "unknown", None, (-1, 200000, 2400000)),
    ("2000.00", "month", "actual", None, (-1, 200000, 2400000)),
    ("400.00", "week", "actual", "37.00", (1081, 173810, 2085720)),
    ("148.00", "day", "unknown", None, (2000, -1, -1)),
    ("500.00", "session", "unknown", "37.00", (-1, -1, -1)),
    (None, "year", "unknown", "37.00", (-1, -1, -1)),
]


@pytest.mark.parametrize(("figure", "period", "basis", "hours", "expected"), CASES)
def test_pay_for_the_adverts_own_hours(
    figure: str | None, period: str, basis: str, hours: str | None, expected: tuple[int, int, int]
) -> None:
    found = pay({"salary": {"maximum": figure, "period": period, "basis": basis}, "hours_per_week": hours})
    assert (found.hour, found.month, found.year) == expected


def test_the_maximum_counts_and_where_there_is_none_the_minimum() -> None:
    both = {"minimum": "20000.00", "maximum": "24000.00", "annual_minimum": "20000.00", "annual_maximum": "24000.00"}
    least = both | {"maximum": None, "annual_maximum": None}
    rest = {"period": "year", "basis": "actual"}
    assert [pay({"salary": each | rest}).annual for each in (both, least)] == [2400000, 2000000]
    assert [pay({"salary": each | rest}).year for each in (both, least)] == [2400000, 2000000]


def test_an_advert_without_pay_is_unknown_in_every_way() -> None:
    found = pay({"salary": None})
    assert (found.hour, found.month, found.year, found.annual) == (-1, -1, -1, -1)
