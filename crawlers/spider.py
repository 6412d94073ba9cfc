"""The only Scrapy spider: it lends the runner Scrapy's downloader, and ends when the runner's work does.

Sources are harvested by plain coroutines (`crawlers.harvesting`), which ask for one page at a time and get its answer:
so joining cards with details, deadlines and one-after-another on a host need no call-backs, and no Scrapy to test.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.resolver import dnscache

from clearinghouse.db import Clock
from crawlers.fetching import Fetcher
from crawlers.limits import Limits
from crawlers.politeness import scrapy_settings

Work = Callable[[Fetcher], Awaitable[None]]


class VacancySpider(scrapy.Spider):  # type: ignore[misc]  # Scrapy is untyped here
    """Runs `work` with a fetcher on this crawler's downloader."""

    name = "clearinghouse"

    def __init__(self, work: Work, limits: Limits, clock: Clock, **options: Any) -> None:
        super().__init__(**options)
        self._work = work
        self._limits = limits
        self._clock = clock

    async def start(self) -> AsyncIterator[Any]:
        """Do the work; yield nothing, since every page goes straight to whoever asked for it."""
        engine = self.crawler.engine
        fetcher = Fetcher(engine.download_async, engine.downloader.prepare, dnscache, self._limits, self._clock)
        await self._work(fetcher)
        requests: tuple[Any, ...] = ()
        for request in requests:
            yield request


def run_spider(work: Work, user_agent: str, limits: Limits, clock: Clock) -> None:
    """Run `work` under Scrapy, until it ends. Once in a process: a Twisted reactor can't start twice."""
    process = AsyncCrawlerProcess(scrapy_settings(user_agent, limits))
    process.crawl(VacancySpider, work=work, limits=limits, clock=clock)
    process.start(install_signal_handlers=False)
