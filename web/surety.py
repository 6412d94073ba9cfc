"""How sure we are of a place, said to people: on its own page, and beside a distance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from clearinghouse.normalise.gazetteer import fold
from clearinghouse.normalise.naming import NOWHERE
from clearinghouse.normalise.place import ROAMING
from clearinghouse.vacancies.vocabulary import Precision
from web import wording

ROUGH = (Precision.OUTCODE, Precision.DISTRICT, Precision.EMPLOYER)
"""Precisions whose position is the middle of an area, or another place than the job's: a distance to it is "about"."""


def surety(item: Mapping[str, Any]) -> str:
    """How well we know where a place is; empty where we know its postcode or nothing of it."""
    match item.get("precision"):
        case Precision.PLACE:
            return "We know the town or building, not the postcode."
        case Precision.OUTCODE:
            return "We know only the first half of the postcode."
        case Precision.DISTRICT:
            return f"Somewhere in {item['district']}." if item.get("district") else "We know the area, not the town."
        case Precision.EMPLOYER:
            return "The advert gives no place. This is where the employer is based."
    return ""


def lost(item: Mapping[str, Any]) -> str:
    """Why a place of the advert has no position: its words name none, or one that we don't know."""
    text: str = item.get("text") or ""
    if fold(text) in NOWHERE or ROAMING.search(text):
        return "The advert does not say just where"
    return "We could not find this place"


def away(value: float | None, places: Sequence[Mapping[str, Any]]) -> str:
    """The distance to a vacancy's nearest place: "about 3 miles away" where one of them is only roughly known."""
    if value is None or all(item.get("precision") not in ROUGH for item in places):
        return wording.miles(value)
    whole = max(1, round(value))
    return f"about {whole} mile{'' if whole == 1 else 's'} away"
