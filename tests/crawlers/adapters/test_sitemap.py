"""Sitemaps, and the adverts' pages that they list."""

from __future__ import annotations

import gzip

import pytest

from clearinghouse.errors import BadBodyError
from clearinghouse.ingest.harvest import ILL_FORMED, TRUNCATED
from crawlers.adapters.sitemap import Sitemap
from crawlers.source import Follow, Page, Parsed

URL = "https://jobs.example/sitemap.xml"
URLS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    "<url><loc>https://jobs.example/jobs/1</loc><lastmod>2026-11-01</lastmod></url>"
    "<url><loc>https://jobs.example/about</loc></url></urlset>"
)
PAGES = ["https://jobs.example/jobs/1", "https://jobs.example/about"]


def read(body: bytes | str, asked: Follow | None = None, match: str | None = None) -> Parsed:
    data = body.encode() if isinstance(body, str) else body
    return Sitemap(URL, match).parse(Page(URL, data, headers={"content-type": "application/octet-stream"}, asked=asked))


@pytest.mark.parametrize(
    "body",
    [
        URLS,
        URLS.replace(' xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"', ""),
        URLS.replace("<", "<s:").replace("<s:/", "</s:").replace("<s:?", "<?").replace("xmlns=", "xmlns:s="),
        "\ufeff" + URLS,
        gzip.compress(URLS.encode(), mtime=0),
        URLS.encode("utf-16"),
        "\n".join(PAGES),
        gzip.compress("\r\n".join(PAGES).encode("utf-8-sig"), mtime=0),
    ],
)
def test_every_way_to_write_a_sitemap_lists_the_same_pages(body: bytes | str) -> None:
    parsed = read(body)
    assert [follow.url for follow in parsed.follows] == PAGES
    assert {follow.role for follow in parsed.follows} == {"detail"}
    assert parsed.shortfall is None


def test_only_matching_addresses_are_adverts_and_the_date_is_carried() -> None:
    (follow,) = read(URLS, match=r"/jobs/\d+$").follows
    assert (follow.url, follow.carried) == (PAGES[0], {"lastmod": "2026-11-01"})


def test_a_match_that_is_no_pattern_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"match '\(jobs' is no regular expression"):
        Sitemap(URL, match="(jobs")


def test_index_files_are_followed_to_a_bounded_depth() -> None:
    index = "<sitemapindex><sitemap><loc>/part.xml</loc></sitemap></sitemapindex>"
    asked: Follow | None = None
    for depth in (1, 2, 3):
        (asked,) = read(index, asked).follows
        assert (asked.url, asked.role, asked.carried) == ("https://jobs.example/part.xml", "listing", {"depth": depth})
    last = read(index, asked)
    assert last.follows == ()
    assert last.shortfall is not None


def test_an_empty_sitemap_is_complete() -> None:
    assert read("<urlset/>") == Parsed()


def test_a_truncated_sitemap_lists_what_it_can_and_says_so() -> None:
    parsed = read(URLS[: URLS.index("/about") + 3])
    assert [follow.url for follow in parsed.follows] == PAGES[:1]
    assert (parsed.shortfall or "").startswith(TRUNCATED)


def test_a_bare_ampersand_is_ill_formed_but_read() -> None:
    parsed = read(URLS.replace("/jobs/1", "/jobs?a=1&b=2"))
    assert parsed.follows[0].url == "https://jobs.example/jobs?a=1&b=2"
    assert (parsed.shortfall or "").startswith(ILL_FORMED)


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("<html><body>Not found</body></html>", "an HTML page, not a sitemap"),
        ("<rss><channel/></rss>", "XML with root <rss>, not a sitemap"),
        ("{}", "JSON, not a sitemap"),
        ("Not found", "plain text, not a sitemap"),
        ("https://jobs.example/1\nnot an address", "plain text, not a sitemap"),
        (gzip.compress(URLS.encode(), mtime=0)[:-12], "gzip data that ends early"),
        ("", "an empty body"),
    ],
)
def test_a_body_that_is_no_sitemap_is_named_for_what_it_is(body: bytes | str, what: str) -> None:
    with pytest.raises(BadBodyError) as caught:
        read(body)
    assert caught.value.reason == what


def test_a_page_that_it_lists_is_read_for_its_advert() -> None:
    body = '<html><script type="application/ld+json">{"@type": "JobPosting", "title": "Clerk"}</script></html>'
    (posting,) = read(body, asked=Follow(URL)).postings
    assert posting.title == "Clerk"
