"""Every reading as people type it: what is taken, what is refused and names its value, and that it goes both ways."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clearinghouse.errors import BadFormError
from clearinghouse.ingest.as_typed import TYPED, typed_of
from clearinghouse.ingest.correctable import FIELDS, Form
from clearinghouse.ingest.typed_reading import CHECKED, Typed, reason_of, value_of
from clearinghouse.vacancies.draft import Draft, plain

TODAY = dt.date(2026, 11, 22)
DAY = {"day": "12", "month": "6", "year": "2027"}
PAY = {"minimum": "£24,294", "maximum": "25000.50", "period": "year", "basis": "actual"}
GOOD: tuple[tuple[str, dict[str, Any], Any], ...] = (
    ("title", {"value": "  Head  Cook "}, "Head Cook"),
    ("title", {"value": "\u202eHead <b>Cook</b>\u2066"}, "Head Cook"),
    ("kind", {"value": "casual"}, "casual"),
    ("occupation", {"value": "catering"}, "catering"),
    ("contract", {"value": "not_stated"}, None),
    ("contract", {"not_stated": True}, None),
    ("apprenticeship_level", {"value": "3"}, 3),
    ("pattern", {"chosen": ("part_time", "full_time")}, ["full_time", "part_time"]),
    ("pattern", {"not_stated": True}, []),
    ("hours_per_week", {"value": "18.5"}, "18.50"),
    ("hours_per_week", {"not_stated": True}, None),
    ("min_age", {"value": "18"}, 18),
    ("level", {"essential": "0"}, {"essential": 0, "desirable": None}),
    ("level", {"not_stated": True}, {"essential": None, "desirable": None}),
    ("closes_at", DAY, "2027-06-12T23:59:59+01:00"),
    ("closes_at", {**DAY, "month": "June", "time": "5pm"}, "2027-06-12T17:00:00+01:00"),
    ("closes_at", {**DAY, "month": "1", "time": "17:30"}, "2027-01-12T17:30:00+00:00"),
    ("closes_at", {**DAY, "time": "noon"}, "2027-06-12T12:00:00+01:00"),
    ("closes_at", {**DAY, "time": "midnight"}, "2027-06-12T23:59:59+01:00"),
    ("closes_at", {"not_stated": True}, None),
    ("starts_at", {**DAY, "day": "1"}, "2027-06-01T00:00:00+01:00"),
    ("salary", PAY, {"minimum": "24294.00", "maximum": "25000.50", "period": "year", "basis": "actual"}),
    ("salary", {"maximum": "12.6", "period": "hour", "basis": "unknown"},
     {"minimum": None, "maximum": "12.60", "period": "hour", "basis": "unknown"}),
    ("salary", {"not_stated": True}, None),
    ("places", {"not_stated": True}, []),
)  # fmt: skip
BAD: tuple[tuple[str, dict[str, Any], str, str], ...] = (
    ("title", {"value": " "}, "value", "Enter what the job is called"),
    ("title", {"value": "\u202e£12 - 3"}, "value", "Enter what the job is called"),
    ("title", {"value": "x" * 301}, "value", "there are 301 now"),
    ("kind", {}, "value", "Choose one"),
    ("kind", {"value": "not_stated"}, "value", "not_stated"),
    ("kind", {"not_stated": True}, "value", "Choose one"),
    ("contract", {"value": "eternal"}, "value", "eternal"),
    ("pattern", {}, "chosen", "Choose one or more"),
    ("pattern", {"chosen": ("nightly",)}, "chosen", "nightly"),
    ("flags", {"chosen": ("below_legal_minimum",)}, "chosen", "below_legal_minimum"),
    ("hours_per_week", {"value": "lots"}, "value", "lots"),
    ("hours_per_week", {"value": "37 or 20"}, "value", "37 or 20"),
    ("hours_per_week", {"value": "37", "not_stated": True}, "not_stated", "not both"),
    ("min_age", {"value": "-1"}, "value", "-1"),
    ("min_age", {"value": "⅓"}, "value", "⅓"),
    ("level", {}, "essential", "Choose a level"),
    ("level", {"essential": "9"}, "essential", "9"),
    ("closes_at", {}, "day", "Enter the day and the month and the year"),
    ("closes_at", {"day": "30", "month": "3"}, "year", "Enter the year"),
    ("closes_at", {**DAY, "day": "31"}, "day", "31 6 2027"),
    ("closes_at", {**DAY, "year": "27"}, "day", "12 6 27"),
    ("closes_at", {**DAY, "day": "1 May 2020 or 5"}, "day", "1 May 2020 or 5"),
    ("closes_at", {**DAY, "year": "2090"}, "year", "2090"),
    ("closes_at", {**DAY, "time": "25:00"}, "time", "25:00"),
    ("closes_at", {**DAY, "time": "17"}, "time", "17"),
    ("starts_at", {**DAY, "month": "Foo"}, "day", "12 Foo 2027"),
    ("salary", {}, "period", "Choose what the sum is for"),
    ("salary", {"period": "year", "basis": "actual"}, "minimum", "Enter a sum"),
    ("salary", {**PAY, "minimum": "a lot"}, "minimum", "a lot"),
    ("salary", {**PAY, "minimum": "24", "maximum": ""}, "minimum", "£24 a year"),
    ("salary", {**PAY, "maximum": "20000"}, "maximum", "£20,000 is less than £24,294"),
    ("salary", {**PAY, "basis": ""}, "basis", "Choose what the sum means"),
    ("salary", {**PAY, "not_stated": True}, "not_stated", "not both"),
    ("places", {"value": "\n"}, "value", "Enter a place"),
    ("places", {"value": "Xyzzyville"}, "value", "Xyzzyville"),
    ("places", {"value": "Mansfield\n" * 41}, "value", "there are 41"),
)  # fmt: skip


@pytest.mark.parametrize(("field", "typed", "value"), GOOD)
def test_what_is_typed_is_the_value_and_is_typed_so_again(field: str, typed: dict[str, Any], value: Any) -> None:
    read = value_of(FIELDS[field], Typed(**typed), TODAY)
    assert read == value
    if value not in (None, []) and not typed.get("not_stated"):
        assert value_of(FIELDS[field], typed_of(FIELDS[field], read), TODAY) == read


@pytest.mark.parametrize(("field", "typed", "where", "sentence"), BAD)
def test_what_can_not_be_is_named_at_its_field(field: str, typed: dict[str, Any], where: str, sentence: str) -> None:
    with pytest.raises(BadFormError) as refused:
        value_of(FIELDS[field], Typed(**typed), TODAY)
    assert sentence in refused.value.errors[where]


def test_places_are_found_by_postcode_and_by_name() -> None:
    found = value_of(FIELDS["places"], Typed(value="NG19 7BH\n\n Mansfield "), TODAY)
    assert [(one["text"], one["postcode"], one["precision"]) for one in found] == [
        ("NG19 7BH", "NG19 7BH", "postcode"), ("Mansfield", None, "place"),
    ]  # fmt: skip
    assert value_of(FIELDS["places"], typed_of(FIELDS["places"], found), TODAY) == found


def test_every_field_is_a_key_of_the_draft_and_every_form_has_both_ways() -> None:
    assert set(FIELDS) <= set(plain(Draft("Cook")))
    assert set(CHECKED) == set(TYPED) == set(Form)
    assert {form for field in FIELDS.values() if (form := field.form)} == set(Form)


@pytest.mark.parametrize("field", FIELDS.values(), ids=str)
def test_an_unknown_reading_is_an_empty_form(field: Any) -> None:
    assert typed_of(field, None) == Typed()


@pytest.mark.parametrize(("typed", "sentence"), [("", "Say why"), (" \0 ", "Say why"), ("x" * 501, "501")])
def test_a_reason_is_asked_for(typed: str, sentence: str) -> None:
    with pytest.raises(BadFormError, match=sentence):
        reason_of(typed)
