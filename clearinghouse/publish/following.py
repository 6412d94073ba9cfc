"""What others copy: the public's change sequence, and all that the public sees as one snapshot (design §7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from clearinghouse.publish.models import Change, Publication
from clearinghouse.publish.seen import last_seen
from clearinghouse.vacancies.models import Opening
from clearinghouse.vacancies.visible import PUBLIC, Visible

BATCH = 1000  # documents held in memory at a time


@dataclass(frozen=True)
class Shown:
    """A vacancy that the public sees: its document, and when any source last had it."""

    doc: Mapping[str, Any]
    last_seen: dt.datetime | None


@dataclass(frozen=True)
class Step:
    """One step for a copy to take: put `shown` in place of what it has under `public_id`, or delete that (None)."""

    seq: int
    public_id: str
    shown: Shown | None


@dataclass(frozen=True)
class Steps:
    """Some steps, ascending, each vacancy once at its latest; `latest` is the last number given out so far."""

    latest: int
    items: tuple[Step, ...]


def latest_seq(session: Session) -> int:
    """The last public sequence number given out; 0 before the first."""
    return session.scalar(sa.select(sa.func.max(Change.public_seq))) or 0


def latest_delete(session: Session) -> int:
    """The number of the last step that took something away from the public; 0 before the first."""
    deletes = sa.select(Change.public_seq).where(Change.op == "delete", Change.public_seq.is_not(None))
    return session.scalar(deletes.order_by(Change.public_seq.desc()).limit(1)) or 0


def steps_after(session: Session, after: int, limit: int, now: dt.datetime) -> Steps:
    """The steps that follow the number `after`, `limit` of them at most. Two queries."""
    latest = latest_seq(session)
    later = aliased(Change)
    outdated = sa.exists().where(later.vacancy_id == Change.vacancy_id, later.public_seq > Change.public_seq)
    rows = session.execute(
        sa.select(Change.public_seq, Change.op, Publication.public_id, Publication.doc, last_seen(), _open(now))
        .join(Publication, Publication.vacancy_id == Change.vacancy_id)
        .where(Change.public_seq > after, ~outdated)
        .order_by(Change.public_seq)
        .limit(limit)
    )
    items = tuple(
        Step(seq, public_id, Shown(doc, seen) if op == "upsert" and is_open else None)
        for seq, op, public_id, doc, seen, is_open in rows
    )
    return Steps(max(latest, items[-1].seq if items else 0), items)


def everything(session: Session, now: dt.datetime) -> Iterator[Shown]:
    """All that the public sees at `now`, in the order of the internal key, read in batches."""
    last = 0
    while True:
        found = session.execute(
            sa.select(Publication.vacancy_id, Publication.doc, last_seen())
            .where(Publication.vacancy_id > last, _open(now))
            .order_by(Publication.vacancy_id)
            .limit(BATCH)
        ).all()
        yield from (Shown(doc, seen) for _, doc, seen in found)
        if len(found) < BATCH:
            return
        last = found[-1].vacancy_id


def addresses(session: Session, now: dt.datetime) -> Iterator[tuple[str, str, str]]:
    """Public id, slug and time of the last change (as text) of all that the public sees, by internal key."""
    doc = Publication.doc
    columns = (Publication.public_id, doc["slug"].as_string(), doc["updated"].as_string())
    rows = session.execute(sa.select(*columns).where(_open(now)).order_by(Publication.vacancy_id))
    yield from ((row[0], row[1], row[2]) for row in rows)


def _open(now: dt.datetime) -> sa.ColumnElement[bool]:
    return Visible(PUBLIC, now).sql(Publication, Opening).label("open")
