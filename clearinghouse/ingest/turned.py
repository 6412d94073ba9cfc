"""A source that turned public or was withheld: the vacancies that it shares with others are led anew at once.

What a withheld source says must not stand before everyone under another source's name until that one's next run.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.db import Store
from clearinghouse.ingest.precedence import Held, Normalise, held, leads
from clearinghouse.ingest.values import read_as, shown, status_of
from clearinghouse.normalise.draft import normalise as normalise_posting
from clearinghouse.vacancies.draft import Draft
from clearinghouse.vacancies.models import Sighting, SourceRow, Touched, Vacancy
from clearinghouse.vacancies.posting import Posting
from clearinghouse.vacancies.vocabulary import Status

AT_ONCE = 100  # vacancies of one transaction


@dataclass(frozen=True)
class Led:
    """A vacancy and the draft of its leading advert, with all its adverts as they were when that was read."""

    vacancy: int
    draft: Draft
    adverts: frozenset[tuple[int, str]]


def lead_anew(store: Store, source: str, now: dt.datetime, normalise: Normalise = normalise_posting) -> int:
    """Give each vacancy that this source led, or leads now, the words of its leading advert; how many changed.

    Those of which an advert moved or changed meanwhile are left to that advert's own run.
    """
    with store.reading() as session:
        found = [*_led(session, source, now, normalise)]
    count = 0
    for start in range(0, len(found), AT_ONCE):
        with store.writing() as session:
            count += sum(_put(session, each, now) for each in found[start : start + AT_ONCE])
    return count


def _led(session: Session, source: str, now: dt.datetime, normalise: Normalise) -> Iterator[Led]:
    for vacancy in _turned(session, source):
        adverts = held(session, vacancy)
        lead = min(adverts, key=lambda each: each.rank)
        read = normalise(Posting.from_json(lead.sighting.posting), lead.facts, now)
        if isinstance(read, Draft):
            yield Led(vacancy, read, _marks(adverts))


def _turned(session: Session, source: str) -> list[int]:
    """The vacancies that another advert leads than would, were this source as public as it was."""
    mine = sa.select(Sighting.vacancy_id).where(Sighting.source == source, Sighting.status != Status.WITHDRAWN)
    columns = (Sighting.vacancy_id, Sighting.id, Sighting.source, SourceRow.public, SourceRow.organisation_id)
    joined = sa.select(*columns).join(SourceRow, SourceRow.slug == Sighting.source)
    live = joined.where(Sighting.vacancy_id.in_(mine), Sighting.status != Status.WITHDRAWN)
    ranks = defaultdict(list)
    for row in session.execute(live.order_by(Sighting.vacancy_id)):
        own, was = row.organisation_id is not None, row.public != (row.source == source)
        ranks[row.vacancy_id].append((leads(row.public, own, row.id), leads(was, own, row.id)))
    return [vacancy for vacancy, both in ranks.items() if min(both)[0][-1] != min(old for _, old in both)[-1]]


def _put(session: Session, led: Led, now: dt.datetime) -> bool:
    vacancy = session.get_one(Vacancy, led.vacancy, with_for_update=True)
    adverts = held(session, vacancy.id)
    if _marks(adverts) != led.adverts or shown(vacancy.draft) == shown(read_as(led.draft)["draft"]):
        return False
    for name, value in read_as(led.draft).items():
        setattr(vacancy, name, value)
    vacancy.status = status_of([each.sighting.status for each in adverts], vacancy.draft, vacancy.closes_at)
    vacancy.updated = now
    session.add(Touched(vacancy_id=vacancy.id))
    return True


def _marks(adverts: list[Held]) -> frozenset[tuple[int, str]]:
    return frozenset((each.sighting.id, each.sighting.digest) for each in adverts)
