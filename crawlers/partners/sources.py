"""The simulated partners as sources and organisations of the demo: public at once, on this machine, asked often."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from crawlers.adapters.feed import Feed
from crawlers.adapters.sitemap import Sitemap
from crawlers.partners.formats.table import FORMATS, SITEMAPS
from crawlers.partners.members import PARTNERS, Partner
from crawlers.source import Adapter, Expect, Source

EVERY_HOURS = 0.25
ADVERTS = r"/jobs/\d+-"


@dataclass(frozen=True)
class DemoOrganisation:
    """An invented member of the demo, with its addresses on this machine."""

    name: str
    type: str
    homepage: str
    recruitment_url: str


def demo_sources(base_urls: Mapping[str, str]) -> dict[str, Source]:
    """A source for each partner whose address is in `base_urls` (slug → address without a path), by slug."""
    return {
        partner.slug: _source(partner, base_urls[partner.slug].rstrip("/"))
        for partner in PARTNERS
        if partner.slug in base_urls
    }


def demo_organisations(base_urls: Mapping[str, str]) -> tuple[DemoOrganisation, ...]:
    """Every employer of the demo; one that only a board advertises for has the board's address."""
    found: dict[str, DemoOrganisation] = {}
    for partner in sorted(PARTNERS, key=lambda each: each.board):
        base = base_urls.get(partner.slug, "").rstrip("/")
        for employer in partner.employers if base else ():
            entry = DemoOrganisation(employer.name, employer.type, f"{base}/", f"{base}/")
            found.setdefault(employer.name, entry)
    return tuple(found.values())


def _source(partner: Partner, base: str) -> Source:
    return Source(
        organisation=None if partner.board else partner.name,
        adapter=_adapter(partner, base),
        homepage=f"{base}/",
        every_hours=EVERY_HOURS,
        expect=Expect(minimum=1),
        loopback=True,
    )


def _adapter(partner: Partner, base: str) -> Adapter:
    url = base + FORMATS[partner.format].entry
    return Sitemap(url=url, match=ADVERTS) if partner.format in SITEMAPS else Feed(url=url)
