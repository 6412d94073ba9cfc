"""The search parameters as /openapi.json and /docs list them, from the table that the search itself reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clearinghouse.search.parameters import NOT_STATED, PARAMETERS, PAY_PERIODS, SORTS, Parameter

TEXT: Mapping[str, Any] = {"type": "string"}
NUMBER: Mapping[str, Any] = {"type": "number", "minimum": 0}
WHOLE: Mapping[str, Any] = {"type": "integer", "minimum": 0}


@dataclass(frozen=True)
class Documented:
    """One parameter: its JSON schema, what it does, and whether it may repeat."""

    name: str
    schema: Mapping[str, Any]
    description: str
    repeats: bool = False

    def as_openapi(self) -> dict[str, Any]:
        """The parameter as OpenAPI 3.1 has it."""
        schema = {"type": "array", "items": dict(self.schema)} if self.repeats else dict(self.schema)
        about = {"name": self.name, "in": "query", "required": False, "description": self.description, "schema": schema}
        return about | ({"style": "form", "explode": True} if self.repeats else {})


def _faceted(parameter: Parameter) -> Documented:
    values = [*(parameter.words or ()), *([NOT_STATED] if parameter.silent else ())]
    schema = {**TEXT, "enum": values} if parameter.words else TEXT
    return Documented(parameter.name, schema, parameter.label, repeats=True)


def _choice(values: Mapping[str, str], default: str) -> dict[str, Any]:
    return {**TEXT, "enum": list(values), "default": default}


AS_TYPED = (
    "yes: search for `q` as it is; no misspelt word is put right. no: words that name a filter or a place become one, "
    "as on the search page (part time admin NG5). Without it, misspelt words are put right, and that is all."
)
BEFORE = (
    Documented("q", TEXT, "Words to look for in title, employer and description. All must be there."),
    Documented("location", TEXT, "A postcode, the first half of one, or a town."),
    Documented("radius", {**NUMBER, "default": 10}, "Miles around the location."),
)
AFTER = (
    Documented("hours_min", NUMBER, "At least so many hours a week."),
    Documented("hours_max", NUMBER, "At most so many hours a week."),
    Documented("salary_min", NUMBER, "At least so many pounds a year, full time."),
    Documented("pay_min", NUMBER, "At least so many pounds for the advert's own hours, for each `pay_per`."),
    Documented("pay_per", _choice(PAY_PERIODS, "year"), "What `pay_min` is for."),
    Documented("closing_within", WHOLE, "Closes before the end of that many days from today, in London."),
    Documented("posted_within", WHOLE, "Posted since the start of that many days ago, in London."),
    Documented("include_unstated", {**TEXT, "enum": ["yes"]}, "Add adverts that don't say, for every filter chosen."),
    Documented("as_typed", {**TEXT, "enum": ["yes", "no"]}, AS_TYPED),
    Documented("sort", _choice(SORTS, "relevance"), "The order. Without words, relevance means newest."),
    Documented("page", {"type": "integer", "minimum": 1, "default": 1}, "Which page of the result."),
    Documented("per_page", {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}, "Vacancies on a page."),
)
SEARCH: tuple[Documented, ...] = (*BEFORE, *map(_faceted, PARAMETERS), *AFTER)
CHANGES: tuple[Documented, ...] = (
    Documented("after", {**WHOLE, "default": 0}, "The last number that you have; 0 for all."),
    Documented("per_page", {"type": "integer", "minimum": 1, "maximum": 1000, "default": 100}, "Steps in one answer."),
)


def openapi(parameters: tuple[Documented, ...]) -> dict[str, Any]:
    """What a route hands to FastAPI so that its query parameters are documented."""
    return {"parameters": [parameter.as_openapi() for parameter in parameters]}
