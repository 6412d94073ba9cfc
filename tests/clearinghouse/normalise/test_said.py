# ruff: noqa: E501 - tables of cases read better wide
from __future__ import annotations

from decimal import Decimal

import pytest

from clearinghouse.normalise.said import contract_said, hours_said, patterns, patterns_said
from clearinghouse.vacancies.vocabulary import Pattern

FULL, PART, SHARE = Pattern.FULL_TIME, Pattern.PART_TIME, Pattern.JOB_SHARE


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("You will work 30 hours per week at our depot.", "30"), ("The post is for 22.5 hours a week. Apply now.", "22.5"),
        ("37 hours per week, Monday to Friday. You will be working 37 hours per week.", "37"), ("18.5hrs pw over three days", "18.5"),
        ("Up to 37 hours per week", None), ("between 16 and 24 hours per week", None), ("37 hours per week maximum", None),
        ("One post at 37 hours per week, one at 20 hours per week", None), ("The salary is based on 37 hours per week", None),
        ("Students may work 20 hours per week", None), ("The library opens 50 hours. Open 30 hours per week", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_hours_of_the_job_are_read_from_a_sentence(words, hours):
    assert hours_said(words) == (hours and Decimal(hours))


@pytest.mark.parametrize(
    ("words", "contract"),
    [
        ("This is a permanent post based in Arnold.", "permanent"), ("An opportunity has arisen for permanent Band 6 nurses", "permanent"),
        ("Contract type - Permanent", "permanent"), ("You will take up post for a fixed period of 12 months.", "fixed_term"),
        ("on a fixed-term contract until March", "fixed_term"), ("a 12 month fixed term role to cover maternity leave", "fixed_term"),
        ("This is a temporary post", "temporary"), ("We are appointing permanent and fixed term posts", None),
        ("One nurse (permanent/substantive) at 30 hours", "permanent"), ("Two cooks\n- Permanent\n- Days", "permanent"), ("You would be joining our permanent team", "permanent"),
        ("We can offer permanent contracts and bank/casual roles", None), ("You will lead the permanent exhibition", None),
        ("temporary accommodation for families", None), ("Enhanced maternity and adoption leave", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_the_contract_is_read_from_a_sentence_about_the_job(words, contract):
    assert contract_said(words) == contract


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Full time or part time.", (FULL, PART)), ("full and part-time posts", (FULL, PART)), ("part time hours will be considered", (FULL, PART)),
        ("candidates wishing to work part-time or in a job-share are encouraged to apply", (FULL, PART, SHARE)),
        ("This is a part time role", (PART,)), ("a temporary 0.5 WTE post", (PART,)), ("Hours: Full-time", (FULL,)),
        ("full or part time; not suitable for job share", (FULL, PART)), ("you will play a part in time", ()), ("", ()), (None, ()),
    ],
)  # fmt: skip
def test_patterns_offered_are_read_from_a_sentence(words, found):
    assert patterns_said(words) == found


@pytest.mark.parametrize(
    ("own", "title", "words", "hours", "found"),
    [
        ((FULL,), (PART,), None, None, (PART,)), ((FULL,), (), "full or part time", None, (FULL, PART)), ((FULL,), (), None, "30", (PART,)),
        ((FULL,), (), None, "37", (FULL,)), ((), (), None, "20", ()), ((FULL, SHARE), (PART,), None, None, (PART, SHARE)),
    ],
)  # fmt: skip
def test_the_title_and_the_description_beat_a_default_of_full_time(own, title, words, hours, found):
    assert patterns(own, title, words, hours and Decimal(hours)) == found


@pytest.mark.parametrize(
    ("words", "flexible"),
    [("Hours can be flexible.", True), ("We are flexible on hours.", True), ("Be flexible and kind.", False)],
)
def test_hours_that_can_be_flexible_are_a_pattern_of_their_own(words, flexible):
    assert (Pattern.FLEXIBLE in patterns((FULL,), (), words, None)) is flexible
