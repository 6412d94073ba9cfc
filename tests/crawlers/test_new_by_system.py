"""`sources new` on an employer's own page that only links to its board: for every system that an adapter is for."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from clearinghouse.settings import Settings
from crawlers import captured
from crawlers.adapters.known import RECOGNISERS
from crawlers.fetching import Answer, Identity
from crawlers.harvesting import harvest
from crawlers.limits import Limits
from crawlers.new import write
from crawlers.registry import load
from crawlers.source import Follow
from crawlers.trial import LIMITS, Trial

sys.path.insert(0, str(Path(__file__).parent))

from own_bodies import NAMES, adapter_name, adapter_of, page_of
from simulation import NOW

HOME = "https://www.seaton.example/"
FRONT = '<!doctype html><html><head><title>Seaton Council</title></head><body><a href="{}">Vacancies</a></body></html>'


def size(name: str) -> int:
    """How many vacancies a body of ours tells of."""
    parsed = adapter_of(name).parse(page_of(name))
    return len(parsed.postings) + sum(1 for follow in parsed.follows if follow.role == "detail")


def board_of(kind: str) -> str | None:
    """The body of a list on that system that tells of most vacancies."""
    lists = [name for name in NAMES if adapter_name(name) == kind and page_of(name).role == "listing"]
    return max((name for name in lists if size(name)), key=size, default=None)


def may_be_crawled(name: str) -> bool:
    """True for an adapter that asks for pages: one is for saved pages alone."""
    return bool(tuple(adapter_of(name).start()))


BOARDS = {kind: name for kind in RECOGNISERS if (name := board_of(kind)) and may_be_crawled(name)}
ADVERTS = {"sitemap": "microdata.html"}  # another system's


class Web:
    """An employer's page, and the board that it links to: any page of one job is the detail body of that system."""

    def __init__(self, kind: str) -> None:
        self.board = page_of(BOARDS[kind])
        details = (name for name in NAMES if adapter_name(name) == kind and page_of(name).role == "detail")
        self.detail = ADVERTS.get(kind) or next(details, None)
        self.lists = {place(self.board.url), *(place(follow.url) for follow in adapter_of(BOARDS[kind]).start())}

    async def fetch(self, follow: Follow, _: Identity, __: Mapping[str, str]) -> Answer:
        """The answer."""
        if follow.url == HOME:
            return Answer(HOME, 200, {"content-type": "text/html"}, FRONT.format(self.board.url).encode())
        if place(follow.url) in self.lists and "page" not in follow.carried:
            return Answer(follow.url, 200, {}, self.board.body)
        if self.detail and follow.role == "detail":
            return Answer(follow.url, 200, {}, page_of(self.detail).body)
        return Answer(follow.url, 404, {}, b"")

    async def sitemaps(self, _: str, __: Identity) -> tuple[str, ...]:
        """None."""
        return ()


def place(url: str) -> str:
    """An address without what is asked for there."""
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path}"


@pytest.mark.parametrize("kind", sorted(BOARDS))
def test_a_page_that_links_to_a_board_becomes_a_source_that_crawls(kind: str, tmp_path: Path) -> None:
    web = Web(kind)
    trial = Trial(HOME, Settings(), LIMITS, lambda: NOW)
    asyncio.run(trial.work(web))  # type: ignore[arg-type]  # a fake that has what a trial uses
    result = trial.result
    assert (result["state"], result["adapter"] and result["adapter"]["adapter"]) == ("found", kind), result
    captured.write(tmp_path / "pages", trial.read)
    (tmp_path / "sources").mkdir()
    written = write(result, tmp_path / "pages", tmp_path / "sources", "seaton", NOW.date())
    assert 8 <= len(written.file.read_text().splitlines()) <= 20
    source = load(tmp_path / "sources", shipped=None).sources["seaton"].source
    assert source == written.source

    async def fetch(follow: Follow, headers: Mapping[str, str]) -> Answer:
        return await web.fetch(follow, Identity("test", "agent", loopback=False), headers)

    brought = asyncio.run(harvest("seaton", source, fetch, {}, Limits(), lambda: NOW))
    assert len(brought.harvest.postings) >= result["postings"] > 0
