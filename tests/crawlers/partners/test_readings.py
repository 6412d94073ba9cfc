"""What we read from every simulated advert against what is true of it: the partners know the right answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from clearinghouse.normalise.draft import normalise
from clearinghouse.vacancies.draft import Draft
from clearinghouse.vacancies.posting import Posting, SourceFacts
from crawlers.partners.adverts import Advert, World
from crawlers.partners.members import PARTNERS
from crawlers.partners.site import Moment, Site
from crawlers.partners.sources import demo_sources
from crawlers.source import Page

NOW = dt.datetime(2026, 11, 21, 10, 30, tzinfo=dt.UTC)
BASE = "http://127.0.0.1:8101"


def read(slug: str) -> Iterator[tuple[Advert, Draft]]:
    partner = next(each for each in PARTNERS if each.slug == slug)
    site = Site(Moment(World(2010, NOW.date()), partner, BASE))
    truth = {site.format.url(site.view, advert): advert for advert in site.view.adverts}
    source = demo_sources({slug: BASE})[slug]
    facts = SourceFacts(slug, source.organisation, "demo", source.adapter.name, "1")
    for posting in postings(site, slug):
        draft = normalise(posting, facts, NOW)
        assert isinstance(draft, Draft), (posting, draft)
        yield truth[posting.url or ""], draft


def postings(site: Site, slug: str) -> Iterator[Posting]:
    adapter = demo_sources({slug: BASE})[slug].adapter
    follows = list(adapter.start())
    for follow in follows:
        answer = site.answer(follow.url.removeprefix(BASE))
        headers = {"content-type": answer.document.type}
        parsed = adapter.parse(Page(follow.url, answer.document.content, answer.status, headers, follow))
        follows.extend(parsed.follows)
        yield from parsed.postings


def stated(advert: Advert, format_: str) -> dt.datetime | None:
    """When the site itself says that it closes: some systems know the day only, one never the second."""
    at = advert.closing.at
    if at and format_ == "rss_google":
        return at.replace(hour=23, minute=59, second=59)
    if at and format_ == "tal" and at.time() == dt.time(23, 59, 59):
        return at.replace(minute=55, second=0)
    return at


@pytest.mark.parametrize("partner", PARTNERS, ids=lambda partner: partner.slug)
def test_employer_kind_closing_and_district_are_read_as_they_are(partner: object) -> None:
    slug, format_ = partner.slug, partner.format  # type: ignore[attr-defined]
    number = 0
    for advert, draft in read(slug):
        number += 1
        # "Apprenticeship Skills Coach" looks like one even to people
        assert draft.kind == advert.kind or "coach" in advert.title.lower(), advert.title
        assert draft.employer == advert.employer
        closes = stated(advert, format_)
        assert draft.closes_at == (closes and closes.astimezone(dt.UTC)), advert.closing
        districts = {place.district for place in draft.places if place.district}
        assert not districts or advert.place.district is None or advert.place.district in districts, advert.place
    assert number >= 25
