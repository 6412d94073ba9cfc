"""The other shapes in which systems that speak JSON tell the same jobs."""

from __future__ import annotations

import json
from typing import Any

import pytest

from clearinghouse.errors import BadBodyError
from clearinghouse.vacancies.posting import Posting
from crawlers.adapters.known import ADAPTERS, RECOGNISERS
from crawlers.detect import best
from crawlers.source import Page, Parsed


def read(name: str, body: Any, url: str = "about:blank") -> Parsed:
    """What the adapter that finds itself in the body reads there, cards of details among its postings."""
    page = Page(url, json.dumps(body).encode())
    claim = best(page)
    assert claim.adapter.name == name
    return claim.adapter.parse(page)


def one(name: str, body: Any, url: str = "about:blank") -> Posting:
    parsed = read(name, body, url)
    (posting,) = [*parsed.postings, *(follow.card for follow in parsed.follows if follow.card)]
    return posting


GREEN = {
    "id": 501,
    "internal_job_id": 9,
    "title": "Park Ranger",
    "absolute_url": "https://www.anytown.example/jobs?gh_jid=501",
    "location": {"name": "Anytown"},
    "metadata": None,
    "updated_at": "2026-11-02T09:00:00-05:00",
}
EMPTY = {"id": 2, "name": "Finance", "parent_id": None, "child_ids": [], "jobs": []}
GROUPED = {
    "by department": {"departments": [EMPTY, {**EMPTY, "id": 3, "name": "Parks", "jobs": [GREEN]}]},
    "by two departments": {"departments": [{**EMPTY, "jobs": [GREEN]}, {**EMPTY, "id": 3, "jobs": [GREEN]}]},
    "by office": {"offices": [{"id": 1, "name": "Hall", "departments": [EMPTY, {**EMPTY, "jobs": [GREEN]}]}]},
}


@pytest.mark.parametrize("how", sorted(GROUPED))
def test_greenhouse_tells_its_jobs_in_groups(how: str) -> None:
    posting = one("greenhouse", GROUPED[how])
    assert (posting.reference, posting.url) == ("501", "https://www.anytown.example/jobs?gh_jid=501")


def test_groups_without_a_job_are_no_vacancies() -> None:
    parsed = read("greenhouse", {"departments": [EMPTY] * 67})
    assert (parsed.postings, parsed.shortfall) == ((), None)


@pytest.mark.parametrize(
    ("cents", "pay"),
    [
        ([{"min_cents": 2820000, "max_cents": 3104950, "currency_type": "GBP"}], "28200 - 31049.50 GBP"),
        ([], None),
        ([{"min_cents": 1, "max_cents": 2, "currency_type": "GBP"}] * 2, None),  # for different places
    ],
)
def test_greenhouse_states_pay_in_cents(cents: list[Any], pay: str | None) -> None:
    posting = one("greenhouse", {"jobs": [{**GREEN, "pay_input_ranges": cents}]})
    assert posting.salary == pay


def test_lever_tells_its_postings_in_groups() -> None:
    posting = {
        "id": "a1",
        "text": "Porter",
        "categories": {"team": "Estates"},
        "hostedUrl": "https://jobs.lever.co/a/a1",
    }
    parsed = read("lever", [{"title": "Estates", "postings": [posting]}, {"title": "None", "postings": []}])
    assert [(each.title, each.reference) for each in parsed.postings] == [("Porter", "a1")]


def test_ashby_names_a_job_in_its_link_where_nowhere_else() -> None:
    number = "145ff46b-1441-4773-bcd3-c8c90baa598a"
    job = {
        "title": "Clerk",
        "jobUrl": f"https://jobs.ashbyhq.com/anytown/{number}",
        "applyUrl": f"https://jobs.ashbyhq.com/anytown/{number}/application",
        "isListed": True,
        "descriptionPlain": "Files & forms",
    }
    posting = one("ashby", {"apiVersion": "1", "jobs": [job]})
    assert (posting.reference, posting.description_html) == (number, "Files & forms")


WORKABLE = {
    "id": 1,
    "shortcode": "A1B2C3D4E5",
    "title": "Usher",
    "remote": False,
    "location": {"country": "United Kingdom", "countryCode": "GB", "city": "Anytown", "region": "England"},
    "locations": [
        {"country": "United Kingdom", "city": "Anytown", "region": "England", "hidden": False},
        {"country": "United Kingdom", "city": "Secret", "region": "England", "hidden": True},
    ],
    "state": "published",
    "isInternal": False,
    "published": "2026-11-03T00:00:00.000Z",
    "type": "part",
    "department": ["Front of House"],
    "accountUid": "x",
    "workplace": "on_site",
}


