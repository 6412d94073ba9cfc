"""What a sum of pay is for: the words for year, month, week, day, hour and session, and sums brought to a year."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from clearinghouse.vacancies.vocabulary import Period

WEEKS = Decimal("52.143")
"""Weeks in a year as the national pay agreements count them: 365 / 7."""

_A_YEAR = {Period.YEAR: Decimal(1), Period.MONTH: Decimal(12), Period.WEEK: WEEKS}

FULL_WEEK = Decimal(37)
"""Hours of a full week where the advert names none: the National Joint Council's."""

_PER = r"(?:per|an?|each|every|p|by\sthe|/)\s{0,2}[/.-]?\s{0,2}"
_WORDS: tuple[tuple[Period, str], ...] = (
    (Period.HOUR, rf"{_PER}(?:hour|hrs?\b|h\b)|\bhourly|\bp\s?\.?\s?h\b|\bp/h|\bhour\b"),
    (Period.SESSION, rf"{_PER}\s{{0,12}}(?:(?:half|full)[\s-]day\s)?session|\bsessional"),
    (Period.DAY, rf"{_PER}(?:full[\s-]day|day|daily|diem)|\bdaily|\bp\.?d\b|\bp/d"),
    (Period.WEEK, rf"{_PER}(?:week|wk)|\bweekly|\bp\.?w\b|\bp/w"),
    (Period.MONTH, rf"{_PER}(?:calendar\s)?(?:month|mth)|\bmonthly|\bp\.?c\.?m\b|\bp\.?m\b"),
    (Period.YEAR, rf"{_PER}(?:ann|year|yr|a\b)|\bannual|\bannum|\byearly|\bp\.?\s?a\b|\bp/a|\bper\s?an?$"),
)
_NO_TERM = re.compile(
    rf"{_PER}(?:shift|lesson|night|visit|fortnight|mile|half|assignment|sleep|clinic|four|4|unit|class|call|match|game)|\bfortnightly",
    re.IGNORECASE,
)
_BARE = re.compile(r"\s?(?P<unit>hour|session|day|week|month|year)\b", re.IGNORECASE)
_PATTERN = re.compile("|".join(f"(?P<{period.name}>{words})" for period, words in _WORDS), re.IGNORECASE)
_LEAST = {Period.YEAR: 1000, Period.MONTH: 100, Period.WEEK: 20, Period.DAY: 10, Period.HOUR: 1, Period.SESSION: 5}
_MOST = {
    Period.HOUR: 999,
    Period.DAY: 9_999,
    Period.SESSION: 29_999,  # a general practitioner's weekly session is paid by the year: "£11,000 per session"
    Period.WEEK: 19_999,
    Period.MONTH: 99_999,
    Period.YEAR: 9_999_999,
}
_UNITS = {
    "hour": Period.HOUR, "hourly": Period.HOUR, "day": Period.DAY, "daily": Period.DAY, "week": Period.WEEK,
    "weekly": Period.WEEK, "month": Period.MONTH, "monthly": Period.MONTH, "year": Period.YEAR, "yearly": Period.YEAR,
    "annual": Period.YEAR, "annually": Period.YEAR, "annum": Period.YEAR, "per annum": Period.YEAR, "pa": Period.YEAR,
    "session": Period.SESSION,
}  # fmt: skip


@lru_cache(maxsize=1024)
def period_first(words: str) -> Period | None:
    """The period that these words name first; None when they name none, or first one that we have no name for."""
    bare = _BARE.match(words)
    if bare:
        return period_of_unit(bare["unit"])  # "£2,000 MONTH"
    match = _PATTERN.search(words)
    if match is None or match.lastgroup is None:
        return None
    other = _NO_TERM.search(words)
    return None if other and other.start() <= match.start() else Period[match.lastgroup]


@lru_cache(maxsize=1024)
def period_last(words: str) -> Period | None:
    """The period that these words name last, as in "Hourly rate:" before a sum."""
    found = [match.lastgroup for match in _PATTERN.finditer(words)]
    return Period[found[-1]] if found and found[-1] else None


def other_period(words: str) -> bool:
    """True when the words name a unit that we keep no period for, such as a shift or a fortnight."""
    return _NO_TERM.search(words) is not None


def period_of_unit(unit: str | None) -> Period | None:
    """The period of a structured unit, as in schema.org's unitText "YEAR"."""
    return _UNITS.get((unit or "").strip().casefold())


def period_by_size(value: Decimal) -> Period | None:
    """The period of a bare figure: 10,000 and over is a year, under 100 an hour, anything between is unknown."""
    if value >= 10_000:
        return Period.YEAR
    return Period.HOUR if value < 100 else None


def plausible(value: Decimal, period: Period) -> bool:
    """False when no one is paid that for it: the words' period then belongs to something else."""
    return _LEAST[period] <= value <= _MOST[period]


def to_year(value: Decimal | None, period: Period | None, hours: Decimal | None) -> Decimal | None:
    """The sum for a year, for filter and sort only: pay by the hour and the day by the advert's own hours.

    None where those aren't known, and for a session. A day is a fifth of a full week.
    """
    if value is None or period is None or period is Period.SESSION:
        return None
    if period in _A_YEAR:
        return pence(value * _A_YEAR[period])
    if not hours:
        return None
    week = hours if period is Period.HOUR else 5 * min(hours, FULL_WEEK) / FULL_WEEK
    return pence(value * week * WEEKS)


def pence(value: Decimal) -> Decimal:
    """Rounded to the penny, halves up."""
    return value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
