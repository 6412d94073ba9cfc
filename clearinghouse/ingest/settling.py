"""What follows from changed adverts for their vacancies: draft, status, corrections, history, touch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.ingest.corrections import drop_reworded
from clearinghouse.ingest.decide import Action
from clearinghouse.ingest.plan import Write
from clearinghouse.ingest.values import AFTER, Batch, led_by, shown, status_of
from clearinghouse.vacancies.models import Sighting, StatusChange, Touched, Vacancy
from clearinghouse.vacancies.vocabulary import Status

ELSEWHERE = frozenset({Action.INSERT, Action.REOPEN, Action.WITHDRAW})  # which links people see hangs on these alone
SEEN = ELSEWHERE | {Action.UPDATE}


def settle(session: Session, batch: Batch, writes: Sequence[Write]) -> None:
    """Bring the vacancies of these written adverts up to date."""
    by_vacancy: dict[int, list[Write]] = defaultdict(list)
    for write in writes:
        if write.vacancy_id is not None:
            by_vacancy[write.vacancy_id].append(write)
    if not by_vacancy:
        return
    held = sa.select(Vacancy.id, Vacancy.status, Vacancy.draft, Vacancy.closes_at).where(Vacancy.id.in_(by_vacancy))
    vacancies = session.execute(held.order_by(Vacancy.id).with_for_update()).all()
    statuses = _statuses(session, by_vacancy)
    history, touched = [], []
    for row in vacancies:
        mine = by_vacancy[row.id]
        values = dict(_changes(mine, row, statuses[row.id]))
        actions = {each.decision.action for each in mine}
        if "status" in values:
            history.append((row.id, values["status"], _why(mine, values["status"])))
        if values or actions & SEEN:
            touched.append(row.id)
        if values or actions & ELSEWHERE:
            session.execute(sa.update(Vacancy), [{"id": row.id, **values, "updated": batch.now}])
    reworded = {write.vacancy_id for write in writes if write.reworded and write.draft and write.vacancy_id}
    drop_reworded(session, batch.source, f"run {batch.number}", sorted(reworded), batch.now)
    append(session, batch, history)
    touch(session, touched)


def append(session: Session, batch: Batch, changes: Sequence[tuple[int, Status, str]]) -> None:
    """A line in the history of each of those vacancies: its new status, and why."""
    by = f"run {batch.number}"
    rows = [{"vacancy_id": n, "status": status, "at": batch.now, "why": why, "by": by} for n, status, why in changes]
    if rows:
        session.execute(sa.insert(StatusChange), rows)


def touch(session: Session, vacancies: Sequence[int]) -> None:
    """Have those vacancies published again."""
    if vacancies:
        session.execute(sa.insert(Touched), [{"vacancy_id": number} for number in vacancies])


def _statuses(session: Session, vacancies: Collection[int]) -> Mapping[int, Sequence[Status]]:
    found: dict[int, list[Status]] = defaultdict(list)
    columns = sa.select(Sighting.vacancy_id, Sighting.status)
    for row in session.execute(columns.where(Sighting.vacancy_id.in_(vacancies))):
        found[row.vacancy_id].append(row.status)
    return found


def _changes(mine: Sequence[Write], row: Any, sightings: Collection[Status]) -> Iterator[tuple[str, Any]]:
    # What people would see differently, as columns; `updated` moves with any of it and with nothing else.
    draft, closes_at = row.draft, row.closes_at
    lead = next((write for write in mine if write.draft is not None), None)
    if lead is not None:
        values = led_by(lead)
        if lead.decision.action is Action.WITHDRAW:  # the draft is another advert's, the employer the same
            del values["organisation_id"]
        draft, closes_at = values["draft"], values["closes_at"]
        if shown(draft) != shown(row.draft) or lead.relinked:
            yield from values.items()
    status = status_of(sightings, draft, closes_at)
    if status is not row.status:
        yield "status", status


def _why(mine: Sequence[Write], status: Status) -> str:
    """The reason of the advert by which the vacancy came to its status."""
    decided = (each for each in mine if AFTER.get(each.decision.action, Status.OPEN) is status)
    return next(decided, mine[-1]).decision.why
