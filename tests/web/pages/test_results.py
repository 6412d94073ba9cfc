"""The results page: its address is the search, and its links keep what was asked for."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
import sqlalchemy as sa
from lxml import html
from smalltown import rich_draft

from clearinghouse.vacancies.models import SourceRow
from web import forms


def tree(site, path: str) -> html.HtmlElement:
    return html.fromstring(site.page(path))


def total(found: html.HtmlElement) -> int:
    return int(found.xpath("string(//h1)").split()[0].replace(",", ""))


def submitted(found: html.HtmlElement) -> list[tuple[str, str]]:
    """What the browser would send: the fields of the search form, inside it and outside."""
    pairs = []
    for field in found.xpath("//form[@id='search']//*[@name] | //*[@form='search'][@name]"):
        if field.tag == "select":
            chosen = field.xpath("./option[@selected]") or field.xpath("./option")[:1]
            pairs.append((field.get("name"), chosen[0].get("value")))
        elif field.get("type") != "checkbox" or field.get("checked") is not None:
            pairs.append((field.get("name"), field.get("value") or ""))
    return [pair for pair in pairs if pair[1]]


SEARCHES = [
    "q=nurse",
    "q=nurse&location=Mansfield&radius=30&sort=distance",
    "kind=apprenticeship&kind=job&contract=not_stated&pattern=part_time",
    "salary_min=23456&closing_within=9&include_unstated=yes&per_page=7",
    "hours_min=16&hours_max=40&pay_min=11.5&pay_per=hour",
    "employer=nobody-knows&contract=temporary",
]


@pytest.mark.parametrize("query", SEARCHES)
def test_sending_the_form_again_asks_for_the_same(site, query: str) -> None:
    found = tree(site, f"/vacancies?{query}")
    again = dict.fromkeys(submitted(found))
    assert set(parse_qsl(query)) <= set(again)
    extra = {name for name, value in set(again) - set(parse_qsl(query))}
    assert extra <= {"radius", "pay_per"}


@pytest.mark.parametrize("query", ["", "q=nurse", "kind=job&pattern=part_time", "location=Mansfield&radius=5"])
def test_every_count_beside_a_box_is_the_total_it_promises(site, query: str) -> None:
    found = tree(site, f"/vacancies?{query}")
    boxes = found.xpath("//*[@type='checkbox'][@name!='include_unstated']")
    assert len(boxes) > 8
    for box in boxes:
        name, value = box.get("name"), box.get("value")
        kept = [pair for pair in parse_qsl(query) if pair[0] != name]
        count = int(box.getparent().find_class("facet__count")[0].text.replace(",", ""))
        promised = "&".join(f"{n}={v}" for n, v in [*kept, (name, value)])
        assert total(tree(site, f"/vacancies?{promised}")) == count, promised


def test_a_long_filter_shows_its_most_frequent_values_and_leads_to_the_rest(site, monkeypatch) -> None:
    every = values(tree(site, "/vacancies"), "employer")
    monkeypatch.setattr(forms, "LISTED", 1)
    frequent, *rest, unstated = every
    assert values(tree(site, f"/vacancies?employer={rest[-1]}"), "employer") == [frequent, rest[-1], unstated]
    found = tree(site, "/vacancies?sort=closing")
    assert values(found, "employer") == [frequent, unstated]
    more = found.xpath("//*[@id='filter-employer']//*[@class='facet__more']/a")[0]
    assert more.text_content() == f"Show {len(rest)} more under Employer"
    whole = tree(site, more.get("href"))
    assert values(whole, "employer") == every
    assert total(whole) == total(found)
    assert whole.xpath("boolean(//details[@class='filters'][@open]//details[@id='filter-employer'][@open])")


def values(found: html.HtmlElement, name: str) -> list[str]:
    return found.xpath(f"//*[@type='checkbox'][@name='{name}']/@value")


def test_a_row_and_its_page_agree_on_what_is_confirmed(own_site) -> None:
    failing, good = (own_site.town.add(rich_draft(), sources=(source,)) for source in ("board", "sandby"))
    with own_site.town.store.writing() as session:
        session.execute(sa.update(SourceRow).where(SourceRow.slug == "board").values(failures=1))
    own_site.town.publish()
    said = {row.xpath("string(.//a/@href)"): "Not confirmed" in row.text_content() for row in rows(own_site)}
    assert {path[11:21]: doubted for path, doubted in said.items()} == {failing: True, good: False}
    assert {path: "Not confirmed" in own_site.page(path) for path in said} == said


def rows(site) -> list[html.HtmlElement]:
    return tree(site, "/vacancies").find_class("job")


def test_the_chips_take_one_thing_away_each(site) -> None:
    found = tree(site, "/vacancies?q=nurse&kind=job&contract=fixed_term&sort=closing")
    chips = {chip.text_content().split(": ")[1].rstrip(" ×"): chip.get("href") for chip in found.find_class("chip")}
    assert chips == {
        "Job": "/vacancies?q=nurse&contract=fixed_term&sort=closing",
        "Fixed term": "/vacancies?q=nurse&kind=job&sort=closing",
    }
    assert found.xpath("string(//a[.='Clear all filters']/@href)") == "/vacancies?q=nurse"


@pytest.mark.parametrize("sort", ["newest", "closing", "salary"])
def test_the_pages_hold_every_vacancy_once(site, sort: str) -> None:
    seen: list[str] = []
    path = f"/vacancies?sort={sort}&per_page=9"
    while path:
        found = tree(site, path)
        seen += found.xpath("//*[contains(@class, 'job__title')]/a/@href")
        path = found.xpath("string(//a[@rel='next']/@href)")
    assert len(seen) == len(set(seen)) == total(found)


def test_a_page_after_the_last_leads_back(site) -> None:
    found = tree(site, "/vacancies?page=99")
    last = found.xpath("string(//a[.='Go to the last page']/@href)")
    assert tree(site, last).find_class("job__title")


def test_no_results_come_with_advice(site) -> None:
    page = site.page("/vacancies?q=zzz&location=Newark&kind=job")
    assert "What you can try" in page
    for advice in ("Fewer words find more jobs", "Look further away", "Take a filter away"):
        assert advice in page


def test_a_value_that_nobody_knows_is_named_and_left_out(site) -> None:
    page = site.page("/vacancies?pattern=zz&sort=best&page=minus&location=Xyzzy")
    notices = html.fromstring(page).xpath("//*[@role='status']//p/text()")
    assert len(notices) == 4
    assert all(any(word in notice for notice in notices) for word in ("“zz”", "“best”", "“minus”", "“Xyzzy”"))
    assert total(html.fromstring(page)) == total(tree(site, "/vacancies"))


def test_adverts_that_do_not_say_are_offered_with_their_number(site) -> None:
    found = tree(site, "/vacancies?contract=permanent")
    offer = found.find_class("unstated")[0]
    more = int(re.match(r"\d+", offer.text_content().strip())[0])
    wider = offer.xpath("string(.//a/@href)")
    assert dict(parse_qsl(urlsplit(wider).query))["include_unstated"] == "yes"
    assert total(tree(site, wider)) == total(found) + more
    assert tree(site, wider).xpath("string(//a[.='Leave them out']/@href)") == "/vacancies?contract=permanent"


@pytest.mark.parametrize("query", ["q=%00%ff", "q=" + "a" * 5000, "page=99999999999999999999", "kind=" + "x" * 900])
def test_no_query_breaks_the_page(site, query: str) -> None:
    assert site.client().get(f"/vacancies?{query}").status_code == 200


def test_markup_in_the_words_stays_words(site) -> None:
    page = site.page("/vacancies?q=%3Cscript%3Ealert(1)%3C/script%3E&location=%22%3E%3Cb%3E")
    assert "<script>alert" not in page
    assert '"><b>' not in page
