"""One search as a value: what drives results, counts, feeds, API, alerts and matching alike (design §7)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from clearinghouse.search.parameters import BY_NAME, NOT_STATED, NOT_STATED_LABEL, PARAMETERS, PAY_PERIODS, SORTS
from clearinghouse.search.reading import Reading, plain_number

DEFAULT_RADIUS = Decimal(10)  # miles
NO_LABELS: Mapping[str, Mapping[str, str]] = {}


@dataclass(frozen=True)
class Chosen:
    """One thing that was asked for, as a chip that can be removed: `without` is the search less this one thing."""

    parameter: str
    value: str
    label: str
    without: Criteria


@dataclass(frozen=True)
class Criteria:
    """One search. A field a parameter of design §7; several values mean any of them, in the order given.

    `radius` is in miles and counts only with `location`; money is in pounds, hours are a week, `*_within` in whole
    London days. An empty field does not filter. `as_typed` searches for `q` as it is, misspelt words too.
    """

    q: str = ""
    location: str = ""
    radius: Decimal = DEFAULT_RADIUS
    employer: tuple[str, ...] = ()
    district: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    contract: tuple[str, ...] = ()
    pattern: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    hours_min: Decimal | None = None
    hours_max: Decimal | None = None
    level: tuple[str, ...] = ()
    apprenticeship_level: tuple[str, ...] = ()
    occupation: tuple[str, ...] = ()
    salary_min: Decimal | None = None
    pay_min: Decimal | None = None
    pay_per: str = "year"
    experience: tuple[str, ...] = ()
    driving: tuple[str, ...] = ()
    dbs: tuple[str, ...] = ()
    min_age: tuple[str, ...] = ()
    remote: tuple[str, ...] = ()
    closing_within: int | None = None
    posted_within: int | None = None
    flag: tuple[str, ...] = ()
    include_unstated: bool = False
    as_typed: bool = False
    sort: str = "relevance"
    page: int = 1
    per_page: int = 20

    @classmethod
    def from_query(cls, pairs: Iterable[tuple[str, str]]) -> tuple[Criteria, tuple[str, ...]]:
        """The search that a query string asks for, and a sentence for each value that we can't use.

        Unknown parameters and empty values are ignored; nothing raises. Of a parameter that may stand once, the first
        value that says something counts.
        """
        reading = Reading(pairs)
        values: dict[str, Any] = {parameter.name: reading.several(parameter) for parameter in PARAMETERS}
        values |= {
            "q": reading.text("q", 500),
            "location": reading.text("location", 100),
            "radius": reading.amount("radius", 1000, least=Decimal("0.1")) or DEFAULT_RADIUS,
            "hours_min": reading.amount("hours_min", 168),
            "hours_max": reading.amount("hours_max", 168),
            "salary_min": reading.amount("salary_min", 10_000_000),
            "pay_min": reading.amount("pay_min", 10_000_000),
            "pay_per": reading.one_of("pay_per", PAY_PERIODS) or "year",
            "closing_within": reading.whole("closing_within", 0, 3650),
            "posted_within": reading.whole("posted_within", 0, 3650),
            "include_unstated": reading.yes("include_unstated"),
            "as_typed": reading.yes("as_typed"),
            "sort": reading.one_of("sort", SORTS) or "relevance",
            "page": reading.whole("page", 1, 100_000_000) or 1,
            "per_page": reading.whole("per_page", 1, 100) or 20,
        }
        return cls(**values), tuple(reading.notices)

    def to_query(self) -> tuple[tuple[str, str], ...]:
        """The query string's pairs in their one order, defaults left out: `from_query` reads them back as this."""
        pairs: list[tuple[str, str]] = []
        for field in dataclasses.fields(self):
            value = getattr(self, field.name)
            if isinstance(value, tuple):
                pairs += [(field.name, item) for item in value]
            elif value != field.default:
                pairs.append((field.name, _written(value)))
        return tuple(pairs)

    def replace(self, **changes: Any) -> Criteria:
        """This search with other values; back on the first page unless `page` is among the changes."""
        return dataclasses.replace(self, **{"page": 1} | changes)

    @property
    def order(self) -> str:
        """The sort that applies: relevance needs words, distance a place; else the newest come first."""
        if (self.sort == "relevance" and not self.q) or (self.sort == "distance" and not self.location):
            return "newest"
        return self.sort

    def selected(self, parameter: str) -> tuple[str, ...]:
        """The values chosen of a faceted parameter."""
        values: tuple[str, ...] = getattr(self, parameter)
        return values

    def chosen(self, labels: Mapping[str, Mapping[str, str]] = NO_LABELS) -> tuple[Chosen, ...]:
        """All that was asked for, one chip each. `labels` name the values that only the vacancies know (employers)."""
        chips: list[Chosen] = []
        for field in dataclasses.fields(self):
            value = getattr(self, field.name)
            if field.name in BY_NAME:
                chips += [self._chip(field.name, item, labels) for item in value]
            elif field.name in _SENTENCES and value != field.default:
                text = _sentence(field.name, value, self)
                chips.append(Chosen(field.name, _written(value), text, self._without(field.name)))
        return tuple(chips)

    def _chip(self, name: str, value: str, labels: Mapping[str, Mapping[str, str]]) -> Chosen:
        without = self.replace(**{name: tuple(other for other in self.selected(name) if other != value)})
        label = label_of(name, value, labels)
        said = f"{BY_NAME[name].label}: {label.lower()}" if value == NOT_STATED else label  # alone it says nothing
        return Chosen(name, value, said, without)

    def _without(self, name: str) -> Criteria:
        default = Criteria.__dataclass_fields__[name].default
        also = {"radius": DEFAULT_RADIUS} if name == "location" else {"pay_per": "year"} if name == "pay_min" else {}
        return self.replace(**{name: default} | also)


_SENTENCES: Mapping[str, str] = {
    "q": "“{value}”",
    "location": "Within {search.radius} mile{s} of {value}",
    "hours_min": "{value} hour{s} a week or more",
    "hours_max": "{value} hour{s} a week or fewer",
    "salary_min": "£{pounds} a year or more",
    "pay_min": "£{pounds} {per} or more",
    "closing_within": "Closes within {value} day{s}",
    "posted_within": "Posted in the last {value} day{s}",
}


_TODAY: Mapping[str, str] = {"closing_within": "Closes today", "posted_within": "Posted today"}


def _sentence(name: str, value: object, search: Criteria) -> str:
    """A search's value of a parameter without a vocabulary, in words."""
    if value == 0 and name in _TODAY:
        return _TODAY[name]
    counted = search.radius if name == "location" else value
    s = "" if counted == 1 else "s"
    pounds = f"{value:,.2f}".removesuffix(".00") if isinstance(value, Decimal) else ""
    return _SENTENCES[name].format(value=value, pounds=pounds, search=search, per=PAY_PERIODS[search.pay_per], s=s)


def label_of(parameter: str, value: str, labels: Mapping[str, Mapping[str, str]] = NO_LABELS) -> str:
    """A facet value in plain words; a value that nobody has named stands for itself."""
    if value == NOT_STATED:
        return NOT_STATED_LABEL
    known = BY_NAME[parameter].words or labels.get(parameter, {})
    return known.get(value, value)


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return plain_number(value) if isinstance(value, Decimal) else str(value)
