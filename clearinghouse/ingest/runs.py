"""Runs of sources: begun under a number that fences late writers, ended with what they did."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.db import Store
from clearinghouse.errors import BadSourceError, LeaseLostError
from clearinghouse.ingest.issues import RUN_KINDS, close_issues, raise_issue
from clearinghouse.ingest.models import GOOD, CrawlRun, IssueKind, RunStatus
from clearinghouse.ingest.sources import hold
from clearinghouse.vacancies.models import SourceRow

LIVE = dt.timedelta(seconds=30)  # a run that gave no sign of life for so long is taken for dead


@dataclass(frozen=True)
class RunResult:
    """What one run did, under the keys of `crawl --json` (design §6)."""

    source: str
    status: str
    pages: int = 0
    postings: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    unconfirmed: int = 0
    withdrawn: int = 0
    reopened: int = 0
    refused: int = 0
    seconds: float = 0.0
    messages: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The result as plain JSON values."""
        return dataclasses.asdict(self) | {"messages": list(self.messages)}


def begin_run(store: Store, slug: str, now: dt.datetime) -> int | None:
    """Begin a run of the source: its fencing number, or None while another live run holds the source.

    A run that never ended, and gave no sign of life (`beat`) for 30 seconds, is taken for dead; what it writes from
    now on is refused.
    Raises BadSourceError for a source that isn't registered.
    """
    with store.writing() as session:
        hold(session, slug)
        running = session.scalars(
            sa.select(CrawlRun).where(CrawlRun.source == slug, CrawlRun.status == RunStatus.RUNNING)
        ).all()
        if any((run.beat or run.started) > now - LIVE for run in running):
            return None
        for run in running:
            run.status = RunStatus.ABANDONED
            run.ended = now
        run = CrawlRun(source=slug, started=now, status=RunStatus.RUNNING)
        session.add(run)
        session.flush()
        return run.id


def beat(store: Store, numbers: Collection[int], now: dt.datetime) -> None:
    """Say that these runs are alive, each as long as it hasn't ended."""
    with store.writing() as session:
        session.execute(
            sa.update(CrawlRun)
            .where(CrawlRun.id.in_(numbers), CrawlRun.status == RunStatus.RUNNING)
            .values(beat=now)
            .execution_options(synchronize_session=False)
        )


def confirm_run(session: Session, slug: str, number: int) -> CrawlRun:
    """Hold the source until this transaction ends. Raises LeaseLostError unless `number` is its live run."""
    hold(session, slug)
    newest = session.scalar(sa.select(CrawlRun).where(CrawlRun.source == slug).order_by(CrawlRun.id.desc()).limit(1))
    if newest is None or newest.id != number or newest.status != RunStatus.RUNNING:
        raise LeaseLostError(f"source {slug}: run {number} no longer holds it")
    return newest


def drop_run(store: Store, slug: str, number: int) -> None:
    """Forget a run that was only tried, so that the next may begin at once."""
    with store.writing() as session:
        session.execute(
            sa.delete(CrawlRun).where(
                CrawlRun.id == number, CrawlRun.source == slug, CrawlRun.status == RunStatus.RUNNING
            )
        )


def fail_run(store: Store, slug: str, number: int, message: str, now: dt.datetime) -> RunResult:
    """End a run that brought no harvest at all (killed, crashed): nothing else changes."""
    with store.writing() as session:
        run = confirm_run(session, slug, number)
        seconds = round((now - run.started).total_seconds(), 3)
        result = RunResult(slug, RunStatus.FAILED.value, seconds=seconds, messages=(message,))
        end_run(session, run, result, now)
        return result


def end_run(session: Session, run: CrawlRun, result: RunResult, now: dt.datetime) -> None:
    """Write down how the run ended; raise or close the source's issue; count its failures in a row."""
    for field in dataclasses.fields(RunResult):
        if field.name not in ("source", "status", "messages"):
            setattr(run, field.name, getattr(result, field.name))
    run.status = RunStatus(result.status)
    run.messages = list(result.messages)
    run.ended = now
    source = session.get_one(SourceRow, run.source)
    if run.status in GOOD:
        source.failures, source.last_good_run, source.last_good_count = 0, now, run.counted
        close_issues(session, run.source, RUN_KINDS, now)
        return
    source.failures += 1
    kind = IssueKind.RUN_REFUSED if run.status == RunStatus.REFUSED else IssueKind.RUN_FAILED
    close_issues(session, run.source, RUN_KINDS - {kind}, now)
    raise_issue(session, run.source, kind, "; ".join(result.messages), now)


def accept(store: Store, slug: str, by: str, now: dt.datetime) -> int:
    """Take the newest refused run's count as the source's new normal, on a person's word; that count.

    Raises BadSourceError when the source's newest run was not refused.
    """
    with store.writing() as session:
        hold(session, slug)
        newest = newest_ended(session, slug)
        if newest is None or newest.status != RunStatus.REFUSED:
            raise BadSourceError(slug, "its last run was not refused: there is nothing to accept")
        newest.accepted_by, newest.accepted_at = by, now
        return newest.counted


def newest_ended(session: Session, slug: str) -> CrawlRun | None:
    """The source's newest run that is over; None = it was never read."""
    ended = sa.select(CrawlRun).where(CrawlRun.source == slug, CrawlRun.status != RunStatus.RUNNING)
    return session.scalar(ended.order_by(CrawlRun.id.desc()).limit(1))
