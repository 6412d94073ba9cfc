# ruff: noqa: E501 - tables of cases read better wide
from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearinghouse.normalise.dates import read_closing, read_start_of_day
from clearinghouse.normalise.draft import normalise
from clearinghouse.normalise.hours import read_hours, read_patterns
from clearinghouse.normalise.level import read_apprenticeship_level
from clearinghouse.normalise.place import find_place
from clearinghouse.normalise.salary import read_salary
from clearinghouse.normalise.tables import derive
from clearinghouse.normalise.terms.clauses import Words
from clearinghouse.normalise.terms.read import read_terms
from clearinghouse.vacancies.posting import Posting

TODAY = dt.date(2026, 6, 1)
NOW = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
FEW = settings().max_examples  # as the suite or the soak has it
PIECES = st.sampled_from(
    ["£", "25,583", "31k", " - ", " to ", " per hour", " pa", "FTE", "(", ")", " actual ", "pro rata", "up to ", "from ", "12", ".50", "/",
     "2026", "June", "31", "th ", "midnight", "noon", "closing ", ":", "00", "T", "Z", "+01:00", "NG7 2UH", "Carlton", ", ", "Band ", "5",
     "SCP", "hours", " per week", "plus", " allowance", "\n", "<p>", "&amp;", "-", "0", "999999999", "½", "p", "€"]
)  # fmt: skip
WORDS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=14).map("".join))


@settings(max_examples=3 * FEW, deadline=None)
@given(WORDS)
def test_any_words_give_sane_pay_or_none(words):
    salary = read_salary(words)
    if salary is None:
        return
    for low, high in ((salary.minimum, salary.maximum), (salary.annual_minimum, salary.annual_maximum)):
        assert low is None or low >= 0
        assert high is None or high >= 0
        assert low is None or high is None or low <= high
    derive(words, TODAY)


@settings(max_examples=3 * FEW, deadline=None)
@given(WORDS)
def test_any_words_give_an_aware_closing_time_or_none(words):
    closes = read_closing(words, TODAY).closes_at
    assert closes is None or closes.utcoffset() == dt.timedelta(0)
    starts = read_start_of_day(words, TODAY)
    assert starts is None or starts.utcoffset() == dt.timedelta(0)


@settings(max_examples=2 * FEW, deadline=None)
@given(WORDS)
def test_any_words_give_hours_levels_and_places_in_bounds(words):
    hours = read_hours(words)
    assert hours is None or 0 < hours <= 84
    read_patterns(words)
    read_terms(words, Words(words, words), words)
    level = read_apprenticeship_level(words)
    assert level is None or 2 <= level <= 7
    for place in find_place(words):
        assert (place.latitude is None) == (place.longitude is None)
        assert place.latitude is None or 49 < place.latitude < 61


@settings(max_examples=FEW, deadline=None)
@given(st.builds(
    Posting, title=WORDS, url=st.just("https://a.example/1"), locations=st.tuples(WORDS), salary=WORDS, hours=WORDS, closes=WORDS, posted=WORDS,
    starts=WORDS, description_html=WORDS, kind=WORDS, level=WORDS, employment_type=WORDS, working_pattern=WORDS,
))  # fmt: skip
def test_any_posting_is_a_draft_or_refused(posting):
    assert normalise(posting, None, NOW).as_json()


@pytest.mark.parametrize(
    "words", ["£" * 100_000, "9" * 100_000, "1 - " * 25_000, "£1,000 " * 15_000, "<" * 100_000, "a " * 50_000, "12/" * 33_000, "clos" * 25_000,
              "no " * 33_000, "( " * 50_000, "&amp;" * 20_000, "NG7 2UH " * 12_000, "level 3 " * 12_000, " " * 100_000]
)  # fmt: skip
def test_very_long_words_are_read_quickly(words):
    started = time.process_time()
    normalise(
        Posting(title=words, url="https://a.example/1", salary=words, closes=words, hours=words, locations=(words,), description_html=words,
                working_pattern=words, employment_type=words, kind=words, level=words, employer=words), None, NOW
    )  # fmt: skip
    assert time.process_time() - started < 3
