"""The recorded bodies of real sources, where they are beside this checkout, read as a person reads them."""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from clearinghouse.errors import BadBodyError
from crawlers.adapters.feed import Feed
from crawlers.adapters.jsonld import JsonLd
from crawlers.adapters.sitemap import Sitemap
from crawlers.source import Adapter, Page, Parsed, Posting


def read(adapter: Adapter, body: bytes) -> Parsed:
    return adapter.parse(Page("about:blank", body))


FEED, JSONLD = Feed("about:blank"), JsonLd("about:blank")


def facts(posting: Posting) -> dict[str, Any]:
    """What the posting states, its description and the address aside."""
    said = {name: value for name, value in posting.as_json().items() if value}
    return {name: value for name, value in said.items() if name not in ("description_html", "url")}


def test_the_american_rss_extension_is_read_by_local_name(samples: Path) -> None:
    parsed = read(FEED, (samples / "neogov_rss" / "less_items.rss").read_bytes())
    intern, manager = parsed.postings
    assert parsed.shortfall is None
    assert (intern.salary, intern.employer, intern.starts) == (None, None, None)
    assert intern.url == "http://agency.governmentjobs.com/michigan/default.cfm?action=viewjob&jobid=634789"
    assert facts(manager) == {
        "reference": "631517",
        "title": "MEDC Corporate - Business Attraction Manager",
        "locations": ["Lansing, Michigan"],
        "salary": "59334 - 77066 USD Year",
        "employment_type": "Permanent Full Time",
        "posted": "2013-04-08 15:15:21.773",
        "closes": "Mon, 31 Jan 2022 23:59:00",
        "identifiers": {"jobId": "631517", "jobNumberSingle": "0740-13-BCD009"},
        "extra": {
            "advertiseFromDateUTC": "Mon, 08 Apr 2013 05:00:00",
            "advertiseToDateTimeUTC": "Tue, 01 Feb 2022 04:59:00",
            "department": "Michigan Strategic Fund (MSF)",
            "Category": "Marketing",
            "salary_minimum": "59334",
            "salary_maximum": "77066",
            "salary_unit": "Year",
            "salary_currency": "USD",
        },
    }


def test_labelled_lines_of_the_atom_board_are_facts(samples: Path) -> None:
    postings = read(FEED, (samples / "tal_oleeo" / "2.xml").read_bytes()).postings
    assert [(p.reference, p.salary, p.closes, p.locations) for p in postings] == [
        ("13638", "£28,950", "31 Oct 2017 23:55 GMT", ("Rochester",)),
        ("13788", "£35,895 - £46,424", "25 Oct 2017 23:55 BST", ("London",)),
        ("13788", "£35,895 - £46,424", "25 Oct 2017 23:55 BST", ("London",)),
        ("15977", "£22,396", "23 Mar 2018 23:55 GMT", ("Wolverhampton",)),
    ]
    assert postings[0].title == "201710: Prison Officer - HMYOI Cookham Wood"
    assert postings[0].posted == "2017-09-30T23:00:00Z"
    assert all(p.url and p.url.startswith("https://justicejobs.tal.net/vx/") for p in postings)
    assert all(p.employer is None and p.hours is None and p.employment_type is None for p in postings)


def test_a_channel_without_rss_around_it_is_a_feed(samples: Path) -> None:
    (posting,) = read(FEED, (samples / "teaching_vacancies_ats" / "3_vacancyposter.xml").read_bytes()).postings
    assert (posting.reference, posting.title, posting.salary) == ("TEST002", "Test Post", "£80000")
    assert (posting.posted, posting.closes) == ("2044-05-16 00:00:00", "2044-06-15 00:00:00")
    assert posting.url == "http://www.company.com/jobs/12345?jobboard=Teaching+Vacancies&c=vacancyposter"


def test_plain_xml_lists_are_no_feeds(samples: Path) -> None:
    files = [*(samples / "partner_xml_fr").iterdir(), *(samples / "nhs_jobs_xml").iterdir(), samples / "personio/1.xml"]
    for file in files:
        with pytest.raises(BadBodyError, match=r"XML with root <.+>, not a feed"):
            read(FEED, file.read_bytes())


