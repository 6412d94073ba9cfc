"""WordPress' REST API: its pages, and the pages of a site that name it."""

from __future__ import annotations

import json

import pytest

from clearinghouse.errors import BadBodyError
from crawlers.adapters.wp_rest import WpRest, recognise
from crawlers.source import Follow, Page

SITE = "https://www.anytown.example"
API = f"{SITE}/wp-json/wp/v2/job-listings"
HEAD = '<html><head><link rel="https://api.w.org/" href="{}/wp-json/" />{}</head><body class="{}"></body></html>'


def posts(first: int, count: int, **meta: int) -> bytes:
    numbers = range(first, first + count)
    rows = [
        {"id": n, "type": "job_listing", "link": f"{SITE}/job/{n}/", "title": {"rendered": f"Post {n}"}}
        for n in numbers
    ]
    return json.dumps([{**row, "meta": meta} for row in rows]).encode()


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        (API, f"{API}?per_page=100&_embed=wp%3Aterm"),
        (f"{API}?per_page=10&job-types=4", f"{API}?job-types=4&per_page=100&_embed=wp%3Aterm"),
        (f"{SITE}/work-for-us/", f"{API}?per_page=100&_embed=wp%3Aterm"),
        (
            f"{SITE}/?rest_route=/wp/v2/vacancy",
            f"{SITE}/?rest_route=%2Fwp%2Fv2%2Fvacancy&per_page=100&_embed=wp%3Aterm",
        ),
    ],
)
def test_the_list_is_asked_for_a_hundred_at_a_time_whatever_the_address(given: str, asked: str) -> None:
    assert [follow.url for follow in WpRest(given).start()] == [asked]


@pytest.mark.parametrize(
    ("number", "rows", "headers", "following", "stated"),
    [
        (1, 100, {"x-wp-totalpages": "3", "x-wp-total": "250"}, [2], None),
        (3, 50, {"x-wp-totalpages": "3", "x-wp-total": "250"}, [], 250),
        (1, 100, {"x-wp-totalpages": "1", "x-wp-total": "100"}, [], 100),
        (1, 100, {}, [2], None),
        (1, 99, {}, [], None),
        (2, 0, {"x-wp-totalpages": "9999"}, [], None),
    ],
)
def test_pages_follow_until_the_last_that_the_headers_name(
    number: int, rows: int, headers: dict[str, str], following: list[int], stated: int | None
) -> None:
    asked = Follow(API, "listing", {"page": number} if number > 1 else {})
    parsed = WpRest(API).parse(Page(API, posts(1, rows), headers=headers, asked=asked))
    assert [follow.carried["page"] for follow in parsed.follows] == following
    assert (len(parsed.postings), parsed.stated_total) == (rows, stated)


def test_filled_posts_count_as_told_in_the_total_of_all_pages() -> None:
    first = WpRest(API).parse(Page(API, posts(1, 2, _filled=1), headers={"x-wp-totalpages": "2", "x-wp-total": "5"}))
    last = WpRest(API).parse(
        Page(API, posts(3, 3), headers={"x-wp-totalpages": "2", "x-wp-total": "5"}, asked=first.follows[0])
    )
    assert (len(first.postings), len(last.postings), last.stated_total) == (0, 3, 3)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"code":"rest_no_route","message":"No route was found.","data":{"status":404}}', "No route was found"),
        (b'[{"id":1,"title":"News","url":"/news"}]', "another system's"),
        (b"<html><body>Page not found</body></html>", "an HTML page"),
    ],
)
def test_what_is_no_list_of_posts_is_refused(body: bytes, reason: str) -> None:
    with pytest.raises(BadBodyError, match=reason):
        WpRest(API).parse(Page(API, body))


@pytest.mark.parametrize(
    ("head", "classes", "api"),
    [
        ("<link href='/wp-content/plugins/wp-job-manager/a.css'>", "page", API),
        ("", "archive post-type-archive-vacancies", f"{SITE}/wp-json/wp/v2/vacancies"),
        ("", "archive post-type-archive-news", None),
        ("", "page", None),
    ],
)
def test_a_page_of_a_site_leads_to_its_list(head: str, classes: str, api: str | None) -> None:
    claim = recognise(Page(f"{SITE}/jobs/", HEAD.format(SITE, head, classes).encode()))
    assert (claim and claim.adapter) == (WpRest(api) if api else None)


def test_posts_of_other_types_are_not_claimed() -> None:
    assert recognise(Page(f"{SITE}/wp-json/wp/v2/posts", posts(1, 2).replace(b"job_listing", b"post"))) is None
    assert recognise(Page("about:blank", posts(1, 2))) is not None
