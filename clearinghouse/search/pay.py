"""What an advert pays for its own hours, by the hour, the month and the year (design §7, `pay_min`).

The figures are those of the vacancy's page (`publish/paid.py`), the highest of each. Sums are whole pence, UNKNOWN
where they can't be said. What a pay table gives for a band isn't compared: the advert doesn't state it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from clearinghouse.normalise.own_pay import Span
from clearinghouse.publish.paid import stated_pay

UNKNOWN = -1
MOST_PENCE = 10**11


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
    annual = next((salary[end] for end in ("annual_maximum", "annual_minimum") if salary.get(end) is not None), None)
    found = stated_pay(doc)
    return Pay(_most(found.hour), _most(found.month), _most(found.year), pence(annual))


def _most(span: Span | None) -> int:
    return UNKNOWN if span is None else pence(span.top)