def test_workable_counts_what_its_own_pages_ask_for() -> None:
    inside = {**WORKABLE, "shortcode": "B", "isInternal": True}
    parsed = read("workable", {"total": 3, "results": [WORKABLE, inside], "nextPage": "token"})
    (posting,) = parsed.postings
    assert posting.url == "https://apply.workable.com/j/A1B2C3D4E5"
    assert (posting.locations, posting.occupation) == (("Anytown, England, United Kingdom",), "Front of House")
    assert (posting.posted, parsed.stated_total) == ("2026-11-03T00:00:00.000Z", 2)


def test_workable_tells_one_job_in_three_parts() -> None:
    parts = {"description": "<p>a</p>", "requirements": "<p>b</p>", "benefits": "<p>c</p>"}
    posting = one("workable", {**WORKABLE, **parts})
    assert posting.description_html == "<p>a</p>\n<p>b</p>\n<p>c</p>"


def test_oracle_may_split_its_list_into_items() -> None:
    rows = [{"Id": str(n), "Title": f"Post {n}", "PostedDate": "2026-11-01"} for n in range(3)]
    items = [{"TotalJobsCount": 3, "requisitionList": rows[:2]}, {"requisitionList": rows[2:]}]
    parsed = read("oracle", {"items": items, "count": 2, "hasMore": False})
    assert (len(parsed.postings), parsed.follows) == (3, ())


def test_line_ends_that_workday_escaped_twice_are_line_ends() -> None:
    info = {"title": "Nurse", "jobReqId": "R1", "jobDescription": "<p>One</p>&amp;#xa;<p>Two</p>"}
    assert one("workday", {"jobPostingInfo": info}).description_html == "<p>One</p>\n<p>Two</p>"


SHELLS = {
    "workday": (
        b"<html><script>window.workday = window.workday || { tenant: \"wf\", siteId: 'Jobs_UK', locale: 1 }</script>",
        "https://anytown.wd3.myworkdayjobs.com/en-GB/Jobs_UK",
        "https://anytown.wd3.myworkdayjobs.com/wday/cxs/wf/Jobs_UK/jobs",
    ),
    "oracle": (
        b"<html><script>CX_CONFIG = {app: {apiBaseUrl: 'https://a.fa.em2.oraclecloud.com:443', siteNumber: 'CX_3'}}",
        "https://jobs.anytown.example/en/sites/anytown/jobs",
        (
            "https://a.fa.em2.oraclecloud.com/hcmRestApi/resources/latest/recruitingCEJobRequisitions?onlyData=true"
            "&expand=requisitionList.secondaryLocations&finder=findReqs;siteNumber=CX_3,limit=100,offset=0"
        ),
    ),
    "manatal": (
        b'<script>baseUrl = "https://www.careers-page.com"; const clientSlug = "anytown"\n`/api/v1.0/c/`</script>',
        "https://jobs.anytown.example/",
        "https://www.careers-page.com/api/v1.0/c/anytown/jobs/",
    ),
    "recruitee": (
        b'<html><a href="/o/clerk">Clerk</a> Hiring with <a href="https://recruitee.com/">Recruitee</a>',
        "https://jobs.anytown.example/",
        "https://jobs.anytown.example/api/offers/",
    ),
    "teamtailor": (
        b'<html><a href="https://jobs.anytown.example/jobs/71-clerk">Clerk</a> Career site by Teamtailor: teamtailor',
        "https://www.anytown.example/work",
        "https://jobs.anytown.example/jobs.json",
    ),
    "bamboohr": (
        b'<div id="BambooHR" data-domain="anytown.bamboohr.com" data-version="1.0.0"></div>',
        "https://www.anytown.example/work",
        "https://anytown.bamboohr.com/careers/list",
    ),
}


@pytest.mark.parametrize("name", sorted(SHELLS))
def test_a_page_for_people_tells_where_its_list_is(name: str) -> None:
    body, url, listed = SHELLS[name]
    claim = RECOGNISERS[name](Page(url, body))
    assert claim is not None
    assert [follow.url for follow in claim.adapter.start()] == [listed]


