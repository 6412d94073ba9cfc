"""The clock of the crawlers: whoever holds the lease hands what is due to a runner once a minute.

What people ask for is looked for every two seconds (crawlers.errands).
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import socket
from collections.abc import Callable

import sqlalchemy as sa
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger

from clearinghouse.db import Clock, Store
from clearinghouse.errors import ClearingHouseError
from clearinghouse.ingest.quality_night import quality_night
from clearinghouse.leases import claim, release
from clearinghouse.operations.post import post
from clearinghouse.settings import Settings
from clearinghouse.vacancies.draft import LONDON
from crawlers import batch, links
from crawlers.errands import AtWork, Errands, crawl, site_of
from crawlers.housekeeping import NIGHTLY
from crawlers.opening import refresh
from crawlers.planning import due
from crawlers.requests import CRAWL, take_about

LEASE = "schedule"
HELD = dt.timedelta(seconds=120)
BEAT = 30  # seconds between two renewals of the lease
TICK = 60  # seconds between two looks at what is due
LOOK = 2  # seconds between two looks at what people asked for
RUNNERS = 2  # at once: a source of many pages keeps its runner for an hour, and must not keep the others waiting
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
        self._at_work = AtWork()
        self._errands = Errands(store, setting, clock, self.holds, self._stop, self._at_work)

    def run(self, wait: Callable[[], None]) -> None:
        """Tick until `wait` returns; then end the runner at work and give the lease back."""
        timer = BackgroundScheduler(timezone=LONDON, job_defaults={"coalesce": True, "misfire_grace_time": None})
        timer.add_job(self.tick, "interval", seconds=TICK, max_instances=RUNNERS, next_run_time=self._clock())
        timer.add_job(self._errands.look, "interval", seconds=LOOK, next_run_time=self._clock())
        timer.add_job(self.holds, "interval", seconds=BEAT)
        timer.add_job(self.nightly, CronTrigger(hour=NIGHT, timezone=LONDON))
        timer.add_job(self.post, "interval", seconds=POST)
        timer.add_job(self.new_links, next_run_time=self._clock() + SETTLED)
        timer.add_job(self.missed_night, next_run_time=self._clock() + SETTLED)
        timer.start()
        wait()
        self._stop.ask()
        timer.shutdown(wait=True)
        self._errands.end()
        release(self._store, LEASE, self._holder, self._clock())

    def holds(self) -> bool:
        """True when this process holds the lease, taken or renewed just now."""
        return claim(self._store, LEASE, self._holder, self._clock(), HELD) is not None

    def tick(self) -> None:
        """Crawl what is due, up to one runner's worth; no site that somebody is on."""
        if not self.holds():
            return
        try:
            sites = site_of(refresh(self._setting, self._store, self._clock()))
            with self._at_work.choosing:
                late = due(self._store, self._clock(), batch.BATCH, sites.keys() - self._at_work.busy(sites))
                self._at_work.begin({slug: sites[slug] for slug in late})
        except ClearingHouseError as error:
            log.error("%s", error)  # noqa: TRY400  it says all there is to say
            return
        try:
            asked = take_about(self._store, CRAWL, late, self._clock())  # one run is enough for both
            crawl(self._store, late, asked, self._stop, self._at_work, self._clock)
        finally:
            self._at_work.end(late)

    def new_links(self) -> None:
        """Check the links that never were, once the first crawls are done."""
        if self.holds():
            log.info("%s", links.check(self._stop, new=True))

    def missed_night(self) -> None:
        """Measure the sources that were not measured today, where nobody was there to do it in the night."""
        if self.holds():
            self._do(quality_night)

    def post(self) -> None:
        """Send the mail that is due, the Monday mail among it."""
        if self.holds():
            post(self._store, self._setting, self._clock())

    def nightly(self) -> None:
        """The housekeeping, each part by itself: one that fails doesn't stop the next."""
        if not self.holds():
            return
        for part in NIGHTLY:
            self._do(part)
        log.info("%s", links.check(self._stop))

    def _do(self, part: Callable[[Store, dt.datetime], str]) -> None:
        try:
            log.info("%s", part(self._store, self._clock()))
        except (ClearingHouseError, sa.exc.SQLAlchemyError):
            log.exception("housekeeping: %s failed", part.__name__)
