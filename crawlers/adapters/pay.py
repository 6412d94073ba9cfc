"""Pay that a source states as numbers, put into words."""

from __future__ import annotations

import re

NUMBER = re.compile(r"[£$€]?\s?\d[\d,. ]*")


def is_number(value: str | None) -> bool:
    """True for a sum that stands alone: "24214", "24,214.00", "£9.50"."""
    return bool(value and NUMBER.fullmatch(value))


def composed(
    low: str | None, high: str | None, value: str | None, unit: str | None, currency: str | None
) -> str | None:
    """The stated parts as one phrase ("24214 - 26220 GBP YEAR"); None without a sum other than nought."""
    low, high, value = (v if is_number(v) and v and v.strip("£$€ 0.,") else None for v in (low, high, value))
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
