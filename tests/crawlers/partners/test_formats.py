"""Each partner's listing, fetched over HTTP and read by parsers that know nothing of it."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import re
from collections.abc import Callable, Mapping

import feedparser
import pytest
from lxml import etree, html

from crawlers.partners.adverts import World
from crawlers.partners.formats.base import View, cdata, element, xml
from crawlers.partners.formats.request import Request
from crawlers.partners.formats.table import FORMATS
from crawlers.partners.life import adverts_on
from crawlers.partners.members import PARTNERS
from crawlers.partners.running import Partners
from crawlers.partners.sources import demo_organisations, demo_sources
from crawlers.source import Follow, Page, Posting

FEEDS = [
    partner.slug
    for partner in PARTNERS
    if FORMATS[partner.format].key in ("networx", "rdf", "rss_google", "rss_jobs", "rss_labels", "tal")
]
PAGES = [partner.slug for partner in PARTNERS if FORMATS[partner.format].adapter == "sitemap"]
ALL = [partner.slug for partner in PARTNERS]
PLAIN = [partner.slug for partner in PARTNERS if FORMATS[partner.format].front is None]
TYPES = {
    "sherwood-vale-council": "application/rss+xml; charset=utf-8",
    "trentshire-county-council": "application/atom+xml",
    "trentside-hospitals": "application/x-gzip",
    "greenwood-healthcare": "application/rdf+xml",
    "trentshire-fire": "text/xml",
    "university-of-trentside": "application/octet-stream",
}


def entry(partners: Partners, slug: str) -> str:
    site = partners.site(slug)
    return site.moment.base + site.format.entry


@pytest.mark.parametrize("slug", FEEDS)
def test_a_feed_is_well_formed_and_has_an_entry_for_each_vacancy(partners: Partners, slug: str, ask: Callable) -> None:
    got = ask(entry(partners, slug))
    etree.fromstring(got.body)
    adverts = partners.site(slug).view.adverts
    feed = feedparser.parse(got.body)
    assert not feed.bozo
    assert len(feed.entries) == len(adverts)
    assert {each.title.split(" (")[0] for each in feed.entries} == {each.title.split(" (")[0] for each in adverts}
    assert all(each.link.startswith(partners.urls[slug]) for each in feed.entries)


@pytest.mark.parametrize("slug", PAGES)
def test_a_sitemap_lists_a_page_for_each_vacancy_with_one_posting_in_it(
    partners: Partners, slug: str, ask: Callable
) -> None:
    urls = [url for url in locations(ask, entry(partners, slug)) if "/jobs/" in url]
    assert len(urls) == len(partners.site(slug).view.adverts)
    for url in urls[:3]:
        page = html.fromstring(ask(url).body)
        blocks = page.xpath('//script[@type="application/ld+json"]/text()')
        if slug == "university-of-trentside":
            assert len(page.xpath('//*[@itemtype="http://schema.org/JobPosting"]')) == 1
        else:
            assert [json.dumps(json.loads(block)).count('"JobPosting"') for block in blocks] == [1]


def locations(ask: Callable, url: str) -> list[str]:
    body = ask(url).body
    root = etree.fromstring(gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body)
    found = [str(each.text).strip() for each in root.iter("{*}loc")]
    nested = etree.QName(root).localname == "sitemapindex"
    return [url for part in found for url in locations(ask, part)] if nested else found


@pytest.mark.parametrize(("slug", "type_"), TYPES.items())
def test_listings_have_their_systems_content_types(partners: Partners, slug: str, type_: str, ask: Callable) -> None:
    assert ask(entry(partners, slug)).headers["content-type"] == type_


@pytest.mark.parametrize("slug", FEEDS + PAGES)
def test_an_advert_has_a_page_with_an_application_behind_it(partners: Partners, slug: str, ask: Callable) -> None:
    site = partners.site(slug)
    advert = site.view.adverts[2]
    page = ask(site.format.url(site.view, advert))
    assert page.status == 200
    assert advert.reference in page.text
    [link] = [href for href in html.fromstring(page.body).xpath("//a/@href") if "/apply/" in href]
    form = ask(link)
    assert form.status == 200
    assert "Apply here" in form.text


@pytest.mark.parametrize("slug", PLAIN)
def test_the_front_page_lists_the_vacancies_and_links_to_the_feed(partners: Partners, slug: str, ask: Callable) -> None:
    page = html.fromstring(ask(partners.urls[slug] + "/").body)
    assert len(page.xpath("//main//li/a")) == len(partners.site(slug).view.adverts)
    alternates = page.xpath('//link[@rel="alternate"]/@href')
    assert alternates == ([] if slug in PAGES else [partners.site(slug).format.entry])


@pytest.mark.parametrize("slug", FEEDS + PAGES)
def test_our_own_adapters_read_every_vacancy_and_no_listing_falls_short(
    partners: Partners, slug: str, ask: Callable
) -> None:
    postings = crawl(partners.urls, slug, ask)
    adverts = partners.site(slug).view.adverts
    assert len(postings) == len(adverts)
    assert all(posting.title and posting.url and posting.locations for posting in postings)
    assert len({posting.reference for posting in postings}) == len(adverts)
    assert sum(posting.closes is not None for posting in postings) >= len(adverts) * 0.9
    assert sum(posting.salary is not None for posting in postings) >= len(adverts) * 0.9


def crawl(urls: Mapping[str, str], slug: str, ask: Callable) -> list[Posting]:
    adapter = demo_sources(urls)[slug].adapter
    follows: list[Follow] = list(adapter.start())
    postings: list[Posting] = []
    for follow in follows:
        got = ask(follow.url)
        parsed = adapter.parse(Page(follow.url, got.body, got.status, got.headers, follow))
        assert parsed.shortfall is None
        postings.extend(parsed.postings)
        follows.extend(parsed.follows)
    return postings


@pytest.mark.parametrize("slug", ALL)
def test_the_same_seed_makes_the_same_bytes(slug: str) -> None:
    partner = next(each for each in PARTNERS if each.slug == slug)
    format_, views = FORMATS[partner.format], []
    for _ in range(2):
        adverts_on.cache_clear()
        world = World(2010, dt.date(2026, 11, 21))
        views.append(View(partner, "http://127.0.0.1:8101", adverts_on(world, partner, 3), world.start))
    once, again = (format_.answers(view, Request.of(format_.entry)) for view in views)
    assert once == again or (once and "Set-Cookie" in once.headers)  # which begins a session, never the same
    assert format_.listings(views[0]) == format_.listings(views[1])
    assert format_.page(views[0], views[0].adverts[0]) == format_.page(views[1], views[1].adverts[0])


def test_a_board_names_the_employer_of_each_advert(partners: Partners, ask: Callable) -> None:
    for slug in ("trentshire-public-jobs", "trent-nhs-careers"):
        assert all(posting.employer for posting in crawl(partners.urls, slug, ask))


def test_every_employer_is_an_organisation_of_the_demo_once(partners: Partners) -> None:
    entries = demo_organisations(partners.urls)
    assert {each.name for each in entries} == {e.name for partner in PARTNERS for e in partner.employers}
    assert len(entries) == len({each.name for each in entries})
    own = next(each for each in entries if each.name == "Trentshire Police")
    assert own.recruitment_url == partners.urls["trentshire-police"] + "/"
    assert all(each.recruitment_url is None for each in demo_organisations())


def test_sources_stay_on_this_machine_and_boards_have_no_organisation_of_their_own() -> None:
    sources = demo_sources({partner.slug: "http://127.0.0.1:9/" for partner in PARTNERS})
    assert list(sources) == ALL
    assert all(source.loopback for source in sources.values())
    assert [slug for slug, source in sources.items() if source.organisation is None] == [
        "trent-nhs-careers",
        "trentshire-public-jobs",
    ]
    assert demo_sources({"trentshire-police": "http://127.0.0.1:9"}).keys() == {"trentshire-police"}


def test_text_is_escaped_for_where_it_stands() -> None:
    assert xml("Tom & Jerry's <b>") == "Tom &amp; Jerry&#39;s &lt;b&gt;"
    assert element("a", None) == ""
    assert etree.fromstring(f"<a>{cdata('x ]]> y')}</a>").text == "x ]]> y"
    assert not re.search(r"[<>]", xml("<>"))
