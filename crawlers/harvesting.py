"""One run of one source: every page that its adapter asks for, cards joined with details, into one Harvest."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from clearinghouse.db import Clock
from clearinghouse.errors import BadBodyError
from clearinghouse.ingest.harvest import TOTAL_NOT_REACHED, Harvest, merely_ill_formed
from clearinghouse.ingest.pages import KnownPage
from clearinghouse.vacancies.identity import key_of
from clearinghouse.vacancies.posting import Posting
from crawlers import readings
from crawlers.failures import FetchError, UnwellError
from crawlers.fetching import Answer
from crawlers.joining import join
from crawlers.keys import hint
from crawlers.limits import LOCAL_CONCURRENCY, Limits
from crawlers.source import ANEW, Follow, Page, Parsed, Source

FULL_EVERY = dt.timedelta(days=7)  # a page is fetched in full at least this often, whatever its validators say
GONE = (404, 410)
UNFETCHED = "the rest were not fetched"
TOLD = 5  # failures named in a run's messages; the rest are counted

Fetch = Callable[[Follow, Mapping[str, str]], Awaitable[Answer]]


@dataclass(frozen=True)
class Brought:
    """A run's harvest, and the pages whose validators may be kept if ingest doesn't refuse the run.

    `named` is how many vacancies its pages named, fetched or not, or how many the source states where that is more.
    """

    harvest: Harvest
    pages: tuple[KnownPage, ...]
    named: int = 0


@dataclass(frozen=True)
class Reading:
    """One page, read: by an adapter, or (`old`: it answered 304) as last read."""

    parsed: Parsed
    old: bool
    keep: KnownPage | None


async def harvest(
    slug: str, source: Source, fetch: Fetch, known: Mapping[str, KnownPage], limits: Limits, clock: Clock
) -> Brought:
    """Fetch and read all of one source. Never raises for what a partner does: that is told in the harvest.

    A run that reads no page for `limits.stalled` seconds, or lasts over `limits.source`, is cut short and says so.
    """
    started = clock()
    run = _Run(source, fetch, known, limits, clock)
    try:
        async with asyncio.timeout(limits.source), asyncio.timeout(limits.stalled) as patience:
            run.patience = patience
            await run.walk()
    except TimeoutError:
        stalled = patience.expired()
        words = f"no page came for {limits.stalled:g} s" if stalled else f"not finished within {limits.source:g} s"
        run.problems.append(f"{words}, and stopped after {run.pages} pages")
        run.finished = False
    named = max(run.stated, run.cards + run.counts["detail"])
    return Brought(run.harvest(slug, started, clock()), tuple(run.keep), named)


class _Run:
    """What one run has gathered so far."""

    def __init__(
        self, source: Source, fetch: Fetch, known: Mapping[str, KnownPage], limits: Limits, clock: Clock
    ) -> None:
        self.source = source
        self.fetch = fetch
        self.known = known
        self.limits = limits
        self.clock = clock
        self.finished = True
        self.patience = asyncio.timeout(None)
        self.listings: deque[Follow] = deque()
        self.details: deque[Follow] = deque()
        self.asked: set[tuple[str, str, bytes]] = set()
        self.counts = {"listing": 0, "detail": 0}
        self.pages = 0
        self.named = 0
        self.cards = 0
        self.stated = 0
        self.bare = 0
        self.all_old = True
        self.postings: list[Posting] = []
        self.problems: list[str] = []
        self.unwell: list[str] = []
        self.failed: set[str] = set()
        self.failed_keys: set[str] = set()
        self.gone: set[str] = set()
        self.gone_keys: set[str] = set()
        self.keep: list[KnownPage] = []

    async def walk(self) -> None:
        """Every listing in turn, then the details, a few at a time."""
        try:
            self.ask(tuple(self.source.adapter.start()))
        except Exception as error:  # noqa: BLE001  one adapter's bug must not stop another source
            self.problems.append(f"adapter {self.source.adapter.name} can't start: {_bug(error)}")
        if not (self.listings or self.details or self.problems):
            self.problems.append(f"adapter {self.source.adapter.name} asks for no page")
        while self.listings or self.details:
            while self.listings:
                await self.listing(self.listings.popleft())
            await asyncio.gather(*(self.worker() for _ in range(LOCAL_CONCURRENCY)))
        if self.named < self.stated:
            stated = f"the source says {self.stated} vacancies, its pages name {self.named}"
            self.problems.append(f"{TOTAL_NOT_REACHED}: {stated}")

    async def worker(self) -> None:
        """Details until there are none left."""
        while self.details:
            await self.detail(self.details.popleft())

    def ask(self, follows: tuple[Follow, ...]) -> None:
        """Note the pages to fetch, each once, within the bounds for one run."""
        for follow in follows:
            identity = (follow.method, follow.url, follow.body)
            if identity in self.asked:
                continue
            self.asked.add(identity)
            self.counts[follow.role] += 1
            bound = self.limits.listings if follow.role == "listing" else self.limits.details
            if self.counts[follow.role] > bound:
                self.over(follow.role, bound)
                continue
            self.named += follow.role == "detail"
            (self.listings if follow.role == "listing" else self.details).append(follow)

    def over(self, role: str, bound: int) -> None:
        """Say once that a source has more pages than a run may fetch."""
        sentence = f"over {bound} {role} pages: {UNFETCHED}"
        if sentence not in self.problems:
            self.problems.append(sentence)

    async def listing(self, follow: Follow) -> None:
        """A page that says which jobs there are; its failure is the run's."""
        try:
            reading = await self.read(follow)
        except FetchError as error:
            self.problems.append(str(error))
            return
        parsed = reading.parsed
        if parsed.shortfall:
            self.problems.append(f"{follow.url}: {parsed.shortfall}")
        self.note(reading)
        self.stated = max(self.stated, parsed.stated_total or 0)
        self.named += len(parsed.postings)
        self.cards += len(parsed.postings)
        self.postings += parsed.postings
        self.ask(parsed.follows)

    async def detail(self, follow: Follow) -> None:
        """A job's own page; its failure leaves that job alone unconfirmed."""
        try:
            reading = await self.read(follow)
            if reading.parsed.shortfall:
                raise UnwellError(follow.url, reading.parsed.shortfall)
        except FetchError as error:
            self.lose(follow, error)
            return
        self.note(reading)
        found = join(follow.card, reading.parsed.postings)
        self.bare += not reading.parsed.postings
        self.postings += found
        self.ask(reading.parsed.follows)

    def lose(self, follow: Follow, error: FetchError) -> None:
        """A detail page that is gone, or did not answer well."""
        gone = isinstance(error, UnwellError) and error.status in GONE
        keys = {key_of(follow.card, self.source.adapter.identity)[1]} if follow.card else set()
        (self.gone if gone else self.failed).add(follow.url)
        (self.gone_keys if gone else self.failed_keys).update(keys)
        self.unwell.append(str(error))

    async def read(self, follow: Follow) -> Reading:
        """Fetch one page and read it. Raises FetchError (UnwellError once it was fetched)."""
        plain = follow.method == "GET" and not follow.body and not ANEW.items() <= follow.headers.items()
        known = self.known.get(follow.url) if plain else None
        fresh = known if known and self.clock() - known.fetched_full_at < FULL_EVERY else None
        answer = await self.fetch(follow, _conditions(fresh))
        self.pages += answer.status in (200, 304)
        if answer.status == 304 and fresh:
            return Reading(readings.from_json(fresh.parsed), old=True, keep=fresh)
        if answer.status != 200:
            raise UnwellError(follow.url, f"answered {answer.status}{hint(follow.url, os.environ)}", answer.status)
        parsed = await self.parse(Page(answer.url, answer.body, answer.status, answer.headers, follow))
        keep = self.keepable(follow, answer, parsed) if plain else None
        return Reading(parsed, old=False, keep=keep)

    async def parse(self, page: Page) -> Parsed:
        """What the adapter reads, off the event loop: a large body takes seconds."""
        adapter = self.source.adapter
        try:
            return await asyncio.to_thread(adapter.parse, page)
        except BadBodyError as error:
            raise UnwellError(page.url, error.reason) from error
        except Exception as error:  # one adapter's bug must not stop another source
            raise UnwellError(page.url, f"adapter {adapter.name} failed: {_bug(error)}") from error

    def keepable(self, follow: Follow, answer: Answer, parsed: Parsed) -> KnownPage | None:
        """The page with its validators, if it has any and is well and complete."""
        etag, modified = answer.headers.get("etag"), answer.headers.get("last-modified")
        accepted = self.source.expect.ill_formed and merely_ill_formed(parsed.shortfall or "")
        if (parsed.shortfall and not accepted) or not (etag or modified):
            return None
        return KnownPage(follow.url, etag, modified, self.clock(), follow.role, readings.as_json(parsed))

    def note(self, reading: Reading) -> None:
        """Remember a page that answered well; the next has its full time again."""
        self.patience.reschedule(asyncio.get_running_loop().time() + self.limits.stalled)
        self.all_old = self.all_old and reading.old
        if reading.keep:
            self.keep.append(reading.keep)

    def harvest(self, slug: str, started: dt.datetime, ended: dt.datetime) -> Harvest:
        """All of it as the value that ingest takes."""
        whole = self.finished and not self.problems and not self.failed and not self.gone
        return Harvest(
            source=slug,
            started=started,
            ended=ended,
            finished=self.finished,
            pages=self.pages,
            postings=tuple(self.postings),
            problems=tuple(self.problems),
            failed=frozenset(self.failed),
            failed_keys=frozenset(self.failed_keys),
            gone=frozenset(self.gone),
            gone_keys=frozenset(self.gone_keys),
            not_modified=whole and self.all_old and self.pages > 0,
            bare=self.bare,
            messages=self.messages(),
        )

    def messages(self) -> tuple[str, ...]:
        """What a person should know of the details, a sentence each."""
        more = len(self.unwell) - TOLD
        rest = [f"and {more} more pages that did not answer well"] if more > 0 else []
        bare = [f"{self.bare} pages held no vacancy"] if self.bare else []
        return (*self.unwell[:TOLD], *rest, *bare)


def _conditions(known: KnownPage | None) -> dict[str, str]:
    if known is None:
        return {}
    pairs = (("If-None-Match", known.etag), ("If-Modified-Since", known.last_modified))
    return {name: value for name, value in pairs if value}


def _bug(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]
