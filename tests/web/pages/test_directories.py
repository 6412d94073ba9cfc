"""The home page, the employers and the apprenticeships: their numbers are those of the searches they link to."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from lxml import html
from smalltown import COUNCIL, TRUST, plain_draft, silent_draft

from clearinghouse.vacancies.models import SourceRow


def number(text: str) -> int:
    return int(re.search(r"\d[\d,]*", text)[0].replace(",", ""))


def total(site, path: str) -> int:
    return number(html.fromstring(site.page(path)).xpath("string(//h1)"))


def test_the_home_pages_numbers_are_what_its_links_lead_to(site) -> None:
    page = html.fromstring(site.page("/"))
    assert number(page.xpath("string(//main//strong)")) == total(site, "/vacancies")
    ways = {a.get("href"): a.text_content() for a in page.xpath("//*[@class='ways']//a") if "(" in a.text_content()}
    assert len(ways) == 2
    for path, words in ways.items():
        assert number(words.partition("(")[2]) == total(site, path), path


def test_every_member_is_listed_whether_we_can_read_it_or_not(site) -> None:
    page = html.fromstring(site.page("/employers"))
    rows = {row.xpath("string(.//th)"): " ".join(row.text_content().split()) for row in page.xpath("//tbody/tr")}
    assert list(rows) == ["Fenwick NHS Trust", "Harle College", "Sandby Borough Council"]
    assert "We do not read it yet" in rows["Harle College"]
    assert "We do not know it yet" in rows["Harle College"]
    assert "Link checked 9 June 2026" in rows["Sandby Borough Council"]
    assert "Link not checked yet" in rows["Fenwick NHS Trust"]
    assert "10 June 2026 at 9:30am" in rows["Fenwick NHS Trust"]
    for link in page.xpath("//tbody//a[starts-with(@href, '/vacancies?')]"):
        assert number(link.text) == total(site, link.get("href"))


@pytest.mark.parametrize(("slug", "kind"), [(TRUST, "NHS trust"), (COUNCIL, "Borough council")])
def test_the_kind_of_an_employer_keeps_its_capitals(site, slug: str, kind: str) -> None:
    page = html.fromstring(site.page(f"/employers/{slug}"))
    assert page.xpath("string(//dt[.='Kind']/following-sibling::dd)") == kind


def test_an_employers_page_lists_its_jobs(site) -> None:
    page = html.fromstring(site.page(f"/employers/{TRUST}"))
    assert number(page.xpath("string(//h2)")) == total(site, f"/vacancies?employer={TRUST}")
    assert len(page.find_class("job")) == 20
    assert page.xpath("//a[@href='https://fenwick.example/work-for-us']")


@pytest.mark.parametrize("slug", ["nobody", "tuxley-parish", "%00", "<b>", COUNCIL.upper()])
def test_an_employer_that_nobody_put_on_the_list_has_a_page_only_with_open_jobs(site, slug: str) -> None:
    assert site.client().get(f"/employers/{slug}").status_code == 404


def test_an_employer_that_only_adverts_name_is_listed_while_it_has_open_jobs(own_site) -> None:
    own_site.town.add(silent_draft(), organisation=4, sources=("board",))
    own_site.town.publish()
    page = html.fromstring(own_site.page("/employers"))
    assert page.xpath("//table[caption='Other employers with jobs here']//th[@scope='row']/a/text()") == [
        "Tuxley Parish Council"
    ]
    assert "Through a shared job site" in own_site.page("/employers")
    assert "1 open job" in own_site.page("/employers/tuxley-parish")


def test_a_source_that_nobody_has_checked_is_not_named_as_read(own_site) -> None:
    with own_site.town.store.writing() as session:
        session.execute(sa.update(SourceRow).where(SourceRow.slug == "sandby").values(public=False))
    own_site.town.publish()
    assert "We do not read this site yet" in own_site.page(f"/employers/{COUNCIL}")


def test_a_source_that_fails_is_said_to(own_site) -> None:
    with own_site.town.store.writing() as session:
        session.execute(sa.update(SourceRow).where(SourceRow.slug == "sandby").values(failures=2))
    own_site.town.publish()
    assert "We could not read them the last time we tried." in own_site.page(f"/employers/{COUNCIL}")


def test_a_link_that_is_no_web_address_is_no_link(own_site) -> None:
    with own_site.town.store.writing() as session:
        session.execute(sa.text("UPDATE organisation SET recruitment_url = 'javascript:alert(1)' WHERE id = 1"))
    own_site.town.publish()
    for path in ("/employers", f"/employers/{COUNCIL}"):
        assert "javascript:" not in own_site.page(path)


def test_the_levels_count_what_they_lead_to(site) -> None:
    page = html.fromstring(site.page("/apprenticeships"))
    assert number(page.xpath("string(//h1)")) == total(site, "/vacancies?kind=apprenticeship") > 0
    rows = page.xpath("//tbody/tr[.//a]")
    assert len(rows) == 4
    for row in rows:
        assert number(row.xpath("string(td[2])")) == total(site, row.xpath("string(.//a/@href)"))


def test_a_town_without_apprenticeships_says_so(own_site) -> None:
    own_site.town.add(plain_draft(1))
    own_site.town.publish()
    page = own_site.page("/apprenticeships")
    assert "0 apprenticeships in Nottinghamshire" in page
    assert "There are none today." in page


def test_before_the_first_index_the_site_says_that_it_is_starting(own_site) -> None:
    for path in ("/", "/vacancies", "/apprenticeships"):
        answer = own_site.client().get(path)
        assert answer.status_code == 503
        assert "We are starting up" in answer.text
    assert own_site.client().get("/contact").status_code == 200
