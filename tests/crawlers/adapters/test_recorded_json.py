"""The recorded answers of JSON systems, where they are beside this checkout, read as a person reads them."""

from __future__ import annotations

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


@pytest.mark.parametrize("name", sorted(SAMPLES))
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
@pytest.mark.parametrize("name", sorted(SAMPLES))
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
    "https://anytown.bamboohr.com/careers/12": "https://anytown.bamboohr.com/careers/list",
}


@pytest.mark.parametrize("url", sorted(ADDRESSES))
def test_a_persons_address_leads_to_the_systems_list(url: str) -> None:
    claims = [claim for recognise in RECOGNISERS.values() if (claim := recognise(Page(url, b"<html></html>")))]
    assert [follow.url for follow in claims[0].adapter.start()] == [ADDRESSES[url]]
    assert len(claims) == 1
    (again,) = type(claims[0].adapter)(ADDRESSES[url]).start()  # type: ignore[call-arg]
    assert again.url == ADDRESSES[url]


@pytest.mark.parametrize("name", [name for name in NAMES if adapter_name(name) in SAMPLES and "empty" not in name])
def test_a_body_of_ours_is_recognised_as_its_systems(name: str) -> None:
    if "list" in name or "board" in name:
        claim = best(Page("about:blank", (BODIES / name).read_bytes()))
        assert claim.adapter.name == adapter_name(name)
