"""An advert's pay, from its salary field, its title, its description's salary line or, at last, its structured sums."""

# ruff: noqa: E501 - a pattern reads better on one line than broken by length
from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal

from clearinghouse.normalise.full_week import SHORTEST, of_health
from clearinghouse.normalise.own_pay import LEAST_OF_YEAR, TIMES_A_YEAR
from clearinghouse.normalise.periods import WEEKS
from clearinghouse.normalise.salary import read_salary, stated, structured_salary
from clearinghouse.normalise.tables import below_minimum, derive
from clearinghouse.normalise.text import mentions, tidy
from clearinghouse.vacancies.draft import DerivedSalary, Salary
from clearinghouse.vacancies.posting import Posting
from clearinghouse.vacancies.vocabulary import Basis, Kind, Period

_LINE = re.compile(
    r"^\W{0,4}(?:salary|pay|rate\sof\spay|pay\srate|salary\s(?:range|details)|wage|grade|band|pay\s(?:scale|band))\s?[:–-]\s?(?P<words>[^\n]{2,300})",
    re.IGNORECASE | re.MULTILINE,
)


def read_pay(posting: Posting, description: str | None, hours: Decimal | None) -> Salary | None:
    """What the advert states: its salary words lead, then its title's pound figures, then its description's salary line.

    Its structured sums count only where its words are silent: they hold bonuses and slips.
    """
    words = tidy(posting.salary)
    salary = read_salary(words, hours)
    if salary is not None and stated(salary):
        return _with_basis(salary, description, hours)
    for other in (_pounds(posting.title), _pounds(_line(description))):
        found = read_salary(other, hours)
        if stated(found):
            return found
    if words is None or not re.search(r"\d", words):
        return structured_salary(posting.extra, hours, words) or salary
    return salary


def _with_basis(salary: Salary, description: str | None, hours: Decimal | None) -> Salary:
    """The pay with the basis that the description's salary line gives to the same sums, where its own words give none."""
    if salary.basis is not Basis.UNKNOWN or not mentions(description or "", "pro rata", "pro-rata", "fte"):
        return salary
    line = read_salary(_pounds(_line(description)), hours)
    same = line is not None and (line.minimum, line.maximum) == (salary.minimum, salary.maximum)
    return replace(line, text=salary.text) if line is not None and same else salary


def read_derived(
    posting: Posting, salary: Salary | None, description: str | None, employer: str | None, today: dt.date
) -> DerivedSalary | None:
    """What the national table gives for the band or points named, where the advert states no figure."""
    if stated(salary):
        return None
    health = of_health(employer)
    for text in (tidy(posting.salary), tidy(posting.title)):
        found = derive(text, today, health)
        if found is not None:
            return found
    return derive(_line(description), today, health)


def _pounds(text: str | None) -> str | None:
    return text if text and "£" in text else None


def _line(description: str | None) -> str | None:
    match = _LINE.search(description or "")
    return match["words"].strip() if match else None


ROUNDED = Decimal("1.005")
"""How far a rounded sum may be below the exact one: £1,286 a month is £8.00 an hour for 37 hours."""


def under_the_minimum(
    salary: Salary | None,
    kind: Kind,
    today: dt.date,
    hours: Decimal | None = None,
    least_age: int | None = None,
    *,
    term_time: bool = False,
) -> bool:
    """True when the pay, as read, is less by the hour than anyone may be paid: a slip of the advert's or of ours.

    A full-time rate counts by the shortest full week; other pay than hourly by the advert's own hours, and not at all
    without them. Part of a week may be term time though nobody says so: then the pay is for 0.83 of a year at least.
    """
    if salary is None or kind not in (Kind.JOB, Kind.CASUAL, Kind.APPRENTICESHIP):
        return False
    most = salary.maximum if salary.maximum is not None else salary.minimum
    if most is None or salary.period is None:
        return False
    hourly = _at_most_an_hour(most, salary.period, salary.basis, hours, term_time=term_time)
    return hourly is not None and below_minimum(hourly, kind is Kind.APPRENTICESHIP, today, least_age)


def _at_most_an_hour(
    figure: Decimal, period: Period, basis: Basis, hours: Decimal | None, *, term_time: bool
) -> Decimal | None:
    """Pounds an hour at the most; sums for longer may be rounded, or for 52 weeks, so a little is added to them."""
    if period is Period.HOUR:
        return figure
    figure *= ROUNDED
    times = TIMES_A_YEAR.get(period)
    if times is None:
        return None
    if basis is Basis.FULL_TIME_EQUIVALENT:
        return figure * times / WEEKS / SHORTEST
    if not hours:
        return None
    if period is Period.WEEK or (hours >= SHORTEST and not term_time):
        return figure * times / WEEKS / hours
    return figure * times / WEEKS / LEAST_OF_YEAR / hours
