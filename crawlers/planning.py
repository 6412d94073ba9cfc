"""When each source is due: the `source` table is the only schedule there is."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection

import sqlalchemy as sa

from clearinghouse.db import Store
from clearinghouse.ingest.sources import effective
from clearinghouse.vacancies.models import SourceRow

LONGEST_BACK_OFF = 24.0  # hours
SPREAD = 0.1  # of the interval, by which sources of one rhythm drift apart


def due(store: Store, now: dt.datetime, limit: int, among: Collection[str]) -> list[str]:
    """The slugs of sources whose time has come, longest overdue first; never-crawled ones before all.

    Neither paused nor retired ones, nor any that isn't `among` those we can load.
    """
    rows = sa.select(SourceRow.slug).where(
        SourceRow.paused.is_(False),
        SourceRow.retired.is_(False),
        sa.or_(SourceRow.next_due.is_(None), SourceRow.next_due <= now),
    )
    order = (SourceRow.next_due.is_not(None), SourceRow.next_due, SourceRow.slug)
    with store.reading() as session:
        slugs = session.scalars(rows.order_by(*order)).all()
    return [slug for slug in slugs if slug in among][:limit]


def plan_next(store: Store, slug: str, now: dt.datetime) -> None:
    """Set when the source is due again, after a run that ended `now` (its failures in a row are counted already)."""
    with store.writing() as session:
        row = session.get_one(SourceRow, slug)
        row.next_due = next_due(slug, effective(row).every_hours, row.failures, now)


def next_due(slug: str, every_hours: float, failures: int, now: dt.datetime) -> dt.datetime:
    """The time of the next run: doubled for each failure in a row up to a day, and spread by the slug's hash."""
    doubled = every_hours * 2.0 ** min(failures, 30)
    hours = max(every_hours, min(doubled, LONGEST_BACK_OFF))
    share = int.from_bytes(hashlib.sha256(slug.encode()).digest()[:4], "big") / 2**32  # of 1, always the same
    return now + dt.timedelta(hours=hours * (1 - SPREAD / 2 + SPREAD * share))
