"""Recorded lists in XML and CSV beside what a person reads in them: each file's own elements are the oracle."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from crawlers.detect import best
from crawlers.source import Page, Parsed, Posting

FRENCH = "partner_xml_fr/import-{}.xml"
# The elements of a partner's list, and where each fact of a job stands in one.
LISTS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "apec": (
        "Offre_emploi",
        {
            "reference": "Reference_apec",
            "url": "URL",
            "title": "Intitule",
            "employer": "Nom_entreprise",
            "salary": "Salaire_affiche",
            "employment_type": "Contrat/Type_contrat",
            "posted": "Date_parution",
            "place": "Lieu/Libelle_lieu",
        },
    ),
    "edf": (
        "offer",
        {
            "reference": "reference",
            "url": "directUrl",
            "title": "jobDescription/title",
            "salary": "applicantCriteria/customFields/list1",
            "employment_type": "jobDescription/contract",
            "posted": "creationDate",
            "starts": "jobDescription/customFields/datetime1",
            "place": "jobDescription/location/jobLocation",
        },
    ),
    "hello-work": (
        "job",
        {
            "reference": "job_id",
            "url": "url",
            "title": "title",
            "employer": "company_title",
            "salary": "salary",
            "employment_type": "contract",
            "working_pattern": "job_time",
            "posted": "publication_date",
            "place": "city",
        },
    ),
    "jooble": (
        "job",
        {
            "reference": "referencenumber",
            "url": "url",
            "title": "title",
            "employer": "company",
            "closes": "date_expired",
            "place": "region/city",
        },
    ),
    "kelio": (
        "job",
        {
            "reference": "id",
            "url": "url",
            "title": "name",
            "employer": "company/name",
            "employment_type": "job_type",
            "working_pattern": "working_time",
            "posted": "created_at",
            "starts": "job_start_date",
            "place": "address/city",
        },
    ),
}


def read(file: Path) -> Parsed:
    page = Page("about:blank", file.read_bytes())
    return best(page).adapter.parse(page)


def stated(element: ET.Element, path: str) -> str | None:
    return " ".join((element.findtext(path) or "").split()) or None


@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_partner_s_own_list_is_read_as_its_elements_say(name: str, samples: Path) -> None:
    file = samples / FRENCH.format(name)
    tag, fields = LISTS[name]
    elements = list(ET.parse(file).iter(tag))  # noqa: S314  a file of ours
    postings = read(file).postings
    assert len(postings) == len(elements) > 1
    for element, posting in zip(elements, postings, strict=True):
        values = posting.as_json() | {"place": posting.locations[0] if posting.locations else None}
        for field, path in fields.items():
            said = stated(element, path)
            assert values[field] == said or (field == "place" and said and said in values[field]), (field, posting)


def test_sums_without_words_are_put_into_words(samples: Path) -> None:
    assert [each.salary for each in read(samples / FRENCH.format("jooble")).postings] == [None, "33000 - 37000 EUR"]


@pytest.mark.parametrize("name", ["apec", "edf", "hello-work", "kelio"])
def test_a_description_holds_its_every_part_and_its_markup(name: str, samples: Path) -> None:
    for posting in read(samples / FRENCH.format(name)).postings:
        assert len(posting.description_html or "") > 300
        assert "&lt;p&gt;" not in (posting.description_html or "")


NHS = [
    (
        "C9309-24-0264",
        "Leadership and Management Trainee, Band 6",
        "https://beta.jobs.nhs.uk/candidate/jobadvert/C9309-24-0264",
        "£37578.60 to £39709.50",
        "2024-03-06",
        ("London, NW1 2PG",),
    ),
    (
        "M9439-24-0020",
        "Support Team Apprentice",
        "https://beta.jobs.nhs.uk/candidate/jobadvert/M9439-24-0020",
        "£10295.00",
        "2024-03-20",
        ("Peterlee, SR8 2RU",),
    ),
]


@pytest.mark.parametrize(
    ("name", "numbers"), [("2_nhsResponse", (3394135, 3446824)), ("3_nhsResponse2", (4394135, 4446824))]
)
def test_nhs_jobs_are_known_by_their_references_whatever_their_numbers(
    name: str, numbers: tuple[int, int], samples: Path
) -> None:
    parsed = read(samples / "nhs_jobs_xml" / f"{name}.xml")
    assert [(p.reference, p.title, p.url, p.salary, p.closes, p.locations) for p in parsed.postings] == NHS
    assert [posting.identifiers["id"] for posting in parsed.postings] == [str(number) for number in numbers]
    assert [follow.carried["page"] for follow in parsed.follows] == [2]


def test_no_results_of_nhs_jobs_are_no_vacancies_and_nothing_is_missing(samples: Path) -> None:
    parsed = read(samples / "nhs_jobs_xml/1_nhsNoResultsResponse.xml")
    assert (parsed.postings, parsed.follows, parsed.shortfall, parsed.stated_total) == ((), (), None, 0)


def test_a_position_that_personio_repeats_is_one_with_both_offices(samples: Path) -> None:
    [posting] = read(samples / "personio/1.xml").postings
    assert posting == Posting(
        reference="1834171",
        title="Staff Software Engineer, Data Platform",
        employer="Acme SE & Co. KG",
        locations=("Munich", "Berlin"),
        employment_type="permanent",
        working_pattern="full-time",
        posted="2024-11-13T14:10:41+00:00",
        occupation="it_software, software_and_web_development",
        extra={
            "department": "Product and Tech",
            "recruiting_category": "Engineering",
            "seniority": "experienced",
            "years_of_experience": "7-10",
        },
    )


def test_a_table_is_read_row_by_row(samples: Path) -> None:
    file = samples / "reed_uk/1.csv"
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    parsed = read(file)
    assert parsed.shortfall is None
    for row, posting in zip(rows, parsed.postings, strict=True):
        said = {name: " ".join(cell.split()) or None for name, cell in row.items()}
        assert (posting.reference, posting.title, posting.employer) == (said["id"], said["title"], said["employer"])
        assert (posting.salary, posting.posted) == (said["salary"], said["posting_date"])
        assert posting.employment_type == said["employment_type"]
        assert (said["locality"] or "") in "".join(posting.locations)
