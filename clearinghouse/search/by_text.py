"""Matching by Tantivy: its keys and scores for the columns to go on with, or the whole search where these are many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import tantivy as tv

from clearinghouse.search.by_columns import Hits
from clearinghouse.search.columns import COUNTED, DESCENDING, Ints
from clearinghouse.search.filters import Filter, OneOf
from clearinghouse.search.generation import Generation
from clearinghouse.search.index import UNPLACED
from clearinghouse.search.near import Circle, box, places_in_box
from clearinghouse.search.query import Matches, Query
from clearinghouse.search.text_query import at_most, text_query
from clearinghouse.search.view import View

SPARE = 200  # hits fetched beyond the page, in case its last one is tied: adverts with one title often are
WIDER = 8  # times as many are fetched where that was not enough
EXCEPTIONS = 1000  # keys that are quicker named than found by the rule of visibility
MUST, NOT = tv.Occur.Must, tv.Occur.MustNot


def most(generation: Generation, query: Query) -> int:
    """A number of matches that the words of a search can't exceed."""
    return sum(at_most(searcher, query.asked) for searcher in generation.searchers.values())


def hits(generation: Generation, view: View, query: Query) -> Hits:
    """The rows that match the words and that the audience sees; with a place, those about there or who knows where."""
    limit = most(generation, query)  # Tantivy takes memory for as many hits as may come
    if query.circle:
        limit = min(limit, len(places_in_box(view.columns, query.circle)) + int(np.count_nonzero(~view.placed)))
    keys: list[int] = []
    scores: list[float] = []
    for searcher in _searchers(generation, view):
        text = text_query(generation.schema, searcher, query.asked, scored=query.order == "relevance")
        if query.circle:
            text = _around(generation.schema, text, query.circle)
        options: dict[str, Any] = {} if query.order == "relevance" else {"order_by_field": "key"}
        found = searcher.search(text, limit=max(1, limit), count=False, **options).hits
        if query.order == "relevance":
            keys += searcher.fast_field_values("key", [address for _, address in found])
            scores += [score for score, _ in found]
        else:
            keys += [key for key, _ in found]
    rows = view.columns.rows_of(np.array(keys, dtype=np.int64))
    return Hits(rows, np.array(scores) if query.order == "relevance" else None).keep(view.mask)


def _searchers(generation: Generation, view: View) -> Iterator[tv.Searcher]:
    yield generation.searchers["public"]
    if view.held:
        yield generation.searchers["held"]


def _around(schema: tv.Schema, text: tv.Query, circle: Circle) -> tv.Query:
    """`text` within the box around the circle, or without a place: fewer hits for the columns to measure."""
    latitudes, longitudes = box(circle)
    sides = [
        (MUST, tv.Query.range_query(schema, name, tv.FieldType.Float, low, high))
        for name, (low, high) in (("latitude", latitudes), ("longitude", longitudes))
    ]
    unplaced = tv.Query.term_query(schema, UNPLACED, 1)
    either = tv.Query.boolean_query([(tv.Occur.Should, tv.Query.boolean_query(sides)), (tv.Occur.Should, unplaced)])
    return tv.Query.boolean_query([(MUST, text), (MUST, tv.Query.const_score_query(either, 0.0))])


@dataclass(frozen=True, eq=False)
class Side:
    """One of the two text indexes with the part of the search that never varies: its words and who may see it.

    `words` have scores where the order asks for them; `plain`, which counting uses, are the same matches without.
    """

    searcher: tv.Searcher
    schema: tv.Schema
    words: tv.Query
    plain: tv.Query
    seen: tuple[tuple[tv.Occur, tv.Query], ...]

    def query(self, filters: Iterable[Filter], *, loose: bool, ranked: bool = False) -> tv.Query:
        """The search with these filters."""
        passed = [tv.Query.const_score_query(each.query(self.schema, loose=loose), 0.0) for each in filters]
        words = self.words if ranked else self.plain
        return tv.Query.boolean_query([(MUST, words), *self.seen, *((MUST, each) for each in passed)])

    def count(self, query: tv.Query) -> int:
        """How many match."""
        found: int = self.searcher.search(query, limit=1, count=True, order_by_field="key").count
        return found


def matches(generation: Generation, view: View, query: Query) -> Matches:
    """The matches of a search with words and without a place, by Tantivy alone."""
    sides = list(_sides(generation, view, query))
    every = query.filters
    total, keys = 0, []
    for side in sides:
        number, ranked = _top(side, side.query(every, loose=query.loose, ranked=True), query)
        total += number
        keys += ranked
    page = tuple(key for _, key in sorted(keys)[query.first : query.end])
    page = tuple(-key if query.order in DESCENDING | {"relevance"} else key for key in page)
    counts = _counts(sides, view, query, total) if query.faceted else {}
    return Matches(total, _loose_total(sides, query, counts, total), page, (None,) * len(page), counts)


