"""The simulated partners without any network, as a fetcher that a trial or a run may ask."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Mapping, Sequence
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

from crawlers.fetching import Answer, Identity
from crawlers.harvesting import harvest
from crawlers.keys import headers_for
from crawlers.limits import Limits
from crawlers.partners.adverts import Advert, World
from crawlers.partners.formats.table import FORMATS
from crawlers.partners.members import PARTNERS, Partner
from crawlers.partners.site import Moment
from crawlers.partners.site import Site as Simulated
from crawlers.politeness import scrapy_settings
from crawlers.source import Follow, Posting, Source

HEADERS = scrapy_settings("agent", Limits())["DEFAULT_REQUEST_HEADERS"]
NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
WORLD = World(2010, NOW.date(), 0.2)
DECLARED = [partner for partner in PARTNERS if FORMATS[partner.format].adapter == "html"]  # in no system of anybody's
SYSTEMS = [partner for partner in PARTNERS if partner not in DECLARED]
BASES = {partner.slug: f"http://127.0.0.1:{8101 + number}" for number, partner in enumerate(PARTNERS)}


class Simulation:
    """A fetcher that asks a simulated partner without any network."""

    def __init__(self, partner: Partner, world: World = WORLD) -> None:
        self.site = Simulated(Moment(world, partner, BASES[partner.slug], sites=BASES))
        self.asked: list[tuple[str, str]] = []
        self._cookies: SimpleCookie = SimpleCookie()

    async def fetch(self, follow: Follow, _: Identity, __: Mapping[str, str]) -> Answer:
        """The site's answer."""
        parts = urlsplit(follow.url)
        self.asked.append((follow.method, follow.url))
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        held = "; ".join(f"{name}={morsel.value}" for name, morsel in self._cookies.items())
        sent = {**HEADERS, **follow.headers, **headers_for(follow.url, {}), **({"cookie": held} if held else {})}
        answer = self.site.answer(target, follow.method, sent, follow.body)
        said = {name.lower(): value for name, value in answer.headers.items()}
        self._cookies.load(said.get("set-cookie", ""))
        headers = {"content-type": answer.document.type, **said}
        return Answer(follow.url, answer.status, headers, answer.document.content)

    async def sitemaps(self, url: str, _: Identity) -> tuple[str, ...]:
        """Those that the site's robots.txt names."""
        lines = self.site.answer("/robots.txt").document.content.decode().splitlines()
        return tuple(line.partition(": ")[2] for line in lines if line.startswith("Sitemap"))


def crawled(fetcher: Simulation, source: Source) -> tuple[Posting, ...]:
    """What a run of the source brings, cards joined with their details; a run that isn't whole is a failed test."""

    async def fetch(follow: Follow, headers: Mapping[str, str]) -> Answer:
        return await fetcher.fetch(follow, Identity("new", "agent", loopback=False), headers)

    brought = asyncio.run(harvest("new", source, fetch, {}, Limits(), lambda: NOW))
    assert brought.harvest.problems == ()
    return brought.harvest.postings


def matched(fetcher: Simulation, postings: Sequence[Posting]) -> list[tuple[Posting, Advert]]:
    """Each posting with the advert that it is of, told by its address, or by its reference on a site that has one page.

    A failed test where they aren't as many.
    """
    spoken, view = fetcher.site.format, fetcher.site.view
    known = {spoken.url(view, advert).partition("#")[0]: advert for advert in view.adverts}
    by_url = len(known) == len(view.adverts)
    known = known if by_url else {spoken.told(advert).reference or "": advert for advert in view.adverts}
    found = [(each, known.get((each.url if by_url else each.reference) or "")) for each in postings]
    assert [each for each, advert in found if advert is None] == []
    assert sorted(advert.number for _, advert in found if advert) == sorted(each.number for each in view.adverts)
    return [(each, advert) for each, advert in found if advert]
