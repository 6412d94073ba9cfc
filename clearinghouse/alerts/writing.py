"""A batch of looks written down: the messages and the bookmarks that they move, in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.alerts.composing import Letter
from clearinghouse.alerts.due import Waiting, live
from clearinghouse.alerts.messages import OF_ALERT
from clearinghouse.alerts.models import SavedSearch
from clearinghouse.alerts.times import next_look
from clearinghouse.db import Store
from clearinghouse.leases import confirm
from clearinghouse.mail.models import Mail, MailKind
from clearinghouse.mail.outbox import enqueue


@dataclass(frozen=True)
class Fence:
    """The lease that this process holds: its name, the holder and its number."""

    name: str
    holder: str
    number: int


@dataclass(frozen=True)
class Look:
    """What came of looking at a saved search. Without a `letter` there is nothing new."""

    search: Waiting
    letter: Letter | None = None


def write(store: Store, fence: Fence, looks: Sequence[Look], latest: int, now: dt.datetime) -> int:
    """Queue the messages and move the bookmarks to `latest`; how many messages were queued.

    A search that somebody changed or ended meanwhile is left as it is. Raises LeaseLostError, with nothing written.
    """
    with store.writing() as session:
        confirm(session, fence.name, fence.holder, fence.number)
        rows = _unchanged(session, looks)
        told = [look for look in looks if look.letter and look.search.number in rows]
        for look in told:
            _queue(session, look, rows[look.search.number], latest, now)
        for look in looks:
            if row := rows.get(look.search.number):
                row.before, row.bookmark = look.search.bookmark, max(look.search.bookmark, latest)
                row.due_at = next_look(row.often, now)
        return len(told)


def _unchanged(session: Session, looks: Sequence[Look]) -> Mapping[int, SavedSearch]:
    """The rows by number that are as they were when they were looked at."""
    seen = {look.search.number: look.search for look in looks}
    found = sa.select(SavedSearch).where(SavedSearch.id.in_(seen), live()).with_for_update()
    rows = session.scalars(found)
    return {row.id: row for row in rows if (row.bookmark, row.mail_id) == (seen[row.id].known, seen[row.id].mail)}


def _queue(session: Session, look: Look, row: SavedSearch, latest: int, now: dt.datetime) -> None:
    search, letter = look.search, look.letter
    assert letter is not None  # noqa: S101 - the caller chose those with one
    if search.mail is not None and search.bookmark != search.known:  # it never went out: nobody may send it any more
        session.execute(sa.update(Mail).where(Mail.id == search.mail).values(seen_at=now))
    key = f"{OF_ALERT}{search.public_id}:{search.bookmark}-{latest}:{search.mail or 0}"
    mail = enqueue(
        session, MailKind.ALERT, row.address, letter.subject, letter.text, now, key,
        html=letter.html, headers=letter.headers, channel=row.channel,
    )  # fmt: skip
    row.mail_id = mail.id if mail else row.mail_id
