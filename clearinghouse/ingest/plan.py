"""From decisions to what must be written: employers, duplicates and leading adverts looked up, nothing written yet.

Only organisations are made here, since the rows to write need their ids.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from clearinghouse.accounts import organisations as orgs
from clearinghouse.db import Store
from clearinghouse.ingest.corrections import reworded_adverts
from clearinghouse.ingest.decide import Action, Decision
from clearinghouse.ingest.duplicates import Newcomer, same_vacancies
from clearinghouse.ingest.identify import Advert
from clearinghouse.ingest.sources import effective, get
from clearinghouse.ingest.traits import Traits, traits
from clearinghouse.vacancies.draft import Draft, Refused
from clearinghouse.vacancies.models import Sighting, SourceRow
from clearinghouse.vacancies.posting import Posting, SourceFacts
from clearinghouse.vacancies.vocabulary import Status

Normalise = Callable[[Posting, SourceFacts, dt.datetime], Draft | Refused]
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
    """The same vacancy's advert in another source."""

    id: int
    own: bool
    live: bool
    posting: dict[str, Any]
    facts: SourceFacts


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


def leads(public: bool, own: bool, number: float) -> tuple[bool, bool, float]:  # noqa: FBT001 - a sort key
    """The order of precedence among a vacancy's live adverts: what everyone may see, the employer's own, the oldest.

    A source that nobody verified never puts its words before everyone in a vacancy that another made public.
    """
    return (not public, not own, number)


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
    # Where another source advertises the vacancy too, the draft is the leading advert's, which may not be ours.
    siblings = _siblings(store, facts.slug, {write.vacancy_id for write in writes if write.rows > 1})
    return [
        replace(write, draft=_leading_draft(facts, write, siblings[write.vacancy_id], now, normalise))
        if write.vacancy_id in siblings
        else write
        for write in writes
    ]


def _leading_draft(
    facts: SourceFacts, write: Write, siblings: Sequence[Sibling], now: dt.datetime, normalise: Normalise
) -> Draft | None:
    known = write.decision.known
    live = [each for each in siblings if each.live]
    if not live:
        return write.draft
    best = min(live, key=lambda each: leads(each.facts.public, each.own, each.id))
    if write.decision.action is Action.WITHDRAW:
        read = normalise(Posting.from_json(best.posting), best.facts, now)
        return read if isinstance(read, Draft) else None
    ours = leads(facts.public, facts.organisation is not None, known.id if known else float("inf"))
    return write.draft if ours < leads(best.facts.public, best.own, best.id) else None


def _siblings(store: Store, slug: str, vacancies: set[int | None]) -> dict[int | None, list[Sibling]]:
    ids = sorted(number for number in vacancies if number is not None)
    found: dict[int | None, list[Sibling]] = {}
    with store.reading() as session:
        for start in range(0, len(ids), CHUNK):
            statement = sa.select(Sighting, SourceRow).join(SourceRow, SourceRow.slug == Sighting.source)
            statement = statement.where(Sighting.vacancy_id.in_(ids[start : start + CHUNK]), Sighting.source != slug)
            for sighting, row in session.execute(statement):
                facts = effective(row)
                live = sighting.status is not Status.WITHDRAWN
                sibling = Sibling(sighting.id, facts.organisation is not None, live, sighting.posting, facts)
                found.setdefault(sighting.vacancy_id, []).append(sibling)
    return found
