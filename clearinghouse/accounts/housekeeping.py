"""What the night takes away of accounts. Each part returns what it did, in words; the audit trail stays whole."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from clearinghouse.accounts import lanes
from clearinghouse.accounts.models import AccountLink, LinkPurpose, SignedIn, User
from clearinghouse.db import Store

KEPT = dt.timedelta(days=30)  # after the end of a session or a link


def old_lanes(store: Store, now: dt.datetime) -> str:
    """Take away the counts of wrong tries where nobody tried for a day."""
    with store.writing() as session:
        return f"{lanes.forget(session, now)} counts of wrong sign-ins taken away"


def old_sessions(store: Store, now: dt.datetime) -> str:
    """Take away sessions that ended over 30 days ago."""
    over = sa.or_(SignedIn.ends < now - KEPT, SignedIn.ended_at < now - KEPT)
    with store.writing() as session:
        gone = session.execute(sa.delete(SignedIn).where(over).returning(SignedIn.id)).all()
    return f"{len(gone)} old sessions taken away"


def old_links(store: Store, now: dt.datetime) -> str:
    """Take away links that ended over 30 days ago, except invitations that nobody has answered."""
    answered = AccountLink.user_id.in_(sa.select(User.id).where(User.password.is_not(None)))
    of_no_use = sa.or_(AccountLink.purpose != LinkPurpose.INVITATION, answered)
    over = sa.and_(AccountLink.expires < now - KEPT, of_no_use)
    with store.writing() as session:
        gone = session.execute(sa.delete(AccountLink).where(over).returning(AccountLink.id)).all()
    return f"{len(gone)} old links taken away"
