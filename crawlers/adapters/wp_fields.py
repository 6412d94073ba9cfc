"""What a post of WordPress states beside its title and text: its own fields, and the terms that it is filed under."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from crawlers.adapters.jsonbody import Object, objects_at, values, words

PLACED = ("_application", "_job_expires", "_job_salary", "_job_salary_unit", "_job_salary_currency", "_filled")
FLAGS = ("_featured", "_remote_position")
TERMS = {"employment_type": "type", "occupation": "categor|depart|sector|function", "level": "level"}
WHERE = re.compile("region|location|place", re.IGNORECASE)


def facts_of(item: Object) -> dict[str, Any]:
    """The plain values among a post's own fields, those that are placed already left out."""
    fields = [item[name] for name in ("meta", "acf") if isinstance(item.get(name), Mapping)]
    given = {name: value for each in fields for name, value in each.items() if name not in (*PLACED, *FLAGS)}
    told = {name: value["label"] if _is_choice(value) else value for name, value in given.items()}
    return {name: value for name, value in told.items() if isinstance(value, (str, int, float)) and value is not True}


def _is_choice(value: Any) -> bool:
    return isinstance(value, Mapping) and set(value) == {"value", "label"}


def terms_of(item: Object) -> dict[str, list[str]]:
    """The names of the terms that a post is filed under, by the field that they tell."""
    found: dict[str, list[str]] = {}
    for group in values(item, "_embedded.wp:term[]"):
        for term in objects_at(group, "") or []:
            kind, name = words(term, "taxonomy") or "", words(term, "name")
            field = next((field for field, marks in TERMS.items() if re.search(marks, kind)), None)
            field = "locations" if WHERE.search(kind) else field
            if field and name:
                found.setdefault(field, []).append(name)
    return found
