"""A message is looked at once more before it goes out: what it tells of may have gone out of sight since.

It may have waited for days, while no mail server took anything. Such a message is given up, and its search is due at
once: the next turn writes another, of what is still there.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa

from clearinghouse.alerts.models import SavedSearch
from clearinghouse.db import Store
from clearinghouse.mail import sending
from clearinghouse.mail.letter import Outgoing
from clearinghouse.mail.models import Mail, MailKind
from clearinghouse.mail.sending import Sent, Transport, way_of
from clearinghouse.mail.server import Connection, MailNotTakenError
from clearinghouse.publish.following import latest_delete
from clearinghouse.publish.models import Change, Publication
from clearinghouse.settings import Settings

TOLD_OF = re.compile(r"/vacancies/([a-z0-9]{10})-")
WHY = "what it tells of is gone: another is written in its place"


def looked_at(store: Store, now: dt.datetime, transport: Transport) -> Transport:
    """The same way out, for messages that are still true."""

    @contextmanager
    def way(settings: Settings) -> Iterator[Connection]:
        with transport(settings) as connection:
            yield _Careful(store, now, connection)

    return way


@dataclass(frozen=True)
class _Careful:
    """A connection that doesn't send what is outdated."""

    store: Store
    now: dt.datetime
    connection: Connection

    def send(self, mail: Outgoing) -> None:
        """Hand one message over. Raises MailNotTakenError or MailServerError."""
        number = outdated(self.store, mail)
        if number is not None:
            give_up(self.store, number, self.now)
            raise MailNotTakenError(WHY, for_good=True)
        self.connection.send(mail)


def outdated(store: Store, mail: Outgoing) -> int | None:
    """The number of a message that tells of a vacancy which went out of sight since; None when it may go.

    One that was tried before may have reached its reader for all we know: another would tell the rest twice.
    """
    written = (
        sa.select(Mail.id, SavedSearch.bookmark)
        .join(SavedSearch, SavedSearch.mail_id == Mail.id)
        .where(Mail.message_id == mail.message_id, Mail.kind == MailKind.ALERT, Mail.tries <= 1)
    )
    with store.reading() as session:
        row = session.execute(written).one_or_none()
        if row is None or latest_delete(session) <= row.bookmark:
            return None
        gone = sa.select(Change.id).join(Publication, Publication.vacancy_id == Change.vacancy_id)
        gone = gone.where(Publication.public_id.in_(set(TOLD_OF.findall(mail.text))))
        gone = gone.where(Change.op == "delete", Change.public_seq > row.bookmark)
        return row.id if session.scalar(gone.limit(1)) is not None else None


def give_up(store: Store, number: int, now: dt.datetime) -> None:
    """Never send that message, ask nobody about it, and look at its search again at once."""
    with store.writing() as session:
        session.execute(sa.update(Mail).where(Mail.id == number).values(given_up_at=now, seen_at=now))
        session.execute(sa.update(SavedSearch).where(SavedSearch.mail_id == number).values(due_at=now))


def send_due(store: Store, settings: Settings, now: dt.datetime, transport: Transport | None = None) -> Sent:
    """Send what is due of the outbox, as mail.sending does, and nothing that is outdated."""
    way = transport or way_of(settings)
    return sending.send_due(store, settings, now, looked_at(store, now, way) if way else None)
