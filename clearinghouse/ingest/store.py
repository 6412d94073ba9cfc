"""Writes what a run decided: short transactions, each fenced by the run's number, with pauses for other writers.

A transaction holds at most 500 rows and aims at 200 ms; between two lie 100 ms, in which a person's save gets its turn.
Everything that follows from one advert (its vacancy, history, touch) stands in the same transaction.
"""

from __future__ import annotations

import datetime as dt
import secrets
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.db import Store
from clearinghouse.ingest.corrections import drop_reworded
from clearinghouse.ingest.decide import Action
from clearinghouse.ingest.plan import Write
from clearinghouse.ingest.runs import confirm_run
from clearinghouse.ingest.whereabouts import as_now
from clearinghouse.vacancies.draft import Draft
from clearinghouse.vacancies.models import Opening, Sighting, StatusChange, Touched, Vacancy
from clearinghouse.vacancies.vocabulary import Status

ROWS = 500  # of one transaction
SECONDS = 0.2  # that one transaction should take at most
PAUSE = 0.1  # seconds between two transactions
ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
AFTER = {Action.UNCONFIRM: Status.UNCONFIRMED, Action.WITHDRAW: Status.WITHDRAWN}

Pause = Callable[[float], None]


@dataclass(frozen=True)
class Batch:
    """The writes of one transaction, and for which run of which source."""

    source: str
    number: int
    now: dt.datetime
    writes: tuple[Write, ...]


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


def public_id() -> str:
    """A new public id: 10 random characters of base 32."""
    return "".join(secrets.choice(ALPHABET) for _ in range(10))


def draft_json(draft: Draft) -> dict[str, Any]:
    """The draft as a vacancy keeps it."""
    return draft.as_json() | {"description_html": draft.description_html}


def status_of(sightings: Collection[Status], draft: Mapping[str, Any], closes_at: dt.datetime | None) -> Status:
    """A vacancy's status: the best of its adverts'. Closed only where the advert says so without a closing time."""
    if Status.OPEN in sightings or Status.UNCONFIRMED in sightings:
        if draft.get("status") == Status.CLOSED and closes_at is None:
            return Status.CLOSED
        return Status.OPEN if Status.OPEN in sightings else Status.UNCONFIRMED
    return Status.WITHDRAWN


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
    _settle(session, batch, [*known, *linked])


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
        values = _sighting_values(batch, write)
        shapes.setdefault(tuple(values), []).append(values)
    for rows in shapes.values():
        session.execute(sa.update(Sighting), rows)


def _sighting_values(batch: Batch, write: Write) -> dict[str, Any]:
    decision = write.decision
    assert decision.known is not None  # noqa: S101 - for mypy: the caller took only those
    values: dict[str, Any] = {
        "id": decision.known.id,
        "missed": decision.missed,
        "gone": decision.gone,
        "status": AFTER.get(decision.action, Status.OPEN),
    }
    if write.advert:
        values |= {"last_seen": batch.now, "run": batch.number}
    if write.advert and decision.action is not Action.TOUCH:
        values |= _words(write)
    return values


def _words(write: Write) -> dict[str, Any]:
    assert write.advert is not None  # noqa: S101 - for mypy: the callers took only those
    advert = write.advert
    return {
        "url": advert.url,
        "target": advert.target,
        "posting": advert.posting.as_json(),
        "digest": advert.digest,
        "reading": advert.reading,
    }


def _insert_vacancies(session: Session, batch: Batch, writes: Sequence[Write]) -> None:
    if not writes:
        return
    ids = {public_id(): write for write in writes}
    rows = [{"public_id": name, **_vacancy_values(write, batch.now)} for name, write in ids.items()]
    inserted = session.execute(sa.insert(Vacancy).returning(Vacancy.id, Vacancy.public_id, Vacancy.status), rows).all()
    vacancies = {ids[row.public_id].decision.key: row.id for row in inserted}
    _insert_sightings(session, batch, writes, vacancies)
    session.execute(
        sa.insert(Opening),
        [{"vacancy_id": row.id, "audience": "public", "organisation_id": 0, "opens": batch.now} for row in inserted],
    )
    _append(session, batch, [(row.id, row.status, ids[row.public_id].decision.why) for row in inserted])
    _touch(session, [row.id for row in inserted])


