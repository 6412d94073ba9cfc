"""How slowly a site is asked: by our own pace, its robots.txt's, or what an adapter knows of its system."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Any

import pytest
from scrapy.http import Request, Response

from crawlers.adapters.find_an_apprenticeship import FindAnApprenticeship
from crawlers.fetching import Fetcher, Identity
from crawlers.limits import Limits
from crawlers.politeness import DELAY, JITTER, PoliteDownloader
from crawlers.source import Follow

URL = "https://api.anytown.example/vacancies/vacancy"


class Slots(PoliteDownloader):
    """The downloader's paces, without what downloads."""

    def __init__(self) -> None:
        self.per_slot_settings: dict[str, dict[str, Any]] = {}
        self.slots: dict[str, Any] = {}


def delay_of(pace: float, robots: bytes) -> float:
    """The seconds between two requests to a site with that robots.txt, for an adapter with that pace."""

    async def download(request: Request) -> Response:
        return Response(request.url, body=robots if request.url.endswith("/robots.txt") else b"[]")

    slots = Slots()
    now = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)
    fetcher = Fetcher(download, slots.prepare, {}, Limits(), lambda: now)
    who = Identity("faa", "ClearingHouse/1", proxy="http://proxy.example:3128", pace=pace)
    asyncio.run(fetcher.fetch(Follow(URL), who))
    (setting,) = slots.per_slot_settings.values()
    return float(setting["delay"])


@pytest.mark.parametrize(
    ("pace", "robots", "delay"),
    [
        (0.0, b"", DELAY),
        (2.0, b"", DELAY * 2),
        (2.0, b"User-agent: *\nCrawl-delay: 5\n", DELAY * 5),
        (2.0, b"User-agent: *\nCrawl-delay: 1\n", DELAY * 2),
    ],
)
def test_the_slowest_of_what_is_wanted_is_our_pace(pace: float, robots: bytes, delay: float) -> None:
    assert delay_of(pace, robots) == delay


def test_find_an_apprenticeship_is_asked_at_most_150_times_in_five_minutes() -> None:
    shortest = delay_of(FindAnApprenticeship.pace, b"") * (1 - JITTER)
    assert 300 / shortest <= 150
