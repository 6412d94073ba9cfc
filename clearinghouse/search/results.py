"""One search carried out: totals, facets and the page's vacancies, for results, API, feeds and alerts alike."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.db import UtcDateTime
from clearinghouse.normalise.place import locate
from clearinghouse.publish.models import Publication
from clearinghouse.publish.seen import confirmed, last_seen, open_to_all
from clearinghouse.search.asking import Asked, asked
from clearinghouse.search.county import in_its_districts
from clearinghouse.search.criteria import Chosen, Criteria
from clearinghouse.search.facets import facets, labels, unheard
from clearinghouse.search.fewer import ENOUGH, Fewer, fewer_words
from clearinghouse.search.filters import filters
from clearinghouse.search.generation import Generation
from clearinghouse.search.matching import find
from clearinghouse.search.near import Circle
from clearinghouse.search.parameters import Facet
from clearinghouse.search.query import Matches, Query
from clearinghouse.search.saying import about_words, ignored
from clearinghouse.search.spelling import respelt
from clearinghouse.search.view import View
from clearinghouse.vacancies.draft import Place
from clearinghouse.vacancies.models import Opening
from clearinghouse.vacancies.visible import PUBLIC, Audience, Visible

JUST_THE_TOTAL: Mapping[str, Any] = {"order": "newest", "first": 0, "size": 1, "faceted": False}


@dataclass(frozen=True)
class Results:
    """What a search found. `criteria` is the search with today's names of districts and employers.

    `keys` are the internal ids of this page's vacancies in order, `miles` how far each is (None: not asked, or its
    place not known). `facets` has every faceted parameter. `unstated` says how many more vacancies
    `include_unstated=yes` would add. `place` is how `location` was read. `typed` are the words as they came, where
    misspelt ones were put right in `criteria`. `fewer` is said where no job is named by all of its words: then it was
    carried out with fewer, and `criteria` keeps them all. `chosen` are the chips.
    """

    criteria: Criteria
    total: int
    page: int
    per_page: int
    keys: tuple[int, ...]
    miles: tuple[float | None, ...]
    facets: Mapping[str, tuple[Facet, ...]]
    unstated: int
    place: Place | None
    typed: str | None
    fewer: Fewer | None
    chosen: tuple[Chosen, ...]
    notices: tuple[str, ...]

    @property
    def words(self) -> str:
        """The words that were searched for."""
        return self.fewer.kept if self.fewer else self.criteria.q

    @property
    def pages(self) -> int:
        """How many pages there are; one where nothing was found."""
        return max(1, -(-self.total // self.per_page))


@dataclass(frozen=True)
class Ready:
    """A search resolved against one generation, and what was made of it on the way there."""

    criteria: Criteria
    typed: str
    view: View
    place: Place | None
    query: Query
    widened: tuple[str, ...]
    replaced: tuple[str, ...]
    fewer: Fewer | None = None


def search(generation: Generation, criteria: Criteria, visible: Visible) -> Results:
    """Carry out `criteria` on one generation, for one audience at one moment."""
    ready, found = _carried_out(generation, criteria, visible)
    criteria, view, query, folds = ready.criteria, ready.view, ready.query, generation.folds
    named = criteria.replace(district=()) if ready.widened else criteria
    return Results(
        criteria=criteria,
        total=found.total,
        page=criteria.page,
        per_page=criteria.per_page,
        keys=found.keys,
        miles=found.miles,
        facets=facets(criteria, folds, found.counts, view.counts),
        unstated=found.loose_total - found.total,
        place=ready.place if query.circle else None,
        typed=ready.typed if ready.typed != criteria.q else None,
        fewer=ready.fewer,
        chosen=tuple(_known(each, ready) for each in criteria.chosen(labels(criteria, folds, view.counts))),
        notices=(
            *about_words(criteria.q, ready.typed, query.asked, ready.fewer, visible.audience),
            *ready.widened,
            *ready.replaced,
            *ignored(criteria, query.asked, placed=query.circle is not None),
            *unheard(named, folds, view.counts),
        ),
    )


def _known(chip: Chosen, ready: Ready) -> Chosen:
    """The chip; that of a place we don't know doesn't claim to be within some miles, nor that of words to be of all."""
    if chip.parameter == "q" and ready.fewer:
        return dataclasses.replace(chip, label=f"“{ready.fewer.kept}”")
    if chip.parameter != "location" or ready.query.circle:
        return chip
    return dataclasses.replace(chip, label=f"Unknown place: {chip.value}")


def count(generation: Generation, criteria: Criteria, visible: Visible) -> int:
    """The total of that search alone: a fraction of the work of carrying it out."""
    return _carried_out(generation, criteria, visible, **JUST_THE_TOTAL)[1].total


@dataclass(frozen=True)
class Everything:
    """What a search finds, without facets: the keys in its order, `miles` beside them, the search in today's names."""

    criteria: Criteria
    keys: tuple[int, ...]
    miles: tuple[float | None, ...]


