# ruff: noqa: E501 - tables of cases read better wide
from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from clearinghouse.normalise.dates import read_closing, read_start_of_day
from clearinghouse.vacancies.draft import london

TODAY = dt.date(2026, 6, 1)
SAMPLES = Path(__file__).parents[4] / "shared" / "samples" / "closing_dates.tsv"

END = "2026-06-12T23:59:59+01:00"
CLOSINGS = [
    ("2026-06-12", END), ("2026-06-12T00:00:00", END), ("2026-06-12T00:00:00+01:00", END), ("2026-06-12T00:00:00Z", END),
    ("2026-06-12T24:00:00", END), ("20260612", END), ("2026/06/12", END), ("12/06/2026", END), ("12/06/26", END), ("12.06.2026", END),
    ("12-06-2026", END), ("12 June 2026", END), ("12th June 2026", END), ("Friday 12th June 2026", END), ("Fri 12 Jun 2026", END),
    ("Friday, June 12, 2026", END), ("12-Jun-2026", END), ("12 Jun 26", END), ("12June2026", END), ("12th June, 2026", END),
    ("midnight on 12 June", END), ("Midnight on Friday 12 June 2026", END), ("12 June 2026 (midnight)", END), ("12am on 12 June 2026", END),
    ("12/06/2026 12:00 AM", END), ("Close of business 12 June 2026", END), ("Apply by 12 June", END), ("12/6", END),
    ("Wed Jun 12 2026 00:00:00 GMT+0100 (British Summer Time)", END), ("1 - 12 June 2026", END), ("1 June 2026 to 12 June 2026", END),
    ("Closing date: 12 June 2026. Interviews: 20 June 2026", END), ("Posted 1 June 2026, closes 12 June 2026", END),
    ("noon on 12 June 2026", "2026-06-12T12:00:00+01:00"), ("12 June 2026 at midday", "2026-06-12T12:00:00+01:00"),
    ("12pm on 12 June 2026", "2026-06-12T12:00:00+01:00"), ("5pm on Friday 12 June 2026", "2026-06-12T17:00:00+01:00"),
    ("5.30 p.m. 12th June", "2026-06-12T17:30:00+01:00"), ("12 June 2026, 1700hrs", "2026-06-12T17:00:00+01:00"),
    ("17:00 12/06/2026", "2026-06-12T17:00:00+01:00"), ("Friday 12 June 2026 at 23:59", "2026-06-12T23:59:00+01:00"),
    ("11:50 pm on Sunday 4th July 2027", "2027-07-04T23:50:00+01:00"), ("12 Oct 2026 23:55 BST", "2026-10-12T23:55:00+01:00"),
    ("12 Nov 2026 23:55 GMT", "2026-11-12T23:55:00+00:00"), ("2026-06-12T17:00:00", "2026-06-12T17:00:00+01:00"),
    ("2026-06-12T17:00:00Z", "2026-06-12T18:00:00+01:00"), ("2026-06-12T17:00:00.123456789+0100", "2026-06-12T17:00:00+01:00"),
    ("2026-06-12T17:00:00-04:00", "2026-06-12T22:00:00+01:00"), ("Fri, 12 Jun 2026 23:59:00 +0100", "2026-06-12T23:59:00+01:00"),
    ("Fri Jun 12 23:59:00 BST 2026", "2026-06-12T23:59:00+01:00"), ("Jun 12, 2026 11:59:00 PM", "2026-06-12T23:59:00+01:00"),
    ("1781305199000", END), ("12 January", "2027-01-12T23:59:59+00:00"), ("20 May", "2026-05-20T23:59:59+01:00"),
    ("2042-08-02", "2042-08-02T23:59:59+01:00"), ("29 Mar 2026", "2026-03-29T23:59:59+01:00"),
    ("2026-06-11T23:00:00Z", END), ("2026-06-11T23:00:00.000Z", END), ("23:00 GMT on 11 June 2026", "2026-06-12T00:00:00+01:00"),
    ("Closing Date:12/06/2026", END), ("Closing date:12 June 2026", END), ("2026-06-01/2026-06-12", END),
    ("Vacancy ref 12/34/5678 closes 12 June 2026", END), ("Advert start: 1 May 2026, advert end: 12 June 2026", END),
    ("12 June 2026 is the closing date", END), ("Closing Date:12/06/2026 Time:17:00", "2026-06-12T17:00:00+01:00"),
    ("1700 on 12 June 2026", "2026-06-12T17:00:00+01:00"), ("Closes tomorrow at noon", "2026-06-02T12:00:00+01:00"),
    ("Closes today at midnight", "2026-06-01T23:59:59+01:00"),
    ("3 days left", "2026-06-04T23:59:59+01:00"), ("12 June 2019", "2019-06-12T23:59:59+01:00"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "closes"), CLOSINGS)
def test_a_closing_time_is_read_to_the_second(words, closes):
    found = read_closing(words, TODAY)
    assert london(found.closes_at) == closes
    assert found.closes_text == words


@pytest.mark.parametrize(
    "words",
    ["31 February 2026", "Interview date: 5 December 2026", "31/02/2026", "11/13/2026", "2026-13-01", "2026-06-12T25:61:00", "ongoing", "Until filled", "As soon as possible",
     "ASAP", "Continuous", "until 500 applications", "Friday", "June 2026", "0001-01-01T00:00:00", "9999-12-31", "see advert", "24/7"],
)  # fmt: skip
def test_what_names_no_day_that_exists_is_unknown_and_keeps_its_words(words):
    found = read_closing(words, TODAY)
    assert (found.closes_at, found.closes_text) == (None, words)


def test_a_day_without_a_year_is_the_next_on_or_after_the_posting():
    assert (
        london(read_closing("5 January", dt.date(2026, 12, 1), dt.date(2026, 11, 30)).closes_at)
        == "2027-01-05T23:59:59+00:00"
    )
    assert london(read_closing("13th November", dt.date(2020, 11, 20), dt.date(2020, 10, 30)).closes_at).startswith(
        "2020-11-13"
    )


@pytest.mark.parametrize(
    ("words", "flags"),
    [
        ("12 June 2026 (may close early)", ["may_close_early"]),
        ("We reserve the right to close this advert early", ["may_close_early"]),
        ("This vacancy may be closed before the closing date", ["may_close_early"]),
        ("until 500 applications", ["closes_on_a_cap"]),
        ("Closes once 100 applications have been received", ["closes_on_a_cap"]),
        ("12 June 2026", []),
    ],
)
def test_flags_say_that_it_may_close_before_its_date(words, flags):
    assert list(read_closing(words, TODAY).flags) == flags


@pytest.mark.parametrize(
    ("words", "start"),
    [("2026-06-12", "2026-06-12T00:00:00+01:00"), ("12 June 2026", "2026-06-12T00:00:00+01:00"),
     ("2020-10-21T10:32:20+0100", "2020-10-21T10:32:20+01:00"), ("Fri, 12 Jun 2026 08:00:00 GMT", "2026-06-12T09:00:00+01:00")],
)  # fmt: skip
def test_a_posting_date_starts_its_day_in_london(words, start):
    assert london(read_start_of_day(words, TODAY)) == start


def test_every_recorded_closing_date_has_a_day_but_the_endless_ones():
    if not SAMPLES.exists():
        pytest.skip("the recorded closing dates are not here")
    for line in SAMPLES.read_text("utf-8").splitlines():
        words = line.split("\t")[0]
        assert (read_closing(words, TODAY).closes_at is None) == words.startswith("Continuous"), words
