"""Sessions: a browser that has signed in holds a random token in a cookie, the store only the token's hash."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.accounts.actor import Actor, Hat
from clearinghouse.accounts.models import Membership, SignedIn, User
from clearinghouse.db import Store

IDLE = dt.timedelta(hours=2)  # without a request
WHOLE = dt.timedelta(hours=12)  # from signing in, whatever happens: a working day
SEEN_EVERY = dt.timedelta(minutes=5)  # how exactly `seen` is kept, so that looking around hardly writes


def start(session: Session, user: int, agent: str, now: dt.datetime, *, strong: bool) -> str:
    """A new session of that user; the token for its cookie."""
    token = secrets.token_urlsafe(32)
    row = SignedIn(digest=digest(token), user_id=user, agent=agent[:200], strong=strong, started=now, seen=now)
    row.ends = now + WHOLE
    session.add(row)
    return token


def actor_of(store: Store, token: str, now: dt.datetime) -> Actor | None:
    """Who holds this token; None when it was never ours, has ended, was idle for too long, or its user is disabled."""
    with store.reading() as session:
        row = session.scalar(sa.select(SignedIn).where(SignedIn.digest == digest(token)))
        if row is None or not is_alive(row, now):
            return None
        user = session.get_one(User, row.user_id)
        hats = hats_of(session, [user.id])[user.id]
    if user.disabled_at is not None:
        return None
    if now - row.seen >= SEEN_EVERY:
        with store.writing() as session:
            session.execute(sa.update(SignedIn).where(SignedIn.id == row.id).values(seen=now))
    return Actor(user.id, user.name, user.email, hats, row.id, row.strong)


def is_alive(row: SignedIn, now: dt.datetime) -> bool:
    """True while the session may be used."""
    return row.ended_at is None and now < row.ends and now - row.seen < IDLE


def hats_of(session: Session, users: Collection[int]) -> dict[int, frozenset[Hat]]:
    """The roles of each of these users."""
    found: dict[int, set[Hat]] = {user: set() for user in users}
    for row in session.scalars(sa.select(Membership).where(Membership.user_id.in_(found))):
        found[row.user_id].add(Hat(row.role, row.organisation_id))
    return {user: frozenset(hats) for user, hats in found.items()}


def digest(token: str) -> str:
    """What the store keeps of a token: tokens are random and long, so a plain hash can't be reversed."""
    return hashlib.sha256(token.encode()).hexdigest()