def test_every_nhs_advert_says_in_its_posting_what_its_json_says(samples: Path) -> None:
    files = sorted((samples / "nhs_jobs_jsonld").glob("*.json"))
    assert len(files) == 150
    for file in files:
        said = json.loads(file.read_bytes())
        (posting,) = read(JSONLD, file.read_bytes()).postings
        assert (posting.url, posting.posted, posting.closes) == (said["url"], said["datePosted"], said["validThrough"])
        assert posting.salary == " ".join(html.unescape(said["baseSalary"]["value"]["value"]).split())
        assert posting.employment_type == said["employmentType"]
        assert posting.reference is None
        assert said["jobLocation"]["address"].get("postalCode", "") in posting.locations[0]
        assert (posting.description_html or "").startswith("<")
        stated = said["baseSalary"]["value"]
        assert (posting.extra.get("salary_minimum"), posting.extra.get("salary_maximum")) == (
            stated.get("minValue"),
            stated.get("maxValue"),
        )


def test_an_escaped_apostrophe_in_a_place_is_read(samples: Path) -> None:
    (posting,) = read(JSONLD, (samples / "nhs_jobs_jsonld" / "916234484.json").read_bytes()).postings
    assert posting.locations == ("King's Mill Hospital, Sutton-in-Ashfield, NG17 4JL",)
    assert posting.salary == "Enhanced rate of pay"
    assert "salary_minimum" not in posting.extra


def test_pay_of_nought_is_no_pay(samples: Path) -> None:
    (posting,) = read(JSONLD, (samples / "google_jobposting" / "JobPosting.json").read_bytes()).postings
    assert (posting.title, posting.reference, posting.salary) == ("Data Entry Clerk", "1234567", None)
    assert posting.employment_type == "FULL_TIME, CONTRACTOR"
    assert posting.locations == ("555 Clancy St, Detroit, MI, 48201",)
    assert (posting.closes, posting.hours) == ("2017-03-18T00:00", None)


def test_the_three_ways_to_mark_up_one_advert_say_the_same(samples: Path) -> None:
    text = (samples / "schema_org" / "examples.txt").read_text(encoding="utf-8")
    example = text[text.index("TYPES: #eg-0028") : text.index("TYPES: #eg-0029")]
    microdata = example[example.index("MICRODATA:") : example.index("RDFA:")]
    rdfa = example[example.index("RDFA:") : example.index("JSON:")]
    script = example[example.index("JSON:") :]
    readings = [read(JSONLD, part.encode()).postings for part in (microdata, rdfa, script)]
    for (posting,) in readings:
        assert (posting.title, posting.locations, posting.salary) == (
            "Software Engineer",
            ("Kirkland, WA",),
            "100000 USD",
        )
        assert (posting.posted, posting.hours) == ("2011-10-31", "40 hours per week")
        assert (posting.employment_type, posting.closes, posting.reference) == ("Full-time", None, None)
        assert posting.extra["special_commitments"] == "VeteranCommit"
    assert [posting.employer for (posting,) in readings] == ["ABC Company Inc.", "ABC Company Inc.", None]


def test_postings_inside_a_json_feed_take_their_entrys_address(samples: Path) -> None:
    postings = read(JSONLD, (samples / "teamtailor" / "1.json").read_bytes()).postings
    assert [posting.reference for posting in postings] == ["7167985", "7069633"]
    assert postings[0].url == "https://career.teamtailor.com/jobs/7167985-account-executive-italy-madrid-based"
    assert len(postings[1].locations) == 2


def test_the_sitemap_with_byte_order_mark_and_wrong_type_is_read(samples: Path) -> None:
    text = (samples / "sitemaps" / "national_careers_sitemap_vcr.yml").read_text(encoding="utf-8")
    recorded = yaml.safe_load(text.replace("!binary", "!!binary"))
    answer = recorded["http_interactions"][0]["response"]
    body = answer["body"]["string"]
    page = Page(
        "https://nationalcareers.service.gov.uk/sitemap.xml", body, headers={"content-type": "application/octet-stream"}
    )
    profiles = Sitemap(page.url, match="/job-profiles/").parse(page)
    everything = Sitemap(page.url).parse(page)
    assert len(everything.follows) == body.count(b"<loc>")
    assert 0 < len(profiles.follows) < len(everything.follows)
    assert everything.shortfall is None
