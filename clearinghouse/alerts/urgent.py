"""What closes soon, for those who want to hear of it at once: looked for whenever something new was published."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.alerts.due import Waiting, live, waiting
from clearinghouse.alerts.matching import Matcher
from clearinghouse.alerts.models import AlertMark, Often, SavedSearch
from clearinghouse.alerts.news import latest_by, news
from clearinghouse.alerts.writing import Fence
from clearinghouse.db import Store
from clearinghouse.leases import confirm
from clearinghouse.publish.following import latest_seq
from clearinghouse.vacancies.draft import LONDON

SOON = 3  # days
ONLY = 1  # the number of the only mark


def mark(session: Session) -> int | None:
    """The last step of the public sequence that was looked through for this; None before the first look."""
    return session.scalar(sa.select(AlertMark.public_seq).where(AlertMark.id == ONLY))


def anything(session: Session) -> bool:
    """True when something new was published since the last look, and somebody wants to hear of it at once."""
    if latest_seq(session) == (mark(session) or 0):
        return False
    wanted = sa.exists().where(live(), SavedSearch.often == Often.CLOSING_SOON)
    return bool(session.scalar(sa.select(wanted)))


def found(session: Session, now: dt.datetime) -> tuple[list[Waiting], int]:
    """The searches that find something new which closes soon, and the last step that was looked through."""
    seen = mark(session)
    fresh = news(session, latest_by(session, 0, now) if seen is None else seen, now, soon(now))
    if not fresh.docs:
        return [], fresh.latest
    matcher = Matcher(fresh)
    searches = waiting(session, SavedSearch.often == Often.CLOSING_SOON)
    return [
        each
        for each in sorted(searches, key=lambda each: each.query)
        if matcher.found(each.query, each.started, each.bookmark).keys
    ], fresh.latest


def soon(now: dt.datetime) -> dt.datetime:
    """The end of the third day after today in London."""
    day = now.astimezone(LONDON).date() + dt.timedelta(days=SOON + 1)
    return dt.datetime.combine(day, dt.time(), LONDON).astimezone(dt.UTC)


def move(store: Store, fence: Fence, public_seq: int) -> None:
    """Say that all up to that step was looked through. Raises LeaseLostError."""
    with store.writing() as session:
        confirm(session, fence.name, fence.holder, fence.number)
        session.merge(AlertMark(id=ONLY, public_seq=public_seq))
