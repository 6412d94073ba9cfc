"""The values between a search and its matches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from clearinghouse.search.asking import Asked
from clearinghouse.search.columns import Ints
from clearinghouse.search.filters import Filter
from clearinghouse.search.near import Circle


@dataclass(frozen=True)
class Query:
    """A search made ready: words, filters, place and order resolved against one generation.

    `first` and `size` are the page's; `loose` lets the adverts pass that don't say. One that isn't `faceted` asks for
    the total only.
    """

    asked: Asked
    filters: tuple[Filter, ...]
    circle: Circle | None
    loose: bool
    order: str
    first: int
    size: int
    faceted: bool = True

    @property
    def end(self) -> int:
        """How many matches lie up to the end of the page."""
        return self.first + self.size


@dataclass(frozen=True)
class Matches:
    """What a search found. `keys` is one page in order, `miles` beside it.

    `counts` has, by parameter and code, the matches of the search less its selection of that parameter. `loose_total`
    is the total with the adverts that don't say. Both are left out (no counts, the total) of a search without facets.
    """

    total: int
    loose_total: int
    keys: tuple[int, ...]
    miles: tuple[float | None, ...]
    counts: Mapping[str, Ints]
