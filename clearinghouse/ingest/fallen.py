"""Whether a source's adverts say less than they did: decided from the rows of its nights, without I/O."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from clearinghouse.ingest.quality import Quality
from clearinghouse.ingest.quality_fields import RULES, Field

NIGHTS = 7  # the newest earlier ones that a night is held against …
ENOUGH_NIGHTS = 3  # … or as many as there are, if so many
ENOUGH_ADVERTS = 10  # of a night that counts
AT_LEAST = 3  # adverts that a fall is about: of ten adverts one more or less is no news


@dataclass(frozen=True)
class Fall:
    """The share of adverts that have a field, and the median of what it was."""

    field: Field
    was: float
    now: float


def fallen(tonight: Quality, earlier: Sequence[Quality]) -> tuple[Fall, ...] | None:
    """The fields whose fill rate is a third or more under the median of the earlier nights, newest first.

    None when that can't be told: too few adverts tonight, or too few earlier nights with enough. Only fields that the
    source has a place of its own for: what running text mentions comes and goes.
    """
    nights = [one for one in earlier if one.looked_at >= ENOUGH_ADVERTS][:NIGHTS]
    if tonight.looked_at < ENOUGH_ADVERTS or len(nights) < ENOUGH_NIGHTS:
        return None
    found = []
    for field in Field:
        was = statistics.median(rate(one, field) for one in nights)
        now = rate(tonight, field)
        if RULES[field].own and 3 * now <= 2 * was and (was - now) * tonight.looked_at >= AT_LEAST:
            found.append(Fall(field, was, now))
    return tuple(found)


def rate(one: Quality, field: Field) -> float:
    """The share of the adverts whose posting has words for the field; 0 where it wasn't measured."""
    counted = one.fields.get(field.value)
    return counted.filled / one.looked_at if counted and one.looked_at else 0.0


def sentence(falls: Sequence[Fall], adverts: int) -> str:
    """It in words with figures."""
    parts = "; ".join(f"{fall.field.label}: {fall.now:.0%}, before {fall.was:.0%}" for fall in falls)
    return f"Its {adverts} adverts say less than they did. {parts}. Its site may have changed."
