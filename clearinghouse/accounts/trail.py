"""Reading the audit trail: newest first, by what happened, who did it, where, when and to what.

Nothing here alters a row; the database refuses that to everyone. Reading is itself written down.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.accounts import audit
from clearinghouse.accounts.actor import Actor
from clearinghouse.accounts.models import AuditEvent, Organisation
from clearinghouse.accounts.tags import Tag
from clearinghouse.db import Store
from clearinghouse.errors import BadSettingError
from clearinghouse.sealing import unseal

LONDON = ZoneInfo("Europe/London")
NOUNS = tuple(sorted({tag.partition(":")[0] for tag in Tag}))
PER_PAGE = 50
AT_A_TIME = 500  # events in memory during an export
ONE_LOOK = dt.timedelta(hours=1)  # the same question of the same session again is the same look

_sealed = sa.type_coerce(AuditEvent.details, sa.Text())  # as it is stored, so that one bad row spoils no page


@dataclass(frozen=True)
class Question:
    """Which events somebody wants to see; everything unset asks for all. Days are London's, both included.

    `noun` is the first part of a tag, `person` and `about` a part of what the event says, whatever its case.
    """

    noun: str = ""
    person: str = ""
    organisation: int | None = None
    about: str = ""
    first: dt.date | None = None
    last: dt.date | None = None


@dataclass(frozen=True)
class Event:
    """One line of the trail. `details` None with `sealed` True: there are some, which none of our keys opens."""

    id: int
    at: dt.datetime
    tag: Tag
    by: str
    organisation: str | None
    about: str
    details: dict[str, Any] | None = None
    sealed: bool = False

    @property
    def words(self) -> str:
        """What happened, as people read it: `Source: pause on`."""
        noun, _, rest = self.tag.replace("_", " ").partition(":")
        return f"{noun.capitalize()}: {rest.replace(':', ' ')}"


def events(session: Session, question: Question, before: int | None = None, limit: int = PER_PAGE) -> tuple[Event, ...]:
    """The newest of those events, at most `limit`, all older than the number `before`: new ones shift nothing."""
    wanted = _asked(question).order_by(AuditEvent.id.desc()).limit(limit)
    return tuple(map(_event, session.execute(wanted if before is None else wanted.where(AuditEvent.id < before))))


def all_events(store: Store, question: Question) -> Iterator[Event]:
    """Every one of those events, newest first, without holding the store open between one handful and the next."""
    before: int | None = None
    while True:
        with store.reading() as session:
            some = events(session, question, before, AT_A_TIME)
        yield from some
        if len(some) < AT_A_TIME:
            return
        before = some[-1].id


def organisations(session: Session) -> tuple[tuple[int, str], ...]:
    """The organisations that the trail mentions, by name."""
    mentioned = sa.select(AuditEvent.organisation_id).distinct()
    rows = session.execute(
        sa.select(Organisation.id, Organisation.name).where(Organisation.id.in_(mentioned)).order_by(Organisation.name)
    )
    return tuple((row.id, row.name) for row in rows)


def note_look(store: Store, question: Question, by: Actor, now: dt.datetime) -> None:
    """Write down that this person looks at those events; once an hour for one session and one question."""
    details = _as_details(question, by)
    recent = Question(noun=Tag.AUDIT_TRAIL_READ.partition(":")[0], person=by.email)
    with store.reading() as session:
        looks = events(session, recent)
    if not any(now - look.at < ONE_LOOK and look.details == details for look in looks):
        with store.writing() as session:
            audit.record(session, Tag.AUDIT_TRAIL_READ, by, "page", now, **details)


def note_export(store: Store, question: Question, by: Actor, now: dt.datetime) -> None:
    """Write down that this person takes those events away; each time."""
    with store.writing() as session:
        audit.record(session, Tag.AUDIT_TRAIL_READ, by, "export", now, **_as_details(question, by))


def _asked(question: Question) -> sa.Select[*tuple[Any, ...]]:
    event = AuditEvent
    query: sa.Select[*tuple[Any, ...]] = sa.select(
        event.id, event.at, event.tag, event.by, event.about, _sealed.label("sealed"), Organisation.name
    ).outerjoin(Organisation, Organisation.id == event.organisation_id)
    if question.noun:
        query = query.where(event.tag.in_([tag for tag in Tag if tag.partition(":")[0] == question.noun]))
    if question.person:
        query = query.where(event.by.icontains(question.person, autoescape=True))
    if question.organisation is not None:
        query = query.where(event.organisation_id == question.organisation)
    if question.about:
        query = query.where(event.about.icontains(question.about, autoescape=True))
    if question.first:
        query = query.where(event.at >= _midnight(question.first))
    if question.last:
        query = query.where(event.at < _midnight(question.last + dt.timedelta(days=1)))
    return query


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), LONDON).astimezone(dt.UTC)


def _event(row: Any) -> Event:
    plain = Event(row.id, row.at, row.tag, row.by, row.name, row.about)
    if row.sealed is None:
        return plain
    try:
        return replace(plain, details=dict(json.loads(unseal(row.sealed))))
    except BadSettingError:
        return replace(plain, sealed=True)


def _as_details(question: Question, by: Actor) -> dict[str, Any]:
    """What was asked for, and in which session, as plain JSON values."""
    asked = {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in asdict(question).items() if value not in ("", None)
    }  # fmt: skip
    return {"sitting": by.session, "asked": asked}
