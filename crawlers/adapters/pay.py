"""Pay that a source states as numbers, put into words."""

from __future__ import annotations

import re

BARE = re.compile(r"\d[\d,. ]*")
SUM = re.compile(r"[£$€]?\s?\d[\d,. ]*")
NOUGHT = "£$€ 0.,"


def is_words(value: str | None) -> bool:
    """True for pay that is said in words or with its currency ("£9.50", "Band 5"), not as a bare number or nought."""
    return bool(value and value.strip(NOUGHT) and not BARE.fullmatch(value))


def composed(
    low: str | None, high: str | None, value: str | None, unit: str | None, currency: str | None
) -> str | None:
    """The stated parts as one phrase ("24214 - 26220 GBP YEAR"); None without a sum other than nought."""
    low, high, value = (v if v and SUM.fullmatch(v) and v.strip(NOUGHT) else None for v in (low, high, value))
    if low and high:
        amount = low if low == high else f"{low} - {high}"
    elif value and not (low or high):
        amount = value
    elif low:
        amount = f"from {low}"
    elif high:
        amount = f"up to {high}"
    else:
        return None
    return " ".join(part for part in (amount, currency, unit) if part)
