"""Which adapter a saved body is for."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from clearinghouse.errors import BadBodyError
from crawlers.adapters.known import RECOGNISERS
from crawlers.detect import best, detect
from crawlers.source import Page

sys.path.insert(0, str(Path(__file__).parent))

from own_bodies import ITS_SYSTEM, NAMES, adapter_name, page_of

LISTINGS = [name for name in NAMES if adapter_name(name) in RECOGNISERS and page_of(name).role == "listing"]


@pytest.mark.parametrize("name", LISTINGS)
def test_each_body_goes_to_its_own_adapter(name: str) -> None:
    claims = detect(page_of(name))
    if "empty" in name and not claims:  # a bare [] is nobody's
        return
    assert claims[0].adapter.name == ITS_SYSTEM.get(name, adapter_name(name))
    assert all(claim.why for claim in claims)
    assert best(page_of(name)) == claims[0]


@pytest.mark.parametrize(
    "body", [b"", b"hello", b"<html><body>Sorry</body></html>", b"<jobs/>", b"\x89PNG\r\n", b'{"a": 1}']
)
def test_a_body_that_nothing_reads_is_refused_with_every_reason(body: bytes) -> None:
    with pytest.raises(BadBodyError, match=r"no adapter reads this \(feed: .*jsonld: .*sitemap: .*\)"):
        best(Page("about:blank", body))


def test_an_address_of_a_system_leads_to_its_adapter_and_its_error_is_told() -> None:
    page = Page("https://boards-api.greenhouse.io/v1/boards/anytown/jobs", b'{"status":404,"error":"Job not found"}')
    assert detect(page)[0].adapter.name == "greenhouse"
    with pytest.raises(BadBodyError, match=r'greenhouse: an error \("Job not found"\), without a list at jobs'):
        best(page)


def test_an_error_of_no_known_system_is_told_too() -> None:
    with pytest.raises(BadBodyError, match=r'\(it is an error \("Not found"\); feed: JSON, not a feed'):
        best(Page("about:blank", b'{"error":{"message":"Not found"}}'))


def test_a_person_s_page_of_a_system_is_read_as_what_it_is_and_crawled_as_the_systems() -> None:
    body = b'<html><script type="application/ld+json">{"@type":"JobPosting","title":"Clerk"}</script></html>'
    page = Page("https://boards.greenhouse.io/anytown/jobs/7", body)
    assert [claim.adapter.name for claim in detect(page)] == ["greenhouse", "jsonld"]
    assert best(page).adapter.name == "jsonld"
