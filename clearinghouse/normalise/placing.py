"""The places of an advert: its locations, its map point and, where those tell of none, its title and text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from clearinghouse.normalise.gazetteer import Spot, fold, kilometres, offices
from clearinghouse.normalise.mentioned import mentioned
from clearinghouse.normalise.naming import NOWHERE
from clearinghouse.normalise.place import ROAMING, find_place, place_at
from clearinghouse.normalise.postcodes import postcodes_in
from clearinghouse.vacancies.draft import Place
from clearinghouse.vacancies.vocabulary import Precision

_FAR = 40.0
"""Kilometres beyond which a name and a position beside it contradict each other."""

_MIDDLE = 2.0
"""Kilometres within which a map point beside half a postcode is taken for that area's middle: many sites give it."""

_TRUST = re.compile(r"\snhs\s(?:foundation\s)?(?:trust|ft)$")


@dataclass(frozen=True)
class Placed:
    """The places of an advert, and the words that decided them where those stand in its title or text."""

    places: tuple[Place, ...]
    because: str | None = None


def placed(
    locations: tuple[str, ...],
    extra: Mapping[str, str],
    title: str | None,
    words: str | None,
    employer: str | None = None,
) -> Placed:
    """The places of an advert, each once.

    What its title or text states serves a location that names no place. Where neither tells, the head office of the
    employer stands, by its own precision, if it is one that we know.
    """
    found = read_places(locations, extra)
    if not all(map(_silent, found)):
        return Placed(found)
    said = mentioned(title, words, alone=not locations)
    if said is None:
        return Placed(found or _head_office(employer))
    text = found[0].text if found else said.name
    return Placed((place_at(text, said.spot), *found[1:]), said.phrase)


def _head_office(employer: str | None) -> tuple[Place, ...]:
    spot = offices().get(_TRUST.sub("", fold(employer or "")))
    return (replace(place_at(spot.name, spot), precision=Precision.EMPLOYER),) if spot else ()


def _silent(place: Place) -> bool:
    """Whether a location leaves open where the job is: a county, half a postcode or a name that we don't know."""
    vague = place.precision in (Precision.UNKNOWN, Precision.OUTCODE)
    return vague and not ROAMING.search(place.text) and not postcodes_in(place.text)


def read_places(locations: tuple[str, ...], extra: Mapping[str, str]) -> tuple[Place, ...]:
    """The places that locations name, each once. A stated position serves one that no postcode has settled."""
    found = tuple(dict.fromkeys(place for text in locations for place in find_place(text)))
    point = _stated_point(extra)
    if point is None or len(found) > 1:
        return found
    if not found:
        return (Place("", None, None, *point, Precision.PLACE),) if not locations else ()
    return (_pointed(found[0], point),)


def _pointed(place: Place, point: tuple[float, float]) -> Place:
    if place.precision is Precision.POSTCODE:
        return place
    if place.latitude is None or place.longitude is None:
        if fold(place.text) in NOWHERE or postcodes_in(place.text):  # a postcode that its words contradict
            return place
        return replace(place, latitude=point[0], longitude=point[1], precision=Precision.PLACE)
    stated, read = Spot("", "town", None, *point), Spot("", "town", None, place.latitude, place.longitude)
    apart = kilometres(stated, read)
    if apart > _FAR:
        return place  # a head office's position beside another town's name
    if place.precision is Precision.OUTCODE and apart < _MIDDLE:
        return place
    return replace(place, latitude=point[0], longitude=point[1], precision=Precision.PLACE)


def _stated_point(extra: Mapping[str, str]) -> tuple[float, float] | None:
    try:
        latitude, longitude = float(extra["latitude"]), float(extra["longitude"])
    except (KeyError, TypeError, ValueError):
        return None
    inside = 49.8 <= latitude <= 60.9 and -8.7 <= longitude <= 1.9  # Great Britain; 0,0 and swapped ones are outside
    return (latitude, longitude) if inside else None
