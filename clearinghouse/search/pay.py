"""What an advert pays for its own hours, by the hour, the month and the year (design §7, `pay_min`).

The advert's own figure is used, its maximum where it has one, else its minimum. Conversions: a year has 52.143 weeks
and 12 months; a full-time week is 37 hours in 5 days. A full-time-equivalent sum is scaled by the advert's own hours
to 37; where the hours are unknown only its hourly rate is known. A sum of unknown basis counts as what is paid.
Sums are whole pence, UNKNOWN where they can't be said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from clearinghouse.normalise.periods import FULL_WEEK, WEEKS

UNKNOWN = -1
MOST_PENCE = 10**11
MONTHS = Decimal(12)
FULL_DAY = FULL_WEEK / 5
A_YEAR_HAS = {"year": Decimal(1), "month": MONTHS, "week": WEEKS}


@dataclass(frozen=True)
class Pay:
    """Pence for the advert's own hours, and `annual`, the advert's annual figure as normalised (basis as stated)."""

    hour: int = UNKNOWN
    month: int = UNKNOWN
    year: int = UNKNOWN
    annual: int = UNKNOWN


def pence(value: object) -> int:
    """Decimal text in pounds as whole pence; UNKNOWN for None."""
    if value is None:
        return UNKNOWN
    amount = (Decimal(str(value)) * 100).to_integral_value(ROUND_HALF_UP)
    return max(0, min(int(amount), MOST_PENCE))


def pay(doc: Mapping[str, Any]) -> Pay:
    """The pay of a publication."""
    salary = doc.get("salary") or {}
    annual = pence(_highest(salary, "annual_maximum", "annual_minimum"))
    figure = _highest(salary, "maximum", "minimum")
    if figure is None or salary.get("period") is None:
        return Pay(annual=annual)
    hours = doc.get("hours_per_week")
    hourly, yearly = own(Decimal(str(figure)), salary["period"], salary.get("basis"), Decimal(hours) if hours else None)
    monthly = None if yearly is None else yearly / MONTHS
    return Pay(pence(hourly), pence(monthly), pence(yearly), annual)


def own(
    figure: Decimal, period: str, basis: str | None, hours: Decimal | None
) -> tuple[Decimal | None, Decimal | None]:
    """Pounds an hour and pounds a year for `hours` a week, each None where it can't be said."""
    if period == "session":
        return None, None
    if period in ("hour", "day"):
        hourly = figure if period == "hour" else figure / FULL_DAY
        return hourly, hourly * hours * WEEKS if hours else None
    yearly = figure * A_YEAR_HAS[period]
    if basis == "full_time_equivalent":
        return yearly / WEEKS / FULL_WEEK, yearly * hours / FULL_WEEK if hours else None
    return yearly / WEEKS / hours if hours else None, yearly


def _highest(salary: Mapping[str, Any], *names: str) -> Any:
    return next((salary[name] for name in names if salary.get(name) is not None), None)
