"""Boards that are web pages, simulated: each crawls to what it advertises, and takes no error for an empty board."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

import pytest

from clearinghouse.errors import BadBodyError
from crawlers.declared import adapter_from
from crawlers.partners.faults import Fault
from crawlers.partners.formats.base import Format
from crawlers.partners.formats.council_pages import A_PAGE_EACH, ONE_ADDRESS, PDF_ADVERTS, POSTS_IN_SLUGS
from crawlers.partners.formats.icims import ICIMS
from crawlers.partners.formats.recruitsaas import RECRUITSAAS
from crawlers.partners.members import PARTNERS
from crawlers.source import Page, Source

sys.path.insert(0, str(Path(__file__).parent.parent))

from simulation import BASES, WORLD, Simulation, crawled
from test_new_by_partner import read, true

FORMATS = [A_PAGE_EACH, ICIMS, ONE_ADDRESS, PDF_ADVERTS, POSTS_IN_SLUGS, RECRUITSAAS]


def simulated(spoken: Format) -> tuple[Simulation, Source]:
    """A partner on that system, and the source that its declaration makes."""
    partner = dataclasses.replace(PARTNERS[0], format=spoken.key)
    base = BASES[partner.slug]
    adapter = adapter_from({"adapter": spoken.adapter, "fields": {"url": base + spoken.entry, **spoken.fields}})
    return Simulation(partner, dataclasses.replace(WORLD, scale=0.5)), Source(None, adapter, loopback=True)


@pytest.mark.parametrize("spoken", FORMATS, ids=lambda spoken: spoken.key)
def test_a_board_of_pages_crawls_to_what_it_advertises(spoken: Format) -> None:
    fetcher, source = simulated(spoken)
    base = BASES[PARTNERS[0].slug]
    postings = crawled(fetcher, source)
    shared = spoken is ONE_ADDRESS  # whose adverts have no address of their own
    adverts = {each.reference if shared else base + spoken.path(each): each for each in fetcher.site.view.adverts}
    assert len(postings) == len(adverts) > 10
    for posting in postings:
        advert = adverts.pop((posting.reference if shared else posting.url) or "")
        told = spoken.told(advert)
        assert read(posting, advert, told) == true(advert, told, base)
        wordless = shared or (spoken is PDF_ADVERTS and advert.number % 4 == 0)
        assert (posting.description_html is None) is wordless


@pytest.mark.parametrize("spoken", FORMATS, ids=lambda spoken: spoken.key)
def test_an_error_page_with_status_200_is_no_empty_board(spoken: Format) -> None:
    fetcher, source = simulated(spoken)
    site = type(fetcher.site)(dataclasses.replace(fetcher.site.moment, fault=Fault.ERROR_PAGE))
    (first,) = source.adapter.start()
    answer = site.answer(spoken.entry)
    with pytest.raises(BadBodyError, match=r"no row matches|a page without"):
        source.adapter.parse(Page(first.url, answer.document.content, asked=first))
