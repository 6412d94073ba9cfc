"""Whether two adverts' pay can be one."""

from __future__ import annotations

from clearinghouse.ingest.traits import Traits

PAY_APART = 1.08  # times: beyond it two figures are not one pay scale before and after an award
ROUNDED = 0.002  # of a sum: "29.4k" is £29,355


def same_pay(one: Traits, other: Traits) -> bool:
    """True when the scale begins or ends with one sum: boards show "from" or "up to" alone."""
    if one.pay is None or other.pay is None or one.pay[2] != other.pay[2]:
        return False
    return any(abs(mine - theirs) <= ROUNDED * mine for mine, theirs in zip(one.pay[:2], other.pay[:2], strict=True))


def other_pay(one: Traits, other: Traits) -> bool:
    """True when the one scale begins well beyond where the other ends."""
    if one.pay is None or other.pay is None or one.pay[2] != other.pay[2]:
        return False
    if one.pay[3] != other.pay[3]:  # what this job pays, beside the full-time rate
        return False
    return max(one.pay[0], other.pay[0]) > PAY_APART * min(one.pay[1], other.pay[1])
