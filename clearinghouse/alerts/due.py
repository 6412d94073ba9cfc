"""The saved searches whose time has come, and how far each was told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.alerts.models import Often, SavedSearch
from clearinghouse.mail import outbox
from clearinghouse.mail.models import Channel, Mail
from clearinghouse.publish.following import latest_seq

CHUNK = 5000  # rows that are read at a time
FEW = 500  # steps of the public sequence that are no reason to search them apart


@dataclass(frozen=True)
class Waiting:
    """A saved search to look at.

    `bookmark` is the last step that its owner was told of; `known` is the row's, which is later where the last message
    (`mail`) never went out.
    """

    number: int
    public_id: str
    query: str
    often: Often
    channel: Channel
    started: int
    bookmark: int
    known: int
    mail: int | None


def live() -> sa.ColumnElement[bool]:
    """The condition on a saved search whose news are sent."""
    return sa.and_(SavedSearch.confirmed_at.is_not(None), SavedSearch.ended_at.is_(None))


def ready() -> sa.ColumnElement[bool]:
    """The condition on a live one whose last message doesn't wait any more."""
    unsent = sa.exists().where(Mail.id == SavedSearch.mail_id, outbox.waits()).correlate(SavedSearch)
    return sa.and_(live(), ~unsent)


def come(session: Session, now: dt.datetime, *, early: bool = False) -> sa.ColumnElement[bool]:
    """The condition on a saved search whose time has come; `early` = or for which there may be news by now."""
    due = SavedSearch.due_at <= now
    return sa.or_(due, SavedSearch.bookmark < latest_seq(session)) if early else due


def anything(session: Session, now: dt.datetime, *, early: bool = False) -> bool:
    """True when a saved search is to be looked at."""
    return bool(session.scalar(sa.select(sa.exists().where(come(session, now, early=early), ready()))))


def waiting(session: Session, chosen: sa.ColumnElement[bool]) -> list[Waiting]:
    """Those of the chosen ones that are ready."""
    lost = sa.and_(Mail.given_up_at.is_not(None), Mail.sent_at.is_(None), Mail.refused_at.is_(None))
    told = sa.case((lost, SavedSearch.before), else_=SavedSearch.bookmark)
    columns = (
        SavedSearch.id, SavedSearch.public_id, SavedSearch.query, SavedSearch.often, SavedSearch.channel,
        SavedSearch.started, told, SavedSearch.bookmark, SavedSearch.mail_id,
    )  # fmt: skip
    found: sa.Select[Any] = sa.select(*columns).outerjoin(Mail, Mail.id == SavedSearch.mail_id).where(ready(), chosen)
    rows = session.execute(found.execution_options(yield_per=CHUNK))
    return [Waiting(*row) for row in rows]


def groups(searches: Sequence[Waiting], latest: int) -> Iterator[list[Waiting]]:
    """The searches by how far behind they are: who waits for a week's news doesn't make the others search it too."""
    left = sorted(searches, key=lambda each: -each.bookmark)
    start = 0
    while start < len(left):
        reach = 2 * (latest - left[start].bookmark) + FEW
        end = next((n for n in range(start, len(left)) if latest - left[n].bookmark > reach), len(left))
        yield left[start:end]
        start = end
