"""The simulated partners: invented organisations in the shape of real ones, and how each publishes its vacancies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from crawlers.partners.tables import lines, toml

CITY = "Nottingham"
COUNTY = ("Ashfield", "Bassetlaw", "Broxtowe", "Gedling", "Mansfield", "Newark and Sherwood", "Rushcliffe")
EVERYWHERE = (CITY, *COUNTY)
AREAS = {"county": COUNTY, "everywhere": EVERYWHERE}


@dataclass(frozen=True)
class Employer:
    """An invented employer: its sort, the sector of its roles, the districts and the sorts of building it works in."""

    name: str
    type: str
    sector: str
    districts: tuple[str, ...]
    buildings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Partner:
    """One recruitment site. A board has several employers, and `copies` (slug, number) of adverts from their sites."""

    slug: str
    name: str
    format: str
    count: int
    employers: tuple[Employer, ...]
    prefix: str
    copies: tuple[tuple[str, int], ...] = ()
    crawl_delay: int | None = None

    @property
    def board(self) -> bool:
        """True when the site carries adverts of several employers."""
        return len(self.employers) > 1


def _partner(rows: list[list[str]], special: Mapping[str, Any]) -> Partner:
    """The partner of these rows of members.tsv."""
    slug, spoken, count, prefix, *_ = rows[0]
    employers = tuple(_employer(*row[4:]) for row in rows)
    copies = tuple(special.get("copies", {}).items())
    name = special.get("name", employers[0].name)
    return Partner(slug, name, spoken, int(count), employers, prefix, copies, special.get("crawl_delay"))


def _employer(name: str, type_: str, sector: str, districts: str, buildings: str) -> Employer:
    where = AREAS.get(districts) or tuple(districts.split(","))
    return Employer(name, type_, sector, where, tuple(buildings.split(",")) if buildings else ())


def _read() -> tuple[Partner, ...]:
    special = toml("special.toml")
    rows = [line.split("\t") for line in lines("members.tsv")]
    grouped = [(slug, list(one)) for slug, one in groupby(rows, key=itemgetter(0))]
    return tuple(_partner(one, special.get(slug, {})) for slug, one in grouped)


PARTNERS = _read()


def partner_named(slug: str) -> Partner | None:
    """The partner with that slug, or None."""
    return next((partner for partner in PARTNERS if partner.slug == slug), None)