BAMBOO = {"id": "7", "jobOpeningName": "Warden", "location": {"city": None, "state": None}, "isRemote": None}
PLACES = [
    ({"locationType": "hybrid"}, (), "hybrid"),
    ({"locationType": "1"}, (), "remote"),
    ({"locationType": "0"}, (), None),
    ({"isRemote": "yes"}, (), "remote"),
    ({"location": "Anytown"}, ("Anytown",), None),
    ({"atsLocation": {"city": "Seaton", "country": "United Kingdom"}}, ("Seaton, United Kingdom",), None),
]


@pytest.mark.parametrize(("said", "places", "where"), PLACES)
def test_bamboohr_says_where_the_work_is_in_several_ways(
    said: dict[str, Any], places: tuple[str, ...], where: str | None
) -> None:
    posting = one("bamboohr", {"result": [{**BAMBOO, **said}]})
    assert (posting.locations, posting.extra.get("job_location_type")) == (places, where)


def test_an_offer_of_recruitee_may_have_a_town_and_no_list_of_places() -> None:
    url = "https://jobs.anytown.example/o/clerk"
    offer = {"id": 3, "title": "Clerk", "careers_url": url, "careers_apply_url": f"{url}/c/new", "city": "Anytown"}
    assert one("recruitee", {"offers": [{**offer, "country": "United Kingdom"}]}).locations == (
        "Anytown, United Kingdom",
    )


def test_a_posting_of_pinpoint_may_have_no_parts() -> None:
    row = {"id": "p1", "title": "Clerk", "url": "https://a.pinpointhq.com/en/postings/p1", "deadline_at": "2026-12-01"}
    adapter = ADAPTERS["pinpoint"]("https://a.pinpointhq.com/")
    (posting,) = adapter.parse(
        Page("https://a.pinpointhq.com/postings.json", json.dumps({"data": [row]}).encode())
    ).postings
    assert (posting.reference, posting.closes) == ("p1", "2026-12-01")


OWN = [
    ({"Closing date": "12 December 2026", "Salary": "£28,200"}, ("12 December 2026", "£28,200", None)),
    ({"Contract Type": "Fixed term"}, (None, None, "Fixed term")),
    ({"Salary negotiable": "Yes", "Close to transport": "2 stops", "Payroll": "7"}, (None, None, None)),
    ({"Application deadline": "Until filled", "Pay band": "Band C"}, ("Until filled", "Band C", None)),
    ({"Date the vacancy closes": "1 May", "Pay (hourly)": "£12.85"}, ("1 May", "£12.85", None)),
]


@pytest.mark.parametrize(("told", "said"), OWN)
def test_what_an_employers_own_fields_mean_is_read(
    told: dict[str, str], said: tuple[str | None, str | None, str | None]
) -> None:
    metadata = [{"id": 1, "name": name, "value": value, "value_type": "short_text"} for name, value in told.items()]
    green = one("greenhouse", {"jobs": [{**GREEN, "metadata": metadata}]})
    custom = [{"fieldId": "1", "fieldLabel": name, "valueLabel": value} for name, value in told.items()]
    smart = {"id": "1", "name": "Clerk", "releasedDate": "2026", "typeOfEmployment": {}, "customField": custom}
    flex = [{"Prompt": name, "Value": value} for name, value in told.items()]
    oracle = {"Id": "1", "Title": "Clerk", "ExternalDescriptionStr": "<p>Text</p>", "requisitionFlexFields": flex}
    for posting in (green, one("smartrecruiters", smart), one("oracle", oracle)):
        assert (posting.closes, posting.salary, posting.employment_type) == said
        assert told.items() <= posting.extra.items()


ADDRESSES = {
    "greenhouse": ("/embed/job_board/js?b=1&for=anytown", "/v1/boards/anytown/jobs?content=true"),
    "lever": ("/v0/postings/anytown?group=team&mode=json", "/v0/postings/anytown?group=team&mode=json&limit=100"),
    "ashby": ("/Any%20Town/embed?version=2", "/posting-api/job-board/Any%20Town?includeCompensation=true"),
    "smartrecruiters": ("/v1/companies/A/postings?limit=10", "/v1/companies/A/postings?limit=100"),
    "workable": ("/api/v1/widget/accounts/any-town", "/api/v1/widget/accounts/any-town?details=true"),
    "manatal": ("/api/v1.0/c/anytown/jobs/?page=2", "/api/v1.0/c/anytown/jobs/"),
    "reed": ("/api/1.0/search?keywords=clerk", "/api/1.0/search?keywords=clerk&resultsToTake=100"),
    "workday": ("/wday/cxs/anytown/Jobs/job/A/Clerk_R1", "/wday/cxs/anytown/Jobs/jobs"),
    "find_an_apprenticeship": (
        "/vacancies/vacancy?Lat=53&Lon=-1",
        "/vacancies/vacancy?PageSize=100&Sort=AgeAsc&IncludeDetails=true&Lat=53&Lon=-1",
    ),
}


