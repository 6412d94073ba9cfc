"""Which district is in force where on a day: councils are replaced, and their districts with them. Pure.

The positions of postcodes and towns name the districts of one edition. What changes after it stands in a table of
changes, ours (data/district_changes.csv) and the operator's: from a day on a district belongs to a successor, whole
or by parts.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib import resources

from clearinghouse.normalise.gazetteer import fold
from clearinghouse.vacancies.draft import Place

WARD = re.compile(r"[EWS]05\d{6}")
NO_WARDS: Mapping[str, str] = {}
_STARTS_A_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?(?: \d?[A-Z]{0,2})?")


@dataclass(frozen=True)
class DistrictChange:
    """From `since` on, a part of `district` belongs to `successor`.

    `part` is the code of a ward (E05001234), a postcode or its beginning ("NG5", "NG5 6"), or the name of a place;
    None = all that no other change of the district names.
    """

    since: dt.date
    district: str
    successor: str
    part: str | None = None

    def holds(self, postcode: str | None, text: str, wards: Mapping[str, str]) -> bool:
        """Whether a place of the district lies in the part. `wards` has the ward of postcodes without their space."""
        part = self.part
        if part is None:
            return True
        if WARD.fullmatch(part):
            return postcode is not None and wards.get(postcode.replace(" ", "")) == part
        if postcode and _STARTS_A_POSTCODE.fullmatch(part):
            return postcode.startswith(part if " " in part else f"{part} ")
        return f" {fold(part)} " in f" {fold(text)} "


@dataclass(frozen=True)
class Districts:
    """Every change of districts that we know, in any order."""

    changes: tuple[DistrictChange, ...] = ()

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[DistrictChange, ...]]:
        found: dict[str, list[DistrictChange]] = defaultdict(list)
        for change in sorted(self.changes, key=lambda each: (each.since, each.part is None)):
            found[change.district].append(change)
        return {name: tuple(changes) for name, changes in found.items()}

    @cached_property
    def by_wards(self) -> frozenset[str]:
        """The districts of which some change names a ward."""
        return frozenset(each.district for each in self.changes if each.part and WARD.fullmatch(each.part))

    def changed(self, district: str | None) -> bool:
        """True when the district is replaced, now or later."""
        return district in self._by_name

    def in_force(
        self, district: str, day: dt.date, postcode: str | None = None, text: str = "",
        wards: Mapping[str, str] = NO_WARDS,
    ) -> str:  # fmt: skip
        """The district in which a place of `district` lies on that day."""
        while change := self._applying(district, day, postcode, text, wards):
            district = change.successor
        return district

    def _applying(
        self, district: str, day: dt.date, postcode: str | None, text: str, wards: Mapping[str, str]
    ) -> DistrictChange | None:
        changes = self._by_name.get(district, ())
        return next((each for each in changes if each.since <= day and each.holds(postcode, text, wards)), None)

    def successors(self, district: str, day: dt.date) -> tuple[str, ...]:
        """The districts in force on that day that the whole of `district` now lies in; itself where it still stands."""
        found = [each.successor for each in self._by_name.get(district, ()) if each.since <= day]
        if not found:
            return (district,)
        return tuple(dict.fromkeys(last for name in found for last in self.successors(name, day)))

    def next_change(self, district: str, day: dt.date) -> dt.date | None:
        """The first day after `day` on which a place of `district` gets another district; None = we know of none."""
        changes = self._by_name.get(district, ())
        later = [each.since for each in changes if each.since > day]
        further = [self.next_change(each.successor, day) for each in changes]
        return min([*later, *(each for each in further if each)], default=None)


@cache
def shipped() -> Districts:
    """The changes that come with the program."""
    text = resources.files("clearinghouse.normalise").joinpath("data/district_changes.csv").read_text("utf-8")
    found = []
    for line in text.splitlines():
        if not line.startswith(("#", "since")):
            since, district, successor, part = line.split(",")
            found.append(DistrictChange(dt.date.fromisoformat(since), district, successor, part or None))
    return Districts(tuple(found))


def dated(places: Iterable[Place], day: dt.date, districts: Districts | None = None) -> tuple[Place, ...]:
    """The places, each in the district that is in force there on that day; without `districts` by the shipped ones."""
    known = districts or shipped()
    return tuple(
        replace(place, district=known.in_force(place.district, day, place.postcode, place.text))
        if place.district is not None and known.changed(place.district)
        else place
        for place in places
    )
