"""Boards whose pages hold their jobs in a script, beyond what the golden files show: Paylocity, JobsGoPublic."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from clearinghouse.errors import BadBodyError
from crawlers.adapters.jobs_go_public import JobsGoPublic
from crawlers.adapters.jobs_go_public import recognise as is_jobs_go_public
from crawlers.adapters.paylocity import Paylocity
from crawlers.adapters.paylocity import recognise as is_paylocity
from crawlers.detect import best
from crawlers.source import Follow, Page

NEXT = b'<html><script id="__NEXT_DATA__" type="application/json">'
BOARD = "https://www.jobsgopublic.com/jobs?search=&geo_location=Anytown%2C+UK"


def page_of(data: Any) -> bytes:
    held = json.dumps({"props": {"pageProps": {"data": {"jobs": data}}}})
    return f'<html><body><script id="__NEXT_DATA__" type="application/json">{held}</script></body></html>'.encode()


def jobs(first: int, count: int, total: int | None) -> bytes:
    pages = [
        {"__typename": "Job", "id": n, "title": f"Post {n}", "urlNoPrefix": f"/job/{n}"}
        for n in range(first, first + count)
    ]
    return page_of({"result_count": total, "pages": pages})


def test_the_recorded_page_of_paylocity_is_read_as_people_see_it(samples: Path) -> None:
    page = Page("about:blank", (samples / "paylocity/1.html").read_bytes())
    adapter = best(page).adapter
    assert adapter.name == "paylocity"
    told = [
        (p.reference, p.title, p.url, p.locations, p.posted, p.closes, p.salary) for p in adapter.parse(page).postings
    ]
    assert told == [
        (
            "4141169",
            "Engineer/Associate Engineer, Power Systems",
            "https://recruiting.paylocity.com/Recruiting/Jobs/Details/4141169",
            ("701 Corporate Center Dr, Suite 400, Raleigh, NC, 27607-5084",),
            "2026-08-08T11:27:44-05:00",
            None,
            None,
        ),
        (
            "4401262",
            "Administrative Assistant (Hybrid)",
            "https://recruiting.paylocity.com/Recruiting/Jobs/Details/4401262",
            ("701 Corporate Center Drive, Suite 400, Raleigh, NC, 27607",),
            "2026-08-07T10:57:23-05:00",
            None,
            None,
        ),
    ]


@pytest.mark.parametrize(
    "body",
    [
        b"<html><head><title>Job Not Found</title></head><body>Sorry, that job does not exist.</body></html>",
        b'<html><script>window.pageData = {"Jobs":[{"JobId":1,</script></html>',
        b'<html><script>window.pageData = {"Error":"Something went wrong"};</script></html>',
        b'<html><script>window.pageData = {"Jobs":[{"id":1,"title":"Shoes"}]};</script></html>',
    ],
)
def test_a_page_without_paylocitys_jobs_is_refused(body: bytes) -> None:
    with pytest.raises(BadBodyError):
        Paylocity("https://recruiting.paylocity.com/recruiting/jobs/All/x").parse(Page("about:blank", body))


def test_an_advert_of_paylocity_is_no_board() -> None:
    assert is_paylocity(Page("https://recruiting.paylocity.com/Recruiting/Jobs/Details/4141169", b"")) is None
    assert is_paylocity(Page("https://recruiting.paylocity.com/recruiting/jobs/List/4684/Anytown", b"")) is not None


@pytest.mark.parametrize(
    ("seen", "rows", "total", "following"),
    [(0, 25, 60, 2), (25, 25, 60, 3), (50, 10, 60, None), (0, 25, 25, None), (0, 25, None, 2), (0, 24, None, None)],
)
def test_pages_of_jobiqo_follow_until_the_stated_total(
    seen: int, rows: int, total: int | None, following: int | None
) -> None:
    asked = Follow(BOARD, "listing", {"seen": seen, "page": 1 + seen // 25, "first": "0"} if seen else {})
    parsed = JobsGoPublic(BOARD).parse(Page(BOARD, jobs(100 + seen, rows, total), asked=asked))
    pages = [follow.url for follow in parsed.follows if follow.role == "listing"]
    assert pages == ([f"{BOARD}&page={following}"] if following else [])
    assert len(parsed.follows) - len(pages) == rows


def test_a_page_of_jobiqo_that_comes_again_has_no_next() -> None:
    first = JobsGoPublic(BOARD).parse(Page(BOARD, jobs(1, 25, 5000)))
    again = JobsGoPublic(BOARD).parse(Page(BOARD, jobs(1, 25, 5000), asked=first.follows[0]))
    assert {follow.role for follow in again.follows} == {"detail"}


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body><h1>500</h1></body></html>",
        NEXT + b'{"props":{"pageProps":{"statusCode":500}}}</script></html>',
        NEXT + b'{"props":{"pageProps":{"shoes":[{"title":"x"}]}}}</script>',
        NEXT + b'{"props":',
    ],
)
def test_a_page_without_jobiqos_jobs_is_refused(body: bytes) -> None:
    for role in ("listing", "detail"):
        with pytest.raises(BadBodyError):
            JobsGoPublic(BOARD).parse(Page(BOARD, body, asked=Follow(BOARD, role)))


def test_a_page_of_more_jobs_than_any_board_shows_is_refused() -> None:
    with pytest.raises(BadBodyError, match="over 2000 jobs"):
        JobsGoPublic(BOARD).parse(Page(BOARD, jobs(1, 2001, 9000)))


@pytest.mark.parametrize(
    ("url", "is_board"),
    [
        (BOARD, True),
        ("https://www.lgjobs.com/jobs", True),
        ("https://www.lgjobs.com/", True),
        ("https://www.jobsgopublic.com/job/housing-officer-410271", False),
        ("https://www.jobsgopublic.com/advice", False),
    ],
)
def test_an_advert_on_the_board_is_not_the_board(url: str, is_board: bool) -> None:  # noqa: FBT001 - a row of the table
    assert (is_jobs_go_public(Page(url, b"")) is not None) == is_board


def test_the_site_is_read_from_its_list() -> None:
    assert [follow.url for follow in JobsGoPublic("https://www.lgjobs.com/").start()] == ["https://www.lgjobs.com/jobs"]
    assert [follow.url for follow in JobsGoPublic(BOARD).start()] == [BOARD]