@pytest.mark.parametrize("name", sorted(ADDRESSES))
@pytest.mark.parametrize("host", ["https://jobs.anytown.example", "http://127.0.0.1:8142"])
def test_a_board_on_another_host_is_asked_there(name: str, host: str) -> None:
    given, asked = ADDRESSES[name]
    claim = RECOGNISERS[name](Page(host + given, b"<html></html>"))
    assert claim is not None
    assert [follow.url for follow in claim.adapter.start()] == [host + asked]


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_an_address_that_is_none_is_asked_as_it_stands(name: str) -> None:
    given = f"ftp:/{ADDRESSES[name][0]}"
    (follow,) = ADAPTERS[name](given).start()
    assert "None" not in follow.url


BULLETS = [
    ("/job/A/Clerk_R-11", ["Part time"], "R-11"),
    ("/job/A/Clerk", ["Part time", "REF 7"], "REF 7"),
    ("/job/A/Clerk", ["Part time"], None),
]


@pytest.mark.parametrize(("path", "bullets", "reference"), BULLETS)
def test_a_bullet_of_workday_is_a_number_only_where_it_has_one(
    path: str, bullets: list[str], reference: str | None
) -> None:
    row = {"title": "Clerk", "externalPath": path, "bulletFields": bullets}
    assert one("workday", {"total": 1, "jobPostings": [row]}).reference == reference


def test_lever_may_have_plain_words_and_whole_lists() -> None:
    told = {"descriptionPlain": "Files & forms", "lists": [{"text": "Duties", "content": "<ul><li>Filing</li></ul>"}]}
    posting = {"id": "a", "text": "Clerk", "categories": {}, "hostedUrl": "https://jobs.lever.co/a/a", **told}
    assert one("lever", [posting]).description_html == "Files & forms\n<h3>Duties</h3>\n<ul><li>Filing</li></ul>"


def test_an_empty_search_of_apprenticeships_holds_none() -> None:
    parsed = read("find_an_apprenticeship", {"totalApprenticeshipCount": 0, "totalFound": 0, "vacancies": []})
    assert (parsed.postings, parsed.follows, parsed.stated_total) == ((), (), 0)


CLERK = {"title": "Clerk", "city": "Seaton"}
LESS: dict[str, tuple[str, Any, tuple[str | None, str | None, tuple[str, ...]]]] = {
    "an offer of Recruitee's without its form's address": (
        "recruitee",
        {"offers": [{**CLERK, "id": 7, "careers_url": "https://seaton.recruitee.com/o/clerk"}]},
        ("7", "https://seaton.recruitee.com/o/clerk", ("Seaton",)),
    ),
    "a job of Workable's without its short link": (
        "workable",
        {"name": "Seaton", "jobs": [{**CLERK, "shortcode": "A1", "url": "https://apply.workable.com/seaton/j/A1/"}]},
        ("A1", "https://apply.workable.com/seaton/j/A1/", ("Seaton",)),
    ),
    "a posting of Pinpoint's without duties and pay": (
        "pinpoint",
        {
            "data": [
                {
                    "id": "8",
                    "title": "Clerk",
                    "url": "https://seaton.pinpointhq.com/en/postings/8",
                    "location": {"name": "Devon", "city": "Seaton", "province": "Seaton"},
                    "workplace_type_text": "On site",
                }
            ]
        },
        ("8", "https://seaton.pinpointhq.com/en/postings/8", ("Devon, Seaton",)),
    ),
    "a requisition, its place with words of its own": (
        "job_list",
        {
            "jobRequisitions": [
                {
                    "itemID": "9_1",
                    "requisitionTitle": "Clerk",
                    "clientRequisitionID": "1560",
                    "displayUrl": "https://jobs.seaton.example/1560",
                    "requisitionLocations": [{"address": {"cityName": "Seaton", "postalCode": "EX12 2AA"}}],
                }
            ]
        },
        ("1560", "https://jobs.seaton.example/1560", ("Seaton, EX12 2AA",)),
    ),
    "a search's results, each a descriptor": (
        "job_list",
        {
            "SearchResult": {
                "SearchResultItems": [
                    {
                        "MatchedObjectDescriptor": {
                            "PositionID": id_,
                            "PositionTitle": "Clerk",
                            "PositionURI": f"https://jobs.seaton.example/{id_}",
                            "PositionLocationDisplay": "Seaton, Devon",
                            "OrganizationName": "Harbours",
                            "ApplicationCloseDate": "2026-12-15",
                        }
                    }
                    for id_ in ("H-1", "H-2")
                ]
            }
        },
        ("H-1", "https://jobs.seaton.example/H-1", ("Seaton, Devon",)),
    ),
    "a city's open data": (
        "job_list",
        [
            {"job_id": n, "business_title": "Clerk", "work_location": "Seaton", "salary_range_from": "24000"}
            for n in ("1", "2")
        ],
        ("1", None, ("Seaton",)),
    ),
}


