"""Which news a saved search finds: the page's own search, carried out over the news alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from clearinghouse.alerts.news import News, is_new
from clearinghouse.alerts.queries import criteria_of
from clearinghouse.search.criteria import Criteria
from clearinghouse.search.results import Everything, everything

KEPT = 64  # searches whose matches are kept: equal ones are looked at one after the other


@dataclass(frozen=True)
class Found:
    """What a search finds among the news: `keys`, the best first, and `miles` by key.

    `asked` is the search as it was saved, `criteria` the same with today's names.
    """

    asked: Criteria
    criteria: Criteria
    keys: tuple[int, ...] = ()
    miles: Mapping[int, float | None] = field(default_factory=dict)


def best_first(criteria: Criteria) -> Criteria:
    """The search in the order of a message: the best by its words, or without words what closes soonest."""
    return criteria.replace(sort="relevance" if criteria.q else "closing")


class Matcher:
    """Carries searches out over the same news."""

    def __init__(self, news: News) -> None:
        self.news = news
        self._matches = lru_cache(maxsize=KEPT)(self._carried_out)
        self._found = lru_cache(maxsize=KEPT)(self._new)

    def found(self, query: str, started: int, bookmark: int) -> Found:
        """What is new to a search that was confirmed at the step `started` and was told of all up to `bookmark`."""
        return self._found(query, started, bookmark)

    def _new(self, query: str, started: int, bookmark: int) -> Found:
        asked, whole = self._matches(query)
        spans = self.news.spans
        pairs = zip(whole.keys, whole.miles, strict=True)
        new = {key: far for key, far in pairs if is_new(spans[key], started, bookmark)}
        return Found(asked, whole.criteria, tuple(new), new)

    def _carried_out(self, query: str) -> tuple[Criteria, Everything]:
        asked = criteria_of(query)
        return asked, everything(self.news.generation, best_first(asked), self.news.visible)
