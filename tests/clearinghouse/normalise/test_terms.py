# ruff: noqa: E501 - tables of cases read better wide
from __future__ import annotations

import datetime as dt

import pytest

from clearinghouse.normalise.draft import normalise
from clearinghouse.normalise.terms.clauses import LONGEST, Words, hints
from clearinghouse.normalise.terms.read import read_terms
from clearinghouse.vacancies.posting import Posting

NOW = dt.datetime(2026, 9, 1, 12, tzinfo=dt.UTC)


def terms(text, title="Officer"):
    return read_terms(title, Words(text, title))


def draft(text, **fields):
    return normalise(
        Posting(url="https://example.test/1", description_html=f"<p>{text}</p>", **{"title": "Officer", **fields}),
        None,
        NOW,
    )


def test_the_words_that_decided_stand_beside_each_term():
    text = "We help people. A full driving licence is essential. Work Saturdays; an enhanced DBS check is needed. You must be 18 or over."
    assert terms(text).because == {
        "driving": "A full driving licence is essential.",
        "when": "Work Saturdays;",
        "dbs": "an enhanced DBS check is needed.",
        "min_age": "You must be 18 or over.",
    }


def test_nothing_is_said_of_an_advert_that_says_nothing():
    assert terms("Help run our busy office.") == read_terms("Officer", Words(None))
    assert read_terms("Officer", Words(None)).because == {}


@pytest.mark.parametrize(
    ("hours", "when"),
    [
        ("Monday to Friday, 9am to 3pm", "school_hours"), ("Mon-Fri 9-5", "daytime"), ("09:00 to 17:00", "daytime"), ("Monday to Friday 8.30 - 4.30", "daytime"),
        ("6-9pm on Tuesdays", "evening"), ("17.00 – 19.00 Monday to Friday", "evening"), ("10pm to 6am", "night"), ("21:30 until 07:30", "night"),
        ("Meetings at 7pm", "evening"), ("37 hours a week", ""), ("Closing date 9am-5pm", ""), ("Call us between 9am and 5pm", ""), ("Band 2-3, Monday", ""),
        ("£10.50 to £12.00 an hour", ""), ("5 to 8.5 hours on a weekday", ""), ("Pay band 3 to 5", ""),
    ],
)  # fmt: skip
def test_times_of_day_say_when_the_work_is_done(hours, when):
    assert ",".join(terms(hours).when) == when


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("No nights or weekends.", ""), ("There is no evening, night or weekend work", ""), ("Weekends off!", ""), ("Parents' evening cover is given", ""),
        ("You will join an on-call rota", ""), ("A shift in culture", ""), ("Term time only", "term_time"), ("39 weeks a year", "term_time"),
        ("39 weeks' pregnancy care", ""), ("Working 5 days out of 7", "weekend"), ("a fortnight's notice", ""), ("night shifts on a rota", "night,shifts"),
    ],
)  # fmt: skip
def test_a_no_before_the_word_is_heard(text, when):
    assert ",".join(terms(text).when) == when


@pytest.mark.parametrize(
    ("title", "text", "entry"),
    [
        ("Cleaner", "No experience needed.", True), ("Senior Cleaner", "No experience needed.", False), ("Staff Nurse", "Newly qualified nurses welcome.", False),
        ("Cleaner", "No experience needed, but a degree is essential.", False), ("Clerk", "An entry-level job.", True), ("Clerk", "Entry level 3 English.", False),
        ("Cook", "No qualifications needed. You must have experience of cooking for many.", False), ("Cook", "No formal qualifications are needed.", True), ("Cook", "Cook for many.", False),
    ],
)  # fmt: skip
def test_entry_level_follows_its_three_rules(title, text, entry):
    assert ("entry_level" in terms(text, title).flags) is entry


def test_wishes_under_a_heading_are_no_demands():
    text = "Essential criteria\n- Degree in planning\n- Full driving licence\nDesirable criteria\n- Master's degree\n- Experience of appeals"
    found = terms(text)
    assert (found.level.essential, found.level.desirable, found.driving, found.experience) == (6, 7, "needed", None)


def test_a_degree_apprenticeship_asks_for_no_degree():
    text = "Degree Apprentice - Digital Solutions (Level 6): could this be you? Degree apprenticeship in nursing. Two A levels are essential."
    assert terms(text).level.essential == 3


def test_a_title_and_a_pattern_of_the_source_are_heard_too():
    assert draft("Drive our bus.", title="Minibus Driver - Weekends").driving == "needed"
    found = draft("Help us.", title="Night Porter", working_pattern="Part time, term time only")
    assert found.when == ("term_time", "night")
    assert found.because["when"] == "Part time, term time only … Night Porter"


@pytest.mark.parametrize(
    ("text", "fields", "kind", "flags"),
    [
        ("This is a zero hours contract.", {}, "casual", ("zero_hours",)), ("A casual contract with no guaranteed hours.", {}, "casual", ("zero_hours",)),
        ("A casual contract.", {"employment_type": "Permanent"}, "job", ()), ("We offer permanent and casual contracts.", {}, "job", ()),
        ("An unpaid role for people who care.", {}, "volunteer", ("unpaid",)), ("A week's unpaid placement.", {}, "work_experience", ("unpaid",)),
        ("Unpaid leave may be taken.", {}, "job", ()), ("A casual contract.", {"kind": "job"}, "job", ()),
    ],
)  # fmt: skip
def test_kinds_without_pay_or_promised_hours_are_known_by_their_words(text, fields, kind, flags):
    found = draft(text, **fields)
    assert (found.kind, tuple(flag for flag in found.flags if flag in {"zero_hours", "unpaid"})) == (kind, flags)


def test_a_draft_says_what_decided_its_kind():
    assert draft("A casual contract.").because["kind"] == "A casual contract."


def test_the_words_shown_are_the_advert_s_own_whatever_its_letters_are():
    assert terms("İstanbul Café: you must be 18.").because["min_age"].endswith("you must be 18.")
    assert (
        terms("It’s fun. You’ll need a full driving licence.").because["driving"]
        == "You’ll need a full driving licence."
    )


def test_a_very_long_line_is_read_in_pieces_and_a_very_long_text_to_a_limit():
    far = "x " * LONGEST + "A full driving licence is essential."
    assert terms(far).driving is None
    near = "x " * 900 + "A full driving licence is essential."
    assert terms(near).driving == "needed"
    assert all(len(clause.low) <= 401 for clause in Words("night " * 3000).clauses(hints("night")))
