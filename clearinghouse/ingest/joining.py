"""Stored vacancies that turn out to be one: joined after each run, and once a night among all that are open.

A run checks what it brought or found reworded against the other sources' vacancies, as it does with newcomers. The
night looks at everything at once, and so also finds what only several adverts together show, or what two runs at one
time brought. Nothing is joined that a person said is different, and no two keys of one source ever are.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.db import Store
from clearinghouse.ingest.clusters import clustered
from clearinghouse.ingest.duplicates import Newcomer, same_vacancies
from clearinghouse.ingest.later import later
from clearinghouse.ingest.models import Sameness
from clearinghouse.ingest.moving import Act, elder, join
from clearinghouse.ingest.traits import Traits, traits
from clearinghouse.vacancies.models import Sighting, Vacancy
from clearinghouse.vacancies.vocabulary import Status

CHUNK = 400  # values of one IN list
AT_ONCE = 20  # vacancies joined in one transaction
AT_MOST = 5000  # joined in one night: what is left waits for the next
NIGHT = "nightly look for duplicates"
WHY = "the same vacancy in another source"


@dataclass(frozen=True, slots=True)
class Stored:
    """One advert of an open vacancy, by its number."""

    sighting: int
    vacancy: int
    traits: Traits


def join_brought(store: Store, source: str, keys: Collection[str], run: int, now: dt.datetime) -> int:
    """Join the vacancies of these adverts of `source` with those that other sources have of them; how many were."""
    with store.reading() as session:
        newcomers, homes = _as_newcomers(session, source, keys)
        found = same_vacancies(session, source, newcomers) if newcomers else {}
    return _join_all(store, [(homes[key], other) for key, other in found.items()], Act(f"run {run}", WHY, now))


def join_all(store: Store, now: dt.datetime) -> str:
    """Join all open vacancies that are one."""
    with store.reading() as session:
        adverts = [*_stored(session)]
        apart = _apart(session, {each.sighting: at for at, each in enumerate(adverts)})
    together: dict[int, list[int]] = defaultdict(list)
    for at, each in enumerate(adverts):
        together[each.vacancy].append(at)
    posts = clustered([each.traits for each in adverts], (p for p in together.values() if len(p) > 1), apart)
    groups = [sorted({adverts[at].vacancy for at in post}) for post in posts]
    pairs = [(group[0], other) for group in groups for other in group[1:]]
    count = _join_all(store, pairs[:AT_MOST], Act(NIGHT, WHY, now))
    return f"{count} vacancies joined with the same one of another source"


def _as_newcomers(session: Session, source: str, keys: Collection[str]) -> tuple[list[Newcomer], dict[str, int]]:
    found, homes = [], {}
    columns = (Sighting.key, Sighting.target, Vacancy.id, Vacancy.organisation_id, Vacancy.draft)
    joined = sa.select(*columns).join(Vacancy, Vacancy.id == Sighting.vacancy_id)
    open_ones = joined.where(Sighting.source == source, Vacancy.status != Status.WITHDRAWN)
    ordered = sorted(keys)
    for start in range(0, len(ordered), CHUNK):
        for row in session.execute(open_ones.where(Sighting.key.in_(ordered[start : start + CHUNK]))):
            read = traits(source, row.key, row.key, row.target, row.draft)
            found.append(Newcomer(row.key, row.key, row.organisation_id, read))
            homes[row.key] = row.id
    return found, homes


def _stored(session: Session) -> Iterator[Stored]:
    known = later(session)
    columns = (Sighting.id, Sighting.vacancy_id, Sighting.source, Sighting.key, Sighting.target)
    joined = sa.select(*columns, Vacancy.organisation_id, Vacancy.draft).join(
        Vacancy, Vacancy.id == Sighting.vacancy_id
    )
    rows = joined.where(Vacancy.status != Status.WITHDRAWN, Vacancy.merged_into.is_(None)).order_by(Sighting.id)
    for row in session.execute(rows.execution_options(yield_per=1000)):
        read = traits(row.source, row.key, row.key, row.target, row.draft)
        yield Stored(row.id, row.vacancy_id, known.told(row.organisation_id, read))


def _apart(session: Session, places: dict[int, int]) -> frozenset[tuple[int, int]]:
    said = sa.select(Sameness.one, Sameness.other).where(~Sameness.same, Sameness.undone_at.is_(None))
    pairs = ((places.get(row.one), places.get(row.other)) for row in session.execute(said))
    return frozenset((min(a, b), max(a, b)) for a, b in pairs if a is not None and b is not None)


def _join_all(store: Store, pairs: Sequence[tuple[int, int]], act: Act) -> int:
    count = 0
    for start in range(0, len(pairs), AT_ONCE):
        with store.writing() as session:
            for one, other in pairs[start : start + AT_ONCE]:
                count += join(session, *elder(session, _standing(session, one), _standing(session, other)), act)
    return count


def _standing(session: Session, vacancy: int) -> int:
    """That vacancy, or the one that it was joined with a moment ago."""
    return session.scalar(sa.select(Vacancy.merged_into).where(Vacancy.id == vacancy)) or vacancy
