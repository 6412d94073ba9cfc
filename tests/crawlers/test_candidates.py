"""Where a site's vacancies may stand, and what its pages call it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers import candidates
from crawlers.source import Page

BASE = "https://www.seaton.example"
PAGE = """<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"""


def page(head: str = "", body: str = "", title: str = "") -> Page:
    """A page of HTML."""
    return Page(f"{BASE}/work", PAGE.format(head=head, body=body, title=title).encode())


ALTERNATE = '<link rel="alternate" type="{kind}" href="{href}" title="{title}">'
NEWS = ALTERNATE.format(kind="application/rss+xml", href="/news.rss", title="News")
JOBS = ALTERNATE.format(kind="Application/Atom+XML; charset=utf-8", href="feed?x=1&amp;y=2", title="Our vacancies")
STYLE = '<link rel="alternate stylesheet" type="text/css" href="/jobs.css">'
BROKEN = ALTERNATE.format(kind="text/xml", href="http://[::1", title="Jobs")


def test_feeds_that_a_page_names_are_found_those_about_jobs_first() -> None:
    found = candidates.named_on(
        page(NEWS + STYLE + BROKEN + JOBS, '<a href="/jobs.atom">All jobs</a><a href="/a">A</a>')
    )
    assert found == (f"{BASE}/feed?x=1&y=2", f"{BASE}/jobs.atom", f"{BASE}/news.rss")


@pytest.mark.parametrize(
    ("href", "is_feed"),
    [
        ("/jobs.json", True),
        ("/vacancies.csv?all=1", True),
        ("/feeds/datafeed.ashx?Format=xml", True),
        ("/RSSFeeds/Vacancies/ABC?feedID=1", True),
        ("/?feed=job_feed", True),
        ("/feedback", False),
        ("/xml-guide", False),
        ("/jobs/feed/", True),
    ],
)
def test_a_link_s_address_tells_a_feed(href: str, is_feed: bool) -> None:  # noqa: FBT001  a column of the table
    assert candidates.named_on(page(body=f'<a href="{href}">x</a>')) == ((BASE + href,) if is_feed else ())


def test_other_places_are_tried_after_what_is_named_and_no_more_than_a_few() -> None:
    found = candidates.worth_a_try(page(JOBS), ["/pages.xml", "https://jobs.seaton.example/sitemap.xml", "mailto:x"])
    assert found == (
        f"{BASE}/feed?x=1&y=2",
        "https://jobs.seaton.example/sitemap.xml",
        f"{BASE}/pages.xml",
        f"{BASE}/sitemap.xml",
        f"{BASE}/rss",
        f"{BASE}/feed",
    )
    flood = page("".join(JOBS.replace("x=1", f"x={n}") for n in range(20)))
    assert len(candidates.worth_a_try(flood, [])) == candidates.MOST


FOLDERS = [
    ([f"/jobs/{n}-clerk" for n in range(3)] + ["/", "/about"], "/jobs/", r"/jobs/\d"),
    (["/vacancy/1/clerk", "/vacancy/2/porter", "/news/1", "/news/2", "/news/3"], "/vacancy/", r"/vacancy/\d"),
    (["/careers-here/clerk", "/about/us", "/about/them"], "/careers-here/", "/careers-here/"),
    (["/clerk-1", "/porter-2", "/x/about"], "/", r"//[^/]+/[^/]+$"),
]


@pytest.mark.parametrize(("paths", "folder", "match"), FOLDERS, ids=[folder for _, folder, _ in FOLDERS])
def test_the_folder_of_the_adverts_comes_first_and_has_an_expression(paths: list[str], folder: str, match: str) -> None:
    (first, urls), *others = candidates.groups(BASE + path for path in paths)
    assert first == folder
    assert candidates.match_of(first, urls) == match
    assert all(re.search(match, url) for url in urls)
    assert not any(re.search(match, url) for _, rest in others for url in rest)


TITLES = [
    ("Seaton Council Jobs", "Seaton Council"),
    ("Latest vacancies at Seaton Borough Council", "Seaton Borough Council"),
    ("Current Vacancies | Seaton NHS Trust", "Seaton NHS Trust"),
    ("Seaton Police: Careers", "Seaton Police"),
    ("Job search results – University of Seaton", "University of Seaton"),
    ("Vacancies", None),
    ("jobs rss feed", None),
    ("", None),
    (None, None),
]


@pytest.mark.parametrize(("title", "name"), TITLES)
def test_a_title_without_what_it_says_of_jobs_is_the_employer(title: str | None, name: str | None) -> None:
    assert candidates.employer_in(title) == name


def test_a_feed_and_a_page_are_named_by_their_titles_and_a_feeds_home_is_its_site() -> None:
    feed = Page(f"{BASE}/jobs/rss?a=b", b"<rss><channel><title>Seaton &amp; Jobs</title><item/></channel></rss>")
    assert candidates.title_of(feed) == "Seaton & Jobs"
    assert candidates.title_of(page(title="Work for Seaton")) == "Work for Seaton"
    assert candidates.title_of(Page(BASE, b"\x89PNG")) is None
    assert candidates.home_of(feed) == f"{BASE}/"
    assert candidates.home_of(page()) == f"{BASE}/work"


@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: f"<!doctype html>{text}".encode()))
def test_no_body_is_too_odd_to_look_through(body: bytes) -> None:
    odd = Page(f"{BASE}/", body)
    assert len(candidates.worth_a_try(odd, [])) <= candidates.MOST
    candidates.employer_in(candidates.title_of(odd))
    candidates.home_of(odd)
