"""Finding the matches of a search: its total, one page of keys, and the counts of every facet.

Three ways that give the same answer, chosen in `find` and nowhere else: without words the columns alone; with few
matches or a place, Tantivy's matching keys and the columns for the rest; with words that stand in many adverts,
Tantivy's own filters, order and aggregations.
"""

from __future__ import annotations

from clearinghouse.search import by_columns, by_text
from clearinghouse.search.generation import Generation
from clearinghouse.search.query import Matches, Query
from clearinghouse.search.view import View

FEW = 6000  # matches that are quicker brought into Python than counted by Tantivy


def find(generation: Generation, view: View, query: Query) -> Matches:
    """The matches of `query` among what `view` sees."""
    if not query.stems:
        return by_columns.matches(view, query)
    if query.circle or by_text.at_most(generation, query.stems) <= FEW:
        return by_columns.matches(view, query, by_text.hits(generation, view, query))
    return by_text.matches(generation, view, query)
