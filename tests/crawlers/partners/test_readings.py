"""What we read from every simulated advert against what is true of it: the partners know the right answers."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest

from clearinghouse.normalise.draft import normalise
from clearinghouse.vacancies.draft import Draft
from clearinghouse.vacancies.posting import SourceFacts
from crawlers.partners.adverts import World
from crawlers.partners.members import PARTNERS, Partner
from crawlers.partners.sources import demo_sources

sys.path.insert(0, str(Path(__file__).parent.parent))

from simulation import BASES, NOW, Simulation, crawled, matched

WORLD = World(2010, NOW.date())


@pytest.mark.parametrize("partner", PARTNERS, ids=lambda partner: partner.slug)
def test_employer_kind_closing_and_district_are_read_as_they_are(partner: Partner) -> None:
    fetcher, source = Simulation(partner, WORLD), demo_sources(BASES)[partner.slug]
    spoken = fetcher.site.format
    facts = SourceFacts(partner.slug, source.organisation, "demo", source.adapter.name, "1")
    pairs = matched(fetcher, crawled(fetcher, source))
    assert len(pairs) >= 9
    for posting, advert in pairs:
        draft = normalise(posting, facts, NOW)
        assert isinstance(draft, Draft), (posting, draft)
        # "Apprenticeship Skills Coach" looks like one even to people; not every system tells that a post is casual
        untold = advert.kind == "casual" and advert.terms.contract not in f"{posting.employment_type} {posting.extra}"
        assert draft.kind == advert.kind or "coach" in advert.title.lower() or untold, advert.title
        assert draft.employer == advert.employer
        stated = spoken.told(advert).closes or (draft.closes_at and advert.closing.at)  # its prose may say it too
        assert draft.closes_at == (stated and stated.astimezone(dt.UTC)), advert.closing
        districts = {place.district for place in draft.places if place.district}
        assert not districts or advert.place.district is None or advert.place.district in districts, advert.place
