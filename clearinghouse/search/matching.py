"""Finding the matches of a search: its total, one page of keys, and the counts of every facet.

Three ways that give the same answer, chosen in `find` and nowhere else: without words the columns alone; with few
matches or a place, Tantivy's matching keys and the columns for the rest; with words that stand in many adverts,
Tantivy's own filters, order and aggregations.

Measured in November 2026 (`python -m benchmarks.search`, 2 busy cores, 200 mixed searches with all facets, best of
five, p50/p95/mean in ms at 200,000 live): this 2.2/6.0/2.5; the simpler form, in which Tantivy's matching keys always
go into the columns, 2.5/17.4/5.0, which is twice the mean and was to be kept at 1.5 times; PostgreSQL alone
145/794/219; a floor of masks and bincounts that is given the matches of words and place 0.5/3.0/0.9. At 20,000 the two
forms are alike (0.6/1.7/0.7 and 0.5/1.4/0.6).
"""

from __future__ import annotations

from clearinghouse.search import by_columns, by_text
from clearinghouse.search.generation import Generation
from clearinghouse.search.query import Matches, Query
from clearinghouse.search.view import View

FEW = 6000  # matches that are quicker brought into Python than counted by Tantivy (tried: 500 to 25,000)


def find(generation: Generation, view: View, query: Query) -> Matches:
    """The matches of `query` among what `view` sees."""
    if not query.asked:
        return by_columns.matches(view, query)
    if query.circle or by_text.most(generation, query) <= FEW:
        return by_columns.matches(view, query, by_text.hits(generation, view, query))
    return by_text.matches(generation, view, query)
