"""Where the work is: postcode first, then towns, villages and sites by name, then outcode, then district."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from clearinghouse.normalise import gazetteer
from clearinghouse.normalise.gazetteer import Spot, best_named, fold, kilometres, region
from clearinghouse.normalise.postcodes import (
    FULL,
    OUTCODE,
    Position,
    outcode_in,
    outcode_position,
    postcode_position,
    postcodes_in,
)
from clearinghouse.normalise.text import tidy
from clearinghouse.vacancies.draft import Place
from clearinghouse.vacancies.vocabulary import Precision

LONGEST = 300
"""Characters of a location that are read; real ones have under 150."""

_SPLIT = re.compile(r"\s*[,;|()\[\]\n/]\s*|\s+[-–—]\s+|:\s|(?<=\w{3})\.\s")
_LIST = re.compile(r"\s*[;|]\s*|\s+[-–—/]\s+|\s*/\s*|\s+and\s+|\s+&\s+|\s+or\s+")
_ROAD = frozenset(
    {"ave", "avenue", "boulevard", "cl", "close", "court", "cres", "crescent", "dr", "drive", "gardens", "gate",
     "grove", "hill", "house", "lane", "ln", "mews", "place", "rd", "road", "row", "square", "st", "street",
     "terrace", "way"}
)  # fmt: skip
_FILLER = re.compile(
    r"\b(?:town\scentre|city\scentre|town|centre|area|district|borough\sof|city\sof|near|nr|in\sand\saround|around|based|"
    r"offices?|site|central|greater)\b",
    re.IGNORECASE,
)
NOWHERE = frozenset(
    {"across nottinghamshire", "any", "anywhere", "city wide", "countrywide", "county wide", "countywide",
     "derbyshire", "east midlands", "england", "flexible", "great britain", "home", "home based", "home working",
     "homebased", "homeworking", "hybrid", "hybrid working", "leicestershire", "lincolnshire", "midlands",
     "multiple", "multiple locations", "national", "nationwide", "negotiable", "north nottinghamshire",
     "northamptonshire", "nottingham and nottinghamshire", "nottinghamshire", "notts", "other", "region wide",
     "remote", "remote working", "scotland", "see advert", "sherwood forest", "tbc", "the midlands", "throughout",
     "trust wide", "trustwide", "uk", "uk wide", "united kingdom", "various", "various locations", "various sites",
     "virtual", "wales", "west midlands", "work from home"}
)  # fmt: skip
"""Folded words that stand where a place would, and name none that has a point."""

_FAR = 40.0
"""Kilometres beyond which a name and an outcode or position in one location contradict each other."""

_APART = 15.0
"""Kilometres beyond which a site's name and a town's can't be the same place: there are many county halls."""

_ROADLIKE = re.compile(r"[AMB]\d{1,2}")
"""Outcodes that look like a road's number: "near M1, junction 28"."""


def locate(query: str) -> Place | None:
    """What a person means who types this into a search box; None when we know no such place.

    A full postcode, an outcode, or the name of a town, village, suburb, site or district, with or without its county.
    Always has a position. A name that several places bear is the one in or nearest the Compact's area.
    """
    line = (tidy(query) or "")[:LONGEST]
    if not line:
        return None
    bare = OUTCODE.fullmatch(line.strip(" ,."))
    if bare:
        return _by_outcode(line, bare[1].upper())
    place = find_place(line)
    return place[0] if place and place[0].latitude is not None else None


def places_named(text: str) -> tuple[Place, ...]:
    """Every place of exactly this name, the area's first: for a page that asks "which Carlton did you mean?"."""
    line = tidy(text)
    return tuple(_placed(line, spot) for spot in gazetteer.spots_named(line)) if line else ()


def find_place(text: str) -> tuple[Place, ...]:
    """The places that one location text of an advert names; never empty for a text with words.

    Unknown ones keep their text, with no position (precision unknown): "Various", "Countywide", "Home based".
    """
    line = tidy(text)
    if line is None:
        return ()
    line = line[:LONGEST]
    codes = postcodes_in(line)
    if codes:
        return tuple(_by_postcode(line, code) for code in codes)
    several = _listed(line)
    return several or (_named(line),)


def read_places(locations: tuple[str, ...], extra: Mapping[str, str]) -> tuple[Place, ...]:
    """The places of an advert, each once. A stated position serves one that no postcode has settled."""
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
        if fold(place.text) in NOWHERE:
            return place
        return replace(place, latitude=point[0], longitude=point[1], precision=Precision.PLACE)
    stated, read = Spot("", "town", None, *point), Spot("", "town", None, place.latitude, place.longitude)
    if kilometres(stated, read) > _FAR:
        return place  # a head office's position beside another town's name
    return replace(place, latitude=point[0], longitude=point[1], precision=Precision.PLACE)


