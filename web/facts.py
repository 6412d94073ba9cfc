"""An advert's facts as short sentences, for feeds and calendars: never its own words (these may not be copied on)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

OURS = "The employer's own advert is what counts."
Doc = Mapping[str, Any]


def heading(doc: Doc) -> str:
    """Title and employer."""
    employer = doc["employer"]
    return f"{doc['title']}, {employer['name']}" if employer else str(doc["title"])


def address(doc: Doc, base: str) -> str:
    """The whole address of the vacancy's page."""
    return f"{base}/vacancies/{doc['id']}-{doc['slug']}"


def facts(doc: Doc) -> Sequence[str]:
    """Place, pay and closing as sentences, each only where the advert states it."""
    salary = doc["salary"] or {}
    places = "; ".join(place["text"] for place in doc["places"])
    closes = dt.datetime.fromisoformat(doc["closes_at"]).strftime("%-d %B %Y, %H:%M") if doc["closes_at"] else None
    said = (("Place", places), ("Pay", salary.get("text")), ("Closes", closes or doc["closes_text"]))
    return [f"{name}: {value.rstrip('.')}." for name, value in said if value]
