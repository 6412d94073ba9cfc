"""Asking for an alert: what somebody typed becomes a row that waits, and a message that asks whether it was they."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.accounts import audit
from clearinghouse.accounts.models import AuditEvent
from clearinghouse.accounts.tags import Tag
from clearinghouse.alerts import addresses, messages
from clearinghouse.alerts.models import Often, SavedSearch
from clearinghouse.alerts.queries import criteria_of, kept, query_of
from clearinghouse.alerts.revealing import revealing, without_private
from clearinghouse.dialect import insert_missing
from clearinghouse.errors import BadFormError
from clearinghouse.ingest.values import public_id
from clearinghouse.mail.models import Channel
from clearinghouse.search.criteria import Criteria
from clearinghouse.settings import Settings

NOTICE = "2026-11"  # the version of the privacy words that the form shows
MOST = 20  # searches of one address
CONFIRMATIONS = 3  # messages to one address within an hour, one of them for each search
MOST_A_DAY = 10  # of them: anybody may type a stranger's address
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
BY_VISITOR = "a visitor"  # in the audit trail
NOTHING_LEFT = "Without this, the search finds every job. Tick the box, or search for something more"


@dataclass(frozen=True)
class Asked:
    """What somebody asks for: `query` is the search as the page carried it out.

    `keep_private` = they were told what it may tell about them, and want it all the same.
    """

    query: str
    address: str
    often: Often
    channel: Channel = Channel.EMAIL
    keep_private: bool = False


def ask(session: Session, settings: Settings, asked: Asked, now: dt.datetime) -> None:
    """Save a search and ask its address whether that was wanted: nothing is sent for it until somebody there says so.

    The same for known and unknown addresses. The same search of the same address again is the same row. Nothing
    happens, and nobody is told, beyond 20 searches of an address, beyond 3 such messages within an hour or 10 within
    a day, or when this search's was sent within the hour. Raises BadFormError for `email`, `mobile` or `private`.
    """
    address = addresses.tidied(asked.channel, asked.address, settings)
    criteria, reveals = _criteria(asked)
    query = query_of(criteria)
    whose, which = addresses.digest(settings, address), addresses.digest(settings, address, query)
    theirs = session.scalars(_live(whose).with_for_update()).all()
    known = next((row for row in theirs if row.query == query), None)
    if not _room(theirs, known, now) or _asked_today(session, theirs, now) >= MOST_A_DAY:
        return
    if known is None:
        row = _row(asked, now) | {"address": address, "address_digest": whose, "sameness": which}
        insert_missing(session, SavedSearch, [row | {"query": query, "reveals": reveals}])
        known = session.scalars(_live(whose).where(SavedSearch.sameness == which)).one()
    elif known.confirmed_at is None:
        known.often, known.reveals, known.notice = asked.often, reveals, NOTICE
    known.sameness = which  # one that was stopped and started again had lost it
    known.asked_at = now
    mail = messages.ask(session, settings, known, now)
    if known.confirmed_at is None:  # else what became of its last news would be forgotten
        known.mail_id = mail.id if mail else known.mail_id
    audit.record(session, Tag.ALERT_SEARCH_ASKED, BY_VISITOR, known.public_id, now)


def _criteria(asked: Asked) -> tuple[Criteria, bool]:
    """The search to keep, and whether it may tell something about its owner. Raises BadFormError for `private`."""
    criteria = kept(criteria_of(asked.query))
    if not revealing(criteria):
        return criteria, False
    if asked.keep_private:
        return criteria, True
    rest = kept(without_private(criteria))
    if not rest.to_query():
        raise BadFormError({"private": NOTHING_LEFT})
    return rest, False


def _live(whose: str) -> sa.Select[SavedSearch]:
    return sa.select(SavedSearch).where(SavedSearch.address_digest == whose, SavedSearch.ended_at.is_(None))


def _room(theirs: Sequence[SavedSearch], known: SavedSearch | None, now: dt.datetime) -> bool:
    """True when a message about this search may go to this address now."""
    if known is None and len(theirs) >= MOST:
        return False
    lately = [row for row in theirs if row.asked_at > now - HOUR]
    return known not in lately and len(lately) < CONFIRMATIONS


def _asked_today(session: Session, theirs: Sequence[SavedSearch], now: dt.datetime) -> int:
    """How many messages about these searches were asked for within a day; the trail knows it."""
    asked = sa.select(sa.func.count()).where(AuditEvent.tag == Tag.ALERT_SEARCH_ASKED, AuditEvent.at > now - DAY)
    return session.scalar(asked.where(AuditEvent.about.in_([row.public_id for row in theirs]))) or 0


def _row(asked: Asked, now: dt.datetime) -> dict[str, object]:
    return {
        "public_id": public_id(), "channel": asked.channel, "often": asked.often, "notice": NOTICE, "asked_at": now,
        "started": 0, "bookmark": 0, "before": 0,
    }  # fmt: skip
