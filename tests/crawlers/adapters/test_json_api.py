"""JSON APIs declared as data: paths, paging, and what is no list."""

from __future__ import annotations

import json
from typing import Any

import pytest

from clearinghouse.errors import BadBodyError
from crawlers.adapters.board import moment
from crawlers.adapters.greenhouse import Greenhouse
from crawlers.adapters.json_api import JsonApi, Paging, posting_of, with_parameter
from crawlers.adapters.jsonbody import count, json_body, list_at, raw, words
from crawlers.source import Follow, Page, Parsed

URL = "https://jobs.anytown.example/api/jobs?live=1"
FIELDS = {"reference": "id", "title": "name"}

JOB = {
    "id": 7,
    "name": "Clerk &amp; Typist",
    "place": {"name": "Anytown", "codes": ["AN1 1AA", None, "AN2 2BB"]},
    "places": [{"name": "North"}, {"name": ""}, {"name": "South"}, "East"],
    "hours": 18.5,
    "full": False,
    "none": None,
    "empty": [],
}
PATHS: list[tuple[str, str | None]] = [
    ("id", "7"),
    ("name", "Clerk & Typist"),
    ("place.name", "Anytown"),
    ("place.codes[]", "AN1 1AA, AN2 2BB"),
    ("place.codes[2]", "AN2 2BB"),
    ("place.codes[9]", None),
    ("places[].name", "North, South"),
    ("places[0].name", "North"),
    ("hours", "18.5"),
    ("full", "false"),
    ("none", None),
    ("none | empty | name", "Clerk & Typist"),
    ("place.name & hours", "Anytown, 18.5"),
    ("missing & name", "Clerk & Typist"),
    ("name.first", None),
    ("places", None),
    ("place", None),
    ("[0]", None),
    ("", None),
]


@pytest.mark.parametrize(("path", "found"), PATHS)
def test_a_path_finds_words(path: str, found: str | None) -> None:
    value = json_body(Page(URL, json.dumps(JOB).encode()))
    assert words(value, path) == found


def test_counts_and_raw_texts_are_what_they_are() -> None:
    told = {"a": "12", "b": "12.5", "c": "-1", "d": "9" * 12, "e": "twelve", "f": "<p>x</p>", "g": "  "}
    assert [count(told, name) for name in "abcdeh"] == [12, None, None, None, None, None]
    assert (raw(told, "f"), raw(told, "g")) == ("<p>x</p>", None)
    assert list_at({"a": {"b": [1]}, "c": 3}, "c | a.b") == [1]
    assert list_at([], "") == []
    assert list_at({"a": {}}, "a") is None


def read(body: Any, adapter: JsonApi, url: str = URL, carried: dict[str, Any] | None = None) -> Parsed:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return adapter.parse(Page(url, data, asked=Follow(url, role="listing", carried=carried or {})))


def jobs(*numbers: int) -> list[dict[str, Any]]:
    return [{"id": number, "name": f"Post {number}"} for number in numbers]


def walk(adapter: JsonApi, pages: dict[str, Any]) -> list[str]:
    """The references of all pages, as a run would meet them."""
    waiting, found = list(adapter.start()), []
    for _ in range(20):
        if not waiting:
            return found
        follow = waiting.pop(0)
        parsed = adapter.parse(Page(follow.url, json.dumps(pages[follow.url]).encode(), asked=follow))
        found += [posting.reference or "" for posting in parsed.postings]
        waiting += parsed.follows
    raise AssertionError("never ends")


def test_pages_are_counted_until_one_is_empty() -> None:
    adapter = JsonApi(URL, "", FIELDS, paging=Paging(parameter="page"))
    pages = {URL: jobs(1, 2), f"{URL}&page=2": jobs(3), f"{URL}&page=3": []}
    assert walk(adapter, pages) == ["1", "2", "3"]


def test_rows_are_counted_until_a_page_is_not_full() -> None:
    adapter = JsonApi(f"{URL}&from=0", "", FIELDS, paging=Paging(parameter="from", rows=2))
    pages = {f"{URL}&from=0": jobs(1, 2), f"{URL}&from=2": jobs(3, 4), f"{URL}&from=4": jobs(5)}
    assert walk(adapter, pages) == ["1", "2", "3", "4", "5"]


def test_the_total_ends_a_list_and_is_told() -> None:
    adapter = JsonApi(URL, "jobs", FIELDS, total="total", paging=Paging(parameter="page", first=0))
    pages = {URL: {"total": 3, "jobs": jobs(1, 2)}, f"{URL}&page=1": {"total": 3, "jobs": jobs(3)}}
    assert walk(adapter, pages) == ["1", "2", "3"]
    assert read(pages[URL], adapter).stated_total == 3


