"""How well adverts are read: what counts as filled, read, unsure and unread, as late and as unnoticed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clearinghouse.ingest.fallen import Fall, fallen, sentence
from clearinghouse.ingest.quality import Count, Ended, Quality, Read, count, counts, lags, spread, was_unnoticed
from clearinghouse.ingest.quality_fields import Field
from clearinghouse.vacancies.draft import Draft, plain
from clearinghouse.vacancies.posting import Posting

NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
DAY = 24 * HOUR
SALARY = {"minimum": "25000.00", "maximum": "25000.00", "period": "year", "basis": "unknown"}


def advert(posting: dict[str, Any], draft: dict[str, Any], first_seen: dt.datetime = NOW) -> Read:
    return Read("aaaaaaaaaa", None, Posting(**posting).as_json(), plain(Draft("Cook")) | draft, first_seen)


@pytest.mark.parametrize(
    ("field", "posting", "draft", "filled", "read", "unsure", "unread"),
    [
        ("title", {"title": "Cook"}, {}, 1, 1, 0, 0),
        ("employer", {}, {"employer": "Anytown"}, 0, 1, 0, 0),  # known from the source
        ("salary", {"salary": "£25,000"}, {"salary": {**SALARY, "text": "£25,000"}}, 1, 1, 0, 0),
        ("salary", {"salary": "£25,000, Grade 5"}, {"salary": {**SALARY, "text": "£25,000, Grade 5"}}, 1, 1, 1, 0),
        ("salary", {"salary": "Competitive"}, {"salary": {"text": "Competitive"}}, 1, 0, 0, 1),
        ("salary", {"extra": {"salary_minimum": "25000"}}, {"salary": SALARY}, 1, 1, 0, 0),
        ("salary", {}, {}, 0, 0, 0, 0),
        ("closing", {"closes": "2026-12-01"}, {"closes_at": "2026-12-01T23:59:59+00:00", "closes_text": "2026-12-01"},
         1, 1, 0, 0),
        ("closing", {"closes": "midnight, 1 Dec"},
         {"closes_at": "2026-12-01T23:59:59+00:00", "closes_text": "midnight, 1 Dec"}, 1, 1, 1, 0),
        ("closing", {"closes": "ongoing"}, {"closes_text": "ongoing"}, 1, 0, 0, 1),
        ("place", {"locations": ("Mansfield",)}, {"places": [{"district": "Mansfield", "precision": "district"}]},
         1, 1, 0, 0),
        ("place", {"locations": ("Mansfield", "Various")},
         {"places": [{"district": "Mansfield", "precision": "district"}, {"text": "Various", "precision": "unknown"}]},
         1, 1, 1, 0),
        ("hours", {"hours": "37 hours"}, {"hours_per_week": "37.00"}, 1, 1, 0, 0),
        ("hours", {"hours": "up to 37"}, {"hours_per_week": "37.00"}, 1, 1, 1, 0),
        ("contract", {"employment_type": "FULL_TIME"}, {"pattern": ["full_time"]}, 1, 1, 0, 0),
        ("pattern", {"working_pattern": "odd"}, {}, 1, 0, 0, 1),
        ("posted", {"posted": "2026-11-01"}, {"posted_at": "2026-11-01T00:00:00+00:00"}, 1, 1, 0, 0),
        ("level", {}, {"description_text": "A degree in law"}, 1, 0, 0, 1),
        ("level", {}, {"description_text": "A degree", "level": {"essential": 6, "desirable": None}}, 1, 1, 0, 0),
        ("occupation", {"title": "Zymurgist"}, {}, 1, 0, 0, 1),
        ("dbs", {}, {"description_text": "An enhanced DBS check", "dbs": "enhanced"}, 1, 1, 0, 0),
        ("when", {}, {"description_text": "Some evenings"}, 1, 0, 0, 1),
        ("when", {}, {"description_text": "It closes at midnight"}, 0, 0, 0, 0),
        ("experience", {}, {"description_text": "Quiet work"}, 0, 0, 0, 0),
        ("experience", {}, {"description_text": "A degree or equivalent experience"}, 0, 0, 0, 0),
        ("experience", {}, {"description_text": "A degree or equivalent experience. Experience of sums"}, 1, 0, 0, 1),
        ("driving", {}, {"description_text": "A full driving licence", "driving": "needed"}, 1, 1, 0, 0),
        ("level", {}, {"description_text": "No formal qualifications are needed."}, 0, 0, 0, 0),
        ("level", {}, {"description_text": "No qualifications? An NVQ in care is a help"}, 1, 0, 0, 1),
    ],
)  # fmt: skip
def test_each_field_is_counted_as_a_person_would(
    field: str, posting: dict[str, Any], draft: dict[str, Any], filled: int, read: int, unsure: int, unread: int
) -> None:
    assert count(Field(field), [advert(posting, draft)]) == Count(filled, read, unsure, unread)


def test_the_lag_is_from_posting_to_first_seen_and_never_below_nought() -> None:
    read = [
        advert({"posted": "2026-11-20T09:00:00+00:00"}, {}),
        advert({"posted": "2026-11-20"}, {}),
        advert({"posted": "2026-11-20T15:00:00+00:00"}, {}),  # a clock that is ahead
        advert({"posted": "recently"}, {}),
        advert({}, {}),
    ]
    assert lags(read) == [3.0, 12.0, 0.0]


@pytest.mark.parametrize(
    ("hours", "expected"),
    [([], None), ([4.0], (4.0, 4.0)), (list(range(1, 11)), (5.5, 9.0)), (list(range(1, 12)), (6.0, 10.0))],
)
def test_median_and_ninetieth_percentile(hours: list[float], expected: tuple[float, float] | None) -> None:
    assert spread(hours) == expected


@pytest.mark.parametrize(
    ("closes", "noticed", "unnoticed"),
    [
        (None, 2 * DAY, True),  # taken down without a word
        (5 * DAY, 2 * DAY, True),  # taken down before its time
        (2 * DAY, 3 * DAY, False),  # it closed when it said, and then went
        (2 * DAY, None, False),
        (-DAY, None, True),  # closed before we ever saw it
    ],
)
def test_an_advert_that_was_over_before_we_knew(
    closes: dt.timedelta | None, noticed: dt.timedelta | None, *, unnoticed: bool
) -> None:
    over = Ended(NOW, None if closes is None else NOW + closes, None if noticed is None else NOW + noticed)
    assert was_unnoticed(over) is unnoticed


def night(adverts: int = 20, **filled: int) -> Quality:
    fields = {field.value: Count(filled.get(field.value, adverts)) for field in Field}
    return Quality(adverts, adverts, 0, 0, None, 0, 0, 0, fields)


@pytest.mark.parametrize(
    ("tonight", "earlier", "falls"),
    [
        (night(), [night()] * 7, ()),
        (night(salary=13), [night()] * 7, (Fall(Field.SALARY, 1.0, 0.65),)),
        (night(salary=14), [night()] * 7, ()),  # less than a third
        (night(salary=0, closing=2), [night()] * 3, (Fall(Field.SALARY, 1.0, 0.0), Fall(Field.CLOSING, 1.0, 0.1))),
        (night(salary=0), [night()] * 2, None),  # too few nights
        (night(salary=0), [night(9)] * 7, None),  # with too few adverts each
        (night(9, salary=0), [night()] * 7, None),
        (night(salary=0), [night()] * 4 + [night(salary=0)] * 3, (Fall(Field.SALARY, 1.0, 0.0),)),
        (night(salary=0), [night(salary=0)] * 4 + [night()] * 3, ()),
        (night(salary=0), [night(salary=0)] * 7 + [night()] * 9, ()),  # only the newest seven count
        (night(10, hours=0), [night(10, hours=2)] * 7, ()),  # two of ten are no news
        (night(dbs=0, when=0, level=0), [night()] * 7, ()),  # what running text mentions comes and goes
    ],
)
def test_a_fill_rate_has_fallen_when_it_is_a_third_under_the_median(
    tonight: Quality, earlier: list[Quality], falls: tuple[Fall, ...] | None
) -> None:
    assert fallen(tonight, earlier) == falls


def test_a_fall_is_told_with_its_figures() -> None:
    falls = (Fall(Field.SALARY, 0.95, 0.2), Fall(Field.CLOSING, 1.0, 0.0))
    assert sentence(falls, 40) == (
        "Its 40 adverts say less than they did. Pay: 20%, before 95%; Closing time: 0%, before 100%. "
        "Its site may have changed."
    )


def test_a_quality_comes_back_from_its_row_as_it_was() -> None:
    fields = counts([advert({"title": "Cook"}, {})])
    for lag in (None, (3.0, 12.5)):
        found = Quality(1, 1, 2, 0, lag, 1, 4, 1, fields)
        assert Quality.from_json(found.as_json()) == found
