"""The simulated systems that speak JSON, asked without sockets: what our adapters find in what they tell."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cache

import pytest

from clearinghouse.normalise.dates import read_closing
from clearinghouse.vacancies.posting import Posting
from crawlers.adapters.known import ADAPTERS
from crawlers.partners.adverts import World
from crawlers.partners.faults import Fault
from crawlers.partners.formats.base import Told
from crawlers.partners.formats.table import FORMATS
from crawlers.partners.members import CITY, Employer, Partner
from crawlers.partners.site import Moment, Site
from crawlers.source import Follow, Page

KEYS = (
    *("ashby", "avature", "bamboohr", "find_an_apprenticeship", "fusion", "greenhouse", "lever", "manatal", "oracle"),
    *("pinpoint", "recruitee", "reed", "smartrecruiters", "teaching_vacancies", "teamtailor", "workable", "workday"),
)
BASE = "http://127.0.0.1:8199"
START = dt.date(2026, 11, 21)
EMPLOYER = Employer("Larkhill Town Trust", "trust", "council", (CITY, "Gedling"), ("office", "depot"))
SECRETS = {"Ocp-Apim-Subscription-Key": "k", "Authorization": "Basic azo="}  # as crawlers.keys would add
MANY = {"lever", "oracle", "smartrecruiters", "find_an_apprenticeship", "reed", "teaching_vacancies"}  # 100 a page


def site_of(key: str, count: int, fault: Fault = Fault.NONE) -> Site:
    """A partner on that system with so many adverts."""
    partner = Partner(f"test-{key}", EMPLOYER.name, key, count, (EMPLOYER,), "LT")
    return Site(Moment(World(2026, START), partner, BASE, fault=fault))


def page_at(site: Site, follow: Follow) -> Page:
    """What the site answers; an address on another host has none."""
    assert follow.url.startswith(BASE), follow.url
    target = follow.url.removeprefix(BASE).partition("#")[0]
    answer = site.answer(target, follow.method, {**follow.headers, **SECRETS}, follow.body)
    return Page(follow.url, answer.document.content, answer.status, {"content-type": answer.document.type}, follow)


@dataclass(frozen=True)
class Walked:
    """What a run brings, and how many listings it asked for."""

    postings: tuple[Posting, ...]
    listings: int
    stated: int | None


def walked(site: Site) -> Walked:
    """Every posting of the site's own entry, cards joined with their details."""
    adapter = ADAPTERS[site.format.adapter](**{"url": BASE + site.format.entry, **site.format.fields})
    waiting, postings, listings, stated = list(adapter.start()), [], 0, None
    for follow in waiting:
        assert follow.role == "detail" or listings < 20, "no end of listings"
        page = page_at(site, follow)
        assert page.status == 200, (follow.url, page.body[:200])
        parsed = adapter.parse(page)
        assert parsed.shortfall is None
        listings += follow.role == "listing"
        stated = parsed.stated_total if parsed.stated_total is not None else stated
        postings += [posting.over(follow.card) if follow.card else posting for posting in parsed.postings]
        waiting += parsed.follows
    once = {posting.reference: posting for posting in postings}
    return Walked(tuple(once.values()), listings, stated)


@cache
def few(key: str) -> tuple[Site, Walked]:
    """A small partner and what is read from it."""
    site = site_of(key, 24)
    return site, walked(site)


def told(posting: Posting, *, sums: bool) -> Told:
    """A posting in the simulation's own terms: its pay in words, or as the two sums that the system states."""
    pay: str | tuple[float, float] | None = posting.salary
    if sums:
        low, high = (float(posting.extra[f"salary_{end}"]) for end in ("minimum", "maximum"))
        pay = (low, high)
    return Told(posting.reference, read_closing(posting.closes, START).closes_at, pay)


def tidy(title: str) -> str:
    """A title without the space that some systems leave around it."""
    return " ".join(title.split())


@pytest.mark.parametrize("key", KEYS)
def test_every_advert_is_found_with_its_title_reference_closing_and_pay(key: str) -> None:
    site, run = few(key)
    expected = {(tidy(advert.title)[:100], site.format.told(advert)) for advert in site.view.adverts}
    in_sums = {each.reference for _, each in expected if isinstance(each.pay, tuple)}
    found = {((p.title or "")[:100], told(p, sums=p.reference in in_sums)) for p in run.postings}
    assert found - expected == set()
    assert expected - found == set()
    assert len(run.postings) == len(site.view.adverts)


