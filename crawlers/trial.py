"""What a web address would bring as a source: found out for real, within bounds, and nothing of it stored.

`python -m crawlers.trial`: in a process of its own, as all of Scrapy; a hung parser hurts nobody else. The job is one
JSON line on standard input, which ends the process when it closes; the result one JSON line on standard output.
A job names the `url`, the `limits` that differ from ours, the folder for the `pages` that were read, if they are
wanted, and whether the address may be on this machine (`local`).
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import threading
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from clearinghouse.db import Clock, utc_now
from clearinghouse.errors import BadBodyError, ClearingHouseError
from clearinghouse.settings import Settings, settings
from crawlers import candidates, captured, keys, verdicts
from crawlers.adapters.jsonld import JsonLd
from crawlers.adapters.sitemap import Sitemap
from crawlers.addresses import is_local
from crawlers.detect import detect
from crawlers.failures import FetchError, UnwellError
from crawlers.fetching import Answer, Fetcher, Identity
from crawlers.harvesting import Brought, harvest
from crawlers.leads import Lead, leads_from
from crawlers.limits import Limits
from crawlers.source import Adapter, Follow, Page, Source
from crawlers.spider import run_spider

LISTINGS = 3
DETAILS = 10
PROBES = 4  # folders of a sitemap that are looked into for adverts
HARVESTS = 3  # claims that are followed up, the likeliest first
LIMITS = Limits(
    timeout=20.0, retries=1, back_off=2.0, longest_wait=5.0, listings=LISTINGS, details=DETAILS, source=80.0
)
ENDED_BY_PARENT = 3  # exit status


class Trial:
    """One trial of one address."""

    def __init__(self, url: str, setting: Settings, limits: Limits, clock: Clock, *, local: bool = False) -> None:
        self.result: dict[str, Any] = verdicts.failed(url, "its trial ended before it did")
        self._url = url
        self._local = setting.demo or local
        self._limits = limits
        self._clock = clock
        self._who = Identity("trial", setting.user_agent, self._local, setting.https_proxy)
        self._answers: dict[str, Answer] = {}
        self.read: list[Page] = []  # the pages from which the vacancies came that were found

    async def work(self, fetcher: Fetcher) -> None:
        """Find out, and leave what was found in `result`."""
        self._fetcher = fetcher
        self._until = asyncio.get_running_loop().time() + self._limits.source
        try:
            async with asyncio.timeout_at(self._until):
                self.result = await self._find()
        except TimeoutError:
            self.result = verdicts.failed(self._url, f"not finished within {self._limits.source:g} s")
        except Exception as error:  # noqa: BLE001  whatever it is, somebody waits for the answer
            words = str(error) if isinstance(error, ClearingHouseError) else f"{type(error).__name__}: {error}"
            self.result = verdicts.failed(self._url, words)

    async def _find(self) -> dict[str, Any]:
        try:
            entry = await self._page(self._url)
        except FetchError as error:
            return await self._by_address(error) or verdicts.unread(self._url, error)
        found = await leads_from(entry, self._page, partial(self._fetcher.sitemaps, entry.url, self._who))
        for lead in found.leads[:HARVESTS]:
            result = await self._try(lead, entry)
            if result:
                return result
            found.reasons.append(f"{lead.page.url}: {lead.claim.why}, but no vacancy could be read from it")
        return verdicts.nothing(entry.url, found.reasons)

    async def _by_address(self, error: FetchError) -> dict[str, Any] | None:
        """What the address alone leads to, where it answers nobody who only looks: a list that is asked for by POST."""
        unseen = Page(self._url, b"")
        for claim in detect(unseen)[:HARVESTS] if isinstance(error, UnwellError) else ():
            result = await self._try(Lead(unseen, claim), unseen)
            if result:
                return result
        return None

    async def _try(self, lead: Lead, entry: Page) -> dict[str, Any] | None:
        """What the claim's adapter really brings; None when that is nothing."""
        adapter = await self._adapter(lead)
        source = Source(None, adapter, loopback=self._local and is_local(_host(lead.page.url)))
        left = self._until - asyncio.get_running_loop().time()
        limits = replace(self._limits, source=max(1.0, left - 5))
        self.read = []
        brought: Brought = await harvest("trial", source, self._fetch_noting, {}, limits, self._clock)
        if not brought.harvest.postings:
            return None
        seen = verdicts.Seen(entry, lead.page, lead.claim, source, brought)
        return await asyncio.to_thread(verdicts.found, seen, self._clock())

    async def _adapter(self, lead: Lead) -> Adapter:
        """The adapter with its fields; for a sitemap also which of its addresses are adverts."""
        sitemap = lead.claim.adapter
        if not isinstance(sitemap, Sitemap):
            return sitemap
        folders = candidates.groups(await self._listed(sitemap))
        if len(folders) < 2:
            return sitemap
        for folder, urls in folders[:PROBES]:
            if await self._is_advert(urls[len(urls) // 2]):  # the first is often the folder's own index
                return replace(sitemap, match=candidates.match_of(folder, urls))
        return replace(sitemap, match=candidates.match_of(*folders[0]))

    async def _listed(self, sitemap: Sitemap) -> list[str]:
        """The addresses that a sitemap lists, as far as its first parts tell."""
        waiting, found = list(sitemap.start()), []
        for _ in range(LISTINGS):
            if not waiting:
                break
            try:
                parsed = sitemap.parse(await self._page(waiting[0].url, waiting.pop(0)))
            except (FetchError, BadBodyError):
                continue
            waiting += [follow for follow in parsed.follows if follow.role == "listing"]
            found += [follow.url for follow in parsed.follows if follow.role == "detail"]
        return found

    async def _is_advert(self, url: str) -> bool:
        try:
            page = await self._page(url)
            return bool(JsonLd(url).parse(page).postings)
        except (FetchError, BadBodyError):
            return False

    async def _page(self, url: str, follow: Follow | None = None) -> Page:
        """The page there. Raises FetchError when there is none."""
        asked = follow or Follow(url, role="listing")
        answer = await self._fetch(asked, {})
        if answer.status != 200:
            raise UnwellError(url, f"answered {answer.status}{keys.hint(url, os.environ)}", answer.status)
        return Page(answer.url, answer.body, answer.status, answer.headers, asked)

    async def _fetch_noting(self, follow: Follow, headers: Mapping[str, str]) -> Answer:
        answer = await self._fetch(follow, headers)
        self.read.append(Page(answer.url, answer.body, answer.status, answer.headers, follow))
        return answer

    async def _fetch(self, follow: Follow, headers: Mapping[str, str]) -> Answer:
        """Each page is asked for once in a trial."""
        if follow.method != "GET" or follow.body:
            return await self._fetcher.fetch(follow, self._who, headers)
        if follow.url not in self._answers:
            self._answers[follow.url] = await self._fetcher.fetch(follow, self._who, headers)
        return self._answers[follow.url]


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""


def main() -> None:
    """Try the address that standard input holds. Standard output is for the result alone."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started us: our input closes with it
    job = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    setting, limits = settings(), replace(LIMITS, **job["limits"])
    trial = Trial(job["url"], setting, limits, utc_now, local=bool(job.get("local")))
    run_spider(trial.work, setting.user_agent, limits, utc_now)
    if job.get("pages"):
        captured.write(Path(job["pages"]), trial.read)
    out.write(verdicts.as_line(trial.result))
    out.flush()
    os._exit(0)  # a parse that was cut short still has its thread, which nothing can end


def _end_with_parent() -> None:
    sys.stdin.read()
    os._exit(ENDED_BY_PARENT)


if __name__ == "__main__":
    main()
