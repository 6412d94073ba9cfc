"""From a page of an employer's own to wherever its vacancies really stand."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

import pytest

from crawlers import candidates
from crawlers.failures import UnwellError
from crawlers.leads import Found, leads_from
from crawlers.source import Page

BODIES = Path(__file__).parent / "bodies"
HOME = "https://www.seaton.example/work"
BOARD = "https://boards.greenhouse.io/seaton"
NEWS = b"<rss><channel><title>Seaton news</title><item><title>Mayor opens bridge</title></item></channel></rss>"
JOBS = b"<rss><channel><title>Seaton jobs</title><item><title>Clerk</title></item></channel></rss>"
ADVERTS = (
    b'<html><script type="application/ld+json">[{"@type":"JobPosting","title":"Clerk"},'
    b'{"@type":"JobPosting","title":"Cook"}]</script></html>'
)


def html(head: str = "", body: str = "") -> bytes:
    return f"<!doctype html><html><head><title>Work for us</title>{head}</head><body>{body}</body></html>".encode()


def led(entry: bytes, others: Mapping[str, bytes] | None = None) -> Found:
    """What is found from an employer's page, on a web of these pages."""
    web = {HOME: entry, **(others or {})}

    async def look(url: str) -> Page:
        if url not in web:
            raise UnwellError(url, "answered 404", 404)
        return Page(url, web[url])

    async def sitemaps() -> tuple[str, ...]:
        return ()

    return asyncio.run(leads_from(Page(HOME, entry), look, sitemaps))


ALTERNATE = '<link rel="alternate" type="application/rss+xml" href="/feed.rss" title="{}">'
FEED = "https://www.seaton.example/feed.rss"
LISTS = "https://www.seaton.example/vacancies"
FRONT: dict[str, tuple[bytes, dict[str, bytes], str, str]] = {
    # what the page is like: its body, other pages, the adapter and the page that come first
    "a link": (html(body=f'<a href="{BOARD}">Our jobs</a>'), {}, "greenhouse", BOARD),
    "links to each job": (
        html(body=f'<a href="{BOARD}/jobs/1">Clerk</a><a href="{BOARD}/jobs/2">Cook</a>'),
        {},
        "greenhouse",
        f"{BOARD}/jobs/1",
    ),
    "a script": (
        html('<script src="https://boards.greenhouse.io/embed/job_board/js?for=seaton"></script>'),
        {},
        "greenhouse",
        "https://boards.greenhouse.io/embed/job_board/js?for=seaton",
    ),
    "a feed of jobs before a link": (
        html(ALTERNATE.format("Jobs"), f'<a href="{BOARD}">Other jobs</a>'),
        {FEED: JOBS},
        "feed",
        FEED,
    ),
    "a link before a feed of news": (
        html(ALTERNATE.format("News"), f'<a href="{BOARD}">Our jobs</a>'),
        {FEED: NEWS},
        "greenhouse",
        BOARD,
    ),
    "a feed of whatever where there is nothing else": (html(ALTERNATE.format("News")), {FEED: NEWS}, "feed", FEED),
    "a frame": (
        html(body='<iframe src="https://apps.example/list"></iframe>'),
        {"https://apps.example/list": (BODIES / "greenhouse_board.json").read_bytes()},
        "greenhouse",
        "https://apps.example/list",
    ),
    "a page of vacancies that names a feed": (
        html(body='<a href="/about">About us</a><a href="/vacancies">Current vacancies</a>'),
        {LISTS: html(ALTERNATE.format("")), FEED: JOBS},
        "feed",
        FEED,
    ),
    "a page of vacancies with a frame": (
        html(body='<a href="/vacancies">Current vacancies</a>'),
        {LISTS: html(body=f'<iframe src="{BOARD}"></iframe>')},
        "greenhouse",
        BOARD,
    ),
}


@pytest.mark.parametrize("what", FRONT)
def test_a_page_leads_to_where_its_vacancies_stand(what: str) -> None:
    entry, others, adapter, url = FRONT[what]
    first = led(entry, others).leads[0]
    assert (first.claim.adapter.name, first.page.url) == (adapter, url)


def test_one_board_that_many_links_name_is_one_lead() -> None:
    found = led(html(body="".join(f'<a href="{BOARD}/jobs/{n}">A job</a>' for n in range(9))))
    assert len(found.leads) == 1


def test_pages_that_lead_to_one_another_end() -> None:
    web = {LISTS: html(body=f'<iframe src="{HOME}/1"></iframe>')}
    web |= {f"{HOME}/{n}": html(body=f'<iframe src="{HOME}/{n + 1}"></iframe>') for n in range(50)}
    found = led(html(body='<a href="/vacancies">Vacancies</a>'), web)
    assert found.leads == []
    assert len(found.reasons) <= candidates.MOST + 1


def test_a_page_with_many_adverts_is_the_place_itself() -> None:
    found = led(ADVERTS)
    assert [(lead.claim.adapter.name, lead.page.url) for lead in found.leads] == [("jsonld", HOME)]
