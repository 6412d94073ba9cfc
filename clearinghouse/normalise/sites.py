"""What an employer's own adverts teach of its sites.

"Park Campus, Nottingham, NG7 1BH" in one advert tells where "Park Campus" in another is. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from clearinghouse.normalise.gazetteer import Spot, fold, kilometres, region
from clearinghouse.normalise.naming import NOWHERE
from clearinghouse.normalise.place import ROAMING, find_place
from clearinghouse.vacancies.draft import Draft, Place, Refused
from clearinghouse.vacancies.vocabulary import Precision

_ONE = 3.0
"""Kilometres within which two addresses of one name are one site; beyond it the name teaches nothing."""

_NAME = re.compile(r"(?P<name>[^\d,]{4,60}),\s")
"""A site's name before the rest of its address: no house number, no postcode."""


def sites_told(locations: Iterable[str]) -> Mapping[str, Place]:
    """Folded names of sites to where an address says they are; none of those that two addresses put apart."""
    found: dict[str, Place | None] = {}
    for text in dict.fromkeys(locations):
        key = _name_of(text)
        place = _addressed(text) if key else None
        if key and place:
            found[key] = _finer(found[key], place) if key in found else place
    return {key: place for key, place in found.items() if place}


def with_sites(drafts: dict[str, Draft | Refused], locations: Iterable[str]) -> dict[str, Draft | Refused]:
    """The drafts, each unknown place that has a site's name put where the source's `locations` say the site is."""
    unknown = {
        key: draft for key, draft in drafts.items() if isinstance(draft, Draft) and any(map(_lost, draft.places))
    }
    sites = sites_told(locations) if unknown else {}
    if not sites:
        return drafts
    return drafts | {
        key: replace(draft, places=tuple(_at_site(place, sites) for place in draft.places))
        for key, draft in unknown.items()
    }


def _lost(place: Place) -> bool:
    return place.precision is Precision.UNKNOWN


def _at_site(place: Place, sites: Mapping[str, Place]) -> Place:
    site = sites.get(fold(place.text.partition(",")[0])) if _lost(place) else None
    if site is None:
        return place
    return replace(site, text=place.text, postcode=None, precision=Precision.PLACE)


def _name_of(text: str) -> str | None:
    match = _NAME.match(text)
    key = fold(match["name"]) if match else ""
    return key if key and key not in NOWHERE and key not in region() and not ROAMING.search(key) else None


def _addressed(text: str) -> Place | None:
    found = find_place(text)
    return found[0] if len(found) == 1 and found[0].precision in (Precision.POSTCODE, Precision.PLACE) else None


def _finer(one: Place | None, other: Place) -> Place | None:
    """The one with the postcode; None where they lie apart, and for ever after."""
    if one is None or kilometres(_spot(one), _spot(other)) > _ONE:
        return None
    return one if one.precision is Precision.POSTCODE else other


def _spot(place: Place) -> Spot:
    return Spot(place.text, "site", place.district, place.latitude or 0.0, place.longitude or 0.0)
