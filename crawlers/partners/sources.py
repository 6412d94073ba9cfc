"""The simulated partners as sources and organisations of the demo: public at once, on this machine, asked often."""

from __future__ import annotations

from collections.abc import Mapping

from clearinghouse.accounts.organisations import Entry
from crawlers.declared import adapter_from
from crawlers.partners.formats.table import FORMATS
from crawlers.partners.members import PARTNERS, Partner
from crawlers.source import Adapter, Expect, Source

EVERY_HOURS = 0.25


def demo_sources(base_urls: Mapping[str, str]) -> dict[str, Source]:
    """A source for each partner whose address is in `base_urls` (slug → address without a path), by slug."""
    return {
        partner.slug: _source(partner, base_urls[partner.slug].rstrip("/"))
        for partner in PARTNERS
        if partner.slug in base_urls
    }


def demo_organisations(base_urls: Mapping[str, str] | None = None) -> tuple[Entry, ...]:
    """Every employer of the demo, as a listed member; one that only boards advertise for has a board's address.

    An address is stated only where `base_urls` (slug → address) has it.
    """
    found: dict[str, Entry] = {}
    for partner in sorted(PARTNERS, key=lambda each: each.board):
        base = (base_urls or {}).get(partner.slug)
        url = f"{base.rstrip('/')}/" if base else None
        for employer in partner.employers:
            entry = Entry(employer.name, employer.type, "nottinghamshire", None if partner.board else url, url)
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
    spoken = FORMATS[partner.format]
    return adapter_from(
        {"adapter": spoken.adapter, "fields": {"url": base + spoken.entry, **spoken.fields}}, partner.slug
    )
