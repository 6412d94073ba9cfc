"""Trials: an address that a keeper pasted is read once by the crawlers, and nothing but the result is kept.

A trial is a `crawl_request` of the kind `detect`; crawlers.trial says what its result holds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.accounts import audit
from clearinghouse.accounts.actor import Actor
from clearinghouse.accounts.models import User
from clearinghouse.accounts.tags import Tag
from clearinghouse.db import Store
from clearinghouse.errors import BadFormError
from clearinghouse.ingest.models import CrawledPage
from clearinghouse.ingest.web_address import address_problem, shown
from clearinghouse.vacancies.identity import same_page
from clearinghouse.vacancies.models import CrawlRequest, SourceRow

KIND = "detect"
FRESH = dt.timedelta(minutes=10)  # within which the same address isn't read a second time, unless asked again
KEPT = dt.timedelta(days=1)  # after which a result says nothing of the site as it is now
FOUND = "found"


@dataclass(frozen=True)
class Trial:
    """One trial. `result` is None while it waits; `added` is the source that was made of it."""

    number: int
    url: str
    asked_by: str | None
    asked_at: dt.datetime
    taken_at: dt.datetime | None
    done_at: dt.datetime | None
    result: Mapping[str, Any] | None
    added: str | None

    @property
    def state(self) -> str:
        """`waiting`, or the result's found, nothing, refused or failed."""
        return str(self.result["state"]) if self.done_at and self.result else "waiting"

    def stale(self, now: dt.datetime) -> bool:
        """True when the trial is too old to make a source of."""
        return now - self.asked_at > KEPT


def ask(store: Store, url: str, by: Actor, now: dt.datetime, *, demo: bool, again: bool = False) -> int:
    """Ask the crawlers to try `url`; the trial's number, to look for its result.

    A trial of the same address that still waits, or is younger than ten minutes, is taken instead of a new one;
    `again` wants a new one unless one waits. Raises BadFormError when `url` can't be read or is a source already.
    """
    url = url.strip()
    problem = address_problem(url, demo=demo)
    if problem:
        raise BadFormError({"url": problem})
    with store.reading() as session:
        slug = source_at(session, url)
    if slug:
        raise BadFormError({"url": f"{shown(url)} is read already: it belongs to the source {slug}"})
    with store.writing() as session:
        session.get(User, by.user, with_for_update=True)  # so that a person's two clicks come one after the other
        known = session.scalar(_same(url, now, again=again))
        if known is not None and _trial(known).added is None:  # what was made of it was removed since
            return known.id
        row = CrawlRequest(kind=KIND, about=url, asked_by=by.email, asked_at=now)
        session.add(row)
        session.flush()
        audit.record(session, Tag.SOURCE_TRIAL_ASKED, by, str(row.id), now, url=url)
        return row.id


def _same(url: str, now: dt.datetime, *, again: bool) -> sa.Select[CrawlRequest]:
    waits = CrawlRequest.done_at.is_(None)
    enough = waits if again else sa.or_(waits, CrawlRequest.asked_at > now - FRESH)
    return (
        sa.select(CrawlRequest)
        .where(CrawlRequest.kind == KIND, CrawlRequest.about == url, enough)
        .order_by(CrawlRequest.id.desc())
        .limit(1)
    )


def get(session: Session, number: int) -> Trial | None:
    """The trial of that number; None when there is none, or the request was for something else."""
    row = session.get(CrawlRequest, number)
    return _trial(row) if row is not None and row.kind == KIND else None


def latest(session: Session, limit: int = 10) -> list[Trial]:
    """The newest trials, newest first."""
    rows = sa.select(CrawlRequest).where(CrawlRequest.kind == KIND).order_by(CrawlRequest.id.desc()).limit(limit)
    return [_trial(row) for row in session.scalars(rows)]


def ahead(session: Session, trial: Trial) -> int:
    """How many addresses wait to be tried before this one; none once it was taken."""
    if trial.taken_at:
        return 0
    untaken = (CrawlRequest.kind == KIND, CrawlRequest.taken_at.is_(None), CrawlRequest.done_at.is_(None))
    earlier = sa.select(sa.func.count()).select_from(CrawlRequest).where(*untaken, CrawlRequest.id < trial.number)
    return session.scalar(earlier) or 0


def any_taken(session: Session, since: dt.datetime) -> bool:
    """True when the crawlers took up something that was asked of them since then."""
    return session.scalar(sa.select(CrawlRequest.id).where(CrawlRequest.taken_at >= since).limit(1)) is not None


def _trial(row: CrawlRequest) -> Trial:
    added = (row.result or {}).get("added")
    return Trial(row.id, row.about, row.asked_by, row.asked_at, row.taken_at, row.done_at, row.result, added)


def source_at(session: Session, url: str, *, besides: str = "") -> str | None:
    """The source that reads this page, or whose recruitment page it is; None when there is none that still runs.

    `besides` is a source that doesn't count.
    """
    wanted = same_page(url)
    others = (SourceRow.retired.is_(False), SourceRow.slug != besides)
    rows = session.scalars(sa.select(SourceRow).where(*others).order_by(SourceRow.slug))
    for row in rows:
        if wanted in {same_page(address) for address in _addresses(row)}:
            return row.slug
    site = wanted.partition("/")[0]
    listings = (
        sa.select(CrawledPage.source, CrawledPage.url)
        .join(SourceRow, SourceRow.slug == CrawledPage.source)
        .where(*others, CrawledPage.role == "listing")
        .where(CrawledPage.url.icontains(site, autoescape=True))
    )
    return next((row.source for row in session.execute(listings) if same_page(row.url) == wanted), None)


def _addresses(row: SourceRow) -> list[str]:
    home = row.override.get("homepage") or row.facts.get("homepage")
    moved = row.override.get("url")
    given = [home, moved] if moved else [home, row.facts.get("url"), *adapter_urls(row.adapter_fields or {})]
    return [address for address in given if address]


def adapter_urls(adapter: Mapping[str, Any]) -> list[str]:
    """The addresses that an adapter, told as data, starts from."""
    given = adapter.get("fields", {}).get("url") or []
    return [given] if isinstance(given, str) else list(given)
