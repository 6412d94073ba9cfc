"""Matching by the numpy columns: exact for every filter, the only way that measures distance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from clearinghouse.search.columns import FACETS, Array, Bools, Ints
from clearinghouse.search.filters import OneOf
from clearinghouse.search.near import Miles, miles_from
from clearinghouse.search.query import Matches, Query
from clearinghouse.search.view import View

DESCENDING = frozenset({"newest", "salary"})


@dataclass(frozen=True, eq=False)
class Hits:
    """Rows that match the words, all of them such as the audience sees, and their scores where these count."""

    rows: Ints
    scores: npt.NDArray[np.float64] | None = None

    def keep(self, mask: Bools) -> Hits:
        """Those for which `mask`, of every row of the columns, is True."""
        kept = mask[self.rows]
        return Hits(self.rows[kept], None if self.scores is None else self.scores[kept])


@dataclass(frozen=True, eq=False)
class Scope:
    """The rows that filters work on: `rows`, or where these are None every row of `mask`."""

    view: View
    rows: Ints | None
    mask: Bools | None

    def both(self, masks: Iterable[Bools]) -> Bools | None:
        """The rows that pass every mask, as a mask; None = all."""
        passed = self.mask
        for mask in masks:
            passed = mask if passed is None else passed & mask
        return passed

    def count(self, masks: Iterable[Bools]) -> int:
        """How many pass every mask."""
        passed = self.both(masks)
        if passed is not None:
            return int(np.count_nonzero(passed))
        return len(self.rows) if self.rows is not None else len(self.view.rows)

    def pick(self, masks: Iterable[Bools]) -> Ints:
        """The row numbers of those that pass every mask."""
        passed = self.both(masks)
        if passed is None:
            return self.view.rows if self.rows is None else self.rows
        return np.flatnonzero(passed) if self.rows is None else self.rows[passed]


def matches(view: View, query: Query, hits: Hits | None = None) -> Matches:
    """The matches among `hits`; without them, among everything that `view` sees."""
    miles = _miles(view, query)
    if miles is not None:
        reached = np.isfinite(miles) | ~view.placed
        hits = hits.keep(reached) if hits else Hits(np.flatnonzero(view.mask & reached))
    scope = Scope(view, hits.rows, None) if hits else Scope(view, None, view.mask)
    strict = _masks(view, query, scope.rows, miles, loose=False)
    loose = _masks(view, query, scope.rows, miles, loose=True)
    masks = loose if query.loose else strict
    found = scope.pick(masks.values())
    scores = None
    if hits and hits.scores is not None:
        passed = scope.both(masks.values())
        scores = hits.scores if passed is None else hits.scores[passed]
    page = found[_page(view, query, found, miles, scores)]
    far = [None if miles is None or not np.isfinite(miles[row]) else float(miles[row]) for row in page.tolist()]
    loose_total = len(found) if query.loose or not strict else scope.count(loose.values())
    keys = view.columns.arrays["key"][page].tolist()
    return Matches(len(found), loose_total, tuple(keys), tuple(far), _counts(scope, query, masks, found))


def _miles(view: View, query: Query) -> Miles | None:
    if query.circle is None:
        return None
    return miles_from(view.columns, query.circle.latitude, query.circle.longitude, query.circle.radius)


def _masks(view: View, query: Query, rows: Ints | None, miles: Miles | None, *, loose: bool) -> dict[str, Bools]:
    """Of each filter the rows of the scope that pass; the place is one of them, unless it lets everything here pass."""
    masks = {each.name: each.mask(view.columns, rows, loose=loose) for each in query.filters}
    if miles is not None and not loose:
        masks["location"] = np.isfinite(miles[rows])
    return masks


def _page(view: View, query: Query, rows: Ints, miles: Miles | None, scores: Miles | None) -> Ints:
    """The places in `rows` of the page's matches, in order. Every order ends with the key."""
    keys = view.columns.arrays["key"][rows]
    if query.order == "relevance" and scores is not None:
        return first_of(-scores, -keys, query)
    if query.order == "distance" and miles is not None:
        return first_of(miles[rows], keys, query)
    order = query.order if query.order in ("closing", "salary") else "newest"
    ranks = view.columns.arrays[f"by_{order}"][rows]
    return first_of(~ranks if order in DESCENDING else ranks, keys, query)


def first_of(values: Array, ties: Ints, query: Query) -> Ints:
    """The places of one page's smallest values in order, equal ones by `ties`; no more is sorted than needed."""
    if query.first >= len(values):
        return np.zeros(0, dtype=np.int64)
    if query.end < len(values) // 4:
        limit = np.partition(values, query.end - 1)[query.end - 1]
        candidates = np.flatnonzero(values <= limit)
    else:
        candidates = np.arange(len(values))
    order = np.lexsort((ties[candidates], values[candidates]))
    return candidates[order[query.first : query.end]]


def _counts(scope: Scope, query: Query, masks: Mapping[str, Bools], found: Ints) -> dict[str, Ints]:
    chosen = {each.name for each in query.filters if isinstance(each, OneOf)}
    whole = scope.rows is None
    counts: dict[str, Ints] = {}
    for name in FACETS:
        others = [mask for other, mask in masks.items() if other != name]
        if whole and not others:
            counts[name] = scope.view.counts[name]
        else:
            counts[name] = _bincount(scope.view, name, scope.pick(others) if name in chosen else found)
    return counts


def _bincount(view: View, name: str, rows: Ints) -> Ints:
    size = len(view.columns.sets[name])
    if size == 1:
        return np.array([len(rows)])
    return np.bincount(view.columns.arrays[f"facet_{name}"][rows], minlength=size)