@pytest.mark.parametrize("key", KEYS)
def test_every_link_leads_to_the_adverts_own_page(key: str) -> None:
    site, run = few(key)
    pages = {posting.url for posting in run.postings}
    assert pages == {site.format.url(site.view, advert) for advert in site.view.adverts}
    page = site.answer(sorted(url for url in pages if url)[0].removeprefix(BASE))
    assert (page.status, page.document.type.partition(";")[0]) == (200, "text/html")


@pytest.mark.parametrize("key", KEYS)
def test_where_pay_and_places_are_stated_they_are_read(key: str) -> None:
    site, run = few(key)
    # Fusion's feed has no places
    whole = [posting for posting in run.postings if posting.description_html and (posting.locations or key == "fusion")]
    assert len(whole) >= len(site.view.adverts) * 0.8
    assert all("&lt;p" not in (posting.description_html or "") for posting in whole)


@pytest.mark.parametrize("key", sorted({*MANY, "workday", "manatal"}))
def test_a_list_of_several_pages_is_read_to_its_end(key: str) -> None:
    site = site_of(key, 230 if key in MANY else 46)
    run = walked(site)
    assert len(run.postings) == len(site.view.adverts)
    assert run.listings >= 3


@pytest.mark.parametrize("key", KEYS)
def test_an_empty_listing_is_no_vacancies_and_no_error(key: str) -> None:
    site = site_of(key, 5, Fault.EMPTY)
    run = walked(site)
    assert (run.postings, run.stated in (None, 0)) == ((), True)


@pytest.mark.parametrize("key", KEYS)
def test_adverts_that_are_gone_from_the_listing_are_gone(key: str) -> None:
    assert len(walked(site_of(key, 10, Fault.HALF)).postings) == len(site_of(key, 10).view.adverts[::2])


@pytest.mark.parametrize("key", ["find_an_apprenticeship", "reed"])
def test_a_board_that_wants_a_key_says_so(key: str) -> None:
    site = site_of(key, 3)
    assert site.answer(site.format.entry).status == 401


def test_workday_answers_a_post_alone_and_tells_its_total_once() -> None:
    site = site_of("workday", 30)
    assert site.answer(site.format.entry).status == 405
    totals = []
    for row in (0, 20):
        asked = f'{{"appliedFacets":{{}},"limit":50,"offset":{row},"searchText":""}}'.encode()
        page = page_at(site, Follow(BASE + site.format.entry, "listing", method="POST", body=asked))
        totals.append((page.body.count(b'"externalPath"'), b'"total": 30' in page.body))
    assert totals == [(20, True), (len(site.view.adverts) - 20, False)]


def test_a_copy_of_an_advert_keeps_its_own_number() -> None:
    advert = few("workable")[0].view.adverts[0]
    path = FORMATS["workable"].path
    assert path(advert) != path(replace(advert, reference="another"))


EMBEDDED = {
    "ashby": "/Wolds%20Enterprise/embed?version=2",
    "bamboohr": "/js/embed.js",
    "greenhouse": "/embed/job_board/js?for=larkhillhomes",
    "workable": "/api/v1/widget/accounts/maltings-arts?origin=embed&callback=whrcallback",
}


@pytest.mark.parametrize("key", sorted(EMBEDDED))
def test_the_script_of_an_embedded_board_shows_each_advert(key: str) -> None:
    site = few(key)[0]
    assert EMBEDDED[key].replace("&", "&amp;") in site.answer("/").document.content.decode()
    script = site.answer(EMBEDDED[key])
    assert script.document.type.startswith("text/javascript")
    assert all(site.format.url(site.view, each).encode() in script.document.content for each in site.view.adverts)


def test_lever_groups_by_team_as_its_careers_page_asks() -> None:
    site = few("lever")[0]
    url = f"{BASE}/v0/postings/trentvalleyhospice?group=team&mode=json"
    parsed = ADAPTERS["lever"](url).parse(page_at(site, Follow(url, "listing")))
    assert len(parsed.postings) == len(site.view.adverts)


def test_smartrecruiters_shows_an_advert_by_its_number_alone() -> None:
    site = few("smartrecruiters")[0]
    number = site.format.told(site.view.adverts[0]).reference
    assert site.answer(f"/SherwoodLeisure/{number}").status == 200
