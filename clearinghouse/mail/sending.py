"""Sending what is due: each mail taken, handed to the server and marked in transactions of its own.

A mail is taken by putting off its next try before anything is sent. Whoever is killed after the server took it, and
before it is marked, lets it go out once more, under the same Message-ID, by which mail programs know it.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from email.utils import formataddr
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa

from clearinghouse.db import Store
from clearinghouse.errors import BadSettingError
from clearinghouse.mail.letter import Outgoing
from clearinghouse.mail.models import Channel, Mail, MailKind
from clearinghouse.mail.notify import notify
from clearinghouse.mail.outbox import waits
from clearinghouse.mail.server import Connection, MailNotTakenError, MailServerError, connected, server_of
from clearinghouse.mail.texts import month
from clearinghouse.settings import Settings

AT_ONCE = 100  # mails of one connection: many servers close it after some hundreds
TURN = 20.0  # seconds that one turn takes: the next one comes every half minute
FIRST_WAIT = dt.timedelta(minutes=5)  # before the second try; doubled for each further one …
LONGEST_WAIT = dt.timedelta(hours=6)  # … up to this
PATIENCE = dt.timedelta(days=3)  # of tries, after which a mail is given up
TOO_LATE = "it could not be sent in time, and what it says is no longer of use"

Transport = Callable[[Settings], AbstractContextManager[Connection]]

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Sent:
    """What one turn did: mails sent, put off, given up; `trouble` says why the server took none."""

    sent: int = 0
    put_off: int = 0
    given_up: int = 0
    trouble: str | None = None


@dataclass(frozen=True)
class _Taken:
    """A mail that nobody else will send meanwhile. `last` = in vain once more, and it is given up."""

    kind: MailKind
    last: bool


def smtp(settings: Settings) -> AbstractContextManager[Connection]:
    """A connection to the mail server of the settings. Raises BadSettingError, and MailServerError once entered."""
    return connected(server_of(settings.smtp_url or ""), urlsplit(settings.public_url).hostname or "localhost")


def way_of(settings: Settings) -> Transport | None:
    """How messages go out by these settings; None when there is no way, and they wait."""
    if settings.smtp_url:
        return smtp
    return notify if settings.sends_mail or settings.sends_texts else None


def send_due(store: Store, settings: Settings, now: dt.datetime, transport: Transport | None = None) -> Sent:
    """Send what is due. Where there is no way out it all waits; while the server is down, for five minutes more."""
    transport = transport or way_of(settings)
    if transport is None:
        return Sent()
    done = Sent(given_up=_give_up_the_late(store, now))
    until = monotonic() + TURN
    while numbers := _due(store, settings, now):
        done = _batch(store, settings, transport, numbers, now, done, until)
        if done.trouble or len(numbers) < AT_ONCE or monotonic() >= until:
            break
    return done


def _batch(
    store: Store,
    settings: Settings,
    transport: Transport,
    numbers: list[int],
    now: dt.datetime,
    done: Sent,
    until: float,
) -> Sent:
    """Send these over one connection, as far as the time goes; the turn's account with them."""
    try:
        with transport(settings) as connection:
            for number in numbers:
                done = _one(store, settings, connection, number, now, done)
                if monotonic() >= until:
                    break
    except MailServerError as error:
        log.warning("mail waits: %s", error)
        _all_wait(store, now, str(error))
        return replace(done, trouble=str(error))
    return done


def wait(tries: int) -> dt.timedelta | None:
    """How long to wait after so many tries in vain; None when that were more than three days of them."""
    waited = last = dt.timedelta()
    for n in range(tries):
        last = min(FIRST_WAIT * 2**n, LONGEST_WAIT)
        waited += last
        if waited > PATIENCE:
            return None
    return last


def outgoing(settings: Settings, mail: Mail) -> Outgoing:
    """The message as a value that outlives the session. What goes to the public names us in its list of mails."""
    sender = formataddr((settings.site_name, settings.contact_email)) if mail.kind.of_alert else settings.contact_email
    return Outgoing(
        mail.to, mail.subject, mail.text, mail.message_id, mail.made_at, sender,
        mail.html, mail.headers or {}, mail.channel,
    )  # fmt: skip


