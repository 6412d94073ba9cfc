"""How facts are said to people."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from clearinghouse.vacancies.vocabulary import Pattern
from web import wording

NOW = dt.datetime(2026, 6, 10, 9, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2026-06-12T23:59:59+01:00", "12 June 2026 at 11:59pm"),
        ("2026-01-02T00:00:00+00:00", "2 January 2026 at 12am"),
        ("2026-01-02T12:00:00+00:00", "2 January 2026 at midday"),
        ("2026-06-12T09:05:00+01:00", "12 June 2026 at 9:05am"),
        (dt.datetime(2026, 6, 12, 22, 59, 59, tzinfo=dt.UTC), "12 June 2026 at 11:59pm"),
        (dt.datetime(2026, 3, 29, 1, 0, tzinfo=dt.UTC), "29 March 2026 at 2am"),
    ],
)
def test_a_moment_is_said_in_londons_time(value: str | dt.datetime, said: str) -> None:
    assert wording.moment(value) == said


def test_a_bare_date_is_said_as_it_stands() -> None:
    assert wording.day("2025-09-01") == "1 September 2025"
    assert wording.day(dt.date(2025, 9, 1)) == "1 September 2025"


def salary(**values: object) -> dict[str, object]:
    empty = {"minimum": None, "maximum": None, "period": None, "basis": "unknown", "text": None}
    return {"salary": empty | values, "flags": []}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"minimum": "24294.00", "maximum": "27000.00", "period": "year"}, "£24,294 to £27,000 a year"),
        ({"minimum": "13.47", "maximum": "13.47", "period": "hour"}, "£13.47 an hour"),
        ({"minimum": "31005.00", "period": "year"}, "From £31,005 a year"),
        ({"maximum": "450.00", "period": "day"}, "Up to £450 a day"),
        (
            {"minimum": "31005.00", "maximum": "31005.00", "period": "year", "basis": "full_time_equivalent"},
            "£31,005 a year (the full-time rate)",
        ),
        ({"minimum": "100.00", "maximum": "100.00"}, "£100"),
        ({"text": "Band B"}, ""),
    ],
)
def test_pay_is_said_as_read(values: dict[str, object], said: str) -> None:
    assert wording.pay(salary(**values)) == said


def test_no_salary_at_all_says_nothing() -> None:
    assert wording.pay({"salary": None}) == ""


@pytest.mark.parametrize(
    ("closes", "said"),
    [
        ("2026-06-10T23:59:59+01:00", "Closes today"),
        ("2026-06-11T00:00:01+01:00", "Closes tomorrow"),
        ("2026-06-12T12:00:00+01:00", ""),
        (None, ""),
    ],
)
def test_the_last_two_days_are_named(closes: str | None, said: str) -> None:
    assert wording.days_left({"closes_at": closes}, NOW) == said


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ({"text": "Mansfield", "postcode": None, "district": "Mansfield"}, "Mansfield"),
        (
            {"text": "Civic Centre", "postcode": "NG19 7BH", "district": "Mansfield"},
            "Civic Centre, NG19 7BH, Mansfield",
        ),
        ({"text": "Mill Lane NG163PH", "postcode": "NG16 3PH", "district": None}, "Mill Lane NG16 3PH"),
        ({"text": "mill lane, ng16 3ph", "postcode": "NG16 3PH", "district": None}, "mill lane, NG16 3PH"),
        ({"text": "", "postcode": None, "district": "Ashfield"}, "Ashfield"),
        (
            {"text": "Castle House", "postcode": None, "district": None, "precision": "employer"},
            "Castle House (the employer's head office)",
        ),
    ],
)
def test_a_place_is_said_in_the_adverts_words_first(place: dict[str, str | None], said: str) -> None:
    assert wording.place(place) == said


def test_many_places_are_counted_after_the_third() -> None:
    doc = {"places": [{"text": name} for name in ("Beeston", "Newark", "Retford", "Selston", "Arnold")]}
    assert wording.places(doc) == "Beeston; Newark; Retford and 2 more"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, ""),
        (0.2, "less than half a mile away"),
        (1.0, "1 mile away"),
        (3.46, "3.5 miles away"),
        (12.4, "12 miles away"),
    ],
)
def test_a_distance_is_rounded(value: float | None, said: str) -> None:
    assert wording.miles(value) == said


def test_small_words() -> None:
    assert wording.counted(1, "job", "jobs") == "1 job"
    assert wording.counted(1234, "job", "jobs") == "1,234 jobs"
    assert wording.hours("37.00") == "37 hours a week"
    assert wording.hours("18.50") == "18.5 hours a week"
    assert wording.hours("30.00") == "30 hours a week"
    assert wording.labels(["full_time", "odd"], Pattern) == "Full time, odd"
    assert wording.level(6) == "Level 6, like a degree"
    assert wording.distance(Decimal(10)) == "10 miles"
    assert wording.distance(Decimal(1)) == "1 mile"


@pytest.mark.parametrize(
    ("value", "fit"),
    [
        ("https://a.example", True),
        ("http://a.example", True),
        ("javascript:alert(1)", False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(value: str | None, *, fit: bool) -> None:
    assert wording.web_link(value) is fit
