"""A misspelt word on the results page and in the API: what is shown is said, and the word as typed is a link away."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from lxml import html


def tree(site, path: str) -> html.HtmlElement:
    return html.fromstring(site.page(path))


def test_the_page_shows_what_was_meant_and_leads_back_to_what_was_typed(site) -> None:
    right, found = tree(site, "/vacancies?q=caretaker&kind=job"), tree(site, "/vacancies?q=caretakker&kind=job")
    assert found.xpath("string(//h1)") == right.xpath("string(//h1)")
    assert "Showing results for “caretaker”." in found.xpath("string(//*[@role='status'])")
    (back,) = found.xpath("//a[.='“caretakker”']")
    assert parse_qs(urlsplit(back.get("href")).query) == {"q": ["caretakker"], "kind": ["job"], "as_typed": ["yes"]}
    typed = tree(site, back.get("href"))
    assert typed.xpath("string(//h1)").startswith("0 jobs")
    assert not typed.xpath("//a[.='“caretakker”']")


def test_a_word_beside_a_filter_is_put_right_too(site) -> None:
    found = tree(site, "/vacancies?q=part+time+caretakker")
    assert found.xpath("//input[@id='q']/@value") == ["caretaker"]
    assert found.xpath("string(//h1)") == tree(site, "/vacancies?q=part+time+caretaker").xpath("string(//h1)")


def test_the_words_typed_are_text_and_never_markup(site) -> None:
    assert "<b>caretakker" not in site.page("/vacancies?q=caretakker+%3Cb%3Ecaretakker")


def test_a_word_with_a_minus_is_named(site) -> None:
    found = tree(site, "/vacancies?q=assistant+-care")
    assert "We left out jobs with “care” in the title or the employer's name." in found.xpath(
        "string(//*[@role='status'])"
    )
    shown = [title.text_content() for title in found.xpath("//ol[@class='jobs']//h3")]
    assert shown
    assert not any("Care " in title for title in shown)


def test_the_api_puts_right_and_says_so_unless_it_is_told_not_to(site) -> None:
    visitor = site.client()
    right, wrong, typed = (
        visitor.get(f"/api/v1/vacancies?{query}").json()
        for query in ("q=caretaker", "q=caretakker", "q=caretakker&as_typed=yes")
    )
    assert wrong["total"] == right["total"] > 0
    assert wrong["notices"] == ["Showing results for “caretaker”."]
    assert (typed["total"], typed["notices"]) == (0, [])
