"""What a person reads in the recorded pages of systems whose lists are web pages."""

from __future__ import annotations

from pathlib import Path

from crawlers.adapters.civil_service_jobs import CivilServiceJobs
from crawlers.adapters.icims import Icims
from crawlers.source import Page, Parsed, Posting

SITE = "https://www.civilservicejobs.service.gov.uk"


def of_civil_service(file: Path) -> Parsed:
    """What the page says."""
    return CivilServiceJobs("about:blank").parse(Page("about:blank", file.read_bytes()))


def test_each_card_of_civil_service_jobs_is_told_in_full(samples: Path) -> None:
    read = of_civil_service(samples / "civil_service_jobs/1_results_page1.html")
    assert (len(read.postings), read.stated_total, read.shortfall) == (25, 2371, None)
    assert all(
        card.reference and card.employer and card.salary and card.closes and card.locations for card in read.postings
    )
    assert len({card.url for card in read.postings}) == 25
    assert read.postings[1] == Posting(
        reference="292892",
        url=f"{SITE}/csr/jobs.cgi?jcode=1859771",
        title="Crypto Custodian",
        employer="Defence Science and Technology Laboratory",
        locations=("Dstl Porton Down, Salisbury - SP4 0JQ",),
        salary="£27,620 to £32,163",
        closes="11:50 pm on Sunday 2nd July 2023",
    )


def test_the_places_of_a_card_are_told_apart_and_a_sentence_stays_whole(samples: Path) -> None:
    read = of_civil_service(samples / "civil_service_jobs/1_results_page1.html")
    by_reference = {card.reference: card.locations for card in read.postings}
    assert by_reference["297155"] == (
        "Cardiff General Buildings",
        "Leeds Waterside Court",
        "Liverpool The Capital",
        "London 2 Marsham Street (2MS)",
        "Manchester Soapworks",
        "Sheffield Vulcan House",
    )
    assert by_reference["296367"][0].startswith("This role will be based in Swansea, and we will be operating a hybrid")
    assert [len(places) for places in by_reference.values()].count(1) == 23


def test_an_advert_of_civil_service_jobs_is_told_in_full(samples: Path) -> None:
    (advert,) = of_civil_service(samples / "civil_service_jobs/3_job_detail.html").postings
    assert advert.url == f"{SITE}/csr/jobs.cgi?jcode=1862348"
    assert (advert.reference, advert.title, advert.employer) == ("296730", "Head of Policy Research", "House of Lords")
    assert (advert.salary, advert.closes) == ("£53,730", "10:00 pm on Sunday 2nd July 2023")
    assert (advert.employment_type, advert.working_pattern) == ("Fixed Term", "Full-time")
    assert (advert.occupation, advert.locations) == ("Policy", ("Westminster",))
    assert advert.extra["grade"] == "Other, HL8"
    assert advert.apply_url and advert.apply_url.startswith("https://housesofparliament.tal.net/")
    text = advert.description_html or ""
    assert text.startswith("<h3>Job summary</h3>\n<p") and "where you’ll be able to get hands on" in text
    assert text.count("<h3>Security</h3>") == text.count("counter-terrorist check") == 1


def test_civil_service_jobs_is_never_asked_for_a_page() -> None:
    assert CivilServiceJobs(SITE).start() == ()


def test_each_card_of_icims_is_followed_in_its_frame(samples: Path) -> None:
    page = Page("about:blank", (samples / "icims/1.html").read_bytes())
    read = Icims("about:blank").parse(page)
    site = "https://careers-wipfli.icims.com/jobs"
    assert [follow.url for follow in read.follows] == [
        f"{site}/8214/payroll-tax-specialist/job?in_iframe=1",
        f"{site}/8212/payroll-support-specialist/job?in_iframe=1",
    ]
    assert [follow.card for follow in read.follows] == [
        Posting(
            reference="2026-8214",
            url=f"{site}/8214/payroll-tax-specialist/job",
            title="Payroll Tax Specialist",
            locations=("US",),
        ),
        Posting(
            reference="2026-8212",
            url=f"{site}/8212/payroll-support-specialist/job",
            title="Payroll Support Specialist",
            locations=("US",),
        ),
    ]
