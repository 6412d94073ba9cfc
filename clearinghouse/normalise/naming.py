"""Which of the places that we know a piece of an advert's words names, and which of several of one name it means."""

from __future__ import annotations

import re

from clearinghouse.normalise import gazetteer
from clearinghouse.normalise.gazetteer import Spot, best_named, fold, kilometres, region

_SPLIT = re.compile(r"\s*[,;|()\[\]\n/]\s*|\s+[-–—]\s+|:\s|(?<=\w{3})\.\s")
_ROAD = frozenset(
    {"ave", "avenue", "boulevard", "cl", "close", "court", "cres", "crescent", "dr", "drive", "gardens", "gate",
     "grove", "hill", "house", "lane", "ln", "mews", "place", "rd", "road", "row", "square", "st", "street",
     "terrace", "way"}
)  # fmt: skip
_JOINING = frozenset({"by", "cum", "le", "on", "under", "upon"})
_SIDES = frozenset({"east", "great", "high", "little", "low", "lower", "north", "south", "upper", "west"})
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

_COUNTIES = frozenset(
    {"derbyshire", "leicestershire", "lincolnshire", "northamptonshire", "nottinghamshire", "rutland", "the county",
     "the whole county"}
)  # fmt: skip
_JOINED = re.compile(r"\s*(?:/|&|\band\b)\s*", re.IGNORECASE)

_CALLED = re.compile(r"^(?:borough|district)\sof\s|\s(?:borough|district)$")

_APART = 15.0
"""Kilometres beyond which a site's name and a town's can't be the same place: there are many county halls."""

_OUTSIDE, _POSTAL, _VILLAGE = 30.0, 15.0, 80.0
"""Kilometres: beyond the first a town's name can't be the address of a place, within the second it can; and how far
from the Compact's middle the name of a village alone is believed."""

_CENTRE = Spot("Nottinghamshire", "county", None, 53.1, -1.0)


def which(line: str, spot: Spot) -> Spot | None:
    """The place as the county or town after its name says: "Beeston, Leeds" isn't the Beeston here.

    None where only the name fits, and for a village far away that nothing else in the line speaks for.
    """
    first, *rest = parts(line) or [line]
    for part in rest:
        area, town = gazetteer.areas().get(fold(part)), whole_named(part)
        told, reach = (area, area.size) if area else (town, _POSTAL)
        if told is None or told is spot or kilometres(spot, told) <= (reach if area else _OUTSIDE):
            continue
        near = [other for other in gazetteer.spots_named(first) if kilometres(other, told) <= reach]
        return near[0] if near else town
    hamlet = spot.district is None and spot.size < 10_000 and kilometres(spot, _CENTRE) > _VILLAGE
    return None if hamlet and not rest else spot


def nearest(line: str, middle: Spot) -> Spot | None:
    """Of all places that bear a name in the line, the one nearest the outcode that it also gives."""
    names = [part for part in parts(line) if fold(part) not in NOWHERE]
    near = [spot for name in names[:4] for spot in gazetteer.spots_named(name) if kilometres(spot, middle) < 25]
    return min(near, key=lambda spot: (spot.kind != "site", kilometres(spot, middle)), default=None)


def parts(line: str) -> list[str]:
    """The pieces of a line that commas, brackets, slashes and dashes part."""
    return [part for part in (part.strip(" .,") for part in _SPLIT.split(line)) if part]


def whole_named(part: str) -> Spot | None:
    """The place whose name this part is, whole: "Mansfield", "Mansfield town centre", "Mansfield, Notts"."""
    key = fold(part)
    if not key or key in NOWHERE:
        return None
    direct = best_named(key)
    if direct is not None:
        return direct
    district = _district(key)
    if district is not None:
        return district
    rest = fold(_FILLER.sub(" ", part))
    return best_named(rest) if rest and rest != key and rest not in NOWHERE else None


def _district(key: str) -> Spot | None:
    """The district that is called one: "Gedling Borough", "Borough of Broxtowe", "Bassetlaw district"."""
    name = _CALLED.sub("", key)
    return gazetteer.districts().get(name) if name != key else None


def wide(line: str) -> bool:
    """True when the line joins counties to each other or to a town: "Derby and Derbyshire" is no town."""
    names = [fold(part) for part in _JOINED.split(line)]
    return len(names) > 1 and (names[-1] in _COUNTIES or sum(name in _COUNTIES for name in names) > 1)


def most_telling(line: str) -> Spot | None:
    """The most telling place in a line: a site, then a part that is a name, then a name within a part."""
    if fold(line) in NOWHERE or wide(line):
        return None
    whole = [spot for part in [line, *parts(line)] if (spot := whole_named(part)) is not None]
    within = [spot for part in parts(line) for spot in _inside(part)]
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


def _another(before: list[str], following: str) -> bool:
    """True when a word beside a town's name makes it another's or a road's: "North Clifton", "Carlton on Trent"."""
    return following in _ROAD or following in _JOINING or bool(before and before[0] in _SIDES)


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
            if key in names and (names[key][0].kind == "site" or not _another(words[index - 1 : index], following)):
                found.append(names[key][0])
                index += length - 1
                break
        index += 1
    return found
