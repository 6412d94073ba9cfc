"""The JobPosting that search engines read: what the advert states, and nothing else."""

from __future__ import annotations

import pytest
from smalltown import rich_draft, silent_draft

from clearinghouse.vacancies.draft import plain
from web.jobposting import job_posting

URL = "https://jobs.example/vacancies/aaaaaaaaab-cook"


def doc(draft: object, **changes: object) -> dict[str, object]:
    rest = {"employer": {"slug": "sandby", "name": "Sandby Council"}, "sightings": [{"reference": "R1"}]}
    return plain(draft) | rest | changes


def test_a_full_advert_is_stated_in_full() -> None:
    posting = job_posting(doc(rich_draft()), URL)
    assert posting["@type"] == "JobPosting"
    assert posting["datePosted"] == "2026-06-01T09:00:00+01:00"
    assert posting["validThrough"] == "2026-06-12T23:59:59+01:00"
    assert posting["employmentType"] == ["TEMPORARY", "FULL_TIME"]
    assert posting["hiringOrganization"] == {"@type": "Organization", "name": "Sandby Council"}
    assert posting["baseSalary"] == {
        "@type": "MonetaryAmount",
        "currency": "GBP",
        "value": {"@type": "QuantitativeValue", "minValue": 36124.0, "maxValue": 39186.0, "unitText": "YEAR"},
    }
    assert posting["jobLocation"] == [
        {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "addressLocality": "Civic Centre, Mansfield NG19 7BH",
                "postalCode": "NG19 7BH",
            },
        }
    ]


def test_what_an_advert_leaves_out_is_left_out() -> None:
    posting = job_posting(doc(silent_draft(), employer=None, sightings=[]), URL)
    assert set(posting) == {"@context", "@type", "title", "url", "jobLocation"}


def test_nothing_that_we_derived_gets_in() -> None:
    derived = {"minimum": "24000.00", "maximum": "25000.00", "table": "NJC", "dated": "2026-04-01"}
    place = {
        "text": "Head office",
        "postcode": "NG1 1AA",
        "district": "Nottingham",
        "latitude": 52.9,
        "longitude": -1.1,
    }
    posting = job_posting(doc(silent_draft(), salary_derived=derived, places=[place]), URL)
    assert "baseSalary" not in posting
    assert posting["jobLocation"][0]["address"] == {"@type": "PostalAddress", "addressLocality": "Head office"}


def test_where_the_employer_is_based_is_not_where_the_advert_says_the_work_is() -> None:
    based = {"text": "Mansfield", "postcode": None, "precision": "employer"}
    assert "jobLocation" not in job_posting(doc(silent_draft(), places=[based]), URL)


@pytest.mark.parametrize(
    ("changes", "value"),
    [
        ({"minimum": "13.47", "maximum": "13.47", "period": "hour"}, {"value": 13.47, "unitText": "HOUR"}),
        ({"minimum": None, "maximum": "450.00", "period": "day"}, {"maxValue": 450.0, "unitText": "DAY"}),
        ({"minimum": "90.00", "maximum": "90.00", "period": "session"}, None),
        ({"minimum": "90.00", "maximum": "90.00", "period": None}, None),
        ({"minimum": None, "maximum": None, "period": "year"}, None),
        ({"minimum": "31005.00", "maximum": "31005.00", "period": "year", "basis": "full_time_equivalent"}, None),
    ],
)
def test_pay_is_stated_only_where_it_is_this_jobs_in_a_known_unit(
    changes: dict[str, object], value: dict[str, object] | None
) -> None:
    posting = job_posting(doc(rich_draft(), salary={"basis": "unknown"} | changes), URL)
    stated = posting.get("baseSalary", {}).get("value")
    assert stated == (value and {"@type": "QuantitativeValue", **value})
