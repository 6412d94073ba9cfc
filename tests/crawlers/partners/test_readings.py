"""What we read from every simulated advert against what is true of it: the partners know the right answers."""

from __future__ import annotations

import datetime as dt
import functools
import sys
from pathlib import Path

import pytest

from clearinghouse.normalise.draft import normalise
from clearinghouse.vacancies.draft import Draft
from clearinghouse.vacancies.posting import SourceFacts
from crawlers.partners.adverts import Advert, World
from crawlers.partners.closing import END
from crawlers.partners.members import PARTNERS, Partner
from crawlers.partners.sources import demo_sources
from crawlers.source import Posting

sys.path.insert(0, str(Path(__file__).parent.parent))

from simulation import BASES, NOW, Simulation, crawled, matched

WORLD = World(2010, NOW.date())


@functools.cache
def read(partner: Partner) -> tuple[Simulation, list[tuple[Posting, Advert]]]:
    """A partner's site, and what a run brings from it: each posting with its advert."""
    fetcher = Simulation(partner, WORLD)
    return fetcher, matched(fetcher, crawled(fetcher, demo_sources(BASES)[partner.slug]))


@pytest.mark.parametrize("partner", PARTNERS, ids=lambda partner: partner.slug)
def test_a_vacancy_s_links_lead_to_its_page_and_its_form(partner: Partner) -> None:
    fetcher, pairs = read(partner)
    urls = {url for posting, _ in pairs for url in (posting.url, posting.apply_url) if url}
    own = {url.removeprefix(BASES[partner.slug]) for url in urls if url.startswith(BASES[partner.slug])}
    assert {path: fetcher.site.answer(path).status for path in own} == dict.fromkeys(own, 200)
    assert own


@pytest.mark.parametrize("partner", PARTNERS, ids=lambda partner: partner.slug)
def test_employer_kind_closing_and_district_are_read_as_they_are(partner: Partner) -> None:
    fetcher, pairs = read(partner)
    source, spoken = demo_sources(BASES)[partner.slug], fetcher.site.format
    facts = SourceFacts(partner.slug, source.organisation, "demo", source.adapter.name, "1")
    assert len(pairs) >= 9
    for posting, advert in pairs:
        draft = normalise(posting, facts, NOW)
        assert isinstance(draft, Draft), (posting, draft)
        # "Apprenticeship Skills Coach" looks like one even to people; not every system tells that a post is casual
        untold = advert.kind == "casual" and advert.terms.contract not in f"{posting.employment_type} {posting.extra}"
        assert draft.kind == advert.kind or "coach" in advert.title.lower() or untold, advert.title
        assert draft.employer == advert.employer
        stated = spoken.told(advert).closes or (draft.closes_at and advert.closing.at)  # its prose may say it too
        if stated and stated.time() == END and advert.closing.text in (posting.description_html or ""):
            stated = advert.closing.at  # a system that tells the day alone; the advert's prose has the time of that day
        assert draft.closes_at == (stated and stated.astimezone(dt.UTC)), advert.closing
        districts = {place.district for place in draft.places if place.district}
        assert not districts or advert.place.district is None or advert.place.district in districts, advert.place
