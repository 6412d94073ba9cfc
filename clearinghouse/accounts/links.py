"""Links that we mail: whoever reads one may choose a password, once. Reading it changes nothing (design rule 14)."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.accounts import audit, passwords, sessions
from clearinghouse.accounts.actor import Actor
from clearinghouse.accounts.models import AccountLink, LinkPurpose, User
from clearinghouse.accounts.password_policy import problem
from clearinghouse.accounts.people import by_email, keep_password, person
from clearinghouse.accounts.tags import Tag
from clearinghouse.db import Store
from clearinghouse.errors import BadFormError
from clearinghouse.mail.models import MailKind
from clearinghouse.mail.outbox import enqueue

LASTS = {LinkPurpose.INVITATION: dt.timedelta(days=7), LinkPurpose.RESET: dt.timedelta(hours=1)}
IN_WORDS = {LinkPurpose.INVITATION: "7 days", LinkPurpose.RESET: "1 hour"}
KINDS = {LinkPurpose.INVITATION: MailKind.INVITATION, LinkPurpose.RESET: MailKind.RESET}
SUBJECTS = {
    LinkPurpose.INVITATION: "Your account at the public sector jobs clearing house",
    LinkPurpose.RESET: "A new password for the public sector jobs clearing house",
}
REASONS = {
    LinkPurpose.INVITATION: "An account was made for you at the public sector jobs clearing house.",
    LinkPurpose.RESET: "Somebody asked for a new password for your account at the public sector jobs clearing house.",
}
RESETS = 3  # that a person may ask for without signing in, within an hour
HOUR = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Link:
    """A link that works at this moment: what for, and whose."""

    purpose: LinkPurpose
    user: int
    email: str
    name: str
    expires: dt.datetime


def send_link(
    session: Session, user_id: int, purpose: LinkPurpose, by: Actor | str, now: dt.datetime, public_url: str
) -> str:
    """Mail a person a new link, and return it; older ones of the same purpose die.

    Raises BadFormError for `user` when the account is disabled.
    """
    user = session.get_one(User, user_id)
    if user.disabled_at is not None:
        raise BadFormError({"user": "This account is disabled: enable it first"})
    session.execute(
        sa.update(AccountLink)
        .where(AccountLink.user_id == user_id, AccountLink.purpose == purpose, AccountLink.expires > now)
        .values(expires=now)
    )
    token = secrets.token_urlsafe(32)
    link = AccountLink(digest=sessions.digest(token), purpose=purpose, user_id=user_id, made_at=now)
    link.expires = now + LASTS[purpose]
    session.add(link)
    url = f"{public_url}/link/{token}"
    enqueue(session, KINDS[purpose], user.email, SUBJECTS[purpose], _text(purpose, user.name, url), now)
    audit.record(session, Tag.ACCOUNT_LINK_SENT, by, user.email, now, purpose=purpose.value)
    return url


def ask_for_reset(session: Session, email: str, now: dt.datetime, public_url: str) -> None:
    """What somebody who forgot the password gets: a link by mail, when there is such an account.

    At most 3 an hour an account: the newest of them still works then. An account whose invitation wasn't answered gets
    one too, and keeps its invitation; a disabled one gets nothing. What is to be told is always the same.
    """
    found = by_email(session, email)
    if found is None or found.state == "disabled":
        return
    asked = sa.select(sa.func.count()).where(
        AccountLink.user_id == found.id, AccountLink.purpose == LinkPurpose.RESET, AccountLink.made_at > now - HOUR
    )
    if (session.scalar(asked) or 0) < RESETS:
        send_link(session, found.id, LinkPurpose.RESET, "nobody signed in", now, public_url)


def read_link(session: Session, token: str, now: dt.datetime) -> Link | None:
    """What a link is for; None when it is unknown, used, too old or replaced. Nothing changes."""
    row = session.execute(
        sa.select(AccountLink, User.email, User.name)
        .join(User, User.id == AccountLink.user_id)
        .where(
            AccountLink.digest == sessions.digest(token), AccountLink.used_at.is_(None), AccountLink.expires > now,
            User.disabled_at.is_(None),
        )
    ).one_or_none()  # fmt: skip
    return row and Link(row[0].purpose, row[0].user_id, row.email, row.name, row[0].expires)


def use_link(store: Store, token: str, password: str, now: dt.datetime) -> int | None:
    """Choose the password that a link lets its reader choose: the person's number, or None when it works no more.

    Every session of the person ends. Raises BadFormError for `password`, and passwords.BusyError: the link stays good.
    """
    with store.reading() as session:
        link = read_link(session, token, now)
    if link is None:
        return None
    if sentence := problem(password, link.email, link.name):
        raise BadFormError({"password": sentence})
    stored = passwords.hashed(password)
    with store.writing() as session:
        if not _take(session, token, now):
            return None
        owner = person(session, link.user)
        assert owner is not None  # noqa: S101 - accounts are never deleted
        audit.record(session, Tag.ACCOUNT_LINK_USED, owner.actor, link.email, now, purpose=link.purpose.value)
        keep_password(session, link.user, stored, owner.actor, now)
        sessions.end_all(session, link.user, owner.actor, now)
    return link.user


def _take(session: Session, token: str, now: dt.datetime) -> bool:
    """Mark the link as used: True for one caller only, whoever comes at the same time."""
    taken = session.execute(
        sa.update(AccountLink)
        .where(AccountLink.digest == sessions.digest(token), AccountLink.used_at.is_(None), AccountLink.expires > now)
        .values(used_at=now)
        .returning(AccountLink.id)
    )
    return taken.one_or_none() is not None


def _text(purpose: LinkPurpose, name: str, url: str) -> str:
    return (
        f"Hello {name},\n\n{REASONS[purpose]}\n\nOpen this page to choose your password:\n\n{url}\n\n"
        f"It works once, for {IN_WORDS[purpose]}. If you have several of these mails, use the newest.\n\n"
        "If you did not expect this, you need do nothing. Please don't pass the mail on.\n"
    )
