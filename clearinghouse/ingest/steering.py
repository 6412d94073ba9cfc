"""What people do to a source: each act, and its line of the audit trail, in one transaction.

Each takes who does it (`by`: a person, or the name of what acted) and `now`, may be sent twice with one result, and
raises BadSourceError for a source that the store doesn't have.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.accounts import audit
from clearinghouse.accounts.actor import Actor
from clearinghouse.accounts.models import AuditEvent
from clearinghouse.accounts.tags import Tag
from clearinghouse.db import Store
from clearinghouse.errors import BadFormError
from clearinghouse.ingest.models import CrawlRun, Doubt, RunStatus, SourceCheck
from clearinghouse.ingest.runs import newest_ended
from clearinghouse.ingest.sources import effective, hold, lay_over
from clearinghouse.ingest.turned import lead_anew
from clearinghouse.ingest.typed import compared_of
from clearinghouse.vacancies.draft import LONDON
from clearinghouse.vacancies.models import CrawlRequest, SourceRow

By = Actor | str

TWICE = dt.timedelta(minutes=10)  # within which the same word of the same person is the same form, sent twice
COUNTS = frozenset({Doubt.OVER_MAXIMUM, Doubt.UNDER_HALF, Doubt.UNDER_MINIMUM})  # doubts about the count alone


def pause(store: Store, slug: str, by: By, now: dt.datetime) -> None:
    """Read the source no more until somebody resumes it; what it brought stays, said to be not confirmed."""
    _switch(store, slug, by, now, paused=True)


def resume(store: Store, slug: str, by: By, now: dt.datetime) -> None:
    """Read the source again by its interval: at once, when that time has passed."""
    _switch(store, slug, by, now, paused=False)


def _switch(store: Store, slug: str, by: By, now: dt.datetime, *, paused: bool) -> None:
    with store.writing() as session:
        row = hold(session, slug)
        if row.paused is not paused:
            row.paused = paused
            note(session, Tag.SOURCE_PAUSE_ON if paused else Tag.SOURCE_PAUSE_OFF, row, by, now)


def ask_crawl(store: Store, slug: str, by: By, now: dt.datetime) -> bool:
    """Ask the crawlers to read the source now, paused or not; False when that was asked and isn't done yet.

    Raises BadFormError for a source that no file names any more.
    """
    with store.writing() as session:
        return ask_crawl_of(session, hold(session, slug), by, now)


def ask_crawl_of(session: Session, row: SourceRow, by: By, now: dt.datetime) -> bool:
    """What `ask_crawl` does, within a transaction that is under way and holds the source."""
    if row.retired:
        raise BadFormError({"crawl": f"{row.slug} was removed, so it can't be read"})
    if crawl_asked(session, row.slug) is not None:
        return False
    session.add(CrawlRequest(kind="crawl", about=row.slug, asked_by=name_of(by), asked_at=now))
    note(session, Tag.SOURCE_CRAWL_ASKED, row, by, now)
    return True


def crawl_asked(session: Session, slug: str) -> CrawlRequest | None:
    """The crawl of the source that was asked for and isn't done yet."""
    mine = sa.select(CrawlRequest).where(CrawlRequest.kind == "crawl", CrawlRequest.about == slug)
    return session.scalar(mine.where(CrawlRequest.done_at.is_(None)).order_by(CrawlRequest.id).limit(1))


def is_acceptable(run: CrawlRun | None) -> bool:
    """True when the run was refused for its count alone, so that a person's word can make that count the normal one."""
    return run is not None and run.status == RunStatus.REFUSED and run.doubt in COUNTS


def accept_count(store: Store, slug: str, run: int, by: By, now: dt.datetime) -> int:
    """Take that refused run's count as the source's new normal, and ask for a crawl, which will keep it; the count.

    Raises BadFormError when the run isn't the source's newest any more, or was not refused for its count.
    """
    with store.writing() as session:
        row = hold(session, slug)
        newest = newest_ended(session, slug)
        if newest is None or newest.id != run:
            raise BadFormError({"run": "The source was read again since. Look at what it brought, and decide then."})
        if not is_acceptable(newest):
            raise BadFormError({"run": "The last reading was not refused for its count: there is nothing to accept."})
        if newest.accepted_at is None:
            newest.accepted_by, newest.accepted_at = name_of(by), now
            counts = {"before": row.last_good_count, "after": newest.counted}
            note(session, Tag.SOURCE_COUNT_ACCEPTED, row, by, now, **counts)
        ask_crawl_of(session, row, by, now)
        return newest.counted