def _vacancy_values(write: Write, now: dt.datetime) -> dict[str, Any]:
    values = _draft_values(write)
    status = status_of([Status.OPEN], values["draft"], values["closes_at"])
    return values | {"status": status, "first_seen": now, "updated": now}


def _draft_values(write: Write) -> dict[str, Any]:
    assert write.draft is not None  # noqa: S101 - for mypy: the callers took only those
    return {
        "organisation_id": write.organisation_id,
        "title": write.draft.title,
        "draft": draft_json(write.draft),
        "closes_at": write.draft.closes_at,
    }


def _insert_sightings(session: Session, batch: Batch, writes: Sequence[Write], vacancies: Mapping[str, int]) -> None:
    rows = [
        {
            "vacancy_id": write.vacancy_id or vacancies[write.decision.key],
            "source": batch.source,
            "key": write.decision.key,
            "first_seen": batch.now,
            "last_seen": batch.now,
            "run": batch.number,
            "status": Status.OPEN,
            **_words(write),
        }
        for write in writes
    ]
    if rows:
        session.execute(sa.insert(Sighting), rows)


def _settle(session: Session, batch: Batch, writes: Sequence[Write]) -> None:
    """Bring the vacancies of changed sightings up to date: draft, status, history, touch."""
    by_vacancy = {write.vacancy_id: write for write in writes}
    ids = sorted(number for number in by_vacancy if number is not None)
    if not ids:
        return
    held = sa.select(Vacancy.id, Vacancy.status, Vacancy.draft, Vacancy.closes_at).where(Vacancy.id.in_(ids))
    vacancies = session.execute(held.order_by(Vacancy.id).with_for_update()).all()
    statuses: dict[int, list[Status]] = {}
    for row in session.execute(sa.select(Sighting.vacancy_id, Sighting.status).where(Sighting.vacancy_id.in_(ids))):
        statuses.setdefault(row.vacancy_id, []).append(row.status)
    history, touched = [], []
    for row in vacancies:
        write = by_vacancy[row.id]
        values = dict(_changes(write, row, statuses[row.id]))
        if "status" in values:
            history.append((row.id, values["status"], write.decision.why))
        if values or write.decision.action is Action.UPDATE or not write.decision.known:
            touched.append(row.id)
        if values:
            session.execute(sa.update(Vacancy), [{"id": row.id, **values, "updated": batch.now}])
    reworded = {write.vacancy_id for write in writes if write.reworded and write.draft and write.vacancy_id}
    drop_reworded(session, batch.source, f"run {batch.number}", sorted(reworded), batch.now)
    _append(session, batch, history)
    _touch(session, touched)


def _changes(write: Write, row: Any, sightings: Collection[Status]) -> Iterator[tuple[str, Any]]:
    # What people would see differently, as columns; `updated` moves with any of it and with nothing else.
    draft, closes_at = row.draft, row.closes_at
    if write.draft is not None:
        values = _draft_values(write)
        if write.decision.action is Action.WITHDRAW:  # the draft is another source's, the employer the same
            del values["organisation_id"]
        draft, closes_at = values["draft"], values["closes_at"]
        if _shown(draft) != _shown(row.draft) or write.relinked:
            yield from values.items()
    status = status_of(sightings, draft, closes_at)
    if status is not row.status:
        yield "status", status


def _shown(draft: Mapping[str, Any]) -> dict[str, Any]:
    # Whether it is closed follows from its closing time, which passes by itself.
    return {name: value for name, value in draft.items() if name != "status"}


def _append(session: Session, batch: Batch, changes: Sequence[tuple[int, Status, str]]) -> None:
    by = f"run {batch.number}"
    rows = [{"vacancy_id": n, "status": status, "at": batch.now, "why": why, "by": by} for n, status, why in changes]
    if rows:
        session.execute(sa.insert(StatusChange), rows)


def _touch(session: Session, vacancies: Sequence[int]) -> None:
    if vacancies:
        session.execute(sa.insert(Touched), [{"vacancy_id": number} for number in vacancies])
