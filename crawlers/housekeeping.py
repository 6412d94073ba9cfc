"""What the night is for: taking old rows away, joining duplicates, measuring how well sources are read.

Each part returns what it did, in words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from clearinghouse.accounts.housekeeping import old_lanes, old_links, old_sessions
from clearinghouse.alerts.housekeeping import old_searches
from clearinghouse.db import Store
from clearinghouse.ingest.joining import join_all
from clearinghouse.ingest.models import CrawlRun
from clearinghouse.ingest.quality_night import quality_night
from clearinghouse.mail.outbox import old_mails
from clearinghouse.vacancies.models import CrawlRequest
from clearinghouse.vacancies.reports import old_words

REQUESTS = dt.timedelta(days=30)
RUNS = dt.timedelta(days=400)


def old_requests(store: Store, now: dt.datetime) -> str:
    """Take away what people asked of the crawlers and got over 30 days ago."""
    count = _delete(store, sa.delete(CrawlRequest).where(CrawlRequest.done_at < now - REQUESTS))
    return f"{count} answered requests to crawl taken away"


def old_runs(store: Store, now: dt.datetime) -> str:
    """Take away runs of over 400 days ago, except the newest of each source."""
    newest = sa.select(sa.func.max(CrawlRun.id)).group_by(CrawlRun.source)
    count = _delete(store, sa.delete(CrawlRun).where(CrawlRun.started < now - RUNS, CrawlRun.id.not_in(newest)))
    return f"{count} old runs taken away"


def _delete(store: Store, statement: sa.Delete) -> int:
    with store.writing() as session:
        result: Any = session.execute(statement)
        return int(result.rowcount)


NIGHTLY: tuple[Callable[[Store, dt.datetime], str], ...] = (
    old_requests, old_runs, old_lanes, old_sessions, old_links, old_mails, old_searches, old_words,
    join_all, quality_night,
)  # fmt: skip
