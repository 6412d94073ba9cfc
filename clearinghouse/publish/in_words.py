"""What a publication's document says, in words for people: dates in London's time, pay in pounds, places. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from clearinghouse.vacancies.draft import LONDON
from clearinghouse.vacancies.vocabulary import Basis, Period, Precision, Term

Doc = Mapping[str, Any]


def moment_of(value: str | dt.date) -> dt.datetime:
    """A document's time text, or a time, as London's clock shows it; a bare date as it stands."""
    parsed = value if isinstance(value, dt.datetime) else dt.datetime.fromisoformat(str(value))
    return parsed.astimezone(LONDON) if parsed.tzinfo else parsed


def day(value: str | dt.date) -> str:
    """The date in London: 12 June 2026."""
    there = moment_of(value)
    return f"{there.day} {there:%B %Y}"


def clock(value: str | dt.datetime) -> str:
    """The time of day in London: 9am, 11:59pm, midday."""
    there = moment_of(value)
    if (there.hour, there.minute) == (12, 0):
        return "midday"
    minutes = f":{there.minute:02}" if there.minute else ""
    return f"{there.hour % 12 or 12}{minutes}{'am' if there.hour < 12 else 'pm'}"


def moment(value: str | dt.datetime) -> str:
    """Date and time in London: 12 June 2026 at 11:59pm."""
    return f"{day(value)} at {clock(value)}"


def money(value: str | None) -> str:
    """A sum in pounds, with pence only where there are any: £24,294, £13.47."""
    if value is None:
        return ""
    sum_ = Decimal(value)
    return f"£{sum_:,.0f}" if sum_ == sum_.to_integral_value() else f"£{sum_:,.2f}"


def span(minimum: str | None, maximum: str | None) -> str:
    """A range of pay: £24,294 to £27,000, From £24,294, Up to £27,000; empty when both are unknown."""
    if minimum is None and maximum is None:
        return ""
    if minimum == maximum:
        return money(minimum)
    if minimum is None:
        return f"Up to {money(maximum)}"
    return f"From {money(minimum)}" if maximum is None else f"{money(minimum)} to {money(maximum)}"


def pay(doc: Doc) -> str:
    """What the advert says that the job pays, as we read it; empty when we could not read it."""
    salary = doc.get("salary") or {}
    said = span(salary.get("minimum"), salary.get("maximum"))
    if not said:
        return ""
    period = f" {labels(salary['period'], Period)}" if salary.get("period") else ""
    full_time = " (the full-time rate)" if salary.get("basis") == Basis.FULL_TIME_EQUIVALENT else ""
    return f"{said}{period}{full_time}"


def closing(doc: Doc) -> str:
    """When it closes, to the minute in London: Closes 12 June 2026 at 11:59pm; empty when the advert gives no date."""
    closes = doc.get("closes_at")
    return f"Closes {moment(closes)}" if closes else ""


def place(item: Doc) -> str:
    """One place: the advert's words, a postcode with its space, then the postcode and district that they leave out."""
    text = _spaced(item.get("text") or "", item.get("postcode"))
    rest = [item.get("postcode"), item.get("district")]
    known = [part for part in rest if part and _squeezed(part) not in _squeezed(text)]
    whole = ", ".join([text, *known] if text else known)
    return f"{whole} (the employer's head office)" if item.get("precision") == Precision.EMPLOYER else whole


def _spaced(text: str, postcode: str | None) -> str:
    if not postcode or postcode in text or _squeezed(postcode) not in _squeezed(text):
        return text
    typed = r"\s?".join(map(re.escape, _squeezed(postcode)))
    return re.sub(typed, postcode, text, count=1, flags=re.IGNORECASE)


def _squeezed(text: str) -> str:
    return text.replace(" ", "").casefold()


def places(doc: Doc) -> str:
    """All places in one line, at most three by name; empty when the advert gives none."""
    named = [place(item) for item in doc.get("places", ())]
    more = len(named) - 3
    return "; ".join(named[:3]) + (f" and {more} more" if more > 0 else "")


def labels(values: Sequence[str] | str | None, vocabulary: type[Term]) -> str:
    """Values in plain English, by commas: Full time, Job share. A value outside the vocabulary stands as it is."""
    given = [values] if isinstance(values, str) else (values or ())
    known = {term.value: term.label for term in vocabulary}
    return ", ".join(known.get(value, value) for value in given)


def miles(value: float | None) -> str:
    """A distance as people say it: 1 mile away, 3.5 miles away, less than half a mile away."""
    if value is None:
        return ""
    if value < 0.5:
        return "less than half a mile away"
    shown = f"{value:.1f}".removesuffix(".0") if value < 10 else f"{value:.0f}"
    return f"{shown} {'mile' if shown == '1' else 'miles'} away"