def _stated_point(extra: Mapping[str, str]) -> tuple[float, float] | None:
    try:
        latitude, longitude = float(extra["latitude"]), float(extra["longitude"])
    except (KeyError, TypeError, ValueError):
        return None
    inside = 49.8 <= latitude <= 60.9 and -8.7 <= longitude <= 1.9  # Great Britain; 0,0 and swapped ones are outside
    return (latitude, longitude) if inside else None


def _by_postcode(line: str, code: str) -> Place:
    position = postcode_position(code)
    if position is not None:
        return _at(line, position, Precision.POSTCODE, code)
    around = outcode_position(code.partition(" ")[0])
    return _at(line, around, Precision.OUTCODE, code) if around else replace(_named(FULL.sub(" ", line)), text=line)


def _by_outcode(line: str, code: str) -> Place | None:
    position = outcode_position(code)
    return _at(line, position, Precision.OUTCODE, None) if position else None


def _at(line: str, position: Position, precision: Precision, code: str | None) -> Place:
    return Place(line, code, position.district, position.latitude, position.longitude, precision)


def _placed(line: str, spot: Spot) -> Place:
    precision = Precision.DISTRICT if spot.kind == "district" else Precision.PLACE
    return Place(line, None, spot.district, spot.latitude, spot.longitude, precision)


def _listed(line: str) -> tuple[Place, ...]:
    """Several places where every part of a list names one and none is a site within another."""
    parts = [part.strip(" ,.") for part in _LIST.split(line) if part.strip(" ,.")]
    if len(parts) < 2 or len(parts) > 40:
        return ()
    spots = [_whole(part) for part in parts]
    if any(spot is None or spot.kind == "site" for spot in spots) or fold(line) in region():
        return ()
    return tuple(dict.fromkeys(_placed(part, spot) for part, spot in zip(parts, spots, strict=True) if spot))


def _named(line: str) -> Place:
    spot = _best(line)
    outcode = outcode_in(line)
    around = outcode_position(outcode) if outcode else None
    if around is not None:
        middle = Spot("", "town", None, around.latitude, around.longitude)
        nearest = _nearest(line, middle)
        if nearest is None and spot is not None:
            apart = kilometres(spot, middle) > _FAR
            if apart and _ROADLIKE.fullmatch(outcode or ""):
                return _placed(line, spot)
            nearest = None if apart else spot
        if nearest is None or nearest.kind in ("city", "district"):
            return _at(line, around, Precision.OUTCODE, None)
        spot = nearest
    return _placed(line, spot) if spot else Place(line)


def _nearest(line: str, middle: Spot) -> Spot | None:
    """Of all places that bear a name in the line, the one nearest the outcode that it also gives."""
    names = [part for part in _parts(line) if fold(part) not in NOWHERE]
    near = [spot for name in names[:4] for spot in gazetteer.spots_named(name) if kilometres(spot, middle) < 25]
    return min(near, key=lambda spot: (spot.kind != "site", kilometres(spot, middle)), default=None)


def _parts(line: str) -> list[str]:
    return [part for part in (part.strip(" .,") for part in _SPLIT.split(line)) if part]


def _whole(part: str) -> Spot | None:
    """The place whose name this part is, whole: "Mansfield", "Mansfield town centre", "Mansfield, Notts"."""
    key = fold(part)
    if not key or key in NOWHERE:
        return None
    direct = best_named(key)
    if direct is not None:
        return direct
    rest = fold(_FILLER.sub(" ", part))
    return best_named(rest) if rest and rest != key and rest not in NOWHERE else None


def _best(line: str) -> Spot | None:
    """The most telling place in a line: a site, then a part that is a name, then a name within a part."""
    if fold(line) in NOWHERE:
        return None
    whole = [spot for part in [line, *_parts(line)] if (spot := _whole(part)) is not None]
    within = [spot for part in _parts(line) for spot in _inside(part)]
    sites = [spot for spot in [*whole, *within] if spot.kind == "site"]
    towns = [spot for spot in whole if spot.kind != "site"]
    if sites and not any(spot.kind != "district" and kilometres(sites[0], spot) > _APART for spot in towns):
        return sites[0]
    return _finest(towns) or _finest(within)


def _finest(spots: list[Spot]) -> Spot | None:
    """The first, unless it is a city or district and another near it is not: "Nottingham, Beeston" is Beeston."""
    if not spots:
        return None
    first = spots[0]
    if first.kind in ("city", "district"):
        finer = (spot for spot in spots[1:] if spot.kind == "town" and kilometres(first, spot) < 25)
        return next(finer, first)
    return first


def _inside(part: str) -> list[Spot]:
    """The region's places named within a part, the longest names first tried; names of roads are passed over."""
    words, found, index = fold(part).split(" "), [], 0
    names = region()
    while index < len(words) and index < 40:
        for length in range(min(6, len(words) - index), 0, -1):
            key = " ".join(words[index : index + length])
            if key in NOWHERE and length > 1:
                index += length - 1
                break
            following = words[index + length] if index + length < len(words) else ""
            if key in names and not (following in _ROAD and names[key][0].kind != "site"):
                found.append(names[key][0])
                index += length - 1
                break
        index += 1
    return found
