"""The way from a list of jobs, or from one job, to the form that asks to hear of new ones."""

from __future__ import annotations

from lxml import html

from clearinghouse.alerts.queries import criteria_of


def words(page: str) -> str:
    return " ".join(html.fromstring(page).xpath("//main")[0].text_content().split())


def test_the_form_is_for_the_search_as_the_list_carried_it_out(site) -> None:
    listed = html.fromstring(site.page("/vacancies?q=part+time+nures&location=Mansfield&page=2&sort=closing"))
    (link,) = set(listed.xpath("//main//a[contains(., 'by email')]/@href"))
    total = listed.xpath("//h1")[0].text_content().split()[0]
    form = html.fromstring(site.page(link))
    said = words(site.page(link))
    assert "“nurse” within 10 miles of Mansfield Part time" in said
    assert f"It finds {total} job" in said
    (query,) = form.xpath("//input[@name='search']/@value")
    assert query == "q=nurse&location=Mansfield&pattern=part_time&as_typed=yes"
    assert form.xpath("//nav[@aria-label='Back']/a/@href") == [f"/vacancies?{query}"]


def test_a_form_that_names_no_search_means_the_one_in_its_address(site) -> None:
    answer = site.client().post("/alerts/new?q=part+time+nures&location=Mansfield", data={"email": "nobody"})
    (query,) = html.fromstring(answer.text).xpath("//input[@name='search']/@value")
    assert (answer.status_code, query) == (400, "q=nurse&location=Mansfield&pattern=part_time&as_typed=yes")


def test_a_list_without_a_job_offers_it_too(site) -> None:
    page = html.fromstring(site.page("/vacancies?q=zzz&contract=permanent"))
    (link,) = set(page.xpath("//main//a[contains(., 'by email')]/@href"))
    assert "It finds 0 jobs now. In the last 7 days 0 jobs were new." in words(site.page(link))


def test_a_jobs_page_offers_to_hear_of_jobs_like_it(site) -> None:
    page = html.fromstring(site.page(f"/vacancies/{site.ids['rich']}"))
    (link,) = page.xpath("//main//a[.='Get new jobs like this one by email']/@href")
    form = html.fromstring(site.page(link))
    criteria = criteria_of(form.xpath("//input[@name='search']/@value")[0])
    assert (bool(criteria.occupation), criteria.district) == (True, ("Mansfield",))
    silent = html.fromstring(site.page(f"/vacancies/{site.ids['silent']}"))
    assert silent.xpath("//main//a[contains(., 'by email')]") == []


def test_the_place_is_the_one_that_was_meant_and_one_that_nobody_knows_is_left_out(site) -> None:
    page = words(site.page("/alerts/new?location=Carlton&radius=5"))
    assert "We look around Carlton, Gedling. There is also Carlton" in page
    assert "within 5 miles of Carlton, Gedling" in page
    page = words(site.page("/alerts/new?location=Zzyzx&q=cook"))
    assert "We don't know the place “Zzyzx”, so we looked everywhere." in page
    assert "Zzyzx" not in page.partition("Your search")[2]
