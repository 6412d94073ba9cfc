"""The simulated systems that publish feeds, XML lists or tiles of their own: what our adapters find in them."""

from __future__ import annotations

import datetime as dt

import pytest

from clearinghouse.normalise.dates import read_closing
from clearinghouse.vacancies.posting import Posting
from crawlers.declared import adapter_from
from crawlers.detect import best
from crawlers.partners.adverts import Advert, World
from crawlers.partners.formats.base import Told
from crawlers.partners.formats.table import FORMATS
from crawlers.partners.members import CITY, Employer, Partner
from crawlers.partners.site import Moment, Site
from crawlers.source import Adapter, Follow, Page, Parsed

BASE = "http://127.0.0.1:8196"
START = dt.date(2026, 11, 21)
EMPLOYER = Employer("Larkhill & District Council", "council", "council", (CITY, "Gedling"), ("office", "depot"))
KEYS = (
    *("broadbean", "corehr", "eploy", "hr_xml", "jobs_ac_uk", "madgex", "successfactors", "tal_structured"),
    "vacancy_poster",
)
COUNT = 18  # below the 20 that a Madgex feed has at most, above the ten that SuccessFactors shows at once


def site_of(key: str) -> Site:
    partner = Partner(f"test-{key}", EMPLOYER.name, key, COUNT, (EMPLOYER,), "LT")
    return Site(Moment(World(2026, START), partner, BASE))


def page_of(site: Site, follow: Follow) -> Page:
    answer = site.answer(follow.url.removeprefix(BASE), follow.method, follow.headers, follow.body)
    return Page(follow.url, answer.document.content, answer.status, {"content-type": answer.document.type}, follow)


def adapter_of(key: str) -> Adapter:
    spoken = FORMATS[key]
    return adapter_from({"adapter": spoken.adapter, "fields": {"url": BASE + spoken.entry, **spoken.fields}})


def read(site: Site, adapter: Adapter) -> list[Posting]:
    """Every posting from the adapter's start on, cards joined with their pages."""
    waiting, postings = list(adapter.start()), list[Posting]()
    for follow in waiting:
        parsed: Parsed = adapter.parse(page_of(site, follow))
        assert parsed.shortfall is None
        postings += [posting.over(follow.card) if follow.card else posting for posting in parsed.postings]
        waiting += parsed.follows
    return postings


def truth(site: Site, advert: Advert) -> tuple[str, str, Told]:
    return advert.title, site.format.url(site.view, advert), site.format.told(advert)


def pay_of(posting: Posting, told: Told) -> str | tuple[float, float] | None:
    """The pay in words, or as sums where the system tells those."""
    if not isinstance(told.pay, tuple):
        return posting.salary
    return float(posting.extra["salary_minimum"]), float(posting.extra["salary_maximum"])


@pytest.mark.parametrize("key", KEYS)
def test_every_advert_is_found_with_its_title_reference_link_closing_and_pay(key: str) -> None:
    site = site_of(key)
    expected = {url: (title, told) for title, url, told in (truth(site, advert) for advert in site.view.adverts)}
    postings = read(site, adapter_of(key))
    assert {posting.url for posting in postings} == set(expected)
    assert len(postings) == COUNT
    for posting in postings:
        title, told = expected[posting.url or ""]
        closes = read_closing(posting.closes, START).closes_at
        assert (posting.title, Told(posting.reference, closes, pay_of(posting, told))) == (title, told)


@pytest.mark.parametrize("key", KEYS)
def test_a_saved_body_of_it_is_known_for_what_it_is(key: str) -> None:
    site, adapter = site_of(key), adapter_of(key)
    page = page_of(site, next(iter(adapter.start())))
    assert best(Page(page.url, page.body)).adapter == adapter


def test_a_madgex_list_is_read_page_by_page_where_its_feed_holds_too_few() -> None:
    partner = Partner("test-madgex", EMPLOYER.name, "madgex", 47, (EMPLOYER,), "LT")
    site = Site(Moment(World(2026, START), partner, BASE))
    feed = adapter_of("madgex")
    assert "20 newest" in (feed.parse(page_of(site, next(iter(feed.start())))).shortfall or "")
    postings = read(site, adapter_from({"adapter": "madgex", "fields": {"url": f"{BASE}/jobs/"}}))
    assert {(each.title, each.url, each.salary, each.employer) for each in postings} == {
        (each.title, site.format.url(site.view, each), each.pay.text, each.employer) for each in site.view.adverts
    }
