"""Every recorded body, read without being told what it is: which adapter finds how much in it, or why there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearinghouse.errors import BadBodyError
from crawlers.cassettes import is_cassette, pages_in
from crawlers.detect import best
from crawlers.source import Page, Posting

# A file's adapter, its number of postings, and the first one's title.
READ: dict[str, tuple[str, int, str]] = {
    "ashby/1.json": ("ashby", 2, "Senior Technical Recruiter"),
    "bamboohr/1.json": ("bamboohr", 2, "Nurse Paralegal"),
    "civil_service_jobs/1_results_page1.html": ("civil_service_jobs", 25, "Head of Policy Research"),
    "civil_service_jobs/3_job_detail.html": ("civil_service_jobs", 1, "Head of Policy Research"),
    "faa_apprenticeships/search-apprenticeships-results.json": (
        "find_an_apprenticeship",
        13,
        "BInjKbWbuv_28Nov2023_13152458439 apprenticeship",
    ),
    "faa_apprenticeships/vacancy-detail.json": ("find_an_apprenticeship", 1, "Cyber Security Analyst Apprenticeship"),
    "google_jobposting/JobPosting.json": ("jsonld", 1, "Data Entry Clerk"),
    "greenhouse/1.json": ("greenhouse", 2, "Customer Data Scientist - Experimentation"),
    "greenhouse/4_vcr_jobs_with_content.yml": ("greenhouse", 2, "Application developer"),
    "greenhouse/5_vcr_jobs.yml": ("greenhouse", 2, "Application developer"),
    "greenhouse/6_vcr_job.yml": ("greenhouse", 1, "Application developer"),
    "greenhouse/7_vcr_job_with_questions.yml": ("greenhouse", 1, "Application developer"),
    "icims/1.html": ("icims", 2, "Payroll Tax Specialist"),
    "lever/1.json": ("lever", 2, "(1099 Contract) Nonprofit Salesforce Consultant: Enterprise Project Manager"),
    "manatal/1.json": ("manatal", 10, "AI Engineer"),
    "neogov_rss/less_items.rss": ("neogov", 2, "Professional Development and Training Intern-DHS"),
    "nhs_jobs_xml/1_nhsNoResultsResponse.xml": ("nhs_jobs", 0, ""),
    "nhs_jobs_xml/2_nhsResponse.xml": ("nhs_jobs", 2, "Leadership and Management Trainee, Band 6"),
    "nhs_jobs_xml/3_nhsResponse2.xml": ("nhs_jobs", 2, "Leadership and Management Trainee, Band 6"),
    "oracle_orc/1.json": ("oracle", 2, "Bridge Inspector"),
    "oracle_orc/2_detail.json": ("oracle", 1, "Technology and Communications Sector Leader"),
    "oxford_corehr/1_userdocs_vacancy.rst": ("corehr", 1, "Head of DARS Support Centre"),
    "personio/1.xml": ("personio", 1, "Staff Software Engineer, Data Platform"),
    "paylocity/1.html": ("paylocity", 2, "Engineer/Associate Engineer, Power Systems"),
    "pinpoint/1.json": ("pinpoint", 2, "Enterprise Applications Architect"),
    "recruitee/1.json": ("recruitee", 2, "(Senior) Financial Accountant (f/m/d) - Berlin/Brandenburg Region, Germany"),
    "reed_uk/2.json": ("reed", 20, "Data Scientist"),
    "schema_org/examples.txt": ("jsonld", 2, "Software Engineer"),
    "sitemaps/national_careers_sitemap_vcr.yml": ("sitemap", 0, ""),
    "smartrecruiters/1.json": ("smartrecruiters", 1, "CNA / LPN - Consistent Hours. Start Next Week."),
    "tal_oleeo/2.xml": ("tal", 4, "201710: Prison Officer - HMYOI Cookham Wood"),
    "teaching_vacancies_ats/3_vacancyposter.xml": ("vacancy_poster", 1, "Test Post"),
    "teaching_vacancies_ats/5_fusion.json": ("fusion", 1, "Class Teacher"),
    "teamtailor/1.json": ("teamtailor", 2, "Account Executive - Italy (Madrid based)"),
    "workable/1.json": ("workable", 1, "Business Analyst - Spanish Speaking"),
    "workday_cxs/3_list.json": ("workday", 2, "Solution Architect / Senior Solution Architect - PubSec - SLED/NGO"),
    "partner_xml_fr/import-jooble.xml": ("jooble", 2, "Responsable de marché"),
    "partner_xml_fr/import-kelio.xml": ("indeed_xml", 2, "Alternance |Assistant(e) Chef de Projet H/F"),
    "reed_uk/1.csv": ("csv_file", 727, "Data Scientist"),
    "partner_xml_fr/import-apec.xml": ("job_list", 5, "Ingénieur d'études en génie électrique F/H"),
    "partner_xml_fr/import-edf.xml": ("job_list", 3, "Alternance - Développeur Web F/H"),
    "partner_xml_fr/import-hello-work.xml": ("job_list", 5, "Manager en Stratégie Management et Organisation H/F"),
}
# Why a file has none: a pattern of the reason.
NONE = {
    "README.md": "plain text",
    "closing_dates.tsv": "plain text",
    "feed_specs/adzuna.md": "not a sitemap",
    "feed_specs/indeed.md": "not a sitemap",
    "feed_specs/jobrapido.md": "not a sitemap",
    "feed_specs/linkedin.md": "plain text",
    "greenhouse/8_vcr_404.yml": "an error .*Could not find a job with id '123'",
    "job_titles.tsv": "plain text",
    "salary_strings.tsv": "plain text",
}


def page_of(file: Path) -> Page:
    """The recorded body as if nobody knew where it is from; out of a cassette that of its first exchange."""
    data = file.read_bytes()
    return pages_in(data, "about:blank")[0] if is_cassette(data) else Page("about:blank", data)


def read(file: Path) -> tuple[str, list[Posting]]:
    """The adapter's name and what it reads, the cards of pages to follow too."""
    page = page_of(file)
    adapter = best(page).adapter
    parsed = adapter.parse(page)
    return adapter.name, [*parsed.postings, *(follow.card for follow in parsed.follows if follow.card)]


@pytest.mark.parametrize("name", sorted(READ))
def test_a_recorded_body_is_read_by_its_adapter(name: str, samples: Path) -> None:
    adapter, postings = read(samples / name)
    first = next((posting.title for posting in postings), "")
    assert (adapter, len(postings), first) == READ[name]
    named = all(posting.reference or posting.url for posting in postings)
    assert named or name == "schema_org/examples.txt"  # pieces of documentation: a page would give them its address


@pytest.mark.parametrize("name", sorted(NONE))
def test_a_body_without_vacancies_says_why(name: str, samples: Path) -> None:
    with pytest.raises(BadBodyError, match=NONE[name]):
        read(samples / name)


def test_every_recorded_body_is_accounted_for(samples: Path) -> None:
    files = {str(file.relative_to(samples)) for file in samples.rglob("*") if file.is_file()}
    assert {name for name in files if not name.startswith("nhs_jobs_jsonld/")} == {*READ, *NONE}


def test_each_recorded_advert_of_a_page_of_its_own_is_read(samples: Path) -> None:
    files = sorted((samples / "nhs_jobs_jsonld").iterdir())
    found = [read(file) for file in files]
    assert len(found) == 150
    assert {(adapter, len(postings), postings[0].title is None) for adapter, postings in found} == {
        ("jsonld", 1, False)
    }
