"""Matching by the numpy columns: exact for every filter, the only way that measures distance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from clearinghouse.search.columns import COUNTED, DESCENDING, Array, Bools, Ints
from clearinghouse.search.filters import OneOf
from clearinghouse.search.near import Miles, miles_from
from clearinghouse.search.query import Matches, Query
from clearinghouse.search.view import View

HALF = 20.0  # miles at which a job counts half as much as the same one next door, where words and a place are given
FAR = 100.0  # miles that stand for a place not known


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
    miles = miles_from(view.columns, query.circle, hits.rows if hits else None) if query.circle else None
    if miles is not None:
        reached = np.isfinite(miles) | ~view.placed
        hits = hits.keep(reached) if hits else Hits(np.flatnonzero(view.mask & reached))
    scope = Scope(view, hits.rows, None) if hits else Scope(view, None, view.mask)
    masks = _masks(view, query, scope.rows, miles, loose=query.loose)
    passed = scope.both(masks.values())
    found = scope.pick(masks.values())
    if passed is not None and hits is None:
        page = _walked(view, query, passed, found)
    else:
        scores = None if hits is None or hits.scores is None else hits.scores if passed is None else hits.scores[passed]
        page = _sorted(view, query, found, miles, scores)
    return Matches(
        total=len(found),
        loose_total=_loose_total(scope, query, miles, masks, len(found)),
        keys=tuple(view.columns.arrays["key"][page].tolist()),
        miles=_far(miles, page),
        counts=_counts(scope, query, masks, found) if query.faceted else {},
    )


def _loose_total(scope: Scope, query: Query, miles: Miles | None, masks: Mapping[str, Bools], total: int) -> int:
    if query.loose or not masks or not query.faceted:
        return total
    return scope.count(_masks(scope.view, query, scope.rows, miles, loose=True).values())


def _far(miles: Miles | None, page: Ints) -> tuple[float | None, ...]:
    if miles is None:
        return (None,) * len(page)
    return tuple(each if np.isfinite(each) else None for each in miles[page].tolist())


def _masks(view: View, query: Query, rows: Ints | None, miles: Miles | None, *, loose: bool) -> dict[str, Bools]:
    """Of each filter the rows of the scope that pass; the place is one of them, unless it lets everything here pass."""
    masks = {each.name: each.mask(view.columns, rows, loose=loose) for each in query.filters}
    if miles is not None and not loose:
        masks["location"] = np.isfinite(miles[rows])
    return masks


def _sorted(view: View, query: Query, rows: Ints, miles: Miles | None, scores: Miles | None) -> Ints:
    """The rows of the page in order. Every order ends with the key."""
    keys = view.columns.arrays["key"][rows]
    if query.order == "relevance" and scores is not None:
        near = 1.0 if miles is None else 1 / (1 + np.minimum(miles[rows], FAR) / HALF)
        return rows[first_of(-scores * near, -keys, query)]
    if query.order == "distance" and miles is not None:
        return rows[first_of(miles[rows], keys, query)]
    ranks = view.columns.arrays[f"by_{query.order}"][rows]
    return rows[first_of(~ranks if query.order in DESCENDING else ranks, keys, query)]


def _walked(view: View, query: Query, passed: Bools, found: Ints) -> Ints:
    """The same of a large part of all rows: walks down their order until the page is full."""
    needed, whole = min(query.end, len(found)), len(passed)
    if needed * whole >= len(found) ** 2:  # the walk would be longer than the sort
        return _sorted(view, query, found, None, None)
    order, step = view.columns.arrays[f"order_{query.order}"], needed * whole // len(found) + 64
    kept: list[Ints] = []
    for start in range(0, whole, step):
        rows = order[start : start + step]
        kept.append(rows[passed[rows]])
        if sum(map(len, kept)) >= needed:
            break
    return np.concatenate(kept)[query.first : query.end]


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
    view = scope.view
    if scope.rows is None and not masks:
        return dict(view.counts)
    counts = view.columns.unpacked({name: _bincount(view, name, found) for name in COUNTED})
    for name in (each.name for each in query.filters if isinstance(each, OneOf)):
        others = [mask for other, mask in masks.items() if other != name]
        free = scope.rows is None and not others
        counts[name] = view.counts[name] if free else _bincount(view, name, scope.pick(others))
    return counts


def _bincount(view: View, name: str, rows: Ints) -> Ints:
    size = len(view.columns.sets[name])
    if size == 1:
        return np.array([len(rows)])
    return np.bincount(view.columns.arrays[f"facet_{name}"][rows], minlength=size)