@pytest.mark.parametrize("what", sorted(LESS))
def test_a_system_is_told_by_less_than_all_that_it_may_state(what: str) -> None:
    name, body, expected = LESS[what]
    posting = read(name, body).postings[0]
    assert (posting.title, (posting.reference, posting.url, posting.locations)) == ("Clerk", expected)


LEVERS = {"id": "1", "text": "Clerk", "hostedUrl": "https://jobs.lever.co/seaton/1", "categories": {}}
RANGE = {"min": 25000, "max": 27000, "currency": "GBP", "interval": "per-year-salary"}
ABOUT_PAY = "Many things influence what we offer, such as your experience and where you work. " * 3
PAY_TOLD: dict[str, tuple[dict[str, Any], str | None, bool]] = {
    "words of pay before the sums": (
        {"salaryRange": RANGE, "salaryDescriptionPlain": "£12 an hour"},
        "£12 an hour",
        False,
    ),
    "the sums before words without a figure": (
        {"salaryRange": RANGE, "salaryDescriptionPlain": "Your skills will influence it."},
        "25000 - 27000 GBP per-year-salary",
        True,
    ),
    "words without a figure where there are no sums": ({"salaryDescriptionPlain": "Competitive"}, "Competitive", False),
    "the sums before words about pay": (
        {"salaryRange": RANGE, "salaryDescriptionPlain": ABOUT_PAY, "salaryDescription": f"<div>{ABOUT_PAY}</div>"},
        "25000 - 27000 GBP per-year-salary",
        True,
    ),
}


@pytest.mark.parametrize("what", sorted(PAY_TOLD))
def test_lever_s_words_about_pay_are_no_pay(what: str) -> None:
    more, pay, described = PAY_TOLD[what]
    posting = one("lever", [{**LEVERS, **more}])
    assert (posting.salary, "influence" in (posting.description_html or "")) == (pay, described)


def test_a_list_s_terms_are_no_job_and_a_link_is_no_reference() -> None:
    terms = {"legal": "Link back to us.", "last_updated": 1786492823}
    job = {**CLERK, "guid": "https://board.seaton.example/jobs/clerk", "salary": "£12 an hour"}
    first, second = read("job_list", [terms, job, {**job, "guid": "7"}]).postings
    assert (first.title, first.reference, first.url) == ("Clerk", None, "https://board.seaton.example/jobs/clerk")
    assert (second.reference, second.url) == ("7", None)


BARE = {
    "departments": [{**EMPTY, "jobs": [{"id": 7, "title": "Clerk"}]}, {**EMPTY, "jobs": [{"id": 7, "title": "Clerk"}]}]
}


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("about:blank", None),
        (
            "https://boards-api.greenhouse.io/v1/boards/seaton/departments",
            "https://job-boards.greenhouse.io/seaton/jobs/7",
        ),
    ],
)
def test_greenhouse_s_departments_may_tell_no_more_of_a_job_than_its_title(url: str, link: str | None) -> None:
    posting = one("greenhouse", BARE, url)
    assert (posting.reference, posting.title, posting.url) == ("7", "Clerk", link)


@pytest.mark.parametrize("body", [[GREEN], {"jobs": [GREEN]}])
def test_a_list_may_be_saved_without_what_it_stood_in(body: Any) -> None:
    assert one("greenhouse", body).reference == "501"


def test_a_bare_list_without_entries_is_not_taken_for_an_empty_board() -> None:
    with pytest.raises(BadBodyError, match="without a list at jobs"):
        ADAPTERS["greenhouse"]("about:blank").parse(Page("about:blank", b"[]"))


def test_a_position_that_is_a_number_is_no_title() -> None:
    job = {"position": 616, "title": "Clerk", "url": "/jobs/1", "location": "Seaton", "salary": "£12"}
    assert read("job_list", [job, job]).postings[0].title == "Clerk"
