# ruff: noqa: E501 - tables of cases read better wide
from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

import pytest

from clearinghouse.normalise.draft import normalise
from clearinghouse.vacancies.draft import Draft, Refused
from clearinghouse.vacancies.posting import Posting, SourceFacts

NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
FACTS = SourceFacts(
    slug="anytown", organisation="Anytown Borough Council", origin="demo", adapter="feed", fingerprint="x"
)
SAMPLES = Path(__file__).parents[4] / "shared" / "samples" / "nhs_jobs_jsonld"


def posting(**values):
    return Posting(**{"title": "Care Assistant", "url": "https://jobs.example/1"} | values)


def draft(**values):
    found = normalise(posting(**values), FACTS, NOW)
    assert isinstance(found, Draft)
    return found


def test_a_full_posting_is_interpreted_throughout():
    found = draft(
        title=" Housing &amp; Tenancy Officer ",
        locations=("Civic Offices, Kirkby, NG17 8DA",),
        salary="£15.83 - £17.95 per hour",
        hours="18.5 hours per week",
        employment_type="PART_TIME",
        working_pattern="Part time, fixed term",
        posted="2026-11-01",
        closes="noon on 4 December 2026",
        description_html="<p>An enhanced DBS check. We may close this advert early.</p>",
    )
    values = found.as_json()
    assert values["title"] == "Housing & Tenancy Officer"
    assert values["employer"] == "Anytown Borough Council"
    assert (values["contract"], values["pattern"], values["hours_per_week"]) == ("fixed_term", ["part_time"], "18.50")
    assert values["salary"]["annual_minimum"] == "15270.34"
    assert (values["posted_at"], values["closes_at"]) == ("2026-11-01T00:00:00+00:00", "2026-12-04T12:00:00+00:00")
    assert (values["dbs"], values["flags"], values["status"]) == ("enhanced", ["may_close_early"], "open")
    assert values["places"][0]["postcode"] == "NG17 8DA"
    assert values["places"][0]["district"] == "Ashfield"


@pytest.mark.parametrize(
    ("values", "reason", "value"),
    [
        ({"title": None}, "no_title", "https://jobs.example/1"),
        ({"title": " <br> "}, "no_title", "https://jobs.example/1"),
        ({"url": None}, "no_link_or_reference", "Care Assistant"),
        ({"title": "There are currently no vacancies"}, "not_an_advert", "There are currently no vacancies"),
    ],
)
def test_only_three_reasons_refuse_a_posting(values, reason, value):
    assert normalise(posting(**values), FACTS, NOW) == Refused(reason, value)


@pytest.mark.parametrize(
    "values",
    [
        {"closes": "2019-01-01"},
        {"employer": None},
        {"closes": None},
        {"salary": "$50,000"},
        {"url": None, "reference": "A1"},
        {"locations": ("?",)},
    ],
)
def test_everything_else_is_a_draft(values):
    assert isinstance(normalise(posting(**values), None, NOW), Draft)


def test_an_advert_past_its_closing_time_is_closed():
    assert draft(closes="2026-11-20").status == "closed"
    assert draft(closes="2026-11-21").status == "open"
    assert draft(closes="2026-11-21T11:59:59Z").status == "closed"


def test_silence_stays_unknown():
    values = draft().as_json()
    for name in (
        "contract",
        "hours_per_week",
        "salary",
        "salary_derived",
        "remote",
        "closes_at",
        "posted_at",
        "dbs",
    ):
        assert values[name] is None, name
    assert (values["places"], values["pattern"], values["flags"], values["kind"]) == ([], [], [], "job")


def test_the_kind_of_work_is_the_titles_else_the_sources_else_the_descriptions():
    assert draft(title="Finance Officer", occupation="Housing").as_json()["occupation"] == "finance"
    assert draft(title="Supervisor", occupation=" Housing ").occupation == "housing"
    assert draft(title="Supervisor", description_html="<p>We are seeking a cook.</p>").occupation == "catering"
    assert draft(title="Supervisor").occupation is None


def test_pay_in_the_title_is_read_where_the_field_is_silent():
    assert draft(title="Voids Administrator £22.78ph").salary.minimum == Decimal("22.78")
    assert draft(title="Voids Administrator £22.78ph", salary="£20 per hour").salary.minimum == Decimal("20.00")


def test_words_beat_structured_sums():
    sums = {"salary_minimum": "33620", "salary_maximum": "33620", "salary_unit": "YEAR"}
    assert draft(salary="£20 p/h", extra=sums).salary.period == "hour"
    assert draft(salary="Band 8A/8B", extra=sums).salary.minimum is None
    assert draft(salary=None, extra=sums).salary.minimum == Decimal("33620.00")
    assert draft(salary="Competitive", extra=sums).salary.minimum == Decimal("33620.00")


def test_schema_orgs_word_for_home_working_is_read():
    assert draft(extra={"job_location_type": "TELECOMMUTE"}).remote == "home"


def test_a_grade_gives_derived_pay_and_states_none():
    found = draft(salary="Grade 4, SCP 7 - 11")
    assert found.salary.minimum is None
    assert found.salary.text == "Grade 4, SCP 7 - 11"
    assert (found.salary_derived.minimum, found.salary_derived.maximum) == (Decimal(27274), Decimal(29071))
    assert draft(salary="Band 5").salary_derived is None  # a council's own band
    assert draft(salary="Band 5", employer="Anytown NHS Foundation Trust").salary_derived is not None
    assert draft(salary="£30,000 SCP 17").salary_derived is None


def test_apprenticeships_carry_their_level():
    found = draft(title="Business Support Apprentice", description_html="<p>A level 3 apprenticeship in business.</p>")
    assert (found.kind, found.apprenticeship_level) == ("apprenticeship", 3)
    assert draft(title="Manager", description_html="<p>level 3 apprenticeship</p>").apprenticeship_level is None


def test_a_closing_date_in_the_description_serves_where_no_field_has_one():
    found = draft(posted="2026-11-01", description_html="<p>Closing date: 5 December. Interviews 12 December.</p>")
    assert found.as_json()["closes_at"] == "2026-12-05T23:59:59+00:00"
    assert found.closes_text.startswith("Closing date: 5 December")


def test_pay_below_the_legal_minimum_is_flagged():
    assert "below_legal_minimum" in draft(salary="£9 per hour").flags
    assert "below_legal_minimum" not in draft(salary="£12.71 per hour").flags
    assert "below_legal_minimum" in draft(salary="£9,000 actual", hours="25 hours a week").flags
    assert "below_legal_minimum" not in draft(salary="£9,000 actual").flags


def test_every_recorded_nhs_advert_is_read_without_invented_values():
    if not SAMPLES.is_dir():
        pytest.skip("the recorded adverts are not here")
    for path in sorted(SAMPLES.glob("*.json")):
        body = json.loads(path.read_text("utf-8"))
        value = body["baseSalary"]["value"]
        found = draft(
            title=body["title"], salary=value.get("value"), closes=body.get("validThrough"), posted=body["datePosted"],
            description_html=body["description"], locations=(body["jobLocation"]["address"].get("postalCode", ""),),
            extra={"salary_minimum": value.get("minValue", ""), "salary_maximum": value.get("maxValue", ""), "salary_unit": "YEAR"},
        )  # fmt: skip
        assert found.closes_at is not None or not body.get("validThrough"), path.name
        assert found.salary.minimum is None or found.salary.minimum < 200_000, path.name
        assert all(place.latitude is None or 52 < place.latitude < 54 for place in found.places), path.name
