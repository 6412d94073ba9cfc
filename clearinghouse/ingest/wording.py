"""Whether two descriptions are in the same words, as far as either board shows them."""

from __future__ import annotations

from array import array

from clearinghouse.ingest.traits import Traits

LIKE = 0.8  # of the shorter opening's pieces that the other has too
FEW = 6  # pieces (eight words): fewer prove nothing
WORDY = 12  # pieces: so many that stand in both alike are one person's words, copied
COPIED = 0.95  # of the shorter opening's pieces, in words that were copied
LEAD = 40  # pieces that a board puts before the employer's own words, at most


def likeness(one: Traits, other: Traits) -> float | None:
    """The share of the shorter description's opening that stands in the other's too; None where one is too short."""
    share, length = _overlap(one.opening, other.opening)
    return share if length >= FEW else None


def _overlap(mine: array[int], theirs: array[int]) -> tuple[float, int]:
    """The share of the shorter opening that stands in the other, and of how many pieces it is.

    What one board puts before the employer's words ("A vacancy at …", employer, site and pay) is passed over.
    """
    length = min(len(mine), len(theirs))
    if length < FEW:
        return 0, length
    share = _share(mine, theirs, length)
    said = set(theirs)
    start = next((at for at, piece in enumerate(mine[:LEAD]) if piece in said), None)
    if share >= COPIED or start is None:
        return share, length
    lead = theirs.index(mine[start])
    rest = min(len(mine) - start, len(theirs) - lead)
    if lead > LEAD or rest < WORDY:
        return share, length
    return max((share, length), (_share(mine[start:], theirs[lead:], rest), rest))


def _share(mine: array[int], theirs: array[int], length: int) -> float:
    return len(set(mine[: length + 4]) & set(theirs[: length + 4])) / length


def copied(one: Traits, other: Traits) -> bool:
    """True when the descriptions are one text, of which each board shows as much as it likes."""
    share, length = _overlap(one.opening, other.opening)
    return share >= COPIED and length >= WORDY
