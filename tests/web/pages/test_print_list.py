"""Lists for paper: what stands on them, codes that lead to the jobs, and sheets that cut no job in two."""

from __future__ import annotations

import io

import pypdf
import pytest
from lxml import etree, html
from qr_reader import read
from smalltown import NOW

HERE = "http://127.0.0.1:8000"


def tree(site, path: str) -> html.HtmlElement:
    return html.fromstring(site.page(path))


def jobs(found: html.HtmlElement) -> list[html.HtmlElement]:
    return found.find_class("sheet__job")


def codes(found: html.HtmlElement) -> list[str]:
    return [read(etree.tostring(picture).decode()) for picture in found.xpath("//*[local-name()='svg']")]


def text(found: html.HtmlElement) -> str:
    return " ".join(found.text_content().split())


def test_a_job_on_paper_says_what_one_needs_and_its_code_leads_to_it(site) -> None:
    found = tree(site, "/vacancies/print?q=heritage&pattern=full_time")
    said = text(found.find_class("sheet")[0])
    planner = next(job for job in jobs(found) if "Senior Planner" in job.text_content())
    assert "This list was true on 10 June 2026 at 10:30am." in said
    assert "Full time" in text(found.find_class("sheet")[0][1])
    for fact in (
        "Sandby Borough Council", "Where Civic Centre, Mansfield NG19 7BH", "Pay £36,124 to £39,186 a year",
        "Hours Full time, Flexible hours, 37 hours a week", "Closes 12 June 2026 at 11:59pm", "Reference R1",
        f"127.0.0.1:8000/vacancies/{site.ids['rich']}",
    ):  # fmt: skip
        assert fact in text(planner)
    assert codes(planner) == [f"{HERE}/vacancies/{site.ids['rich']}"]


def test_what_an_advert_does_not_say_is_not_stated(site) -> None:
    found = tree(site, "/vacancies/print?q=porter")
    (porter,) = jobs(found)
    assert "Where Various sites Pay Band B, see pack Hours Not stated Closes When filled" in text(porter)


def test_a_list_that_is_cut_says_how_many_are_left_and_where(site) -> None:
    total = int(tree(site, "/vacancies?q=nurse").xpath("string(//h1)").split()[0])
    found = tree(site, "/vacancies/print?q=nurse&per_page=5")
    assert len(jobs(found)) == 5
    assert f"These are the first 5 jobs. There are {total - 5} more on the site" in text(found)
    assert codes(found)[0] == f"{HERE}/vacancies?q=nurse"
    sizes = found.xpath("//ul[@aria-labelledby='sizes']//a/@href")
    assert [len(jobs(tree(site, size))) for size in sizes] == [10, total]
    assert "scan the code to see" not in text(tree(site, sizes[-1]))


def test_the_list_is_the_search_of_the_results_page(site) -> None:
    query = "q=part+time+nurse&sort=closing"
    results = tree(site, f"/vacancies?{query}")
    printed = tree(site, results.xpath("string(//a[.='Print this list']/@href)"))
    names = [row.text_content() for row in results.find_class("job__title")]
    assert names == [row.text_content() for row in printed.find_class("sheet__title")][: len(names)] != []
    assert printed.xpath("string(//h1)") == results.xpath("string(//h1)")


@pytest.mark.parametrize(
    "query", ["q=zzz", "page=99999&per_page=0", "q=%00&radius=-1&location=Xyzzy", "q=" + "a" * 5000]
)
def test_a_search_that_makes_no_list_makes_a_page(site, query: str) -> None:
    assert site.client().get(f"/vacancies/print?{query}").status_code == 200


def test_the_saved_jobs_that_are_open_can_be_printed(site) -> None:
    with site.client() as visitor:
        visitor.post("/saved", data={"do": "save", "id": [site.ids["rich"], site.ids["closed"]]})
        own = html.fromstring(visitor.get("/saved").text)
        (link,) = own.xpath("//a[starts-with(@href, '/saved/print')]/@href")
        printed = html.fromstring(visitor.get(link).text)
    assert codes(printed) == [f"{HERE}/vacancies/{site.ids['rich']}"]
    assert printed.xpath("string(//h1)") == "1 saved job"
    sent = f"?ids={site.ids['closed']},{site.ids['rich']},{site.ids['future']}"
    received = tree(site, f"/saved/print{sent}")
    assert codes(received) == codes(printed)
    assert received.xpath("string(//h1)") == "1 job"
    assert "There is no job to print." in site.page("/saved/print")


@pytest.mark.browser
@pytest.mark.slow
def test_no_job_is_cut_in_two_on_paper_and_the_print_is_large(browser, served) -> None:
    page = browser.new_page()
    page.goto(f"{served}/vacancies/print?sort=closing&per_page=10")
    titles = page.locator(".sheet__title").all_inner_texts()
    addresses = page.locator(".sheet__address").all_inner_texts()
    page.emulate_media(media="print")
    sizes = page.locator(".sheet p, .sheet dd, .sheet h2").evaluate_all(
        "each => each.map(one => Math.round(parseFloat(getComputedStyle(one).fontSize) * 0.75))"
    )
    sheets = [sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages]
    page.close()
    assert min(sizes) >= 16  # points
    assert all(sheet.count("Closes") == sheet.count("/vacancies/") > 0 for sheet in sheets)
    assert sum(sheet.count("/vacancies/") for sheet in sheets) == len(titles) == len(addresses) == 10
    assert all(any(address in sheet for sheet in sheets) for address in addresses)
    assert f"true on {NOW.day} June" in " ".join(sheets[0].split())


@pytest.mark.browser
@pytest.mark.slow
def test_a_list_printed_from_the_browser_takes_the_whole_width(browser, served) -> None:
    page = browser.new_page()
    page.goto(f"{served}/vacancies?per_page=1")
    page.emulate_media(media="print")
    width = "one => one.getBoundingClientRect().width"
    assert page.locator(".results__list").evaluate(width) == page.locator(".results").evaluate(width)
    after = "one => getComputedStyle(one, '::after').content"
    assert page.locator(".job__title a").first.evaluate(after) == "none"
    page.close()


@pytest.mark.browser
@pytest.mark.slow
def test_without_scripts_there_is_no_button_that_needs_one(browser, served, paths) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served + paths["list for paper"])
    assert [button.is_visible() for button in page.locator("[data-print]").all()] == [False]
    context.close()
