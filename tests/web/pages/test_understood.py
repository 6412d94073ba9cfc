"""Words in the search box that name a filter: a chip, and the way back to the words as typed."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from lxml import html


def tree(site, path: str) -> html.HtmlElement:
    return html.fromstring(site.page(path))


def total(found: html.HtmlElement) -> int:
    return int(found.xpath("string(//h1)").split()[0].replace(",", ""))


def asked(link: html.HtmlElement) -> dict[str, list[str]]:
    return parse_qs(urlsplit(link.get("href")).query)


def test_words_that_name_filters_become_chips_that_can_be_taken_away(site) -> None:
    found = tree(site, "/vacancies?q=part+time+nurse+Mansfield&radius=30")
    chips = {chip.text_content().split(": ")[1].removesuffix(" ×"): asked(chip) for chip in found.find_class("chip")}
    assert chips == {
        "Within 30 miles of Mansfield": {"q": ["nurse"], "pattern": ["part_time"]},
        "Part time": {"q": ["nurse"], "location": ["Mansfield"], "radius": ["30"]},
    }
    assert [box.get("value") for box in found.xpath("//input[@id='q' or @id='location']")] == ["nurse", "Mansfield"]
    same = tree(site, "/vacancies?q=nurse&pattern=part_time&location=Mansfield&radius=30")
    assert total(found) == total(same)
    assert not same.find_class("understood")


def test_the_words_as_typed_are_one_link_away_and_stay_so_when_the_form_is_sent_again(site) -> None:
    found = tree(site, "/vacancies?q=nurse+part+time&kind=job")
    said = found.find_class("understood")[0]
    assert said.text_content().startswith("We used “part time” as a filter. ")
    back = said.xpath(".//a")[0]
    assert asked(back) == {"q": ["nurse part time"], "kind": ["job"], "as_typed": ["yes"]}
    typed = tree(site, back.get("href"))
    assert typed.xpath("//input[@id='q']/@value") == ["nurse part time"]
    assert not typed.find_class("understood")
    assert typed.xpath("//input[@type='checkbox'][@form='search'][@name='as_typed']/@checked")
    assert all(asked(link)["as_typed"] == ["yes"] for link in typed.find_class("chips__clear"))


def test_a_feed_and_a_table_of_an_address_are_of_the_search_that_its_page_shows(site) -> None:
    visitor = site.client()
    for query in ("q=full+time", "q=full+time&as_typed=yes", "q=jobs+in+Mansfield"):
        found = tree(site, f"/vacancies?{query}")
        table = visitor.get(f"/vacancies.csv?{query}").text
        assert table.count("\r\n") - 1 == total(found), query


def test_the_api_takes_words_as_words_unless_it_is_asked_not_to(site) -> None:
    visitor = site.client()

    def answer(query: str) -> dict:
        return visitor.get(f"/api/v1/vacancies?per_page=1&{query}").json()

    filtered = answer("pattern=full_time")
    assert filtered["total"] > 1
    assert answer("q=full+time")["total"] == answer("q=full+time&as_typed=yes")["total"] == 0
    asked_for = answer("q=full+time&as_typed=no")
    assert asked_for["total"] == filtered["total"]
    assert "pattern=full_time" in asked_for["next"]
    assert answer("q=x&as_typed=perhaps")["notices"][0] == (
        "We don't know “perhaps” as a value of “as_typed”, so we left it out."
    )
