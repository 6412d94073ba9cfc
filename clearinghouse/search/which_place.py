"""Where somebody means: other places of the same name, and the area around a place as an area of its own."""

from __future__ import annotations

from functools import lru_cache

from clearinghouse.normalise.gazetteer import Spot, areas, counties, fold, kilometres, spots_named
from clearinghouse.normalise.place import locate
from clearinghouse.search.criteria import DEFAULT_RADIUS
from clearinghouse.search.generation import Generation
from clearinghouse.search.offers import Offer, offered
from clearinghouse.search.results import Results
from clearinghouse.vacancies.visible import Visible

MOST = 5  # places that a page asks about
SAME = 3.0  # kilometres within which two spots are one place


def places_meant(generation: Generation, results: Results, visible: Visible) -> tuple[Offer, ...]:
    """Of a name that several places bear, the search around each, the one that was searched first; else nothing."""
    named = told_apart(results.criteria.location) if results.place else ()
    return tuple(offered(generation, visible, name, results.criteria.replace(location=name)) for name in named)


@lru_cache(maxsize=1024)
def told_apart(location: str) -> tuple[str, ...]:
    """The places of exactly this name as words that mean one alone: "Stapleford, Melton". Nothing for a single one.

    At most MOST, the area's first. A place is left out when no words of ours would find it again.
    """
    if "," in location:  # somebody has said which
        return ()
    named = dict.fromkeys(name for spot in spots_named(location) if (name := _told(spot)))
    return tuple(named)[:MOST] if len(named) > 1 else ()


def _told(spot: Spot) -> str | None:
    """The spot's name with its district or county, where a search for these words finds this spot."""
    within = spot.district or _county(spot)
    name = f"{spot.name}, {within}" if within else spot.name
    found = locate(name)
    if within is None or found is None or found.latitude is None or found.longitude is None:
        return None
    there = Spot("", "town", None, found.latitude, found.longitude)
    return name if kilometres(there, spot) < SAME else None


def _county(spot: Spot) -> str | None:
    """The county whose middle is nearest, by its size; None for a spot in none's reach."""
    near = min(areas().values(), key=lambda area: kilometres(area, spot) / area.size)
    return near.name if kilometres(near, spot) <= near.size else None


def area_itself(generation: Generation, results: Results, visible: Visible) -> Offer | None:
    """A search around a place of the region as one in all of its district; one in a district as one around it."""
    criteria, place = results.criteria, results.place
    if place is not None and place.district in counties() and not criteria.district:
        changes = {"location": "", "radius": DEFAULT_RADIUS, "district": (place.district,)}
        return offered(generation, visible, f"in all of {place.district} district", criteria.replace(**changes))
    name = criteria.district[0] if len(criteria.district) == 1 and not criteria.location else ""
    if not name or fold(name) not in map(fold, counties()):
        return None
    around = criteria.replace(location=name, district=())
    return offered(generation, visible, f"within {DEFAULT_RADIUS} miles of {name}", around)
