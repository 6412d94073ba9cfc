"""Where somebody means: other places of the same name, and the area around a place as an area of its own."""

from __future__ import annotations

from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from clearinghouse.normalise.gazetteer import (
    Spot,
    areas,
    counties,
    fold,
    kilometres,
    region,
    spots_named,
    whole_counties,
)
from clearinghouse.normalise.place import locate
from clearinghouse.search.criteria import DEFAULT_RADIUS
from clearinghouse.search.generation import Generation
from clearinghouse.search.offers import Offer, offered
from clearinghouse.search.results import Results
from clearinghouse.vacancies.visible import Visible

MOST = 5  # places that a page asks about
SAME = 3.0  # kilometres within which two spots are one place
LIKE = 3  # names offered for one that nobody knows
SHORT, LONG = 5, 8  # letters from which one slip, and two, may be meant


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


def places_like(generation: Generation, results: Results, visible: Visible) -> tuple[Offer, ...]:
    """Of a place that we don't know, the search around each of the region's places whose name is nearly the same.

    So too of the first word that no advert has, where it was left out and no place is given: cleaner mansfeild.
    """
    criteria = results.criteria
    if criteria.location:
        named = () if results.place else names_like(criteria.location)
    else:
        word = next((each for each in results.fewer.unknown if names_like(each)), "") if results.fewer else ""
        named = names_like(word)
        criteria = criteria.replace(q=" ".join(each for each in criteria.q.split() if each != word))
    return tuple(offered(generation, visible, name, criteria.replace(location=name)) for name in named)


@lru_cache(maxsize=1024)
def names_like(location: str) -> tuple[str, ...]:
    """The names of the region's places and counties that a slip or two lie between, the nearest first; at most LIKE."""
    typed = fold(location.partition(",")[0])
    if len(typed) < SHORT:
        return ()
    slips = 1 if len(typed) < LONG else 2
    alike = [name for name in _names() if name[0] == typed[0]]
    found = process.extract(typed, alike, scorer=OSA.distance, score_cutoff=slips, limit=None)
    ordered = sorted(found, key=lambda each: (each[1], each[0]))
    return tuple(dict.fromkeys(_names()[name] for name, _, _ in ordered))[:LIKE]


@cache
def _names() -> dict[str, str]:
    """Folded names to names as they are written: counties, districts and towns."""
    towns = {name: spots[0].name for name, spots in region().items() if spots[0].kind != "site"}
    return {**towns, **{name: name.title() for name in whole_counties()}}


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
