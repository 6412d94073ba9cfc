"""The recorded answers of JSON systems, where they are beside this checkout, read as a person reads them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from clearinghouse.errors import BadBodyError
from clearinghouse.vacancies.posting import Posting
from crawlers.adapters.known import ADAPTERS, RECOGNISERS
from crawlers.detect import best
from crawlers.source import Page, Parsed

sys.path.insert(0, str(Path(__file__).parent.parent))

from own_bodies import BODIES, NAMES, adapter_name, example

SAMPLES = {
    "ashby": ("ashby/1.json", 2),
    "find_an_apprenticeship": ("faa_apprenticeships/search-apprenticeships-results.json", 13),
    "fusion": ("teaching_vacancies_ats/5_fusion.json", 1),
    "manatal": ("manatal/1.json", 10),
    "oracle": ("oracle_orc/1.json", 2),
    "reed": ("reed_uk/2.json", 20),
    "teamtailor": ("teamtailor/1.json", 2),
    "workday": ("workday_cxs/3_list.json", 2),
    "bamboohr": ("bamboohr/1.json", 2),
    "lever": ("lever/1.json", 2),
    "pinpoint": ("pinpoint/1.json", 2),
    "recruitee": ("recruitee/1.json", 2),
    "smartrecruiters": ("smartrecruiters/1.json", 1),
    "workable": ("workable/1.json", 1),
}


def read(name: str, samples: Path) -> Parsed:
    return ADAPTERS[name]("about:blank").parse(Page("about:blank", (samples / SAMPLES[name][0]).read_bytes()))  # type: ignore[no-any-return]


def facts(posting: Posting, *names: str) -> list[Any]:
    said = posting.as_json()
    return [said[name] for name in names]


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_recorded_answer_is_recognised_and_each_job_has_title_and_reference(name: str, samples: Path) -> None:
    file, count = SAMPLES[name]
    parsed = read(name, samples)
    assert len(parsed.postings) == count
    assert all(posting.title and posting.reference for posting in parsed.postings)
    assert best(Page("about:blank", (samples / file).read_bytes())).adapter.name == name


@pytest.mark.parametrize("name", [*sorted(SAMPLES), "avature", "teaching_vacancies"])
def test_a_recorded_answer_of_another_system_is_refused_or_recognised_by_its_own(name: str, samples: Path) -> None:
    for other in sorted(set(SAMPLES) - {name}):
        page = Page("about:blank", (samples / SAMPLES[other][0]).read_bytes())
        assert RECOGNISERS[name](page) is None
        with pytest.raises(BadBodyError):
            ADAPTERS[name](page.url).parse(page)


BAD = {
    "an error page": (b"<!DOCTYPE html><html><body>Sorry</body></html>", "an HTML page, not JSON"),
    "an error object": (b'{"ok":false,"error":"Document not found"}', "Document not found"),
    "half an answer": (b'{"jobs":[{"id":1},', "not JSON"),
    "nothing": (b"", "an empty body"),
}


@pytest.mark.parametrize("what", sorted(BAD))
@pytest.mark.parametrize("name", [*sorted(SAMPLES), "avature", "teaching_vacancies"])
def test_what_is_no_list_is_never_zero_vacancies(name: str, what: str) -> None:
    body, reason = BAD[what]
    with pytest.raises(BadBodyError, match=reason):
        example(name).parse(Page("https://jobs.anytown.example/api", body))


def test_dates_in_milliseconds_are_told_as_times(samples: Path) -> None:
    assert [posting.posted for posting in read("lever", samples).postings] == [
        "2025-11-27T01:02:41.939+00:00",
        "2023-01-29T02:28:23.769+00:00",
    ]


def test_a_description_in_parts_is_whole(samples: Path) -> None:
    text = read("lever", samples).postings[0].description_html or ""
    assert text.index("tenacious") < text.index("<h3>How You'll Contribute</h3>")
    assert text.index("<ul>") < text.index("Ethics page")


def test_pay_is_told_as_the_advert_words_it(samples: Path) -> None:
    assert read("ashby", samples).postings[1].salary == "CA$102.8K – CA$137K"
    assert read("pinpoint", samples).postings[0].salary == "$135,000 - $198,000 / year"
    assert read("recruitee", samples).postings[0].salary == "60000 - 75000 EUR year"


def test_links_closing_and_places_are_told(samples: Path) -> None:
    pinpoint = read("pinpoint", samples).postings
    assert facts(pinpoint[0], "closes", "locations") == ["2026-08-28T23:59:59-04:00", ["United States"]]
    assert pinpoint[1].url == "https://acme.pinpointhq.com/postings/post-002"
    (twice,) = read("workable", samples).postings
    assert facts(twice, "reference", "locations", "posted") == ["DD136DD7E7", ["Spain", "Portugal"], "2026-08-05"]
    (nurse,) = read("smartrecruiters", samples).postings
    assert nurse.url == "https://jobs.smartrecruiters.com/Knight/743999671674844"
    assert read("bamboohr", samples).stated_total == 3


ADDRESSES = {
    "https://jobs.lever.co/anytown": "https://api.lever.co/v0/postings/anytown?mode=json&limit=100",
    "https://jobs.eu.lever.co/anytown/1/apply": "https://api.eu.lever.co/v0/postings/anytown?mode=json&limit=100",
    "https://jobs.ashbyhq.com/Anytown%20Trust": "https://api.ashbyhq.com/posting-api/job-board/Anytown%20Trust"
    "?includeCompensation=true",
    "https://careers.smartrecruiters.com/Anytown": "https://api.smartrecruiters.com/v1/companies/Anytown/postings"
    "?limit=100",
    "https://apply.workable.com/anytown-2/": "https://apply.workable.com/api/v1/widget/accounts/anytown-2?details=true",
    "https://anytown.workable.com": "https://apply.workable.com/api/v1/widget/accounts/anytown?details=true",
    "https://anytown.recruitee.com/o/clerk": "https://anytown.recruitee.com/api/offers/",
    "https://anytown.pinpointhq.com": "https://anytown.pinpointhq.com/postings.json",
    "https://anytown.teamtailor.com/jobs/1-clerk": "https://anytown.teamtailor.com/jobs.json",
    "https://www.careers-page.com/anytown/job/K4W9": "https://www.careers-page.com/api/v1.0/c/anytown/jobs/",
    "https://anytown.careers-page.com/": "https://www.careers-page.com/api/v1.0/c/anytown/jobs/",
    "https://anytown.fa.em2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_2/requisitions": "https://anytown."
    "fa.em2.oraclecloud.com/hcmRestApi/resources/latest/recruitingCEJobRequisitions?onlyData=true"
    "&expand=requisitionList.secondaryLocations&finder=findReqs;siteNumber=CX_2,limit=100,offset=0",
    "https://anytown.wd3.myworkdayjobs.com/en-GB/Careers": "https://anytown.wd3.myworkdayjobs.com/wday/cxs/anytown"
    "/Careers/jobs",
    "https://wd5.myworkdaysite.com/recruiting/anytown/Jobs": "https://wd5.myworkdaysite.com/wday/cxs/anytown/Jobs/jobs",
    "https://teaching-vacancies.service.gov.uk/jobs/clerk": "https://teaching-vacancies.service.gov.uk"
    "/api/v1/jobs.json",
    "https://www.findapprenticeship.service.gov.uk/apprenticeships?location=Anytown": "https://api.apprenticeships."
    "education.gov.uk/vacancies/vacancy?PageSize=100&Sort=AgeAsc&IncludeDetails=true",
    "https://anytown.bamboohr.com/careers/12": "https://anytown.bamboohr.com/careers/list",
}


@pytest.mark.parametrize("url", sorted(ADDRESSES))
def test_a_persons_address_leads_to_the_systems_list(url: str) -> None:
    claims = [claim for recognise in RECOGNISERS.values() if (claim := recognise(Page(url, b"<html></html>")))]
    assert [follow.url for follow in claims[0].adapter.start()] == [ADDRESSES[url]]
    assert len(claims) == 1
    (again,) = type(claims[0].adapter)(ADDRESSES[url]).start()  # type: ignore[call-arg]
    assert again.url.partition("&PageSize=100&")[0] == ADDRESSES[url]


@pytest.mark.parametrize("name", [name for name in NAMES if adapter_name(name) in SAMPLES and "empty" not in name])
def test_a_body_of_ours_is_recognised_as_its_systems(name: str) -> None:
    if "list" in name or "board" in name:
        claim = best(Page("about:blank", (BODIES / name).read_bytes()))
        assert claim.adapter.name == adapter_name(name)


def test_a_national_board_is_read_as_its_pages_say(samples: Path) -> None:
    postings = read("find_an_apprenticeship", samples).postings
    last = postings[-1]
    assert facts(last, "reference", "closes", "salary") == ["198082", "2025-01-12T23:55:00Z", "£55,760 - £62,000"]
    assert last.url == "https://www.civilservicejobs.service.gov.uk/csr/index.cgi?SID=..."
    assert postings[0].locations == ("213, Hartspring Lane, Uk Home Office, Watford, WD25 8JS",)
    assert {posting.kind for posting in postings} == {"apprenticeship"}


def test_a_detail_is_read_where_it_is_alone(samples: Path) -> None:
    page = Page("about:blank", (samples / "oracle_orc" / "2_detail.json").read_bytes())
    (one,) = best(page).adapter.parse(page).postings
    assert facts(one, "reference", "posted") == ["2026001760", "2026-08-19T00:00:00+00:00"]
    assert "Own the implementation roadmap" in (one.description_html or "")


def test_a_place_that_only_counts_places_is_none(samples: Path) -> None:
    first = read("workday", samples).postings[0]
    assert facts(first, "reference", "locations", "posted") == ["JR354232", [], "Posted Yesterday"]


def walked(name: str, fields: dict[str, Any], answers: dict[str, Any]) -> tuple[list[str], list[str]]:
    """The references of all that a run brings, cards with their details, and the addresses of the lists it asks for."""
    adapter = ADAPTERS[name](**fields)
    waiting, brought, lists = list(adapter.start()), [], []
    while waiting:
        follow = waiting.pop(0)
        assert len(lists) < 9
        if follow.role == "detail":
            brought.append(follow.card.reference if follow.card else follow.url)
            continue
        lists.append(follow.url.partition("#")[0] + follow.body.decode())
        parsed = adapter.parse(Page(follow.url, answers[lists[-1]], asked=follow))
        brought += [posting.reference for posting in parsed.postings]
        waiting += parsed.follows
    return brought, lists


def encoded(value: Any) -> bytes:
    return json.dumps(value).encode()


def test_a_total_that_is_right_on_the_first_page_only_ends_the_paging() -> None:
    site = "https://anytown.wd3.myworkdayjobs.com"
    rows = [{"title": "Nurse", "externalPath": f"/job/A/Nurse_R{n}"} for n in range(45)]
    answers = {}
    for total, first in ((45, 0), (0, 20), (0, 40)):
        asked = json.dumps({"appliedFacets": {"place": ["a"]}, "limit": 20, "offset": first, "searchText": "nurse"})
        body = {"total": total, "jobPostings": rows[first : first + 20]}
        answers[f"{site}/wday/cxs/anytown/Careers/jobs{asked}"] = encoded(body)
    brought, lists = walked("workday", {"url": f"{site}/Careers?place=a&q=nurse"}, answers)
    assert sorted(brought) == sorted(f"R{n}" for n in range(45))
    assert len(lists) == 3


@pytest.mark.parametrize("stated", ["a total", None])
def test_oracles_pages_end_with_the_total_or_a_short_page(stated: str | None) -> None:
    listed = (
        "https://a.example/hcmRestApi/resources/11/recruitingCEJobRequisitions?finder=findReqs%3BsiteNumber%3DCX%2C"
    )
    count = 130
    rows = [{"Id": str(n), "Title": "Clerk"} for n in range(count)]
    size = 50 if stated else 100  # a site may give fewer than it is asked for
    total = {"TotalJobsCount": count} if stated else {}
    answers = {
        f"{listed}offset={n}": encoded({"items": [{**total, "requisitionList": rows[n : n + size]}], "hasMore": False})
        for n in range(0, count, size)
    }
    brought, lists = walked("oracle", {"url": f"{listed}offset=0", "site": "CX"}, answers)
    assert (len(set(brought)), len(lists)) == (count, 3 if stated else 2)


def test_what_the_sitemap_lists_and_overlapping_pages_lack_is_followed() -> None:
    site = "https://teaching-vacancies.service.gov.uk"

    def page(number: int, slugs: str) -> bytes:
        jobs = [{"@type": "JobPosting", "title": slug, "url": f"{site}/jobs/{slug}"} for slug in slugs]
        return encoded({"data": jobs, "meta": {"totalPages": 2, "count": 6}, "links": {"next": None}})

    urls = "".join(f"<url><loc>{site}/jobs/{slug}</loc></url>" for slug in "abcdef")
    answers = {
        f"{site}/api/v1/jobs.json": page(1, "abc"),
        f"{site}/api/v1/jobs.json?page=2": page(2, "cab"),
        f"{site}/sitemap.xml": f"<sitemapindex><sitemap><loc>{site}/s1.xml</loc></sitemap></sitemapindex>".encode(),
        f"{site}/s1.xml": f"<urlset><url><loc>{site}/</loc></url>{urls}</urlset>".encode(),
    }
    brought, lists = walked("teaching_vacancies", {"url": site}, answers)
    assert [one for one in brought if "/" not in one] == [*"abccab"]
    assert [one for one in brought if "/" in one] == [f"{site}/api/v1/jobs/{slug}.json" for slug in "def"]
    assert len(lists) == 4


AREAS = ("NG", "S80")


@pytest.mark.parametrize(
    ("postcode", "kept"),
    [
        ("NG7 2RD", True), ("ng72rd", True), ("NG1 1AA", True), ("S80 2AB", True), ("S8 0AB", False),
        ("S81 7AB", False), ("N1 9GU", False), ("LE1 1AA", False), ("", True), ("Newark", True),
    ],
)  # fmt: skip
@pytest.mark.parametrize("alone", [False, True])
def test_a_part_of_the_country_is_told_by_postcode_and_no_postcode_is_no_reason_to_leave_out(
    postcode: str, *, kept: bool, alone: bool
) -> None:
    place = {"@type": "Place", "address": {"addressLocality": "Anytown", "postalCode": postcode}}
    job = {"@type": "JobPosting", "title": "Clerk", "url": "https://x.example/jobs/clerk", "jobLocation": place}
    body = job if alone else {"data": [job], "meta": {"totalPages": 1}}
    parsed = ADAPTERS["teaching_vacancies"](areas=AREAS).parse(Page("https://x.example/api", encoded(body)))
    assert len(parsed.postings) == kept
    assert alone or parsed.follows[0].carried == {"held": ["clerk"]}


def test_a_position_that_is_not_public_is_no_shortfall() -> None:
    listed = "https://api.smartrecruiters.com/v1/companies/a/postings?limit=100"
    rows = [{"id": n, "name": "Clerk", "releasedDate": "2026", "visibility": "INTERNAL"} for n in range(2)]
    first = {"totalFound": 3, "content": rows}
    last = {"totalFound": 3, "content": [{"id": 9, "name": "Clerk", "releasedDate": "2026", "visibility": "PUBLIC"}]}
    adapter = ADAPTERS["smartrecruiters"](listed)
    parsed = adapter.parse(Page(listed, encoded(first)))
    (follow,) = parsed.follows
    end = adapter.parse(Page(follow.url, encoded(last), asked=follow))
    assert (parsed.stated_total, end.stated_total, [one.card.reference for one in end.follows]) == (None, 1, ["9"])


def test_a_list_behind_a_wrong_total_ends_at_an_empty_page() -> None:
    listed = "https://api.smartrecruiters.com/v1/companies/a/postings?limit=100"
    row = {"id": 9, "name": "Clerk", "releasedDate": "2026"}
    answers = {
        listed: encoded({"totalFound": 5, "content": [row]}),
        f"{listed}&offset=1": encoded({"totalFound": 5, "content": []}),
    }
    assert walked("smartrecruiters", {"url": listed}, answers) == (["9"], list(answers))


EMPTY = {
    "ashby": '{"jobs":[],"apiVersion":"1"}',
    "greenhouse": '{"jobs":[],"meta":{"total":0}}',
    "reed": '{"results":[],"ambiguousLocations":[],"totalResults":0}',
    "teamtailor": '{"version":"https://jsonfeed.org/version/1.1","feed_url":"https://a.example/jobs.json","items":[]}',
    "bamboohr": '{"meta":{"totalCount":0},"result":[]}',
    "find_an_apprenticeship": '{"vacancies":[],"total":5300,"totalFiltered":0,"totalPages":0}',
    "oracle": '{"items":[{"TotalJobsCount":0,"requisitionList":[]}],"count":1,"hasMore":false}',
    "recruitee": '{"offers":[]}',
    "smartrecruiters": '{"offset":0,"limit":100,"totalFound":0,"content":[]}',
    "teaching_vacancies": '{"info":{},"openapi":"3.0.0","data":[],"meta":{"totalPages":0,"count":0}}',
    "workday": '{"total":0,"jobPostings":[],"facets":[],"userAuthenticated":false}',
}


@pytest.mark.parametrize("name", sorted(EMPTY))
def test_an_honestly_empty_list_is_its_systems_and_holds_no_job(name: str) -> None:
    page = Page("about:blank", EMPTY[name].encode())
    claim = best(page)
    parsed = claim.adapter.parse(page)
    assert (claim.adapter.name, parsed.postings, parsed.follows, parsed.shortfall) == (name, (), (), None)


@pytest.mark.parametrize("name", ["ashby", "lever", "pinpoint", "workable"])
def test_an_empty_list_at_a_known_address_holds_no_job(name: str) -> None:
    body = {"ashby": {"jobs": []}, "lever": [], "pinpoint": {"data": []}, "workable": {"name": "A", "jobs": []}}[name]
    parsed = example(name).parse(Page("https://jobs.anytown.example/api", encoded(body)))
    assert (parsed.postings, parsed.follows, parsed.shortfall) == ((), (), None)


def test_a_narrowed_list_stays_narrowed() -> None:
    lever = ADAPTERS["lever"]("https://api.lever.co/v0/postings/anytown?team=Parks")
    assert [follow.url for follow in lever.start()] == [
        "https://api.lever.co/v0/postings/anytown?team=Parks&mode=json&limit=100"
    ]
    smart = ADAPTERS["smartrecruiters"]("https://api.smartrecruiters.com/v1/companies/a/postings?country=gb&limit=10")
    assert [follow.url for follow in smart.start()] == [
        "https://api.smartrecruiters.com/v1/companies/a/postings?country=gb&limit=100"
    ]


def test_pay_that_an_advert_does_not_show_is_not_told() -> None:
    pay = {"compensationTierSummary": "£20K", "summaryComponents": [{"compensationType": "Salary", "minValue": 20000}]}
    job = {"id": "1", "title": "Clerk", "isListed": True, "compensation": pay}
    for shown, salary in ((True, "£20K"), (False, None)):
        body = {"jobs": [{**job, "shouldDisplayCompensationOnJobPostings": shown}]}
        (posting,) = ADAPTERS["ashby"]("about:blank").parse(Page("about:blank", encoded(body))).postings
        assert (posting.salary, "salary_minimum" in posting.extra) == (salary, shown)
