"""How deprived the area is in which an advert's work is, in sentences for staff."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.reference.deprivation import EDITIONS, decile_of
from clearinghouse.reference.models import PostcodeArea, ReferenceFile


def sentences(session: Session, places: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """One for each postcode of the places; one that says why where there is none to tell. Of areas, never of people."""
    kinds = set(session.scalars(sa.select(ReferenceFile.kind)))
    if not kinds & EDITIONS.keys() or not session.scalar(sa.select(PostcodeArea.postcode).limit(1)):
        return ("Not loaded: it needs the postcode directory and the index.",)
    postcodes = dict.fromkeys(place["postcode"] for place in places if place.get("postcode"))
    if not postcodes:
        return ("Not known: we know no postcode of the work.",)
    return tuple(_sentence(session, postcode) for postcode in postcodes)


def _sentence(session: Session, postcode: str) -> str:
    found = decile_of(session, postcode)
    if found is None:
        return f"{postcode}: not known, the files that were loaded don't have it."
    return f"{postcode}: decile {found.decile} of 10 in the index of {found.year} (rank {found.rank:,})."
