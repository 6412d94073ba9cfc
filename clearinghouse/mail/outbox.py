"""The outbox: asking for a mail, in the transaction that makes it due; what waits in it; another try by a person."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.db import Store
from clearinghouse.errors import BadSettingError
from clearinghouse.mail.models import Channel, Mail, MailKind
from clearinghouse.sealing import unseal

KEPT = dt.timedelta(days=90)
AT_ONCE = 500  # rows of one transaction


@dataclass(frozen=True)
class State:
    """What is in the outbox: `waiting` since `oldest`, `failed` of them tried in vain, the last `error` of these.

    `given_up` counts those that never went out, or came back, and that nobody has looked at since `given_up_since`.
    """

    waiting: int = 0
    oldest: dt.datetime | None = None
    failed: int = 0
    error: str | None = None
    given_up: int = 0
    given_up_since: dt.datetime | None = None
    last_sent: dt.datetime | None = None


@dataclass(frozen=True)
class Failed:
    """A mail that was tried in vain. `next_try` is None when it was given up.

    `to` is None when our key doesn't open it, and for whoever saved a search: that is nobody's business.
    """

    number: int
    kind: MailKind
    to: str | None
    made_at: dt.datetime
    tries: int
    error: str | None
    next_try: dt.datetime | None


def enqueue(  # noqa: PLR0913 - the columns of one row, most of them optional
    session: Session,
    kind: MailKind,
    to: str,
    subject: str,
    text: str,
    now: dt.datetime,
    key: str | None = None,
    *,
    html: str | None = None,
    headers: dict[str, str] | None = None,
    channel: Channel = Channel.EMAIL,
) -> Mail | None:
    """Put one message into the outbox; its row, flushed. A `key` that was used before queues nothing: None.

    `html` says the same as `text`. `headers` are further ones by name, such as List-Unsubscribe: none that we set
    ourselves. A text message has neither; its subject is for our own eyes.
    """
    if key is not None and session.scalar(sa.select(Mail.id).where(Mail.key == key)) is not None:
        return None
    mail = Mail(kind=kind, channel=channel, key=key, to=to, subject=subject, text=text, html=html, headers=headers)
    mail.message_id = f"<{uuid.uuid4().hex}@clearinghouse>"
    mail.made_at = mail.due_at = now
    session.add(mail)
    session.flush()
    return mail


def waits() -> sa.ColumnElement[bool]:
    """The condition on a mail that is still to be sent."""
    return sa.and_(Mail.sent_at.is_(None), Mail.given_up_at.is_(None))


def _given_up() -> sa.ColumnElement[bool]:
    never_went = sa.and_(Mail.given_up_at.is_not(None), Mail.sent_at.is_(None))
    return sa.and_(sa.or_(never_went, Mail.refused_at.is_not(None)), Mail.seen_at.is_(None))


def state(session: Session, channels: Collection[Channel] = tuple(Channel)) -> State:
    """What is in the outbox. Of what waits, that of these channels alone counts."""
    waiting_now = sa.and_(waits(), Mail.channel.in_(channels))
    waiting, oldest, failed = session.execute(
        sa.select(
            sa.func.count(), sa.func.min(Mail.made_at), sa.func.count(sa.case((Mail.error.is_not(None), 1)))
        ).where(waiting_now)
    ).one()
    error = sa.select(Mail.error).where(waiting_now, Mail.error.is_not(None)).order_by(Mail.due_at.desc()).limit(1)
    given_up, since = session.execute(
        sa.select(sa.func.count(), sa.func.min(sa.func.coalesce(Mail.given_up_at, Mail.refused_at))).where(_given_up())
    ).one()
    last_sent = session.scalar(sa.select(sa.func.max(Mail.sent_at)))
    return State(waiting, oldest, failed, session.scalar(error), given_up, since, last_sent)


def failed(session: Session, limit: int = 50) -> tuple[Failed, ...]:
    """The mails that were tried in vain, the given-up ones first."""
    over = sa.or_(Mail.given_up_at.is_not(None), Mail.refused_at.is_not(None)).label("over")
    columns = (Mail.id, Mail.kind, Mail.made_at, Mail.tries, Mail.error, Mail.due_at, over)
    sealed = sa.type_coerce(Mail.to, sa.Text).label("sealed")
    chosen = sa.select(*columns, sealed).where(sa.or_(_given_up(), sa.and_(waits(), Mail.error.is_not(None))))
    rows = session.execute(chosen.order_by(over.desc(), Mail.id.desc()).limit(limit))
    return tuple(
        Failed(
            row.id, row.kind, None if row.kind.of_alert else _opened(row.sealed), row.made_at, row.tries, row.error,
            None if row.over else row.due_at,
        )
        for row in rows
    )  # fmt: skip


def _opened(sealed: str) -> str | None:
    try:
        return unseal(sealed)
    except BadSettingError:
        return None


def try_again(session: Session, number: int, now: dt.datetime) -> bool:
    """Send a failed mail at the next turn, with all its tries before it; False when there is no such mail."""
    mail = sa.update(Mail).where(Mail.id == number, sa.or_(_given_up(), sa.and_(waits(), Mail.error.is_not(None))))
    return _changed(session, mail.values(given_up_at=None, refused_at=None, sent_at=None, due_at=now, tries=0)) > 0


def leave(session: Session, number: int, now: dt.datetime) -> bool:
    """Say that a given-up mail needn't be sent, so that nobody is asked about it again; False when there is none."""
    return _changed(session, sa.update(Mail).where(Mail.id == number, _given_up()).values(seen_at=now)) > 0


def call_back(session: Session, number: int, now: dt.datetime) -> bool:
    """Never send a mail that nobody wants any more; False when it went out, or was given up, before."""
    mail = sa.update(Mail).where(Mail.id == number, waits())
    return _changed(session, mail.values(given_up_at=now, seen_at=now, error="nobody wants it any more")) > 0


def old_mails(store: Store, now: dt.datetime) -> str:
    """Take away mails of over 90 days ago that were sent or given up: they hold people's addresses."""
    return f"{take_away(store, over_since(now - KEPT))} old mails taken away"


def over_since(before: dt.datetime) -> sa.ColumnElement[bool]:
    """The condition on a mail that was sent or given up before that moment."""
    return sa.or_(Mail.sent_at < before, Mail.given_up_at < before)


def take_away(store: Store, which: sa.ColumnElement[bool]) -> int:
    """Delete these mails, some at a time; how many."""
    some = sa.select(Mail.id).where(which).limit(AT_ONCE)
    count = 0
    while True:
        with store.writing() as session:
            gone = _changed(session, sa.delete(Mail).where(Mail.id.in_(some)))
        count += gone
        if gone < AT_ONCE:
            return count


def _changed(session: Session, statement: sa.Update | sa.Delete) -> int:
    result: Any = session.execute(statement.execution_options(synchronize_session=False))
    return int(result.rowcount)
