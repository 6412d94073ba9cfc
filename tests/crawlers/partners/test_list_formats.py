"""The simulated systems whose vacancies stand in one list of XML or a table: what our adapters find in it."""

from __future__ import annotations

import datetime as dt

import pytest

from clearinghouse.normalise.dates import read_closing
from clearinghouse.vacancies.posting import Posting
from crawlers.declared import adapter_from
from crawlers.partners.adverts import World
from crawlers.partners.formats.base import Told
from crawlers.partners.formats.table import FORMATS
from crawlers.partners.members import CITY, Employer, Partner
from crawlers.partners.site import Moment, Site
from crawlers.source import Page

BASE = "http://127.0.0.1:8197"
START = dt.date(2026, 11, 21)
EMPLOYER = Employer("Larkhill & District Council", "council", "council", (CITY, "Gedling"), ("office", "depot"))
KEYS = ("csv", "indeed_xml", "jooble", "nhs_jobs", "own_xml", "personio", "xlsx")
ROWS = 230  # of which NHS Jobs gives 100 a page


def site_of(key: str, count: int = 40) -> Site:
    """A partner on that system with so many adverts."""
    partner = Partner(f"test-{key}", EMPLOYER.name, key, count, (EMPLOYER,), "LT")
    return Site(Moment(World(2026, START), partner, BASE))


def read(site: Site) -> tuple[list[Posting], int | None]:
    """Every posting of the site's own entry, and the number of vacancies that it states."""
    spoken = FORMATS[site.moment.partner.format]
    adapter = adapter_from({"adapter": spoken.adapter, "fields": {"url": BASE + spoken.entry, **spoken.fields}})
    waiting, postings, stated = list(adapter.start()), list[Posting](), None
    for follow in waiting:
        answer = site.answer(follow.url.removeprefix(BASE), follow.method, follow.headers, follow.body)
        headers = {"content-type": answer.document.type}
        parsed = adapter.parse(Page(follow.url, answer.document.content, answer.status, headers, follow))
        assert parsed.shortfall is None
        stated = parsed.stated_total if parsed.stated_total is not None else stated
        postings += parsed.postings
        waiting += parsed.follows
    return postings, stated


@pytest.mark.parametrize("key", KEYS)
def test_every_advert_is_found_with_its_title_reference_link_closing_and_pay(key: str) -> None:
    site = site_of(key)
    expected = {(each.title, site.format.url(site.view, each), site.format.told(each)) for each in site.view.adverts}
    postings, _ = read(site)
    found = {
        (each.title, each.url, Told(each.reference, read_closing(each.closes, START).closes_at, each.salary))
        for each in postings
    }
    assert found - expected == set()
    assert expected - found == set()
    assert len(postings) == len(expected)
    assert {posting.employer for posting in postings} == {EMPLOYER.name}


def test_a_search_of_nhs_jobs_is_read_to_its_last_page_and_without_a_sort_would_repeat_itself() -> None:
    site = site_of("nhs_jobs", ROWS)
    postings, stated = read(site)
    assert stated == len(postings) == len({posting.reference for posting in postings}) == ROWS
    first, second = (site.answer(f"/api/v1/search_xml?page={n}").document.content.decode() for n in (1, 2))
    again = {posting.reference for posting in postings if posting.reference in first and posting.reference in second}
    assert len(again) == 3


def test_a_position_of_personio_that_is_told_for_two_offices_has_both() -> None:
    site = site_of("personio")
    body = site.answer("/xml?language=en").document.content
    postings, _ = read(site)
    assert body.count(b"<position>") > len(postings)
    assert any(len(posting.locations) > 2 for posting in postings)