def test_the_next_page_s_address_is_followed_and_a_page_that_names_itself_ends() -> None:
    adapter = JsonApi(URL, "jobs", FIELDS, paging=Paging(next="links.next"), headers={"accept": "application/json"})
    (follow,) = read({"jobs": jobs(1), "links": {"next": "?page=2"}}, adapter).follows
    assert (follow.url, follow.role) == ("https://jobs.anytown.example/api/jobs?page=2", "listing")
    assert follow.headers == {"accept": "application/json"}
    for last in (URL, None, "", "javascript:x"):
        assert read({"jobs": jobs(1), "links": {"next": last}}, adapter).follows == ()
    assert read({"jobs": [], "links": {"next": "?page=2"}}, adapter).follows == ()


BAD = [
    (b"", "an empty body"),
    (b"<!doctype html><p>Log in", "an HTML page, not JSON"),
    (b"<jobs/>", "XML with root <jobs>, not JSON"),
    (b"Service unavailable", "plain text, not JSON"),
    (b'{"jobs": [', "not JSON"),
    (b'{"a":' * 10_000, "nested too deep"),
    (b'{"error": "Board not found"}', r'an error \("Board not found"\), without a list at jobs'),
    (b'{"message": "Unauthorised"}', r'an error \("Unauthorised"\)'),
    (b'{"jobs": null}', "JSON, without a list at jobs"),
    (b'{"jobs": {"1": {}}}', "JSON, without a list at jobs"),
    (b'{"jobs": ["a", "b"]}', "list at jobs holds no objects"),
    (b"[]", "JSON, without a list at jobs"),
]


@pytest.mark.parametrize(("body", "reason"), BAD, ids=[reason for _, reason in BAD])
def test_what_is_no_list_of_jobs_is_never_taken_for_an_empty_one(body: bytes, reason: str) -> None:
    with pytest.raises(BadBodyError, match=reason):
        read(body, JsonApi(URL, "jobs", FIELDS))


def test_an_empty_list_is_no_vacancies() -> None:
    assert read({"jobs": [], "error": None}, JsonApi(URL, "jobs", FIELDS)) == Parsed()


def test_an_entry_that_is_no_object_is_told() -> None:
    parsed = read({"jobs": [*jobs(1), None]}, JsonApi(URL, "jobs", FIELDS))
    assert len(parsed.postings) == 1
    assert parsed.shortfall == "it is not well formed: 1 of 2 entries are no objects"


def test_a_link_is_absolute_made_of_a_pattern_or_unknown() -> None:
    item = {"path": "/job/1", "slug": "clerk-1", "bad": "javascript:x"}
    for path, url in (
        ("path", "https://jobs.anytown.example/job/1"),
        ("https://a.example/{slug}/apply", "https://a.example/clerk-1/apply"),
        ("https://a.example/{missing}", None),
        ("bad", None),
    ):
        assert posting_of(item, {"url": path}, URL).url == url


def test_a_parameter_is_set_and_the_others_are_kept() -> None:
    assert with_parameter("https://a.example/x?a=1&b=&page=1", "page", 2) == "https://a.example/x?a=1&b=&page=2"


@pytest.mark.parametrize(
    "url",
    [
        "https://boards.greenhouse.io/anytown",
        "https://boards.greenhouse.io/anytown/jobs/12?gh_src=x",
        "https://job-boards.greenhouse.io/anytown",
        "https://job-boards.eu.greenhouse.io/anytown/jobs/1",
        "https://boards.greenhouse.io/embed/job_board?for=anytown",
        "https://boards.greenhouse.io/embed/job_board/js?for=anytown",
        "https://boards.greenhouse.io/embed/job_board?b=x&for=anytown",
        "https://boards-api.greenhouse.io/v1/boards/anytown/jobs",
    ],
)
def test_every_address_of_a_greenhouse_board_leads_to_its_api(url: str) -> None:
    (follow,) = Greenhouse(url).start()
    assert follow.url == "https://boards-api.greenhouse.io/v1/boards/anytown/jobs?content=true"


@pytest.mark.parametrize(
    ("stated", "read"),
    [
        ("1763800200", "2025-11-22T08:30:00+00:00"),
        ("1763800200250", "2025-11-22T08:30:00.250+00:00"),
        ("20261130", "20261130"),
        ("20261130120000", "20261130120000"),
        ("12", "12"),
        ("soon", "soon"),
        (None, None),
    ],
)
def test_seconds_and_milliseconds_since_1970_become_times_and_nothing_else_does(
    stated: str | None, read: str | None
) -> None:
    assert moment(stated) == read
