"""Which adverts are worth comparing: those that share a link, a reference, an opening, or an employer and two words.

A pair that no key brings together is never compared. A block of any size is walked; in a crowded one only those that
also agree in a closing date, postcode, opening or reference meet, so that 500 posts of one name are no 125,000 pairs.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

import numpy as np

from clearinghouse.ingest.traits import Traits

CROWDED = 40  # adverts in a block from which a second thing must be shared
WINDOW = 40  # of those that share both, how many neighbours each meets
ROW = 8  # pieces of a description of which one is a key
WORDS = 6  # of a title that make keys


def candidate_pairs(adverts: Sequence[Traits]) -> Iterator[tuple[int, int]]:
    """Positions of the pairs to compare, each once, the lower first."""
    found = array("q")
    size = len(adverts)
    for block in _blocks(adverts):
        for one, other in _met(adverts, block):
            if adverts[one].source != adverts[other].source:
                found.append(min(one, other) * size + max(one, other))
    for code in np.unique(np.frombuffer(found, dtype=np.int64)) if found else ():
        yield divmod(int(code), size)


def keys(advert: Traits) -> Iterator[int]:
    """Hashes of what another advert of the same post is likely to share."""
    for parts in _parts(advert):
        yield zlib.crc32("\x1f".join(parts).encode())


def _parts(advert: Traits) -> Iterator[tuple[str, ...]]:
    if advert.target:
        yield ("target", advert.target)
    if advert.reference:
        yield ("reference", advert.reference[-5:])
    words = sorted(advert.title.words)[:WORDS]
    pairs = [*combinations(words, 2), *((word, "") for word in (words if len(words) < 3 else ()))]
    for name in advert.employer.words.union(*(each.words for each in advert.later)):
        yield from (("employer", name, *pair) for pair in pairs)
    for place in advert.places:
        if place.postcode:
            yield from (("postcode", place.postcode, *pair) for pair in pairs)
    if advert.closes:
        yield ("closes", advert.closes.isoformat(), *words)
    for piece in telling(advert.opening):
        yield ("piece", str(piece))


def telling(opening: Sequence[int]) -> set[int]:
    """The smallest piece of each eight in a row: two texts that have eight in common share one, wherever they begin."""
    return {min(opening[at : at + ROW]) for at in range(max(1, len(opening) - ROW + 1))} if opening else set()


def _blocks(adverts: Sequence[Traits]) -> Iterator[list[int]]:
    hashes, places = array("q"), array("q")
    for at, advert in enumerate(adverts):
        for key in set(keys(advert)):
            hashes.append(key)
            places.append(at)
    if not hashes:
        return
    order = np.argsort(np.frombuffer(hashes, dtype=np.int64), kind="stable")
    ordered = np.frombuffer(hashes, dtype=np.int64)[order]
    ends = np.flatnonzero(np.diff(ordered)) + 1
    members = np.frombuffer(places, dtype=np.int64)[order]
    for start, end in zip([0, *ends.tolist()], [*ends.tolist(), len(ordered)], strict=True):
        if end - start > 1:
            yield members[start:end].tolist()


def _met(adverts: Sequence[Traits], block: list[int]) -> Iterable[tuple[int, int]]:
    if len(block) <= CROWDED:
        return combinations(block, 2)
    return _crowded(adverts, block)


def _crowded(adverts: Sequence[Traits], block: list[int]) -> Iterator[tuple[int, int]]:
    finer: dict[tuple[object, ...], list[int]] = {}
    for at in block:
        for key in _second(adverts[at]):
            finer.setdefault(key, []).append(at)
    for group in finer.values():
        group.sort(key=lambda at: (sorted(adverts[at].title.words), adverts[at].hours or 0, at))
        for here, one in enumerate(group):
            for other in group[here + 1 : here + 1 + WINDOW]:
                yield one, other


def _second(advert: Traits) -> Iterator[tuple[object, ...]]:
    if advert.closes:
        yield ("closes", advert.closes, advert.hours)
    if advert.reference:
        yield ("reference", advert.reference[-5:])
    if advert.opening:
        yield ("opening", tuple(advert.opening[:12]), tuple(sorted(advert.title.words)))
    for place in advert.places:
        if place.postcode:
            yield ("postcode", place.postcode, advert.hours)
