"""The tables that simulated adverts are made from, read once from this package's data files."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Role:
    """One kind of post: which sectors have it, its title, the family of its prose, its pay scheme and its kind."""

    sectors: tuple[str, ...]
    title: str
    family: str
    scheme: str
    kind: str


@dataclass(frozen=True)
class Town:
    """A real town or village of Nottinghamshire with real postcodes that stand in it."""

    name: str
    district: str
    postcodes: tuple[str, ...]


@dataclass(frozen=True)
class Building:
    """A workplace that adverts call by its name. `sort` is hospital, office, depot, station, campus or school."""

    sort: str
    name: str
    town: str
    postcode: str


@dataclass(frozen=True)
class Family:
    """What adverts of one kind of work say; `driving` is the share of posts that need a licence."""

    about: tuple[str, ...]
    duties: tuple[str, ...]
    asks: tuple[str, ...]
    level: tuple[str, ...]
    dbs: tuple[str, ...]
    driving: float
    shifts: tuple[str, ...] = ()


def dice(*parts: object) -> random.Random:
    """A stream of chances that depends on `parts` and nothing else: the same on every machine and in every run."""
    return random.Random(":".join(map(str, parts)))  # noqa: S311 - play data must repeat, not surprise


@cache
def roles() -> tuple[Role, ...]:
    """Every role, in the table's order."""
    rows = (line.split("\t") for line in lines("roles.tsv"))
    return tuple(Role(tuple(sectors.split(",")), *rest) for sectors, *rest in rows)


@cache
def roles_of(sector: str) -> tuple[Role, ...]:
    """The roles that employers of one sector have."""
    return tuple(role for role in roles() if sector in role.sectors)


@cache
def towns() -> tuple[Town, ...]:
    """Every town, in the table's order."""
    rows = (line.split("\t") for line in lines("towns.tsv"))
    return tuple(
        Town(name, district, tuple(code.replace("_", " ") for code in codes.split())) for name, district, codes in rows
    )


@cache
def buildings() -> tuple[Building, ...]:
    """Every named workplace, in the table's order."""
    return tuple(Building(*line.split("\t")) for line in lines("sites.tsv"))


@cache
def families() -> Mapping[str, Family]:
    """The families of prose by name."""
    return {name: Family(**_frozen(values)) for name, values in toml("families.toml").items()}


@cache
def words() -> Mapping[str, tuple[str, ...]]:
    """The words that stand for a {name} in a title, and the sentences around every advert."""
    return _frozen(toml("words.toml"))


def _frozen(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}


def toml(name: str) -> dict[str, Any]:
    """The values of a data file in TOML."""
    return tomllib.loads(_text(name))


def lines(name: str) -> list[str]:
    """The rows of a data file, comments left out."""
    return [line for line in _text(name).splitlines() if line and not line.startswith("#")]


def _text(name: str) -> str:
    return files(__package__).joinpath("data", name).read_text("utf-8")
