"""A search as a saved search keeps it: a query string. Pure."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from clearinghouse.search.criteria import Criteria

LONGEST_VALUE = 100  # characters of a value: no employer's or district's name is longer


def criteria_of(query: str) -> Criteria:
    """The search that a query string holds, whatever is wrong with it."""
    return Criteria.from_query(parse_qsl(query.removeprefix("?")))[0]


def query_of(criteria: Criteria) -> str:
    """The query string of a search."""
    return urlencode(criteria.to_query())


def kept(criteria: Criteria) -> Criteria:
    """A search as it is kept: its words as they are, without a page or an order."""
    short = {
        name: tuple(value for value in criteria.selected(name) if len(value) <= LONGEST_VALUE)
        for name in ("employer", "district")
    }
    return criteria.replace(as_typed=bool(criteria.q), sort="relevance", page=1, per_page=20, **short)
