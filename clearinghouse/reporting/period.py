"""The period that a report is about: a month, a year or a financial year."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from clearinghouse.errors import ClearingHouseError

_SHAPE = re.compile(r"(?P<year>(?:19|20)\d\d)(?:-(?P<second>\d\d))?", re.ASCII)
DAY = dt.timedelta(days=1)


class BadPeriodError(ClearingHouseError):
    """What was asked for is no period; the message names it."""


@dataclass(frozen=True)
class Period:
    """Days from `first` to `last`, both in it, and what people call them."""

    first: dt.date
    last: dt.date
    name: str


def period(text: str) -> Period:
    """2026-11 is that month, 2026 the year, 2009-10 the financial year from April 2009 to March 2010.

    The second number of a financial year is the next year's: where that could be a month too, it is the financial
    year (of 2000-01 to 2011-12). Raises BadPeriodError.
    """
    match = _SHAPE.fullmatch(text)
    if match is None:
        raise BadPeriodError(_problem(text))
    year, second = int(match["year"]), match["second"]
    if second is None:
        return Period(dt.date(year, 1, 1), dt.date(year, 12, 31), str(year))
    if int(second) == (year + 1) % 100:
        return Period(dt.date(year, 4, 1), dt.date(year + 1, 3, 31), f"April {year} to March {year + 1}")
    if not 1 <= int(second) <= 12:
        raise BadPeriodError(_problem(text))
    return month(dt.date(year, int(second), 1))


def month(day: dt.date) -> Period:
    """The month of that day."""
    first = day.replace(day=1)
    return Period(first, (first + 31 * DAY).replace(day=1) - DAY, f"{first:%B %Y}")


def _problem(text: str) -> str:
    return f"{text!r} is no period: write a month as 2026-11, a year as 2026, or a financial year as 2026-27"
