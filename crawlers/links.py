"""Whether each organisation's recruitment page still answers: asked as politely as any other page.

`python -m crawlers.links [new]`: in a process of its own, as all of Scrapy; `new` asks only for those never asked for.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from collections import defaultdict
from collections.abc import Iterable

import sqlalchemy as sa

from clearinghouse.accounts.models import Organisation
from clearinghouse.db import Clock, Store, utc_now
from clearinghouse.settings import Settings, settings
from crawlers.batch import Stop
from crawlers.failures import FetchError
from crawlers.fetching import Fetcher, Identity
from crawlers.limits import Limits
from crawlers.robots import origin
from crawlers.source import Follow
from crawlers.spider import run_spider

LONGEST = 1800.0  # seconds, after which the rest waits for the next night
WELL = "200"
ENDED_BY_PARENT = 3  # exit status


class LinkCheck:
    """Asks for pages and writes down what they answered."""

    def __init__(self, store: Store, setting: Settings, clock: Clock, *, new: bool) -> None:
        self._store = store
        self._clock = clock
        self._who = Identity("links", setting.user_agent, setting.demo, setting.https_proxy)
        self._new = new

    async def work(self, fetcher: Fetcher) -> None:
        """Every link: sites side by side, the pages of one site one after another."""
        sites: dict[str, set[str]] = defaultdict(set)
        for url in self._links():
            sites[origin(url)].add(url)
        await asyncio.gather(*(self._site(fetcher, sorted(urls)) for urls in sites.values()))

    async def _site(self, fetcher: Fetcher, urls: Iterable[str]) -> None:
        for url in urls:
            try:
                said = str((await fetcher.fetch(Follow(url), self._who)).status)
            except FetchError as error:
                said = error.reason
            await asyncio.to_thread(self._note, url, said)

    def _links(self) -> list[str]:
        links = sa.select(Organisation.recruitment_url).where(Organisation.recruitment_url.is_not(None)).distinct()
        if self._new:
            links = links.where(Organisation.link_status.is_(None))
        with self._store.reading() as session:
            return [url for url in session.scalars(links) if url]

    def _note(self, url: str, said: str) -> None:
        values = {"link_status": said} | ({"link_checked": self._clock()} if said == WELL else {})
        with self._store.writing() as session:
            session.execute(sa.update(Organisation).where(Organisation.recruitment_url == url).values(**values))


def check(stop: Stop, *, new: bool = False) -> str:
    """Check the links in a process of its own, and say how it ended."""
    command = [sys.executable, "-m", "crawlers.links", *(["new"] if new else [])]
    with subprocess.Popen(command, stdin=subprocess.PIPE, text=True) as process:  # noqa: S603  our own module
        stop.heed(process)
        try:
            status = process.wait(LONGEST)
        except subprocess.TimeoutExpired:
            process.kill()
            status = process.wait()
    return "links checked" if status == 0 else f"not every link was checked: exit {status}"


def main() -> None:
    """Check every link of the store that the settings name, until done or until our standard input closes."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    setting = settings()
    store = Store(setting.database_url)
    checks = LinkCheck(store, setting, utc_now, new="new" in sys.argv[1:])
    run_spider(checks.work, setting.user_agent, Limits(retries=1), utc_now)
    store.close()


def _end_with_parent() -> None:
    sys.stdin.read()
    os._exit(ENDED_BY_PARENT)


if __name__ == "__main__":
    main()
