"""A search's filters as frozen values, each with two renderings that a property test holds equal: numpy and Tantivy.

Strict: the vacancies that say so. Loose: those, and the ones that don't say (`include_unstated`).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import tantivy as tv

from clearinghouse.search.columns import Bools, Columns, Ints
from clearinghouse.search.criteria import Criteria
from clearinghouse.search.parameters import NOT_STATED, PARAMETERS, Parameter, Values
from clearinghouse.search.pay import MOST_PENCE, UNKNOWN
from clearinghouse.vacancies.draft import LONDON
from clearinghouse.vacancies.visible import NEVER

COMPARED = 4  # codes that are quicker compared one by one than looked up


@dataclass(frozen=True)
class OneOf:
    """A faceted parameter's filter: the vacancies whose code is one of `codes`. Code 0 says nothing at all."""

    name: str
    codes: frozenset[int]
    count: int
    silent: bool

    def accepted(self, *, loose: bool) -> frozenset[int]:
        """The codes that pass."""
        return self.codes | {0} if loose and self.silent else self.codes

    def mask(self, columns: Columns, rows: Ints | None, *, loose: bool) -> Bools:
        """Of these rows (None: of all), which pass."""
        codes, accepted = _column(columns, f"facet_{self.name}", rows), sorted(self.accepted(loose=loose))
        if len(accepted) <= COMPARED:
            passed = np.zeros(len(codes), dtype=bool)
            for code in accepted:
                passed |= codes == code
            return passed
        table = np.zeros(self.count, dtype=bool)
        table[accepted] = True
        return table[codes]

    def query(self, schema: tv.Schema, *, loose: bool) -> tv.Query:
        """The same as a query. Tantivy builds a set whole before it uses it: a few codes are quicker by their terms."""
        name, accepted = f"facet_{self.name}", sorted(self.accepted(loose=loose))
        if len(accepted) > COMPARED:
            return tv.Query.term_set_query(schema, name, accepted)
        terms = [(tv.Occur.Should, tv.Query.term_query(schema, name, code)) for code in accepted]
        return terms[0][1] if len(terms) == 1 else tv.Query.boolean_query(terms)


@dataclass(frozen=True)
class Between:
    """A number's filter: from `low` to `high`, both included; `unstated` is how the column says that it isn't said."""

    name: str
    low: int
    high: int
    unstated: int = UNKNOWN

    def mask(self, columns: Columns, rows: Ints | None, *, loose: bool) -> Bools:
        """Of these rows (None: of all), which pass."""
        values = _column(columns, self.name, rows)
        passed: Bools = (values >= self.low) & (values <= self.high)
        return passed | (values == self.unstated) if loose else passed

    def query(self, schema: tv.Schema, *, loose: bool) -> tv.Query:
        """The same as a query."""
        said = self._range(schema, self.low, self.high)
        if not loose:
            return said
        unsaid = self._range(schema, self.unstated, self.unstated)
        return tv.Query.boolean_query([(tv.Occur.Should, said), (tv.Occur.Should, unsaid)])

    def _range(self, schema: tv.Schema, low: int, high: int) -> tv.Query:
        return tv.Query.range_query(schema, self.name, tv.FieldType.Integer, low, high)


Filter = OneOf | Between


def _column(columns: Columns, name: str, rows: Ints | None) -> Ints:
    values: Ints = columns.arrays[name]
    return values if rows is None else values[rows]


def filters(criteria: Criteria, columns: Columns, now: dt.datetime) -> tuple[Filter, ...]:
    """Every filter of a search but its words and its place."""
    chosen = [(parameter, criteria.selected(parameter.name)) for parameter in PARAMETERS]
    return (*(_one_of(p, values, columns) for p, values in chosen if values), *_numbers(criteria, now))


def _one_of(parameter: Parameter, chosen: Values, columns: Columns) -> OneOf:
    wanted = set(chosen)
    sets = columns.sets[parameter.name]
    codes = {code for code, values in enumerate(sets) if wanted.intersection(values)}
    if NOT_STATED in wanted:
        codes.add(0)
    return OneOf(parameter.name, frozenset(codes), len(sets), parameter.silent)


def _numbers(criteria: Criteria, now: dt.datetime) -> list[Filter]:
    found: list[Filter] = []
    if criteria.hours_min is not None or criteria.hours_max is not None:
        high = _hundredths(criteria.hours_max) if criteria.hours_max is not None else NEVER
        found.append(Between("hours", _hundredths(criteria.hours_min or Decimal(0)), high))
    if criteria.salary_min is not None:
        found.append(Between("annual", _hundredths(criteria.salary_min), MOST_PENCE))
    if criteria.pay_min is not None:
        found.append(Between(f"pay_{criteria.pay_per}", _hundredths(criteria.pay_min), MOST_PENCE))
    if criteria.closing_within is not None:
        found.append(Between("closes", 0, _midnight(now, criteria.closing_within + 1) - 1, NEVER))
    if criteria.posted_within is not None:
        found.append(Between("posted", max(0, _midnight(now, -criteria.posted_within)), NEVER))
    return found


def _hundredths(value: Decimal) -> int:
    return int(value * 100)


def _midnight(now: dt.datetime, days: int) -> int:
    """Seconds of the midnight in London that begins the day `days` after today's."""
    day = now.astimezone(LONDON).date() + dt.timedelta(days=days)
    return int(dt.datetime.combine(day, dt.time(), LONDON).timestamp())
