"""Pages as they last answered: our own validators, and what a 304 stands for (design §4.6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.db import Store
from clearinghouse.dialect import upsert
from clearinghouse.ingest.models import CrawledPage

BATCH = 500  # rows of one write transaction
KEPT = dt.timedelta(days=30)  # every page is fetched in full at least weekly: one older than this is asked for no more


@dataclass(frozen=True)
class KnownPage:
    """A page's validators as its server gave them, and the postings and follows last read from it, as JSON."""

    url: str
    etag: str | None
    last_modified: str | None
    fetched_full_at: dt.datetime
    role: str
    parsed: dict[str, Any]


def known_pages(store: Store, slug: str, fingerprint: str) -> dict[str, KnownPage]:
    """The pages of the source by URL, as the adapter of that fingerprint read them: none after any change of it."""
    statement = sa.select(CrawledPage).where(CrawledPage.source == slug, CrawledPage.fingerprint == fingerprint)
    with store.reading() as session:
        return {
            row.url: KnownPage(row.url, row.etag, row.last_modified, row.fetched_full_at, row.role, row.parsed)
            for row in session.scalars(statement)
        }


def keep_pages(store: Store, slug: str, fingerprint: str, pages: Sequence[KnownPage]) -> None:
    """Keep pages that answered well and complete in a run that was not refused; forget those long not asked for.

    Pages that are left out stay as they are.
    """
    rows = [asdict(page) | {"source": slug, "fingerprint": fingerprint} for page in pages]
    for start in range(0, len(rows), BATCH):
        with store.writing() as session:
            upsert(session, CrawledPage, rows[start : start + BATCH])
    if pages:
        oldest = max(page.fetched_full_at for page in pages) - KEPT
        with store.writing() as session:
            session.execute(_of(slug).where(CrawledPage.fetched_full_at < oldest))


def forget_pages(store: Store, slug: str) -> None:
    """Ask for every page of the source in full the next time."""
    with store.writing() as session:
        drop_pages(session, slug)


def drop_pages(session: Session, slug: str) -> None:
    """Forget the source's pages, within a transaction that is under way."""
    session.execute(_of(slug))


def _of(slug: str) -> sa.Delete:
    return sa.delete(CrawledPage).where(CrawledPage.source == slug)
