"""The fields that an employer adds to its adverts: kept by their names, and read for what else isn't told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from crawlers.adapters.jsonbody import Object, objects_at, words
from crawlers.source import Posting

NUMBERED = re.compile(r"\d")
# By which name a field is that for sure, and by which where its value holds a number
MEANT: Mapping[str, tuple[re.Pattern[str], re.Pattern[str]]] = {
    "closes": (
        re.compile(r"(?:(?:application|vacancy) )?(?:closing date|closes|deadline)", re.IGNORECASE),
        re.compile(r"\b(?:clos(?:es|ing)|deadline)\b", re.IGNORECASE),
    ),
    "employment_type": (
        re.compile(r"(?:contract|employment|job) type", re.IGNORECASE),
        re.compile(r"(?!)"),
    ),
    "salary": (
        re.compile(r"(?:salary|pay)(?: (?:band|grade|range|scale))?", re.IGNORECASE),
        re.compile(r"\b(?:salary|pay)\b", re.IGNORECASE),
    ),
}


def own_fields(item: Object, path: str, name: str, value: str) -> dict[str, str]:
    """What the list at `path` says: the values in words by their names, each at its path in an entry."""
    told = ((words(each, name), words(each, value)) for each in objects_at(item, path) or [])
    return {label: said for label, said in told if label and said}


def with_own(posting: Posting, told: Mapping[str, str]) -> Posting:
    """The posting with an employer's own fields: in `extra`, and where one means what the posting doesn't say yet."""
    found: dict[str, Any] = {name: getattr(posting, name) or _meaning(name, told) for name in MEANT}
    return replace(posting, **found, extra={**told, **posting.extra})


def _meaning(name: str, told: Mapping[str, str]) -> str | None:
    exactly, partly = MEANT[name]
    sure = (said for label, said in told.items() if exactly.fullmatch(label.strip(" :")))
    likely = (said for label, said in told.items() if partly.search(label) and NUMBERED.search(said))
    return next(iter((*sure, *likely)), None)
