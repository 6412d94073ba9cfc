"""The end of a saved search: its address takes no mail, or a year passed and nobody said that it is still wanted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.alerts import messages
from clearinghouse.alerts.due import live
from clearinghouse.alerts.messages import OF_ALERT
from clearinghouse.alerts.models import Ended, SavedSearch
from clearinghouse.alerts.saved import BY_US, end
from clearinghouse.alerts.times import ASKED_BEFORE
from clearinghouse.alerts.writing import Fence
from clearinghouse.db import Store
from clearinghouse.leases import confirm
from clearinghouse.mail.models import Mail, MailKind
from clearinghouse.settings import Settings

BATCH = 100


def anything(session: Session, now: dt.datetime) -> bool:
    """True when a search is to be ended, or its owner to be asked."""
    wanted = sa.or_(sa.exists().where(_bounced()), sa.exists().where(_over(now)), sa.exists().where(_running_out(now)))
    return bool(session.scalar(sa.select(wanted)))


def end_bounced(store: Store, fence: Fence, now: dt.datetime) -> int:
    """End the searches whose address takes no mail; how many."""
    return _each(store, fence, _bounced(), lambda session, row: end(session, row, Ended.BOUNCED, now, BY_US))


def end_old(store: Store, fence: Fence, now: dt.datetime) -> int:
    """End the searches that nobody renewed; how many."""
    return _each(store, fence, _over(now), lambda session, row: end(session, row, Ended.NOT_RENEWED, now, BY_US))


def ask_again(store: Store, fence: Fence, settings: Settings, now: dt.datetime) -> int:
    """Ask, once, whether the searches that run out within 28 days are still wanted; how many."""

    def asked(session: Session, row: SavedSearch) -> None:
        messages.ask_again(session, settings, row, now)
        row.asked_again_at = now

    return _each(store, fence, _running_out(now), asked)


def _bounced() -> sa.ColumnElement[bool]:
    """Those whose last message came back, or an earlier one did: servers may take days to say so."""
    came_back = Mail.refused_at.is_not(None)
    last = sa.select(Mail.id).where(came_back)
    keyed = Mail.kind.in_((MailKind.ALERT, MailKind.ALERT_RENEW))
    earlier = sa.select(sa.func.substr(Mail.key, len(OF_ALERT) + 1, 10)).where(came_back, keyed)
    return sa.and_(
        SavedSearch.ended_at.is_(None), sa.or_(SavedSearch.mail_id.in_(last), SavedSearch.public_id.in_(earlier))
    )


def _over(now: dt.datetime) -> sa.ColumnElement[bool]:
    return sa.and_(live(), SavedSearch.renew_by <= now)


def _running_out(now: dt.datetime) -> sa.ColumnElement[bool]:
    return sa.and_(live(), SavedSearch.renew_by <= now + ASKED_BEFORE, SavedSearch.asked_again_at.is_(None))


def _each(store: Store, fence: Fence, which: sa.ColumnElement[bool], do: Callable[[Session, SavedSearch], None]) -> int:
    """Do it to each of these searches, some at a time; it must take them out of `which`."""
    count = 0
    while True:
        with store.writing() as session:
            confirm(session, fence.name, fence.holder, fence.number)
            rows: Sequence[SavedSearch] = session.scalars(
                sa.select(SavedSearch).where(which).order_by(SavedSearch.id).limit(BATCH).with_for_update()
            ).all()
            for row in rows:
                do(session, row)
        count += len(rows)
        if len(rows) < BATCH:
            return count
