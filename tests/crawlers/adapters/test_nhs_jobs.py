"""NHS Jobs: which addresses lead to which search, and what a page without its end is."""

from __future__ import annotations

import pytest

from clearinghouse.errors import BadBodyError
from crawlers.adapters.nhs_jobs import NhsJobs, recognise
from crawlers.source import Page

API = "https://www.jobs.nhs.uk/api/v1/search_xml"
LAST = "sort=publicationDateAsc&limit=100&page=1"
# An address, and where a source of it starts.
SEARCHES = [
    (f"{API}?contractType=Apprenticeship", f"{API}?contractType=Apprenticeship&{LAST}"),
    (f"{API}?page=7&limit=10&employer=Seaton", f"{API}?page=1&limit=100&employer=Seaton&sort=publicationDateAsc"),
    (
        "https://www.jobs.nhs.uk/candidate/search/results?keyword=nurse&location=NG1&language=en",
        f"{API}?keyword=nurse&location=NG1&{LAST}",
    ),
    ("https://www.jobs.nhs.uk/search_xml?client_id=120331", "https://www.jobs.nhs.uk/search_xml?client_id=120331"),
]


@pytest.mark.parametrize(("url", "start"), SEARCHES)
def test_a_search_is_recognised_by_its_address_and_starts_in_a_stable_order(url: str, start: str) -> None:
    claim = recognise(Page(url, b""))
    assert claim is not None
    assert [follow.url for follow in claim.adapter.start()] == [start]


@pytest.mark.parametrize("path", ["", "/", "/candidate/jobadvert/C9417-26-0311", "/candidate/search"])
def test_a_link_that_asks_for_nothing_is_no_search(path: str) -> None:
    assert recognise(Page(f"https://www.jobs.nhs.uk{path}", b"")) is None


def test_a_source_may_be_narrowed_to_one_employer() -> None:
    [follow] = NhsJobs(API, employer="Seaton & Anytown NHS Trust").start()
    assert follow.url == f"{API}?employer=Seaton+%26+Anytown+NHS+Trust&{LAST}"


def test_a_page_without_its_totals_is_not_whole() -> None:
    row = b"<vacancyDetails><reference>C1</reference><title>Nurse</title></vacancyDetails>"
    parsed = NhsJobs(API).parse(Page(API, b"<nhsJobs>" + row + b"</nhsJobs>"))
    assert len(parsed.postings) == 1
    assert "its totals are missing" in (parsed.shortfall or "")
    assert NhsJobs(API).parse(Page(API, b"<nhsJobs>" + row)).shortfall


@pytest.mark.parametrize(
    "body", [b"<nhsJobs/>", b"<html><body>Checking your browser</body></html>", b"<jobs><job/></jobs>", b"{}"]
)
def test_what_is_no_search_is_refused(body: bytes) -> None:
    with pytest.raises(BadBodyError):
        NhsJobs(API).parse(Page(API, body))
