"""One run of one source, without a network: how long it may take, and what it asks for."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Mapping

import pytest

from crawlers.adapters.sitemap import Sitemap
from crawlers.fetching import Answer
from crawlers.harvesting import Brought, harvest
from crawlers.limits import Limits
from crawlers.source import Follow, Source

NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
BASE = "https://jobs.anytown.example"
ADVERT = b'<html><script type="application/ld+json">{"@type": "JobPosting", "title": "Officer"}</script></html>'


def crawled(pages: int, seconds: float, limits: Limits) -> Brought:
    """What a run of a source with so many job pages brings, each of which takes that long to answer."""
    listing = "".join(f"<url><loc>{BASE}/{number}</loc></url>" for number in range(pages))

    async def fetch(follow: Follow, _: Mapping[str, str]) -> Answer:
        if follow.role == "listing":
            return Answer(follow.url, 200, {}, f"<urlset>{listing}</urlset>".encode())
        await asyncio.sleep(seconds)
        return Answer(follow.url, 200, {}, ADVERT)

    source = Source("Anytown", Sitemap(f"{BASE}/sitemap.xml"))
    return asyncio.run(harvest("anytown", source, fetch, {}, limits, lambda: NOW))


def test_a_source_may_take_longer_than_one_page_as_long_as_pages_come() -> None:
    brought = crawled(16, 0.2, Limits(stalled=0.6)).harvest
    assert (brought.finished, len(brought.postings), brought.problems) == (True, 16, ())


@pytest.mark.parametrize(
    ("limits", "problem"),
    [
        (Limits(stalled=0.1), "no page came for 0.1 s, and stopped after 1 pages"),
        (Limits(stalled=5, source=0.1), "not finished within 0.1 s, and stopped after 1 pages"),
    ],
)
def test_a_source_that_stalls_or_never_ends_is_cut_short(limits: Limits, problem: str) -> None:
    brought = crawled(4, 1, limits).harvest
    assert (brought.finished, brought.problems) == (False, (problem,))
