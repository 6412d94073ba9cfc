"""Sessions: a browser holds a random token in a cookie, the store only the token's hash."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.accounts import audit
from clearinghouse.accounts.actor import Actor, Hat
from clearinghouse.accounts.models import Membership, SignedIn, User
from clearinghouse.accounts.roles import Role
from clearinghouse.accounts.successions import heirs
from clearinghouse.accounts.tags import Tag
from clearinghouse.accounts.trail import LONDON
from clearinghouse.db import Store

IDLE = dt.timedelta(hours=2)  # without a request
WHOLE = dt.timedelta(hours=12)  # from signing in, whatever happens: a working day
SEEN_EVERY = dt.timedelta(minutes=5)  # how exactly `seen` is kept, so that looking around hardly writes
REMEMBERED = dt.timedelta(days=1)  # how long what was typed in an ended session can still be saved


@dataclass(frozen=True)
class OpenSession:
    """A browser that somebody is signed in with. `agent` is what it calls itself."""

    number: int
    agent: str
    started: dt.datetime
    seen: dt.datetime
    strong: bool


def start(session: Session, user: int, agent: str, now: dt.datetime, *, strong: bool) -> str:
    """A new session of that user; the token for its cookie."""
    token = secrets.token_urlsafe(32)
    row = SignedIn(digest=digest(token), user_id=user, agent=_plain(agent), strong=strong, started=now, seen=now)
    row.ends = now + WHOLE
    owner = session.get_one(User, user)
    owner.signed_in_at = now
    session.add(row)
    by = Actor(owner.id, owner.name, owner.email)
    audit.record(session, Tag.ACCOUNT_SESSION_STARTED, by, owner.email, now, browser=row.agent, code=strong)
    return token


def actor_of(store: Store, token: str, now: dt.datetime) -> Actor | None:
    """Who holds this token; None when it was never ours, has ended, was idle for too long, or its user is disabled."""
    with store.reading() as session:
        row = session.scalar(sa.select(SignedIn).where(SignedIn.digest == digest(token)))
        if row is None or not is_alive(row, now):
            return None
        user = session.get_one(User, row.user_id)
        hats = hats_of(session, [user.id])[user.id]
        before = _forebears(session, hats, now)
    if user.disabled_at is not None:
        return None
    if now - row.seen >= SEEN_EVERY:
        with store.writing() as session:
            session.execute(sa.update(SignedIn).where(SignedIn.id == row.id).values(seen=now))
    return Actor(user.id, user.name, user.email, hats, row.id, row.strong, before)


def is_alive(row: SignedIn, now: dt.datetime) -> bool:
    """True while the session may be used."""
    return row.ended_at is None and now < row.ends and now - row.seen < IDLE


def end(session: Session, number: int, by: Actor | str, now: dt.datetime) -> None:
    """End one session; nothing happens when it has ended. Whose it is must have been decided before."""
    _end(session, SignedIn.id == number, by, now)


def end_all(session: Session, user: int, by: Actor | str, now: dt.datetime, but: int | None = None) -> None:
    """End all sessions of a user, except the one numbered `but`."""
    _end(session, sa.and_(SignedIn.user_id == user, SignedIn.id != (but or 0)), by, now)


def strengthen(session: Session, number: int) -> None:
    """Let a session count as one that a code was used for: its person has just shown one."""
    session.execute(sa.update(SignedIn).where(SignedIn.id == number).values(strong=True))


def sessions_of(session: Session, user: int, now: dt.datetime) -> list[OpenSession]:
    """The sessions of a user that may be used, the last used first."""
    rows = session.scalars(sa.select(SignedIn).where(SignedIn.user_id == user, SignedIn.ended_at.is_(None)))
    alive = [OpenSession(row.id, row.agent, row.started, row.seen, row.strong) for row in rows if is_alive(row, now)]
    return sorted(alive, key=lambda row: (row.seen, row.number), reverse=True)


def user_of_ended(store: Store, token: str, now: dt.datetime) -> int | None:
    """Whose session this token was, when it ended less than a day ago and its user isn't disabled; else None."""
    with store.reading() as session:
        row = session.scalar(
            sa.select(SignedIn)
            .join(User, User.id == SignedIn.user_id)
            .where(SignedIn.digest == digest(token), User.disabled_at.is_(None))
        )
    if row is None or is_alive(row, now):
        return None
    ended = row.ended_at or min(row.ends, row.seen + IDLE)
    return row.user_id if now - ended < REMEMBERED else None


def hats_of(session: Session, users: Collection[int]) -> dict[int, frozenset[Hat]]:
    """The roles of each of these users."""
    found: dict[int, set[Hat]] = {user: set() for user in users}
    for row in session.scalars(sa.select(Membership).where(Membership.user_id.in_(found))):
        found[row.user_id].add(Hat(row.role, row.organisation_id))
    return {user: frozenset(hats) for user, hats in found.items()}


def _forebears(session: Session, hats: Iterable[Hat], now: dt.datetime) -> frozenset[int]:
    employers = [hat.organisation for hat in hats if hat.organisation and hat.role is Role.EMPLOYER]
    if not employers:
        return frozenset()
    known, today = heirs(session), now.astimezone(LONDON).date()
    return frozenset().union(*(known.forebears(employer, today) for employer in employers))


def digest(token: str) -> str:
    """What the store keeps of a token: tokens are random and long, so a plain hash can't be reversed."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _end(session: Session, which: sa.ColumnElement[bool], by: Actor | str, now: dt.datetime) -> None:
    ended = session.execute(
        sa.update(SignedIn)
        .where(which, SignedIn.ended_at.is_(None), SignedIn.ends > now)
        .values(ended_at=now)
        .returning(SignedIn.user_id, SignedIn.agent),
        execution_options={"synchronize_session": False},
    ).all()
    emails = sa.select(User.id, User.email).where(User.id.in_({row.user_id for row in ended}))
    names = {row.id: row.email for row in session.execute(emails)} if ended else {}
    for row in ended:
        audit.record(session, Tag.ACCOUNT_SESSION_ENDED, by, names[row.user_id], now, browser=row.agent)


def _plain(agent: str) -> str:
    """What a browser calls itself, fit to be kept and shown."""
    return "".join(letter for letter in agent[:200] if letter.isprintable())
