"""Where the work is: postcode first, then towns, villages and sites by name, then outcode, then district."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from clearinghouse.normalise import gazetteer
from clearinghouse.normalise.abroad import abroad
from clearinghouse.normalise.agreeing import elsewhere
from clearinghouse.normalise.gazetteer import Spot, best_named, fold, kilometres, region
from clearinghouse.normalise.naming import NOWHERE, most_telling, nearest, which, whole_named, wide
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

_LIST = re.compile(r"\s*[;|]\s*|\s+[-–—/]\s+|\s*/\s*|\s+and\s+|\s+&\s+|\s+or\s+")
_ENUMERATION = re.compile(r"\s*,\s*(?:and\s+|or\s+|&\s+)?|\s+and\s+|\s+&\s+|\s+or\s+")
_ACROSS = re.compile(
    r"^(?:(?:flexible|various|hybrid)\W+)?(?:across|between|both|covering|either|throughout)?\s", re.IGNORECASE
)
_IN_A_CITY = re.compile(r"(?P<list>[^,]+\s(?:and|&|or)\s[^,]+),\s*(?P<city>[^,]+)")
"""Two places and the city of both: "Bulwell and Aspley, Nottingham"."""

_DASH = re.compile(r"\s[-–—]\s")
_TOWNS = frozenset(
    {"boston", "chesterfield", "derby", "gainsborough", "grantham", "hinckley", "kettering", "leicester", "lincoln",
     "loughborough", "mansfield", "newark", "newark on trent", "nottingham", "retford", "sheffield", "sleaford",
     "worksop"}
)  # fmt: skip
"""Folded names that stand for themselves in a list: "Mansfield, Newark". Beside others a comma means "which is in"."""

_FAR = 40.0
"""Kilometres beyond which a name and an outcode in one location contradict each other."""

_ROADLIKE = re.compile(r"[AMB]\d{1,2}")
"""Outcodes that look like a road's number: "near M1, junction 28"."""

_ROAD_WORDS = re.compile(r"\bj(?:unction|\d)|\bj\s\d|\b(?:near|off|close\sto)\b", re.IGNORECASE)


ROAMING = re.compile(
    r"\b(?:across|agile|any\w*|countywide|county\swide|flexible|home\w*|hybrid|mobile|multiple|nation\w*|peripatetic|"
    r"remote\w*|throughout|trust\s?wide|various|virtual)\b",
    re.IGNORECASE,
)
"""Words of a location that say there are several places, or none."""


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
    if place and place[0].latitude is not None:
        return place[0]
    spot = whole_named(line)
    return place_at(line, spot) if spot else None


def places_named(text: str) -> tuple[Place, ...]:
    """Every place of exactly this name, the area's first: for a page that asks "which Carlton did you mean?"."""
    line = tidy(text)
    return tuple(place_at(line, spot) for spot in gazetteer.spots_named(line)) if line else ()


@lru_cache(maxsize=4096)
def find_place(text: str) -> tuple[Place, ...]:
    """The places that one location text of an advert names; never empty for a text with words.

    Unknown ones keep their text, with no position (precision unknown): "Various", "Countywide", "Home based".
    """
    line = tidy(text)
    if line is None:
        return ()
    line = line[:LONGEST]
    codes = postcodes_in(line)
    if len(codes) == 1:
        return (_by_one_postcode(line, codes[0]),)
    if codes:
        return tuple(_by_postcode(line, code, postcode_position(code)) for code in codes)
    if abroad(line):
        return (Place(line),)
    several = _listed(line)
    return several or (_named(line),)


def _by_one_postcode(line: str, code: str) -> Place:
    """By the postcode, unless the words beside it are surely of somewhere else."""
    position = postcode_position(code)
    said = elsewhere(line, position) if position is not None and len(line) > len(code) else None
    if said is None:
        return _by_postcode(line, code, position)
    return place_at(line, said.spot) if said.spot else Place(line)


def _by_postcode(line: str, code: str, position: Position | None) -> Place:
    if position is not None:
        return _at(line, position, Precision.POSTCODE, code)
    around = outcode_position(code.partition(" ")[0])
    return _at(line, around, Precision.OUTCODE, code) if around else replace(_named(FULL.sub(" ", line)), text=line)


def _by_outcode(line: str, code: str) -> Place | None:
    position = outcode_position(code)
    return _at(line, position, Precision.OUTCODE, None) if position else None


def _at(line: str, position: Position, precision: Precision, code: str | None) -> Place:
    return Place(line, code, position.district, position.latitude, position.longitude, precision)


def place_at(line: str, spot: Spot) -> Place:
    """The place of these words, as precisely as a name tells: its town or site, or only its district."""
    precision = Precision.DISTRICT if spot.kind == "district" else Precision.PLACE
    return Place(line, None, spot.district, spot.latitude, spot.longitude, precision)


def _listed(line: str) -> tuple[Place, ...]:
    """Several places where every part of a list names one and none is a site within another."""
    if fold(line) in region() or wide(line):
        return ()
    within = _IN_A_CITY.match(line)
    city = best_named(within["city"]) if within else None
    line = within["list"] if within and city and city.kind == "city" else line
    for pattern in (_LIST, _ENUMERATION):
        parts = [part.strip(" ,.") for part in pattern.split(_ACROSS.sub("", line))]
        parts = [part for part in parts if part and fold(part) not in NOWHERE]
        if len(parts) > 1 and all(OUTCODE.fullmatch(part) for part in parts):
            return tuple(place for part in parts if (place := _by_outcode(part, part.upper())))
        names = [OUTCODE.sub(" ", part) for part in parts]  # "Newark (NG24) or Mansfield (NG18)"
        spots = [spot for name in names if (spot := whole_named(name)) is not None]
        if len({spot.kind == "site" for spot in spots}) > 1 or (_DASH.search(line) and _suburb(spots)):
            return ()  # a site and the town that it lies in; "Nottingham - Beeston"
        if 2 <= len(parts) == len(spots) <= 40 and (pattern is _LIST or _apart(line, names, spots)):
            return tuple(dict.fromkeys(place_at(part, spot) for part, spot in zip(parts, spots, strict=True)))
    return ()


def _suburb(spots: list[Spot]) -> bool:
    return [spot.kind for spot in spots] == ["city", "town"] and kilometres(spots[0], spots[1]) < 15


def _apart(line: str, parts: list[str], spots: list[Spot]) -> bool:
    """Whether commas part places of their own rather than a place and what it lies in ("Mansfield, Nottingham")."""
    if len(parts) > 2 and re.search(r"\s(?:and|&|or)\s", line):
        return True
    if spots[0].kind == "site":
        return False
    address = len(parts) == 2 and spots[1].kind == "city" and spots[0].kind != "city"
    return not address and all(fold(part) in _TOWNS for part in parts)


def _named(line: str) -> Place:
    spot = most_telling(line)
    outcode = outcode_in(line)
    if outcode is None and spot is not None:
        spot = which(line, spot)
    if outcode and spot is None and _ROADLIKE.fullmatch(outcode) and _ROAD_WORDS.search(line):
        return Place(line)
    around = outcode_position(outcode) if outcode else None
    if around is not None:
        middle = Spot("", "town", None, around.latitude, around.longitude)
        close = nearest(line, middle)
        if close is None and spot is not None:
            apart = kilometres(spot, middle) > _FAR
            if apart and _ROADLIKE.fullmatch(outcode or ""):
                return place_at(line, spot)
            close = None if apart else spot
        if close is None or close.kind in ("city", "district"):
            return _at(line, around, Precision.OUTCODE, None)
        spot = close
    return place_at(line, spot) if spot else Place(line)
