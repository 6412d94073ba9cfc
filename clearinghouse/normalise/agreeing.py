"""Whether a postcode and the words beside it tell of one place, and which of the two is believed where they don't.

The postcode is believed, since it is the finer of the two, unless the words are surely of somewhere else: two names
that lie together ("Beeston, Nottingham"), both beyond 30 km of it; a city or a site beyond 80 km of it; or a county or
London far from it. Those postcodes are a head office's, which a form filled in by itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from clearinghouse.normalise.gazetteer import Spot, areas, fold, kilometres, region, spots_named
from clearinghouse.normalise.naming import NOWHERE, parts
from clearinghouse.normalise.postcodes import FULL, Position

_NEAR, _BEYOND, _TOGETHER = 30.0, 80.0, 25.0
"""Kilometres: within the first words and postcode agree, beyond the second one name outweighs it, within the third two
names lie together."""


@dataclass(frozen=True)
class Elsewhere:
    """The words are believed: where they say it is; None where only their county is known to us."""

    spot: Spot | None


def elsewhere(line: str, position: Position) -> Elsewhere | None:
    """What is believed instead of the postcode in the line, which stands at `position`; None: the postcode itself."""
    here = Spot("", "town", None, position.latitude, position.longitude)
    names = [name for part in parts(FULL.sub(" ", line)) if (name := fold(part)) and name not in NOWHERE]
    named: list[Spot] = []
    for name in names:
        spots = region().get(name, ())
        if any(kilometres(spot, here) <= _NEAR for spot in spots):
            return None
        named.extend(spots[:1])
    return _in_the_region(named, here) if named else _in_a_county(names, here)


def _in_the_region(named: list[Spot], here: Spot) -> Elsewhere | None:
    first, others = named[0], [spot for spot in named[1:] if spot != named[0]]
    if any(kilometres(first, other) <= _TOGETHER for other in others):
        return Elsewhere(first)
    alone = not others and first.kind in ("city", "site") and kilometres(first, here) > _BEYOND
    return Elsewhere(first) if alone else None


def _in_a_county(names: list[str], here: Spot) -> Elsewhere | None:
    for name in names:
        area = areas().get(name)
        if area is not None and kilometres(area, here) > area.size + _NEAR:
            within = [spot for spot in spots_named(names[0]) if kilometres(spot, area) <= area.size]
            return Elsewhere(within[0] if within and names[0] != name else None)
    return None
