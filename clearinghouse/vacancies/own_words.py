"""When an advert's own words stand beside ours: where ours lose something that a person would want, or are unsure.

Never where they say the same in other clothes: a machine's time stamp, equal sums, the same day. Every rule is the
same: what our words account for is taken out of the advert's, and they are shown if anything is left (design rule 3).
Pure functions on the values of a draft, or of a publication's document, under their contract keys.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from clearinghouse.vacancies.draft import LONDON
from clearinghouse.vacancies.vocabulary import Basis, Flag, Period, Precision

Doc = Mapping[str, Any]

PAY_FLAGS = (Flag.PAY_AWARD_PENDING, Flag.BELOW_LEGAL_MINIMUM)
_FIGURE = re.compile(r"(?P<sum>\d[\d,]*(?:\.\d+)?)(?P<thousands>\s?k\b)?", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+")
_TOKEN = re.compile(r"[a-z]+|\d+")
_STAMP = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
    r"|\d{8}(?:T?\d{6}Z?)?|\d{10}|\d{13}|/Date\(\d+(?:[+-]\d{4})?\)/"
)
"""A day and time as machines write it: ISO 8601, or seconds since 1970."""

_PAY = frozenset({"and", "between", "from", "gbp", "pay", "salary", "to"})
_PERIODS: Mapping[str, frozenset[str]] = {
    Period.YEAR: frozenset({"a", "annual", "annually", "annum", "pa", "p", "per", "year", "yearly"}),
    Period.MONTH: frozenset({"a", "calendar", "month", "monthly", "pcm", "per", "pm"}),
    Period.WEEK: frozenset({"a", "per", "pw", "week", "weekly"}),
    Period.DAY: frozenset({"a", "daily", "day", "per"}),
    Period.HOUR: frozenset({"an", "h", "hour", "hourly", "hr", "p", "per", "ph"}),
    Period.SESSION: frozenset({"a", "per", "session"}),
}
_BASES: Mapping[str, frozenset[str]] = {
    Basis.ACTUAL: frozenset({"actual"}),
    Basis.FULL_TIME_EQUIVALENT: frozenset({"equivalent", "for", "fte", "full", "part", "pro", "rata", "time"}),
}
_CLOSING = frozenset({"at", "by", "close", "closes", "closing", "date", "deadline", "of", "on", "the", "time"})
_HOURS = frozenset({
    "a", "each", "full", "h", "hour", "hours", "hpw", "hr", "hrs", "part", "per", "pw", "time", "week", "weekly", "wk",
})  # fmt: skip


def pay_words(doc: Doc) -> str:
    """The advert's own words for its pay where ours may lose some of them, else empty."""
    salary = doc.get("salary") or {}
    text: str = salary.get("text") or ""
    read = {Decimal(salary[key]) for key in ("minimum", "maximum") if salary.get(key)}
    flagged = any(flag in PAY_FLAGS for flag in doc.get("flags", ()))
    if flagged or not read or _sums(text) != read:
        return text
    ours = (
        _PAY | _PERIODS.get(str(salary.get("period")), frozenset()) | _BASES.get(str(salary.get("basis")), frozenset())
    )
    if salary.get("maximum") is None:
        ours |= {"at", "starting"}
    if salary.get("minimum") is None:
        ours |= {"up"}
    return text if set(_WORD.findall(_FIGURE.sub(" ", text.lower()))) - ours else ""


def _sums(text: str) -> set[Decimal]:
    found = ((match["sum"], match["thousands"]) for match in _FIGURE.finditer(text))
    return {Decimal(figure.replace(",", "")) * (1000 if thousands else 1) for figure, thousands in found}


def closing_words(doc: Doc) -> str:
    """The advert's own words for its closing date where ours may lose some of them, else empty."""
    text: str = doc.get("closes_text") or ""
    if doc.get("closes_at") is None:
        return text
    if _STAMP.fullmatch(text.strip()):
        return ""
    there = dt.datetime.fromisoformat(doc["closes_at"]).astimezone(LONDON)
    tokens = _TOKEN.findall(text.lower())
    words = {token for token in tokens if not token.isdigit()}
    figures = {int(token) for token in tokens if token.isdigit()}
    return text if words - _closing_words(there) or figures - _closing_figures(there) else ""


def _closing_words(there: dt.datetime) -> frozenset[str]:
    """The words in which people write that moment."""
    names = {f"{there:%A}", f"{there:%a}", f"{there:%B}", f"{there:%b}", f"{there:%Z}"}
    sept = {"sept"} if there.month == 9 else set()
    half = {"am", "a", "m"} if there.hour < 12 else {"pm", "p", "m"}
    noon = {"noon", "midday"} if (there.hour, there.minute) == (12, 0) else set()
    ordinal = {"st", "nd", "rd", "th"}
    return _CLOSING | {name.lower() for name in names} | sept | half | noon | ordinal


def _closing_figures(there: dt.datetime) -> set[int]:
    clock = {there.hour, there.hour % 12 or 12, there.minute, there.second}
    return {there.day, there.month, there.year, there.year % 100} | clock


def hours_words(doc: Doc) -> str:
    """The advert's own words for its hours where ours may lose some of them, else empty."""
    text: str = doc.get("hours_text") or ""
    value = doc.get("hours_per_week")
    if value is None or _sums(text) != {Decimal(value)}:
        return text
    return text if set(_WORD.findall(text.lower())) - _HOURS else ""


def place_words(item: Doc) -> str:
    """The advert's own words for a place that we could not find; else they are what is shown."""
    text: str = item.get("text") or ""
    return text if item.get("precision") == Precision.UNKNOWN else ""