def _loose_total(sides: list[Side], query: Query, counts: Mapping[str, Ints], total: int) -> int:
    if query.loose or not query.filters or not query.faceted:
        return total
    only = query.filters[0]
    if len(query.filters) == 1 and isinstance(only, OneOf):  # its own counts know already
        return int(counts[only.name][sorted(only.accepted(loose=True))].sum())
    return sum(side.count(side.query(query.filters, loose=True)) for side in sides)


def _sides(generation: Generation, view: View, query: Query) -> Iterator[Side]:
    schema = generation.schema
    by_rule = (MUST, view.visible.tantivy(schema, view.own))
    few = len(view.closed) <= EXCEPTIONS
    by_name = ((NOT, tv.Query.term_set_query(schema, "key", list(view.closed))),) if view.closed else ()
    for searcher in _searchers(generation, view):
        held = searcher is not generation.searchers["public"]
        plain = tv.Query.const_score_query(text_query(schema, searcher, query.asked, scored=False), 0.0)
        relevance = query.order == "relevance"
        words = text_query(schema, searcher, query.asked, scored=True) if relevance else plain
        yield Side(searcher, schema, words, plain, (by_rule,) if held or not few else by_name)


def _top(side: Side, whole: tv.Query, query: Query) -> tuple[int, list[tuple[float, int]]]:
    """How many match, and those up to the end of the page as (value, key), both negated where the order descends."""
    if query.order == "relevance":
        return _best(side, whole, query)
    down = query.order in DESCENDING
    order = tv.Order.Desc if down else tv.Order.Asc
    limit = min(query.end, side.searcher.num_docs)
    found = side.searcher.search(whole, limit=limit, count=True, order_by_field=f"by_{query.order}", order=order)
    sign = -1 if down else 1
    return found.count, [(sign * rank, sign * (rank & 0xFFFFFFFF)) for rank, _ in found.hits]


def _best(side: Side, whole: tv.Query, query: Query) -> tuple[int, list[tuple[float, int]]]:
    """The best scores. Tantivy breaks ties by its own numbering, so a tie at the page's end is fetched whole."""
    most = side.searcher.num_docs  # memory for `limit` hits is taken at once: a page far out must not ask for more
    limit = min(query.end + SPARE, most)
    found = side.searcher.search(whole, limit=limit, count=True)
    while limit < most and len(found.hits) == limit and found.hits[-1][0] == found.hits[query.end - 1][0]:
        limit = min(limit * WIDER, most)
        found = side.searcher.search(whole, limit=limit, count=True)
    hits = found.hits
    if len(hits) > query.end:
        last = hits[query.end - 1][0]
        hits = [hit for hit in hits if hit[0] >= last]
    keys = side.searcher.fast_field_values("key", [address for _, address in hits])
    return found.count, [(-score, -key) for (score, _), key in zip(hits, keys, strict=True)]


def _counts(sides: list[Side], view: View, query: Query, total: int) -> dict[str, Ints]:
    """By parameter and code, the matches of the search less its selection of that parameter."""
    columns = view.columns
    counts = columns.unpacked(_counted(sides, view, query, query.filters, COUNTED, total))
    for each in query.filters:
        if isinstance(each, OneOf):
            others = [other for other in query.filters if other is not each]
            counts |= _counted(sides, view, query, others, [each.name], 0)
    return counts


def _counted(
    sides: list[Side], view: View, query: Query, filters: Sequence[Filter], names: Sequence[str], total: int
) -> dict[str, Ints]:
    """By name and code, the matches of these filters; `total` is what a name with one code has."""
    sizes = {name: len(view.columns.sets[name]) for name in names}
    counts = {name: np.full(size, total if size == 1 else 0, dtype=np.int64) for name, size in sizes.items()}
    wanted = {
        name: {"terms": {"field": f"facet_{name}", "size": size, "segment_size": size}}
        for name, size in sizes.items()
        if size > 1 or not total
    }
    for side in sides:
        found = side.searcher.aggregate(side.query(filters, loose=query.loose), wanted) if wanted else {}
        for name, buckets in found.items():
            for bucket in buckets["buckets"]:
                counts[name][int(bucket["key"])] += bucket["doc_count"]
    return counts