def everything(generation: Generation, criteria: Criteria, visible: Visible) -> Everything:
    """All matches of that search at once, whatever its page: for a small generation."""
    return _unfaceted(generation, criteria, visible, first=0, size=max(1, len(generation.columns)))


def page_alone(generation: Generation, criteria: Criteria, visible: Visible) -> Everything:
    """The matches on that search's page."""
    return _unfaceted(generation, criteria, visible)


def _unfaceted(generation: Generation, criteria: Criteria, visible: Visible, **changes: Any) -> Everything:
    ready, found = _carried_out(generation, criteria, visible, faceted=False, **changes)
    return Everything(ready.criteria, found.keys, found.miles)


def _carried_out(generation: Generation, criteria: Criteria, visible: Visible, **changes: Any) -> tuple[Ready, Matches]:
    """The search and its matches, with fewer words where hardly any job has them all.

    Whoever sees only what is public has found enough when enough match: then nothing needs to be decided.
    """
    ready = _ready(generation, criteria, visible)
    query = dataclasses.replace(ready.query, **changes)
    found = find(generation, ready.view, query)
    if criteria.as_typed or (visible.audience == PUBLIC and found.total >= ENOUGH):
        return ready, found
    fewer = fewer_words(generation, ready.criteria.q, visible)
    if fewer is None:
        return ready, found
    query = dataclasses.replace(query, asked=fewer.asked)
    return dataclasses.replace(ready, query=query, fewer=fewer), find(generation, ready.view, query)


def _ready(generation: Generation, criteria: Criteria, visible: Visible) -> Ready:
    criteria, replaced = generation.successions.applied(criteria, visible.now)
    criteria, widened = in_its_districts(criteria)
    criteria, _ = generation.successions.applied(criteria, visible.now)  # the county's: nobody named those
    typed = criteria.q
    if typed and not criteria.as_typed and (meant := respelt(generation, typed, visible)) != typed:
        criteria = dataclasses.replace(criteria, q=meant)
    place = locate(criteria.location) if criteria.location else None
    circle = _circle(place, criteria)
    wanted = asked(criteria.q)
    query = Query(
        asked=wanted,
        filters=filters(criteria, generation.columns, visible.now),
        circle=circle,
        loose=criteria.include_unstated,
        order=_order(criteria, wanted, circle),
        first=(criteria.page - 1) * criteria.per_page,
        size=criteria.per_page,
    )
    return Ready(criteria, typed, generation.view(visible), place, query, widened, replaced)


def _circle(place: Place | None, criteria: Criteria) -> Circle | None:
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return Circle(place.latitude, place.longitude, float(criteria.radius))


def _order(criteria: Criteria, wanted: Asked, circle: Circle | None) -> str:
    if (criteria.order == "relevance" and not wanted.asks) or (criteria.order == "distance" and not circle):
        return "newest"
    return criteria.order


@dataclass(frozen=True)
class Document:
    """One vacancy as pages and API show it.

    `last_seen` is when one of its adverts was last seen at its source, `confirmed` whether a source that was read
    properly the last time still has it, `public` whether everyone may see it; `miles` as in the results.
    """

    key: int
    doc: Mapping[str, Any]
    last_seen: dt.datetime | None
    confirmed: bool
    public: bool
    miles: float | None = None


def documents(
    session: Session, keys: Sequence[int], visible: Visible, miles: Sequence[float | None] = ()
) -> tuple[Document, ...]:
    """The vacancies of a page in its order, in one query; one that went meanwhile is left out.

    `miles` stands beside `keys`, as in Results; empty = nobody asked.
    """
    asked_for = {"keys": keys, "now": visible.now, "second": visible.now.replace(microsecond=0)}
    rows = session.execute(_listing(visible.audience), asked_for)
    found = {key: (doc, seen, sure, bool(public)) for key, doc, seen, sure, public in rows}
    pairs = zip(keys, miles or [None] * len(keys), strict=True)
    return tuple(Document(key, *found[key], miles=far) for key, far in pairs if key in found)


@lru_cache(maxsize=32)
def _listing(audience: Audience) -> sa.Select[Any]:
    """What `documents` asks for an audience, of any `keys` and moment: making it takes longer than carrying it out."""
    visible = Visible(audience, dt.datetime(1970, 1, 1, tzinfo=dt.UTC))  # at what moment, `moments` say
    moments = (sa.bindparam("now", type_=UtcDateTime()), sa.bindparam("second", type_=UtcDateTime()))
    public = open_to_all(visible, sa.true(), moments)
    wanted = sa.select(Publication.vacancy_id, Publication.doc, last_seen(), confirmed(), public)
    keys = Publication.vacancy_id.in_(sa.bindparam("keys", expanding=True))
    return wanted.where(keys, visible.sql(Publication, Opening, moments))
