"""Lists of jobs that no adapter knows, found by what they state; and lists of other things, left alone."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from clearinghouse.errors import BadBodyError
from crawlers.adapters.job_list import JobList, recognise
from crawlers.source import Follow, Page

URL = "https://www.seaton.example/api/list"
CLERK = {"title": "Clerk", "url": "/jobs/1", "location": "Seaton"}
COOK = {"title": "Cook", "url": "/jobs/2", "location": "Leafield"}
SOAP = """<?xml version="1.0"?>
<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><Got xmlns="urn:x">
<Job><JobID>1</JobID><Title>Clerk</Title><Town>Seaton</Town><URL>/jobs/1</URL></Job>
<Job><JobID>2</JobID><Title>Cook</Title><Town>Leafield</Town><URL>/jobs/2</URL></Job></Got></s:Body></s:Envelope>"""
NUMBERED = """<root>
<item0><id>1</id><job_title>Clerk</job_title><location>Seaton</location><hours>9</hours></item0>
<item1><id>2</id><job_title>Cook</job_title><location>Leafield</location><hours>9</hours></item1></root>"""
SCRIPT = '<html><script id="__NEXT_DATA__" type="application/json">{}</script></html>'
LINKS = [{"title": "Home", "url": "/"}, {"title": "About", "url": "/about"}, {"title": "News", "url": "/news"}]
# What it is written in, where the list was found, and how many jobs are in it.
FOUND: Mapping[str, tuple[str, str, int]] = {
    "attributes alone": (
        '<vacancies><vacancy id="7" title="Clerk" town="Seaton" closing="2026-12-01"/></vacancies>',
        "vacancies/vacancy",
        1,
    ),
    "a bare list": (json.dumps([CLERK | {"salary": "£1"}, COOK | {"salary": "£2"}]), "", 2),
    "beside a menu": (SCRIPT.format(json.dumps({"menu": LINKS, "jobs": [CLERK, COOK]})), "__NEXT_DATA__/jobs", 2),
    "by their numbers": (json.dumps({"jobs": {"1": CLERK, "2": COOK}}), "jobs", 2),
    "in departments": (
        json.dumps({"departments": [{"name": "A", "jobs": [CLERK]}, {"jobs": [COOK]}]}),
        "departments/jobs",
        2,
    ),
    "in nodes": (json.dumps({"data": {"jobs": {"edges": [{"node": CLERK}, {"node": COOK}]}}}), "data/jobs/edges", 2),
    "numbered elements": (
        NUMBERED,
        "root/item",
        2,
    ),
    "an envelope": (SOAP, "Envelope/Body/Got/Job", 2),
    "cut": (
        "<posts><post><ref>1</ref><title>Clerk</title><town>S</town></post><post><ref>2</ref><title>Co",
        "posts/post",
        1,
    ),
}
LEFT_ALONE: Mapping[str, str] = {
    "a menu": json.dumps({"items": LINKS}),
    "articles": json.dumps({"articles": [{"title": "A", "url": "/a", "date": "2026-01-01", "location": "B"}] * 3}),
    "events": json.dumps({"data": [{"title": "Fair", "url": "/a", "endDate": "2026-01-01", "description": "B"}] * 3}),
    "places": json.dumps({"offices": [{"name": "Town Hall", "url": "/a", "city": "Seaton", "country": "GB"}] * 3}),
    "products": json.dumps({"products": [{"name": "A", "id": 1, "url": "/a", "description": "B"}] * 3}),
    "an error": json.dumps({"error": "Not found", "jobs": [CLERK]}),
    "a feed": "<rss><channel><item><title>Clerk</title><link>/1</link><location>S</location></item></channel></rss>",
    "plain text": "title, url, location",
}


def page(body: str, **carried: int) -> Page:
    return Page(URL, body.encode(), asked=Follow(URL, role="listing", carried=carried))


@pytest.mark.parametrize("what", sorted(FOUND))
def test_a_list_of_jobs_is_found_with_doubt(what: str) -> None:
    body, at, count = FOUND[what]
    claim = recognise(page(body))
    assert claim is not None
    assert claim.adapter == JobList(URL, at)
    assert claim.sure < 0.5
    assert "guess" in claim.why
    for adapter in (claim.adapter, JobList(URL)):
        parsed = adapter.parse(page(body))
        assert [posting.title for posting in parsed.postings] == ["Clerk", "Cook"][:count]
        assert all(posting.locations for posting in parsed.postings)
        assert bool(parsed.shortfall) == (what == "cut")


@pytest.mark.parametrize("what", sorted(LEFT_ALONE))
def test_a_list_of_anything_else_is_left_alone(what: str) -> None:
    assert recognise(page(LEFT_ALONE[what])) is None
    with pytest.raises(BadBodyError):
        JobList(URL).parse(page(LEFT_ALONE[what]))


@pytest.mark.parametrize(
    ("at", "body"),
    [("data/jobs", '{"data": {"jobs": []}}'), ("Export/Posts/Post", "<Export><Posts></Posts></Export>")],
)
def test_a_list_that_was_found_once_may_be_empty(at: str, body: str) -> None:
    parsed = JobList(URL, at).parse(page(body))
    assert (parsed.postings, parsed.shortfall) == ((), None)


@pytest.mark.parametrize(
    "body", ['{"data": {}}', "<Export/>", "<html><body>Please sign in</body></html>", '{"message": "No"}']
)
def test_a_page_that_has_lost_its_list_is_no_empty_list(body: str) -> None:
    for at in ("data/jobs", "Export/Posts/Post"):
        with pytest.raises(BadBodyError):
            JobList(URL, at).parse(page(body))


def test_a_stated_total_and_a_next_page_are_heeded() -> None:
    parsed = JobList(URL).parse(page(json.dumps({"jobs": [CLERK], "total": 2, "next": "/api/list?page=2"})))
    assert parsed.stated_total == 2
    assert [(follow.url, follow.role) for follow in parsed.follows] == [(f"{URL}?page=2", "listing")]
    assert JobList(URL).parse(page(json.dumps({"jobs": [CLERK], "next": URL}))).follows == ()
