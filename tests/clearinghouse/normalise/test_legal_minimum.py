from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from clearinghouse.normalise.pay import under_the_minimum
from clearinghouse.vacancies.draft import Salary
from clearinghouse.vacancies.vocabulary import Basis, Kind, Period

DAY = dt.date(2026, 11, 21)
CASES = [
    # sum, period, basis, hours, kind, least age, term time, flagged
    ("9.00", "hour", "unknown", None, "job", None, False, True),
    ("10.85", "hour", "unknown", None, "job", None, False, False),
    ("11.50", "hour", "unknown", None, "job", 21, False, True),
    ("8.00", "hour", "unknown", None, "job", 16, False, False),
    ("8.00", "hour", "unknown", None, "apprenticeship", None, False, False),
    ("7.99", "hour", "unknown", None, "apprenticeship", None, False, True),
    ("1.00", "hour", "unknown", None, "volunteer", None, False, False),
    ("9000.00", "year", "actual", None, "job", None, False, False),
    ("9000.00", "year", "unknown", None, "job", None, False, False),
    ("9000.00", "year", "actual", "16.00", "job", None, False, False),
    ("9000.00", "year", "actual", "25.00", "job", None, False, True),
    ("18000.00", "year", "unknown", "37.00", "job", None, False, True),
    ("21000.00", "year", "unknown", "37.00", "job", None, False, False),
    ("18200.00", "year", "actual", "35.00", "job", None, True, False),
    ("14500.00", "year", "actual", "30.00", "job", None, False, False),
    ("18000.00", "year", "full_time_equivalent", None, "job", None, False, True),
    ("24000.00", "year", "full_time_equivalent", "10.00", "job", None, False, False),
    ("296.00", "week", "unknown", "37.00", "apprenticeship", None, False, False),
    ("290.00", "week", "unknown", "37.00", "apprenticeship", None, False, True),
    ("900.00", "month", "unknown", "30.00", "casual", None, False, True),
    ("1286.00", "month", "unknown", "37.00", "apprenticeship", None, False, False),
    ("40.00", "day", "unknown", "37.00", "job", None, False, False),
    ("20.00", "session", "unknown", "37.00", "job", None, False, False),
    ("500.00", None, "unknown", "37.00", "job", None, False, False),
]


@pytest.mark.parametrize(("figure", "period", "basis", "hours", "kind", "least_age", "term_time", "flagged"), CASES)
def test_pay_is_flagged_where_no_one_may_be_paid_so_little(
    figure, period, basis, hours, kind, least_age, term_time, flagged
):
    paid = Salary(Decimal(figure), Decimal(figure), period and Period(period), Basis(basis))
    own = Decimal(hours) if hours else None
    assert under_the_minimum(paid, Kind(kind), DAY, own, least_age, term_time=term_time) is flagged


def test_the_highest_sum_of_a_range_counts():
    assert not under_the_minimum(Salary(Decimal(8), Decimal("12.71"), Period.HOUR), Kind.JOB, DAY)
    assert not under_the_minimum(Salary(text="Competitive"), Kind.JOB, DAY)
    assert not under_the_minimum(None, Kind.JOB, DAY)
