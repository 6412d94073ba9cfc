"""From decisions to what must be written: employers, duplicates and leading adverts looked up, nothing written yet.

Only organisations are made here, since the rows to write need their ids.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from clearinghouse.accounts import organisations as orgs
from clearinghouse.db import Store
from clearinghouse.ingest.corrections import reworded_adverts
from clearinghouse.ingest.decide import Action, Decision
from clearinghouse.ingest.duplicates import Newcomer, same_vacancies
from clearinghouse.ingest.identify import Advert
from clearinghouse.ingest.precedence import Normalise, Rank, leads
from clearinghouse.ingest.sources import effective, get
from clearinghouse.ingest.traits import Traits, traits
from clearinghouse.vacancies.draft import Draft
from clearinghouse.vacancies.models import Sighting, SourceRow
from clearinghouse.vacancies.posting import Posting, SourceFacts
from clearinghouse.vacancies.vocabulary import Status

CHUNK = 400  # values of one IN list


@dataclass(frozen=True)
class Write:
    """One advert to write. `draft` is the vacancy's afterwards (None = as it is), `organisation_id` its employer's.

    `vacancy_id` is None where a new vacancy must be made; `relinked` says that the advert's own links changed,
    `reworded` that its words did and people had put something of the vacancy right.
    """

    decision: Decision
    advert: Advert | None
    vacancy_id: int | None
    draft: Draft | None = None
    organisation_id: int | None = None
    relinked: bool = False
    reworded: bool = False

    @property
    def rows(self) -> int:
        """How many rows it writes at most."""
        if self.decision.action is Action.TOUCH and self.decision.known and self.decision.known.status is Status.OPEN:
            return 1
        return 5


@dataclass(frozen=True)
class Sibling:
    """An advert that shares its vacancy with one that the run writes."""

    id: int
    live: bool
    posting: dict[str, Any]
    facts: SourceFacts

    @property
    def rank(self) -> Rank:
        """The lowest leads."""
        return leads(self.facts.public, self.facts.organisation is not None, self.id)


def plan(
    store: Store,
    facts: SourceFacts,
    decisions: Sequence[Decision],
    adverts: Mapping[str, Advert],
    drafts: Mapping[str, Draft],
    now: dt.datetime,
    normalise: Normalise,
) -> list[Write]:
    """What to write for each decision, in their order."""
    employers = _employers(store, facts.slug, drafts)
    linked = _linked(store, facts.slug, decisions, adverts, drafts, employers)
    links = _links(store, decisions)
    other_words = reworded_adverts(store, decisions, adverts)
    writes = []
    for decision in decisions:
        key, known = decision.key, decision.known
        advert = adverts.get(key) if decision.action not in (Action.UNCONFIRM, Action.WITHDRAW) else None
        writes.append(
            Write(
                decision,
                advert,
                known.vacancy_id if known else linked.get(key),
                drafts.get(key) if advert else None,
                employers.get(key),
                bool(known and advert and known.id in links and links[known.id] != _link(advert.url, advert.posting)),
                key in other_words,
            )
        )
    return _led(store, facts, writes, now, normalise)


def _employers(store: Store, slug: str, drafts: Mapping[str, Draft]) -> dict[str, int | None]:
    names = {draft.employer for draft in drafts.values() if draft.employer}
    with store.reading() as session:
        fallback = get(session, slug).organisation_id
        ids = orgs.find_all(session, names)
    if missing := names - set(ids):
        with store.writing() as session:
            ids |= orgs.find_or_create_all(session, missing)
    return {key: ids[draft.employer] if draft.employer else fallback for key, draft in drafts.items()}


def _linked(
    store: Store,
    slug: str,
    decisions: Iterable[Decision],
    adverts: Mapping[str, Advert],
    drafts: Mapping[str, Draft],
    employers: Mapping[str, int | None],
) -> dict[str, int]:
    keys = [decision.key for decision in decisions if decision.action is Action.INSERT]
    newcomers = [
        Newcomer(key, adverts[key].posting.reference, employers[key], _traits(slug, adverts[key], drafts[key]))
        for key in keys
    ]
    with store.reading() as session:
        return same_vacancies(session, slug, newcomers) if newcomers else {}


def _traits(slug: str, advert: Advert, draft: Draft) -> Traits:
    return traits(slug, advert.key, advert.posting.reference, advert.target, draft.as_json())


def _links(store: Store, decisions: Iterable[Decision]) -> dict[int, tuple[str | None, str | None]]:
    ids = [each.known.id for each in decisions if each.known and each.action in (Action.UPDATE, Action.REOPEN)]
    found = {}
    with store.reading() as session:
        for start in range(0, len(ids), CHUNK):
            statement = sa.select(Sighting.id, Sighting.url, Sighting.posting)
            for row in session.execute(statement.where(Sighting.id.in_(ids[start : start + CHUNK]))):
                found[row.id] = (row.url, row.posting.get("apply_url"))
    return found


def _link(url: str | None, posting: Posting) -> tuple[str | None, str | None]:
    return url, posting.apply_url


def _led(store: Store, facts: SourceFacts, writes: list[Write], now: dt.datetime, normalise: Normalise) -> list[Write]:
    # Where other adverts are of the vacancy too, the draft is the leading one's, which may not be ours.
    together: dict[int, list[Write]] = defaultdict(list)
    for write in writes:
        if write.rows > 1 and write.vacancy_id is not None:
            together[write.vacancy_id].append(write)
    drafts: dict[str, Draft | None] = {}
    for vacancy, siblings in _siblings(store, facts.slug, together).items():
        drafts |= _leading_draft(facts, together[vacancy], siblings, now, normalise)
    return [replace(each, draft=drafts.get(each.decision.key, each.draft)) for each in writes]


def _leading_draft(
    facts: SourceFacts, mine: Sequence[Write], siblings: Sequence[Sibling], now: dt.datetime, normalise: Normalise
) -> dict[str, Draft | None]:
    """The draft that each of the writes of one vacancy brings it, by key.

    The leading advert's comes by the write that has it or ends the one before; all others bring none.
    """
    written = {write.decision.known.id for write in mine if write.decision.known}
    ranks = {_rank(facts, write): write for write in mine if write.decision.action is not Action.WITHDRAW}
    best = min([*ranks, *(each.rank for each in siblings if each.live and each.id not in written)], default=None)
    if best is None:
        return {}
    lead = ranks.get(best)
    if lead is not None and lead.draft is not None:
        return {write.decision.key: write.draft if write is lead else None for write in mine}
    ended = any(write.decision.action is Action.WITHDRAW for write in mine)
    other = next((each for each in siblings if each.rank == best), None) if ended else None
    read = normalise(Posting.from_json(other.posting), other.facts, now) if other else None
    draft = read if isinstance(read, Draft) else None
    return {write.decision.key: draft if write.decision.action is Action.WITHDRAW else None for write in mine}


def _rank(facts: SourceFacts, write: Write) -> Rank:
    known = write.decision.known
    return leads(facts.public, facts.organisation is not None, known.id if known else float("inf"))


def _siblings(store: Store, slug: str, vacancies: Collection[int]) -> dict[int, list[Sibling]]:
    # The other sources' adverts of those vacancies; where a person joined several of this source, these too.
    other = sa.orm.aliased(Sighting)
    twice = sa.exists().where(other.vacancy_id == Sighting.vacancy_id, other.source == slug, other.id != Sighting.id)
    statement = sa.select(Sighting, SourceRow).join(SourceRow, SourceRow.slug == Sighting.source)
    statement = statement.where(sa.or_(Sighting.source != slug, twice))
    ids = sorted(vacancies)
    found: dict[int, list[Sibling]] = defaultdict(list)
    with store.reading() as session:
        for start in range(0, len(ids), CHUNK):
            for sighting, row in session.execute(statement.where(Sighting.vacancy_id.in_(ids[start : start + CHUNK]))):
                live = sighting.status is not Status.WITHDRAWN
                found[sighting.vacancy_id].append(Sibling(sighting.id, live, sighting.posting, effective(row)))
    return found
