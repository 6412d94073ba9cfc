"""The clock of the crawlers: once a minute whoever holds the lease hands what is due to a runner."""

from __future__ import annotations

import datetime as dt
import logging
import os
import socket
from collections.abc import Callable, Collection, Mapping

import sqlalchemy as sa
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger

from clearinghouse.db import Clock, Store
from clearinghouse.errors import ClearingHouseError
from clearinghouse.ingest.runs import RunResult
from clearinghouse.leases import claim, release
from clearinghouse.operations.post import post
from clearinghouse.settings import Settings
from clearinghouse.vacancies.draft import LONDON
from clearinghouse.vacancies.models import CrawlRequest
from crawlers import batch, links
from crawlers.hosts import host
from crawlers.housekeeping import NIGHTLY
from crawlers.opening import announce
from crawlers.planning import due
from crawlers.sight import in_sight

LEASE = "schedule"
HELD = dt.timedelta(seconds=120)
BEAT = 30  # seconds between two renewals of the lease
TICK = 60  # seconds between two looks at what is due
RUNNERS = 2  # at once: a source of many pages keeps its runner for an hour, and must not keep the others waiting
FORGOTTEN = dt.timedelta(minutes=30)  # a request taken this long ago and not answered is taken again
POST = 30  # seconds between two looks into the outbox
NIGHT = 3  # o'clock in London
SETTLED = dt.timedelta(seconds=60)  # after the start, when the first crawls are under way

log = logging.getLogger(__name__)


class Schedule:
    """Crawls what is due, while it holds the lease. Any number may run: one works, the others wait."""

    def __init__(self, store: Store, setting: Settings, clock: Clock) -> None:
        self._store = store
        self._setting = setting
        self._clock = clock
        self._holder = f"{socket.gethostname()}:{os.getpid()}"
        self._stop = batch.Stop()
        self._at_work: dict[str, str] = {}  # the site of each source that a runner has now

    def run(self, wait: Callable[[], None]) -> None:
        """Tick until `wait` returns; then end the runner at work and give the lease back."""
        timer = BackgroundScheduler(timezone=LONDON, job_defaults={"coalesce": True, "misfire_grace_time": None})
        timer.add_job(self.tick, "interval", seconds=TICK, max_instances=RUNNERS, next_run_time=self._clock())
        timer.add_job(self.holds, "interval", seconds=BEAT)
        timer.add_job(self.nightly, CronTrigger(hour=NIGHT, timezone=LONDON))
        timer.add_job(self.post, "interval", seconds=POST)
        timer.add_job(self.new_links, next_run_time=self._clock() + SETTLED)
        timer.start()
        wait()
        self._stop.ask()
        timer.shutdown(wait=True)
        release(self._store, LEASE, self._holder, self._clock())

    def holds(self) -> bool:
        """True when this process holds the lease, taken or renewed just now."""
        return claim(self._store, LEASE, self._holder, self._clock(), HELD) is not None

    def tick(self) -> None:
        """Crawl what people asked for and what is due, up to one runner's worth; no site that another runner is on."""
        if not self.holds():
            return
        try:
            registry = in_sight(self._setting, os.environ, self._store)
            announce(self._store, registry, self._clock())
            sites = {slug: host(registered) for slug, registered in registry.sources.items()}
            busy = {slug for slug, site in sites.items() if site in self._at_work.values()}
            asked = take_requests(self._store, self._clock(), busy)
            late = due(self._store, self._clock(), batch.BATCH, sites.keys() - busy)
        except ClearingHouseError as error:
            log.error("%s", error)  # noqa: TRY400  it says all there is to say
            return
        slugs = list(dict.fromkeys([*asked.values(), *late]))
        self._at_work.update({slug: sites.get(slug, slug) for slug in slugs})
        try:
            self._crawl(slugs, asked)
        finally:
            for slug in slugs:
                self._at_work.pop(slug, None)

    def _crawl(self, slugs: list[str], asked: Mapping[int, str]) -> None:
        for ended in batch.crawl(slugs, stop=self._stop):
            log.info("%s: %s, %s postings", ended.result.source, ended.result.status, ended.result.postings)
            done = [number for number, slug in asked.items() if slug == ended.result.source]
            answer(self._store, done, ended.result, self._clock())
            self._at_work.pop(ended.result.source, None)

    def new_links(self) -> None:
        """Check the links that never were, once the first crawls are done."""
        if self.holds():
            log.info("%s", links.check(self._stop, new=True))

    def post(self) -> None:
        """Send the mail that is due, the Monday mail among it."""
        if self.holds():
            post(self._store, self._setting, self._clock())

    def nightly(self) -> None:
        """The housekeeping, each part by itself: one that fails doesn't stop the next."""
        if not self.holds():
            return
        for part in NIGHTLY:
            try:
                log.info("%s", part(self._store, self._clock()))
            except (ClearingHouseError, sa.exc.SQLAlchemyError):
                log.exception("housekeeping: %s failed", part.__name__)
        log.info("%s", links.check(self._stop))


def take_requests(store: Store, now: dt.datetime, busy: Collection[str] = ()) -> dict[int, str]:
    """The crawls that people asked for on the site, by the request's number; taken, so that no other takes them.

    Those for `busy` sources wait.
    """
    with store.writing() as session:
        waiting = sa.select(CrawlRequest).where(
            CrawlRequest.kind == "crawl",
            CrawlRequest.done_at.is_(None),
            CrawlRequest.about.not_in(busy),
            sa.or_(CrawlRequest.taken_at.is_(None), CrawlRequest.taken_at < now - FORGOTTEN),
        )
        rows = session.scalars(waiting.order_by(CrawlRequest.id).limit(batch.BATCH)).all()
        for row in rows:
            row.taken_at = now
        return {row.id: row.about for row in rows}


def answer(store: Store, numbers: list[int], result: RunResult, now: dt.datetime) -> None:
    """Write the result of a crawl to the requests that asked for it."""
    if not numbers:
        return
    with store.writing() as session:
        session.execute(
            sa.update(CrawlRequest)
            .where(CrawlRequest.id.in_(numbers))
            .values(done_at=now, result=result.as_json())
        )  # fmt: skip
