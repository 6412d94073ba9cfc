"""A saved search after it was asked for: confirmed, changed, stopped, renewed by whoever holds one of its links."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.accounts import audit
from clearinghouse.accounts.tags import Tag
from clearinghouse.alerts.asking import BY_VISITOR
from clearinghouse.alerts.models import Ended, Often, SavedSearch
from clearinghouse.alerts.queries import criteria_of
from clearinghouse.alerts.times import RENEWED_FOR, next_look
from clearinghouse.alerts.tokens import CONFIRM_LASTS
from clearinghouse.mail.models import Channel
from clearinghouse.mail.outbox import call_back
from clearinghouse.publish.following import latest_seq
from clearinghouse.search.criteria import Criteria

BY_US = "alerts"  # in the audit trail


class State(enum.StrEnum):
    """How a saved search stands: nobody has confirmed it yet, its news are sent, or it is over."""

    ASKED = "asked"
    ON = "on"
    ENDED = "ended"


@dataclass(frozen=True)
class Alert:
    """One saved search as its owner sees it. `due_at` is when it is looked at next, `renew_by` when it ends."""

    public_id: str
    criteria: Criteria
    often: Often
    channel: Channel
    address: str
    state: State
    ended_why: Ended | None
    due_at: dt.datetime | None
    renew_by: dt.datetime | None


def alert(session: Session, public_id: str) -> Alert | None:
    """That saved search; None for an unknown one, and once it is over and its search was deleted."""
    row = _row(session, public_id)
    return _alert(row) if row and row.address else None


def alerts_of(session: Session, public_id: str) -> tuple[Alert, ...]:
    """All searches of that one's address that aren't over, the oldest first; those that wait to be confirmed too."""
    whose = sa.select(SavedSearch.address_digest).where(SavedSearch.public_id == public_id).scalar_subquery()
    found = sa.select(SavedSearch).where(SavedSearch.address_digest == whose, SavedSearch.address_digest != "")
    rows = session.scalars(found.where(SavedSearch.ended_at.is_(None)).order_by(SavedSearch.id))
    return tuple(map(_alert, rows))


def confirm(session: Session, public_id: str, now: dt.datetime) -> bool:
    """Start sending its news; True when it is on by now, False when it is unknown, over, or was asked for too long ago.

    Only what is new from this moment on is news.
    """
    row = _row(session, public_id, for_update=True)
    if row is None or row.ended_at is not None:
        return False
    if row.confirmed_at is not None:
        return True
    if row.asked_at < now - CONFIRM_LASTS:
        return False
    row.confirmed_at, row.renew_by = now, now + RENEWED_FOR
    row.started = row.bookmark = row.before = latest_seq(session)
    row.due_at = next_look(row.often, now)
    audit.record(session, Tag.ALERT_SEARCH_CONFIRMED, BY_VISITOR, public_id, now)
    return True


def change_often(session: Session, public_id: str, often: Often, now: dt.datetime) -> bool:
    """Send its news that often from now on; False when it is unknown or over."""
    row = _row(session, public_id, for_update=True)
    if row is None or row.ended_at is not None:
        return False
    if row.often is not often:
        row.often = often
        row.due_at = next_look(often, now) if row.confirmed_at else None
        audit.record(session, Tag.ALERT_SEARCH_CHANGED, BY_VISITOR, public_id, now, often=often.value)
    return True


def stop(session: Session, public_id: str, why: Ended, now: dt.datetime) -> bool:
    """End it: nothing more is sent, not even what waits. True when it is over by now, False when there is none."""
    row = _row(session, public_id, for_update=True)
    if row is not None and row.ended_at is None:
        end(session, row, why, now, BY_VISITOR if why is Ended.STOPPED else BY_US)
    return row is not None


def end(session: Session, row: SavedSearch, why: Ended, now: dt.datetime, by: str) -> None:
    """End one that isn't over yet."""
    row.ended_at, row.ended_why, row.due_at, row.sameness = now, why, None, None
    if row.mail_id is not None:
        call_back(session, row.mail_id, now)
    audit.record(session, Tag.ALERT_SEARCH_ENDED, by, row.public_id, now, why=why.value)


def stop_all(session: Session, public_id: str, why: Ended, now: dt.datetime) -> int:
    """End all searches of that one's address; how many these were."""
    return sum(stop(session, each.public_id, why, now) for each in alerts_of(session, public_id))


def renew(session: Session, public_id: str, now: dt.datetime) -> bool:
    """Keep it for another year, or start it again: one that was stopped or ran out, while its search is still here.

    True when it is on by now. One that starts again has no news of the time between; it doesn't when the same search
    was asked for again meanwhile, for nobody is told twice.
    """
    row = _row(session, public_id, for_update=True)
    if row is None or row.confirmed_at is None or not row.address or row.ended_why is Ended.BOUNCED:
        return False
    if row.ended_at is not None:
        if any(other.criteria == criteria_of(row.query) for other in alerts_of(session, public_id)):
            return False
        row.ended_at = row.ended_why = None
        row.bookmark = row.before = latest_seq(session)
    row.renew_by, row.asked_again_at = now + RENEWED_FOR, None
    row.due_at = row.due_at or next_look(row.often, now)
    audit.record(session, Tag.ALERT_SEARCH_RENEWED, BY_VISITOR, public_id, now)
    return True


def _row(session: Session, public_id: str, *, for_update: bool = False) -> SavedSearch | None:
    found = sa.select(SavedSearch).where(SavedSearch.public_id == public_id)
    return session.scalars(found.with_for_update() if for_update else found).one_or_none()


def _alert(row: SavedSearch) -> Alert:
    state = State.ENDED if row.ended_at else State.ON if row.confirmed_at else State.ASKED
    return Alert(
        row.public_id, criteria_of(row.query), row.often, row.channel, row.address, state, row.ended_why,
        row.due_at, row.renew_by,
    )  # fmt: skip
