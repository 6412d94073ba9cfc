from __future__ import annotations

from decimal import Decimal

import pytest

from clearinghouse.normalise.salary import read_salary, structured_salary
from clearinghouse.vacancies.vocabulary import Basis, Period

READINGS = [
    # words, minimum, maximum, period, basis
    ("£26,100.00 - £27,300.00 Annually (FTE) NJC Scale 3, Points 5 to 6 . Actual salary £21,950.12 per annum",
     "21950.12", "21950.12", "year", "actual"),
    ("£18,440.00 Annually (Actual) Grade 3 SCP5 30 hours per week TTO plus 5 INSET days. £26,427 FTE",
     "18440.00", "18440.00", "year", "actual"),
    ("19,950 FTE - £20,700 FTE. NJC Grade 5 SCP 13 - 15", "19950.00", "20700.00", "year", "full_time_equivalent"),
    ("Salary (FTE): £27,344 Salary (actual): £22,110", "22110.00", "22110.00", "year", "actual"),
    ("Full Time Salary: £27,344. Pro Rata Salary: £22,110", "22110.00", "22110.00", "year", "actual"),
    ("£29,064 – £30,825 per annum pro rata (£23,251 – £24,660 per annum for 29.6 hours)",
     "23251.00", "24660.00", "year", "actual"),
    ("£26,824 (0.5 FTE, £13,412)", "13412.00", "13412.00", "year", "actual"),
    ("£12.65 - £12.85 per hour (£24,413 - £24,796 FTE)", "12.65", "12.85", "hour", "unknown"),
    ("Grade 3 (£23,893 - £24,702) Grade 4 (£25,119 - £26,421)", "23893.00", "26421.00", "year", "unknown"),
    ("Salary: £26,403 to £28,598 (pro rata), Grade 4, 30 hours pw, term time only",
     "26403.00", "28598.00", "year", "full_time_equivalent"),
    ("£50,000 OTE £70,000", "50000.00", "50000.00", "year", "unknown"),
    ("Grade E £28,163 - £31,067 + £963 p.a. essential car user allowance", "28163.00", "31067.00", "year", "unknown"),
    ("Rising to £27,709", None, "27709.00", "year", "unknown"),
    ("£26,427 and up", "26427.00", None, "year", "unknown"),
    ("£12.50 + 12.07% = £14.01 per hour", "12.50", "12.50", "hour", "unknown"),
    ("Job ref NHS/26-1234 - £32,073 - £39,043", "32073.00", "39043.00", "year", "unknown"),
    ("£16,922 - £17,800 (pro-rated from £28,598 - £30,000)", "16922.00", "17800.00", "year", "actual"),
    ("£400 per full day", "400.00", "400.00", "day", "unknown"),
    ("£25,583 (£26,427 following the pay award)", "25583.00", "25583.00", "year", "unknown"),
    ("Expenses up to £20 per day", None, None, None, "unknown"),
    ("Not less than £30,000", "30000.00", None, "year", "unknown"),
    ("£40K+", "40000.00", None, "year", "unknown"),
    ("£31.586 - £37.890", "31586.00", "37890.00", "year", "unknown"),
    ("13,50 per hour", "13.50", "13.50", "hour", "unknown"),
    ("$52,000 or £40,000", "40000.00", "40000.00", "year", "unknown"),
    ("£1.1 million", None, None, None, "unknown"),
    ("Telephone 01623 496000 for pay details", None, None, None, "unknown"),
    ("mileage at 45p per mile", None, None, None, "unknown"),
    ("£12.59 per hour / £24,294 per annum", "12.59", "12.59", "hour", "unknown"),
    ("£12.59 - £13.48 per hour / £24,294 - £26,000", "12.59", "13.48", "hour", "unknown"),
    ("Grade 5 (37 hours) £24,294 - £26,000 pro rata to 18.5 hours (£12,147 - £13,000)",
     "12147.00", "13000.00", "year", "actual"),
    ("£24,294 FTE / £12,147 actual", "12147.00", "12147.00", "year", "actual"),
    ("£12,147 - £13,000 (18.5 hours) FTE £24,294 - £26,000", "12147.00", "13000.00", "year", "actual"),
    ("0.6 WTE £24,294", "24294.00", "24294.00", "year", "full_time_equivalent"),
    ("£24, 294", "24294.00", "24294.00", "year", "unknown"),
    ("£24,294 + 14% pension", "24294.00", "24294.00", "year", "unknown"),
    ("Recruitment bonus £5,000 plus £32,916 salary", "32916.00", "32916.00", "year", "unknown"),
    ("£45,000 - £50,000 managing £3 million budget", "45000.00", "50000.00", "year", "unknown"),
    ("OTE £40,000", None, None, None, "unknown"),
    ("MPS/UPS + TLR 2b (£5,647)", None, None, None, "unknown"),
    ("Members' allowance £12,906", None, None, None, "unknown"),
    ("12.71 HOUR", "12.71", "12.71", "hour", "unknown"),
    ("15", "15.00", "15.00", "hour", "unknown"),
    ("£2,000 retention payment on top of £28,000", "28000.00", "28000.00", "year", "unknown"),
    ("£30,000pa+", "30000.00", None, "year", "unknown"),
    ("¥500000", None, None, None, "unknown"),
    ("£11,000 per session", "11000.00", "11000.00", "session", "unknown"),
    ("£45-£65 per 2 hour session", "45.00", "65.00", "session", "unknown"),
    ("Salary: up to and including £24,294", None, "24294.00", "year", "unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "minimum", "maximum", "period", "basis"), READINGS)
def test_pay_is_read_as_the_design_says(words, minimum, maximum, period, basis):
    salary = read_salary(words)
    assert salary.minimum == (minimum and Decimal(minimum))
    assert salary.maximum == (maximum and Decimal(maximum))
    assert salary.period == period
    assert salary.basis == basis
    assert salary.text == words


def test_no_words_are_no_salary():
    assert read_salary(None) is None
    assert read_salary("  \n ") is None


@pytest.mark.parametrize(
    ("words", "hours", "annual"),
    [
        ("£10 an hour", None, None),
        ("£10 an hour", Decimal(37), "19292.91"),
        ("£10 an hour", Decimal("18.5"), "9646.46"),
        ("£100 a day", None, None),
        ("£100 a day", Decimal("37.5"), "26071.50"),
        ("£100 a day", Decimal("22.2"), "15642.90"),
        ("£500 a week", None, "26071.50"),
        ("£2,000 a month", None, "24000.00"),
        ("£24,000 a year", Decimal(20), "24000.00"),
        ("£95 a session", None, None),
        ("£125 per shift", None, None),
    ],
)
def test_yearly_equivalents_use_the_adverts_own_hours(words, hours, annual):
    salary = read_salary(words, hours)
    assert salary.annual_maximum == (annual and Decimal(annual))


def test_up_to_has_no_yearly_minimum():
    salary = read_salary("Up to £15 an hour", Decimal(37))
    assert (salary.minimum, salary.annual_minimum) == (None, None)
    assert salary.annual_maximum == Decimal("28939.37")


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        (
            {"salary_minimum": "24000", "salary_maximum": "26000", "salary_unit": "YEAR"},
            ("24000.00", "26000.00", "year"),
        ),
        ({"salary_minimum": "13.26", "salary_unit": "YEAR"}, ("13.26", None, "hour")),
        ({"salary_minimum": "13.26", "salary_maximum": "13.26", "salary_unit": "HOUR"}, ("13.26", "13.26", "hour")),
        ({"salary_minimum": "3000", "salary_maximum": "31700"}, None),  # a bonus beside pay
        ({"salary_minimum": "2490730615"}, None),  # two figures glued
        ({"salary_minimum": "24000", "salary_currency": "USD"}, None),
        ({"salary_minimum": "competitive"}, None),
        ({"salary_minimum": "NaN"}, None),
        ({}, None),
    ],
)
def test_structured_sums_are_believed_only_where_they_can_be_pay(extra, expected):
    salary = structured_salary(extra, None, None)
    if expected is None:
        assert salary is None
        return
    low, high, period = expected
    assert (salary.minimum, salary.maximum) == (low and Decimal(low), high and Decimal(high))
    assert (salary.period, salary.basis) == (Period(period), Basis.UNKNOWN)