def _due(store: Store, settings: Settings, now: dt.datetime) -> list[int]:
    """Messages whose turn it is; texts no more than the month has left."""
    with store.reading() as session:
        chosen = sa.select(Mail.id).where(waits(), Mail.due_at <= now).order_by(Mail.due_at, Mail.id)
        mails = chosen.where(Mail.channel == Channel.EMAIL).limit(AT_ONCE if settings.sends_mail else 0)
        numbers = list(session.scalars(mails))
        if settings.sends_texts:
            left = month(session, settings, now).left
            numbers += session.scalars(chosen.where(Mail.channel == Channel.TEXT).limit(min(left, AT_ONCE)))
        return numbers


def _one(store: Store, settings: Settings, connection: Connection, number: int, now: dt.datetime, done: Sent) -> Sent:
    """Send one mail, if nobody else did meanwhile; the turn's account with it. Raises MailServerError."""
    taken = _take(store, number, now)
    if taken is None:
        return done
    try:
        connection.send(_read(store, settings, number))
    except MailNotTakenError as error:
        over = error.for_good or taken.last
        log.info("mail %s: %s", number, "given up" if over else "tried in vain")
        _mark(store, number, error=str(error), **(_given_up(taken, now, refused=error.refused) if over else {}))
        return replace(done, given_up=done.given_up + 1) if over else replace(done, put_off=done.put_off + 1)
    except MailServerError as error:  # it may have taken the mail all the same: this counts as one of its tries
        _mark(store, number, error=str(error), **({"given_up_at": now} if taken.last else {}))
        raise
    _mark(store, number, sent_at=now, error=None)
    log.info("mail %s: sent", number)
    return replace(done, sent=done.sent + 1)


def _take(store: Store, number: int, now: dt.datetime) -> _Taken | None:
    """Put off the mail's next try, before this one is made; None when another process has it by now."""
    with store.writing() as session:
        found = session.execute(
            sa.select(Mail.tries, Mail.kind).where(Mail.id == number, waits(), Mail.due_at <= now).with_for_update()
        ).one_or_none()
        if found is None:
            return None
        longer = wait(found.tries + 1)
        values = {"tries": found.tries + 1, "due_at": now + (longer or LONGEST_WAIT)}
        session.execute(sa.update(Mail).where(Mail.id == number).values(values))
        return _Taken(found.kind, last=longer is None)


def _read(store: Store, settings: Settings, number: int) -> Outgoing:
    try:
        with store.reading() as session:
            return outgoing(settings, session.get_one(Mail, number))
    except BadSettingError as error:  # another DATA_KEY than it was written with: it may come back
        raise MailNotTakenError(str(error), for_good=False) from error


def _given_up(taken: _Taken, now: dt.datetime, *, refused: bool) -> dict[str, dt.datetime]:
    """What stands at a mail that never will be sent. Nobody is asked about a stranger's address that is wrong."""
    over = {"given_up_at": now}
    if refused:
        over["refused_at"] = now
        if taken.kind.of_alert:
            over["seen_at"] = now
    return over


def _mark(store: Store, number: int, **values: Any) -> None:
    with store.writing() as session:
        session.execute(sa.update(Mail).where(Mail.id == number).values(values))


def _all_wait(store: Store, now: dt.datetime, reason: str) -> None:
    with store.writing() as session:
        due = sa.update(Mail).where(waits(), Mail.due_at < now + FIRST_WAIT)
        session.execute(due.values(due_at=now + FIRST_WAIT, error=reason))


def _give_up_the_late(store: Store, now: dt.datetime) -> int:
    """Mails that say nothing of use any more: a link that expired, last week's list. Nobody is asked about them."""
    late = sa.or_(*(sa.and_(Mail.kind == kind, Mail.made_at < now - kind.life) for kind in MailKind))
    with store.reading() as session:
        numbers = list(session.scalars(sa.select(Mail.id).where(waits(), late)))
    if numbers:
        with store.writing() as session:
            over = sa.update(Mail).where(Mail.id.in_(numbers), waits())
            session.execute(over.values(given_up_at=now, seen_at=now, error=TOO_LATE))
    return len(numbers)
