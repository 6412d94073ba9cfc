"""Whether two adverts' places of work can be one."""

from __future__ import annotations

import math

from clearinghouse.ingest.traits import Traits, Where

FAR, NEAR = 12.0, 3.0  # kilometres: beyond the first it is another place; within the second it may be one


def near(one: Traits, other: Traits) -> bool | None:
    """True where a place of the one is a place of the other, False where none can be, None where nothing tells."""
    if not one.places or not other.places:
        return None
    verdicts = [_one_place(mine, theirs) for mine in one.places for theirs in other.places]
    if True in verdicts:
        return True
    return None if None in verdicts else False


def _one_place(one: Where, other: Where) -> bool | None:
    if one.postcode and other.postcode:
        return one.postcode == other.postcode
    apart = _kilometres(one.point, other.point) if one.point and other.point else None
    if apart is not None and apart > FAR:
        return False
    if one.words & other.words or (one.outcode is not None and one.outcode == other.outcode):
        return True
    if apart is None:
        return None
    return True if apart <= NEAR else None


def _kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    across = (one[1] - other[1]) * math.cos(math.radians(one[0]))
    return 111.2 * math.hypot(one[0] - other[0], across)