def verify(store: Store, slug: str, compared: str, by: By, now: dt.datetime, *, saw_hidden: bool = True) -> None:
    """Say that a person compared the source with the originals: from now on everyone may see what it brings.

    Raises BadFormError when `compared`, what they compared, says nothing or is too long; or when somebody hid the
    source from the public meanwhile, which the form didn't say yet (`saw_hidden` is False).
    """
    with store.writing() as session:
        row = hold(session, slug)
        if effective(row).withheld and not saw_hidden:
            who, _ = last_act(session, Tag.SOURCE_VERIFIED_OFF, row)
            hid = f"{who or 'Somebody'} hid its vacancies from the public after you had opened this page"
            raise BadFormError({"compared": f"{hid}. Nothing was changed: send this again to show them all the same"})
        was = row.public
        approve(session, row, compared, by, now)
        turned = row.public is not was
    if turned:
        lead_anew(store, slug, now)


def approve(session: Session, row: SourceRow, compared: str, by: By, now: dt.datetime) -> None:
    """What `verify` does, within a transaction that is under way."""
    try:
        compared = compared_of(compared)
    except ValueError as error:
        raise BadFormError({"compared": str(error)}) from error
    last = session.scalar(last_check(row.slug))
    facts = effective(row)
    if facts.verified and not facts.withheld and last and _is_the_same(last, compared, by, now):
        return
    session.add(SourceCheck(source=row.slug, at=now, by=name_of(by), compared=compared))
    lay_over(session, row, {"verified": now.astimezone(LONDON).date(), "withheld": None})
    note(session, Tag.SOURCE_VERIFIED_ON, row, by, now)


def last_check(slug: str) -> sa.Select[SourceCheck]:
    """The query for the newest word that somebody compared the source."""
    return sa.select(SourceCheck).where(SourceCheck.source == slug).order_by(SourceCheck.id.desc()).limit(1)


def _is_the_same(check: SourceCheck, compared: str, by: By, now: dt.datetime) -> bool:
    return (check.by, check.compared) == (name_of(by), compared) and now - check.at < TWICE


def unverify(store: Store, slug: str, by: By, now: dt.datetime) -> None:
    """Take the source's vacancies from the public until somebody verifies it again, whatever its file says."""
    with store.writing() as session:
        row = hold(session, slug)
        turned = effective(row).public
        if turned:
            withhold(session, row, by, now)
    if turned:
        lead_anew(store, slug, now)


def withhold(session: Session, row: SourceRow, by: By, now: dt.datetime) -> None:
    """What `unverify` does, within a transaction that is under way."""
    lay_over(session, row, {"verified": None, "withheld": True})
    note(session, Tag.SOURCE_VERIFIED_OFF, row, by, now)


def remove(store: Store, slug: str, by: By, now: dt.datetime) -> None:
    """Retire a source that was added in the browser: it is read no more, what it brought stays until it closes.

    Raises BadFormError for one that has a file: removing the file removes it.
    """
    with store.writing() as session:
        row = hold(session, slug)
        if row.adapter_fields is None:
            raise BadFormError({"remove": f"{slug} is declared in a file: it goes when the file goes"})
        if not row.retired:
            row.retired = True
            note(session, Tag.SOURCE_ROW_REMOVED, row, by, now)


def last_act(session: Session, tag: Tag, row: SourceRow) -> tuple[str | None, dt.datetime | None]:
    """Who did this to the source last, and when; None, None = nobody yet."""
    mine = sa.select(AuditEvent.by, AuditEvent.at).where(AuditEvent.tag == tag, AuditEvent.about == row.slug)
    last = session.execute(mine.order_by(AuditEvent.id.desc()).limit(1)).first()
    return (last.by, last.at) if last else (None, None)


def name_of(by: By) -> str:
    """How a person, or what acted, is named beside the source."""
    return by.name if isinstance(by, Actor) else by


def note(session: Session, tag: Tag, row: SourceRow, by: By, now: dt.datetime, **details: Any) -> None:
    """A line of the audit trail about the source."""
    audit.record(session, tag, by, row.slug, now, organisation=row.organisation_id, **details)
