"""A runner: one Scrapy process that crawls a batch of sources and stores what each brings.

It is started by `crawlers.batch`: a job as one JSON line on standard input, an event as one JSON line on standard
output for each source that begins and ends, and for each page. It ends when its standard input closes, so that it
never outlives whoever started it; a source that hangs is cut short alone.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import threading
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, TextIO

import sqlalchemy as sa

from clearinghouse.db import Clock, Store, utc_now
from clearinghouse.errors import ClearingHouseError, LeaseLostError
from clearinghouse.ingest.pages import KnownPage, keep_pages, known_pages
from clearinghouse.ingest.run import ingest
from clearinghouse.ingest.runs import RunResult, beat, begin_run, fail_run
from clearinghouse.ingest.sources import effective, get
from clearinghouse.settings import Settings, settings
from clearinghouse.vacancies.posting import SourceFacts
from crawlers.fetching import Answer, Fetcher, Identity
from crawlers.harvesting import Brought, harvest
from crawlers.hosts import by_host
from crawlers.joining import fill
from crawlers.limits import Limits
from crawlers.planning import plan_next
from crawlers.registry import Registered
from crawlers.sight import in_sight
from crawlers.source import Follow
from crawlers.spider import run_spider

ENDED_BY_PARENT = 3  # exit status of a runner whose starter is gone
BEAT = 5.0  # seconds between two signs of life
THREADS = 256  # a parse that hangs keeps its thread: they must not run out for the other sources
LAST_WORDS = 5.0  # seconds in which such a runner may still say so in the store


@dataclass(frozen=True)
class Job:
    """What a runner is to do."""

    slugs: tuple[str, ...]
    dry_run: bool
    limits: Limits

    @classmethod
    def from_json(cls, text: str) -> Job:
        """The job that `crawlers.batch` wrote."""
        values = json.loads(text)
        return cls(tuple(values["slugs"]), values["dry_run"], Limits(**values["limits"]))


class Runner:
    """Crawls the sources of one job and reports on `out`."""

    def __init__(self, job: Job, store: Store, setting: Settings, out: TextIO, clock: Clock) -> None:
        self._job = job
        self._store = store
        self._setting = setting
        self._out = out
        self._clock = clock
        self._registry = in_sight(setting, os.environ, store)
        self._open: dict[str, int] = {}  # runs begun and not ended, by slug
        self._storing = asyncio.Lock()  # one source is stored at a time: SQLite has one writer, Python one lock
        self._progressed: dict[str, float] = {}  # when each source last said that pages come, on the loop's clock

    async def work(self, fetcher: Fetcher) -> None:
        """Every source of the job: hosts side by side, the sources of one host one after another."""
        known = [self._registry.sources[slug] for slug in self._job.slugs if slug in self._registry.sources]
        for slug in self._job.slugs:
            if slug not in self._registry.sources:
                problem = self._registry.problems.get(slug)
                self._fail(slug, str(problem or f"source {slug}: not in the registry"))
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(THREADS))
        alive = asyncio.create_task(self._beat())
        until = loop.time() + self._job.limits.batch
        await asyncio.gather(*(self._host(host, fetcher, until) for host in by_host(known)))
        alive.cancel()

    async def _beat(self) -> None:
        """Tell the store that our runs are alive, however long they take."""
        while True:
            await asyncio.sleep(BEAT)
            if self._open:
                with suppress(sa.exc.OperationalError):  # the store is busy: the next beat will do
                    await asyncio.to_thread(beat, self._store, tuple(self._open.values()), self._clock())

    async def _host(self, sources: Iterable[Registered], fetcher: Fetcher, until: float) -> None:
        for registered in sources:
            if asyncio.get_running_loop().time() > until:
                return  # what is left is still due, and goes to the next runner
            try:
                await self._one(registered, fetcher)
            except Exception as error:  # noqa: BLE001  one bad source never stops another (rule 7)
                words = str(error) if isinstance(error, ClearingHouseError) else f"{type(error).__name__}: {error}"
                await asyncio.to_thread(self._end_run, registered.slug, words)
                self._fail(registered.slug, words)

    async def _one(self, registered: Registered, fetcher: Fetcher) -> None:
        slug = registered.slug
        number = await self._begin(slug)
        if number is None:
            self._fail(slug, f"source {slug}: another run of it is going on")
            return
        self._say({"event": "begin", "source": slug, "number": number})
        known = await asyncio.to_thread(known_pages, self._store, slug, registered.facts.fingerprint)
        facts = await asyncio.to_thread(self._facts, registered)
        brought = await self._harvest(registered, facts, fetcher, known)
        async with self._storing:
            result = await asyncio.to_thread(self._keep, registered, brought, number)
        self._tell(slug, result, fill(brought.harvest.postings) if self._job.dry_run else None)

    async def _begin(self, slug: str) -> int | None:
        """The number that fences this run's writes, None when another run outlasts our patience; 0 for a dry run."""
        if self._job.dry_run:
            return 0
        until = asyncio.get_running_loop().time() + self._job.limits.waiting
        while True:
            number = await asyncio.to_thread(begin_run, self._store, slug, self._clock())
            if number is not None:
                self._open[slug] = number
                return number
            if asyncio.get_running_loop().time() > until:
                return None
            await asyncio.sleep(1)

    def _facts(self, registered: Registered) -> SourceFacts:
        """The source's facts with what a person overrode over them."""
        with self._store.reading() as session:
            return effective(get(session, registered.slug))

    async def _harvest(
        self, registered: Registered, facts: SourceFacts, fetcher: Fetcher, known: Mapping[str, KnownPage]
    ) -> Brought:
        source = replace(registered.source, expect=facts.expect)
        pace = float(getattr(source.adapter, "pace", 0.0))
        who = Identity(registered.slug, self._setting.user_agent, source.loopback, self._setting.https_proxy, pace)

        async def fetch(follow: Follow, headers: Mapping[str, str]) -> Answer:
            answer = await fetcher.fetch(follow, who, headers)
            self._progress(registered.slug, asyncio.get_running_loop().time())
            return answer

        return await harvest(
            registered.slug,
            source,
            fetch,
            known,
            self._job.limits,
            self._clock,
        )

    def _keep(self, registered: Registered, brought: Brought, number: int) -> RunResult:
        """Store what a run brought; its validators too if it was good."""
        slug, now = registered.slug, self._clock()
        if self._job.dry_run:
            return ingest(self._store, self._facts(registered), brought.harvest, number, now, dry_run=True)
        facts = self._facts(registered)
        result = ingest(self._store, facts, brought.harvest, number, now)
        self._open.pop(slug)
        if result.status in ("ok", "unchanged"):
            keep_pages(self._store, slug, registered.facts.fingerprint, brought.pages)
        plan_next(self._store, slug, now)
        return result

    def abandon(self) -> None:
        """End every run that is under way as failed, so that the next may begin at once."""
        for slug in list(self._open):
            self._end_run(slug, f"source {slug}: stopped before its end")

    def _end_run(self, slug: str, words: str) -> None:
        number = self._open.pop(slug, None)
        if number is not None:
            with suppress(LeaseLostError, sa.exc.SQLAlchemyError):  # overtaken, or dead by itself soon
                fail_run(self._store, slug, number, words, self._clock())
                plan_next(self._store, slug, self._clock())

    def _fail(self, slug: str, words: str) -> None:
        self._tell(slug, RunResult(slug, "failed", messages=(words,)))

    def _tell(self, slug: str, result: RunResult, filled: Mapping[str, int] | None = None) -> None:
        self._say({"event": "end", "source": slug, "result": result.as_json(), "fill": filled})

    def _progress(self, slug: str, at: float) -> None:
        """Say that pages come, at most once a second a source: nobody listens closer."""
        if at - self._progressed.get(slug, -1.0) >= 1.0:
            self._progressed[slug] = at
            self._say({"event": "page", "source": slug})

    def _say(self, event: Mapping[str, Any]) -> None:
        self._out.write(json.dumps(event, ensure_ascii=False) + "\n")
        self._out.flush()


def main() -> None:
    """Run the job that standard input holds. Standard output is for events alone: prints go to standard error."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started us: our input closes with it
    job = Job.from_json(sys.stdin.readline())
    setting = settings()
    runner = Runner(job, Store(setting.database_url), setting, out, utc_now)
    threading.Thread(target=_end_with_parent, args=(runner,), daemon=True).start()
    run_spider(runner.work, setting.user_agent, job.limits, utc_now)
    out.flush()
    os._exit(0)  # a parse that was cut short still has its thread, which nothing can end


def _end_with_parent(runner: Runner) -> None:
    """Wait until whoever started us is gone, or has had enough; then end, whatever else is going on."""
    sys.stdin.read()
    last = threading.Timer(LAST_WORDS, os._exit, [ENDED_BY_PARENT])
    last.daemon = True
    last.start()
    runner.abandon()
    os._exit(ENDED_BY_PARENT)


if __name__ == "__main__":
    main()
