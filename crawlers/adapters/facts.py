"""Facts that are put together from several stated ones: a place from its parts, pay from its sums, a position."""

from __future__ import annotations

import re

from crawlers.adapters import jobwords as words
from crawlers.adapters.pay import composed
from crawlers.adapters.said import Said

POINT = re.compile(r"\s*(-?\d{1,3}(?:\.\d+)?)[\s,]+(-?\d{1,3}(?:\.\d+)?)\s*")


def places(said: Said) -> tuple[str, ...]:
    """The places, each in the source's words; a single one with the town, county and postcode stated beside it."""
    parts = [part for value in said.all(words.LOCATIONS) for part in value.split(" ,") if part.strip(" ,")]
    found = [part.strip(" ,") for part in parts]
    if len(found) > 1:
        return tuple(dict.fromkeys(found))
    text = found[0] if found else ""
    for names in words.PLACE_PARTS:
        beside = said.first(names)
        if beside and beside.casefold() not in text.casefold():
            text = f"{text}, {beside}" if text else beside
    return (text,) if text else ()


def pay(said: Said, stated: str | None) -> tuple[str | None, dict[str, str]]:
    """The stated words for the pay, else its sums in words; and those sums under the names of `extra`."""
    low, high = said.first(words.MINIMUM_PAY), said.first(words.MAXIMUM_PAY)
    sums = {
        "salary_minimum": low,
        "salary_maximum": high,
        "salary_unit": said.first(words.PAY_UNIT),
        "salary_currency": said.first(words.PAY_CURRENCY),
    }
    kept = {name: value for name, value in sums.items() if value}
    return stated or composed(low, high, None, sums["salary_unit"], sums["salary_currency"]), kept


def position(said: Said) -> dict[str, str]:
    """The stated position, where both of its halves are."""
    point = POINT.fullmatch(said.first(("point",)) or "")
    latitude = said.first(words.LATITUDES) or (point[1] if point else None)
    longitude = said.first(words.LONGITUDES) or (point[2] if point else None)
    return {"latitude": latitude, "longitude": longitude} if latitude and longitude else {}
