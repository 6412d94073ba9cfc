"""How facts are said to people. Pure functions, which the templates use as filters.

Those that messages use too stand in publish/in_words.py, and are here by the same names.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from clearinghouse.publish.in_words import (
    Doc,
    clock,
    closing,
    day,
    labels,
    miles,
    moment,
    moment_of,
    money,
    pay,
    place,
    places,
    span,
)
from clearinghouse.search.parameters import LEVELS

__all__ = [
    "clock", "closing", "counted", "day", "days_left", "distance", "hours", "labels", "level", "miles", "moment",
    "moment_of", "money", "number", "pay", "place", "places", "span", "web_link",
]  # fmt: skip


def number(value: int) -> str:
    """A whole number with commas: 12,345."""
    return f"{value:,}"


def counted(value: int, one: str, many: str) -> str:
    """A number with its noun: `1 job`, `1,234 jobs`, `0 jobs`."""
    return f"{value:,} {one if value == 1 else many}"


def days_left(doc: Doc, now: dt.datetime) -> str:
    """`Closes today` or `Closes tomorrow` on the last two days, else empty."""
    if not doc.get("closes_at"):
        return ""
    left = (moment_of(doc["closes_at"]).date() - moment_of(now).date()).days
    return {0: "Closes today", 1: "Closes tomorrow"}.get(left, "")


def level(value: int) -> str:
    """A qualification level with what people know it by."""
    return LEVELS.get(str(value), f"Level {value}")


def hours(value: str | None) -> str:
    """Hours a week without needless noughts: 37 hours a week; empty when unknown."""
    return f"{Decimal(value).normalize():f} hours a week" if value else ""


def web_link(value: str | None) -> bool:
    """True for an address that may stand in a link: http or https."""
    return bool(value) and str(value).startswith(("http://", "https://"))


def distance(miles: Decimal) -> str:
    """A radius: 1 mile, 10 miles."""
    return f"{miles.normalize():f} mile{'' if miles == 1 else 's'}"
