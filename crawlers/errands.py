"""What people asked for on the site, started within seconds: crawls of one source, and trials of an address."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from clearinghouse.db import Clock, Store
from clearinghouse.errors import ClearingHouseError
from clearinghouse.settings import Settings
from crawlers import batch, requests, verdicts
from crawlers.hosts import host
from crawlers.opening import refresh
from crawlers.registry import Registry
from crawlers.requests import CRAWL, TRIAL
from crawlers.robots import origin

CRAWLS = 2  # runners for what was asked for, beside those for what is due
TRIALS = 2
REST = dt.timedelta(seconds=60)  # before a registry that can't be read is read again

log = logging.getLogger(__name__)


class AtWork:
    """The sites that are being read now: nobody begins with one of them until whoever is on it has ended.

    `choosing` is held from the look at what is busy until what was chosen is marked.
    """

    def __init__(self) -> None:
        self.choosing = threading.RLock()
        self._sites: dict[str, str] = {}

    def busy(self, sites: Mapping[str, str]) -> set[str]:
        """Those of `sites` (by slug or address) that somebody is on."""
        with self.choosing:
            return {name for name, site in sites.items() if site in self._sites.values()}

    def begin(self, sites: Mapping[str, str]) -> None:
        """Mark these as being read."""
        with self.choosing:
            self._sites.update(sites)

    def end(self, names: Collection[str]) -> None:
        """They are free again."""
        with self.choosing:
            for name in names:
                self._sites.pop(name, None)


class Errands:
    """Takes what was asked for, and has it done in threads of its own. `holds` says whether it is ours to do."""

    def __init__(
        self,
        store: Store,
        setting: Settings,
        clock: Clock,
        holds: Callable[[], bool],
        stop: batch.Stop,
        at_work: AtWork,
    ) -> None:
        self._store = store
        self._setting = setting
        self._clock = clock
        self._holds = holds
        self._stop = stop
        self._at_work = at_work
        self._pool = ThreadPoolExecutor(CRAWLS + TRIALS, thread_name_prefix="errand")
        self._free = {CRAWL: threading.BoundedSemaphore(CRAWLS), TRIAL: threading.BoundedSemaphore(TRIALS)}
        self._rest = clock()
        self._held_up: dict[str, str] = {}  # the sites of the sources that had to wait at the last look

    def look(self) -> None:
        """Begin what waits and can begin. Where nothing does, two cheap queries are all."""
        trials = requests.waiting(self._store, TRIAL, self._clock())
        if trials and self._holds():
            for url in dict.fromkeys(trials.values()):
                self._begin_trial(url, [number for number, about in trials.items() if about == url])
        crawls = requests.waiting(self._store, CRAWL, self._clock())
        stuck = self._at_work.busy(self._held_up)
        if self._clock() < self._rest or all(slug in stuck for slug in crawls.values()) or not self._holds():
            return
        try:
            self._begin_crawl(crawls)
        except ClearingHouseError as error:
            log.error("%s", error)  # noqa: TRY400  it says all there is to say
            self._rest = self._clock() + REST

    def end(self) -> None:
        """Wait for what is under way, which ends soon once its `stop` is asked."""
        self._pool.shutdown(wait=True)

    def _begin_trial(self, url: str, numbers: Collection[int]) -> None:
        sites = {url: _site(url)}
        with self._at_work.choosing:
            if self._at_work.busy(sites) or not self._free[TRIAL].acquire(blocking=False):
                return
            self._at_work.begin(sites)
        self._pool.submit(self._done, TRIAL, sites, lambda: self._trial(url, numbers))

    def _trial(self, url: str, numbers: Collection[int]) -> None:
        taken = requests.take(self._store, TRIAL, numbers, self._clock())
        if not taken:
            return
        try:
            result = requests.attempt(url, self._stop)
        except Exception as error:  # whoever asked is waiting for an answer
            log.exception("trial %s", numbers)
            result = verdicts.failed(url, f"{type(error).__name__}: {error}")
        log.info("trial %s: %s", numbers, result["state"])  # its address may hold a key
        requests.answer(self._store, taken, result, self._clock())

    def _begin_crawl(self, waiting: Mapping[int, str]) -> None:
        """One runner for all that may begin now."""
        if not self._free[CRAWL].acquire(blocking=False):
            return
        sites: dict[str, str] = {}
        try:
            known = site_of(refresh(self._setting, self._store, self._clock()))
            with self._at_work.choosing:
                busy = self._at_work.busy(known)
                self._held_up = {slug: known[slug] for slug in busy}
                sites = {slug: known.get(slug, slug) for slug in waiting.values() if slug not in busy}
                self._at_work.begin(sites)
        finally:
            if not sites:
                self._free[CRAWL].release()
        if sites:
            self._pool.submit(self._done, CRAWL, sites, lambda: self._asked(sites))

    def _asked(self, sites: Collection[str]) -> None:
        taken = requests.take_about(self._store, CRAWL, sites, self._clock())
        crawl(self._store, list(dict.fromkeys(taken.values())), taken, self._stop, self._at_work, self._clock)

    def _done(self, kind: str, sites: Collection[str], work: Callable[[], None]) -> None:
        try:
            work()
        except Exception:  # a thread of a pool says nothing by itself
            log.exception("an errand of the kind %s failed", kind)
        finally:
            self._at_work.end(sites)
            self._free[kind].release()


def crawl(
    store: Store, slugs: Sequence[str], asked: Mapping[int, str], stop: batch.Stop, at_work: AtWork, clock: Clock
) -> None:
    """Crawl `slugs` in a runner, answer those who `asked`, and free each site as its source ends."""
    for ended in batch.crawl(slugs, stop=stop):
        log.info("%s: %s, %s postings", ended.result.source, ended.result.status, ended.result.postings)
        done = [number for number, slug in asked.items() if slug == ended.result.source]
        requests.answer(store, done, ended.result.as_json(), clock())
        at_work.end([ended.result.source])


def site_of(registry: Registry) -> dict[str, str]:
    """The site of each source of the registry."""
    return {slug: host(registered) for slug, registered in registry.sources.items()}


def _site(url: str) -> str:
    """The site of an address; the address itself where it has none."""
    try:
        return origin(url)
    except ValueError:
        return url
