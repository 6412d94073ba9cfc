"""What the results page offers beside its list: another place, the area itself, a wider search."""

from __future__ import annotations

import pytest
from lxml import html


def tree(site, path: str) -> html.HtmlElement:
    return html.fromstring(site.page(path))


def total(found: html.HtmlElement) -> int:
    return int(found.xpath("string(//h1)").split()[0].replace(",", ""))


def promised(link: html.HtmlElement) -> int:
    """The count in brackets after a link."""
    return int(link.tail.strip(" ().").split()[0].replace(",", ""))


def test_a_name_of_several_places_is_asked_about_and_each_link_finds_what_it_says(site) -> None:
    found = tree(site, "/vacancies?location=carlton&radius=30")
    asked = found.find_class("which-place")[0]
    assert f"Which Carlton? We looked around Carlton, Gedling ({total(found)} jobs)." in asked.text_content()
    links = asked.xpath(".//a")
    assert [link.text for link in links] == ["Carlton, Bedfordshire", "Carlton, Cleveland"]
    for link in links:
        again = tree(site, link.get("href"))
        assert (total(again), again.find_class("which-place")) == (promised(link), [])


def test_a_place_leads_to_its_whole_district_and_that_back_to_the_place(site) -> None:
    found = tree(site, "/vacancies?location=NG18+1AA&kind=job")
    link = found.xpath("//a[text()='in all of Mansfield district']")[0]
    assert link.get("href") == "/vacancies?district=Mansfield&kind=job"
    there = tree(site, link.get("href"))
    assert total(there) == promised(link)
    back = there.xpath("//a[text()='within 10 miles of Mansfield']")[0]
    assert total(tree(site, back.get("href"))) == promised(back)


def test_every_row_of_a_search_around_a_place_says_how_far_it_is(site) -> None:
    found = tree(site, "/vacancies?location=Mansfield&radius=100&sort=distance")
    rows = found.find_class("job")
    assert len(rows) > 5
    assert all("away" in row.find_class("job__miles")[0].text for row in rows)


@pytest.mark.parametrize(
    ("query", "heading"),
    [
        ("q=clerk+plumber&location=Mansfield&radius=1&as_typed=yes", "What you can try"),
        ("q=clerk&contract=secondment&kind=volunteer&kind=casual", "What you can try"),
        ("location=Lincoln&radius=1", "What you can try"),
        ("q=unheardof", "What you can try"),
    ],
)
def test_a_search_that_finds_nothing_leads_to_wider_ones_that_find_what_they_say(site, query, heading) -> None:
    found = tree(site, f"/vacancies?{query}")
    assert total(found) == 0
    assert heading in found.xpath("//h2/text()")
    ways = found.xpath("//*[@aria-label='Wider searches']//a")
    assert ways
    counts = [promised(way) for way in ways]
    assert counts == sorted(counts)
    for way in ways:
        assert total(tree(site, way.get("href"))) == promised(way) > 0


def test_a_page_with_hardly_anything_leads_wider_and_one_with_enough_does_not(site) -> None:
    few = tree(site, "/vacancies?q=%22clerk+band+5%22")
    assert 0 < total(few) < 3
    assert few.xpath("//h2[text()='Look wider']/following-sibling::*[1][@aria-label='Wider searches']//a")
    enough = tree(site, "/vacancies?kind=job")
    assert total(enough) > 3
    assert not enough.xpath("//*[@aria-label='Wider searches']")


def test_where_several_filters_are_chosen_each_says_how_many_jobs_do_not_say_it(site) -> None:
    query = "/vacancies?contract=permanent&apprenticeship_level=3"
    found = tree(site, query)
    every = total(tree(site, f"{query}&include_unstated=yes")) - total(found)
    ways = found.xpath("//p[starts-with(normalize-space(), 'And ')]/a")
    assert ways
    for way in ways:
        more = int(way.getparent().text.split()[1])
        assert 0 < more < every
        there = tree(site, way.get("href"))
        assert total(there) == total(found) + more
    single = tree(site, "/vacancies?pattern=full_time")
    assert not single.xpath("//p[starts-with(normalize-space(), 'And ')]/a")


def test_a_misspelt_place_leads_to_the_one_that_may_be_meant(site) -> None:
    found = tree(site, "/vacancies?location=mansfeild&kind=job")
    (link,) = found.xpath("//p[starts-with(., 'Did you mean')]/a")
    assert (link.text, link.get("href")) == ("Mansfield", "/vacancies?location=Mansfield&kind=job")
    assert total(tree(site, link.get("href"))) == int(link.tail.split("(")[1].split()[0]) > 0
    nowhere = tree(site, "/vacancies?location=nowhere")
    assert "Check the spelling, or give a postcode" in nowhere.text_content()
    assert "Check the spelling" not in tree(site, "/vacancies?location=Notts").text_content()
