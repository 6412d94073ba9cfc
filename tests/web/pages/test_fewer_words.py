"""Words that no job has all of: page, API and feed show the jobs with fewer, say so, and lead back."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from lxml import html


def tree(site, path: str) -> html.HtmlElement:
    return html.fromstring(site.page(path))


def test_the_page_shows_fewer_words_and_leads_back_to_all(site) -> None:
    alone, found = tree(site, "/vacancies?q=caretaker"), tree(site, "/vacancies?q=juggling+caretaker")
    assert found.xpath("string(//h1)") == alone.xpath("string(//h1)")
    said = "No job has all of “juggling caretaker”. Showing jobs with “caretaker”."
    assert said in found.xpath("string(//*[@role='status'])")
    assert found.xpath("//input[@id='q']/@value") == ["juggling caretaker"]
    (back,) = found.xpath("//a[.='search for exactly what you typed']/@href")
    assert parse_qs(urlsplit(back).query) == {"q": ["juggling caretaker"], "as_typed": ["yes"]}
    assert tree(site, back).xpath("string(//h1)") == "0 jobs for “juggling caretaker”"


def test_an_alert_waits_for_a_job_with_all_words(site) -> None:
    found = tree(site, "/vacancies?q=juggling+caretaker")
    (follow,) = found.xpath("//a[starts-with(., 'Hear by email when a new job has all of')]/@href")
    for address in (follow, "/alerts/new?q=juggling+caretaker"):
        form = tree(site, address)
        assert form.xpath("//input[@name='search']/@value") == ["q=juggling+caretaker&as_typed=yes"]
        assert "Showing jobs with" not in form.text_content()


def test_api_table_and_feed_mean_the_same(site) -> None:
    visitor = site.client()
    alone, found = (visitor.get(f"/api/v1/vacancies?q={q}").json() for q in ("caretaker", "juggling+caretaker"))
    assert (found["total"], found["facets"]) == (alone["total"], alone["facets"])
    assert found["notices"] == ["No job has all of “juggling caretaker”. Showing jobs with “caretaker”."]
    for kind in ("csv", "atom"):
        addresses = (f"/vacancies.{kind}?q={q}&sort=newest" for q in ("caretaker", "juggling+caretaker"))
        tables = [visitor.get(each).text.replace("juggling+", "") for each in addresses]
        assert tables[0] == tables[1]
