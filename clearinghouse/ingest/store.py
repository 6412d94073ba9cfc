"""Writes what a run decided: short transactions, each fenced by the run's number, with pauses for other writers.

A transaction holds at most 500 rows and aims at 200 ms; between two lie 100 ms, in which a person's save gets its turn.
Everything that follows from one advert (its vacancy, history, touch) stands in the same transaction.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.db import Store
from clearinghouse.ingest.plan import Write
from clearinghouse.ingest.runs import confirm_run
from clearinghouse.ingest.settling import append, settle, touch
from clearinghouse.ingest.values import Batch, changed_sighting, new_sighting, new_vacancy, public_id
from clearinghouse.ingest.whereabouts import as_now
from clearinghouse.vacancies.models import Opening, Sighting, Vacancy

ROWS = 500  # of one transaction
SECONDS = 0.2  # that one transaction should take at most
PAUSE = 0.1  # seconds between two transactions

Pause = Callable[[float], None]


def apply(
    store: Store, source: str, number: int, now: dt.datetime, writes: Sequence[Write], pause: Pause = time.sleep
) -> None:
    """Write all of it. Raises LeaseLostError as soon as `number` is no longer the source's live run."""
    limit = ROWS
    left = list(writes)
    while left:
        taken = _take(left, limit)
        began = time.monotonic()
        with store.writing() as session:
            confirm_run(session, source, number)
            _write(session, Batch(source, number, now, as_now(session, left[:taken])))
        if time.monotonic() - began > SECONDS:
            limit = max(ROWS // 10, limit // 2)
        del left[:taken]
        if left:
            pause(PAUSE)


def _take(writes: Sequence[Write], limit: int) -> int:
    total = 0
    for index, write in enumerate(writes):
        total += write.rows
        if total > limit:
            return max(index, 1)
    return len(writes)


def _write(session: Session, batch: Batch) -> None:
    plain = [write for write in batch.writes if write.rows == 1]
    known = [write for write in batch.writes if write.rows > 1 and write.decision.known]
    fresh = [write for write in batch.writes if write.vacancy_id is None]
    linked = [write for write in batch.writes if write.vacancy_id is not None and not write.decision.known]
    _touch_seen(session, batch, plain)
    _update_sightings(session, batch, known)
    _insert_sightings(session, batch, linked, {})
    _insert_vacancies(session, batch, fresh)
    settle(session, batch, [*known, *linked])


def _touch_seen(session: Session, batch: Batch, writes: Sequence[Write]) -> None:
    ids = [write.decision.known.id for write in writes if write.decision.known]
    if ids:
        session.execute(
            sa.update(Sighting)
            .where(Sighting.id.in_(ids))
            .values(last_seen=batch.now, run=batch.number, missed=0)
            .execution_options(synchronize_session=False)
        )


def _update_sightings(session: Session, batch: Batch, writes: Sequence[Write]) -> None:
    shapes: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for write in writes:
        values = changed_sighting(batch, write)
        shapes.setdefault(tuple(values), []).append(values)
    for rows in shapes.values():
        session.execute(sa.update(Sighting), rows)


def _insert_vacancies(session: Session, batch: Batch, writes: Sequence[Write]) -> None:
    if not writes:
        return
    ids = {public_id(): write for write in writes}
    rows = [{"public_id": name, **new_vacancy(write, batch.now)} for name, write in ids.items()]
    inserted = session.execute(sa.insert(Vacancy).returning(Vacancy.id, Vacancy.public_id, Vacancy.status), rows).all()
    vacancies = {ids[row.public_id].decision.key: row.id for row in inserted}
    _insert_sightings(session, batch, writes, vacancies)
    session.execute(
        sa.insert(Opening),
        [{"vacancy_id": row.id, "audience": "public", "organisation_id": 0, "opens": batch.now} for row in inserted],
    )
    append(session, batch, [(row.id, row.status, ids[row.public_id].decision.why) for row in inserted])
    touch(session, [row.id for row in inserted])


def _insert_sightings(session: Session, batch: Batch, writes: Sequence[Write], vacancies: Mapping[str, int]) -> None:
    rows = [new_sighting(batch, each, each.vacancy_id or vacancies[each.decision.key]) for each in writes]
    if rows:
        session.execute(sa.insert(Sighting), rows)
