# ruff: noqa: E501 - tables of cases read better wide
from __future__ import annotations

from decimal import Decimal

import pytest

from clearinghouse.normalise.hours import read_hours, read_patterns


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("37 hours per week", "37"), ("37.5", "37.5"), ("37", "37"), ("18.5hrs", "18.5"), ("18.5 hrs/week", "18.5"), ("37 hpw", "37"),
        ("37 hrs 30 mins", "37.5"), ("37 hours and 30 minutes per week", "37.5"), ("37:30 hours per week", "37.5"),
        ("22.2 hours a week, term time only", "22.2"), ("Full time, 36 hours", "36"), ("Hours per week: 30", "30"), ("30 hours pw", "30"),
        ("Part-time (20 hours per week)", "20"), ("37½ hours per week", "37.5"), ("a 37-hour week", "37"), ("35 hour week", "35"),
        ("37 hours per week, Monday to Friday 08:30 to 17:00", "37"), ("15 hours weekly", "15"),
        ("16 - 37 hours per week", None), ("Up to 37 or 20 to 30 hours", None), ("0.6 FTE", None), ("Full time", None), ("", None), (None, None),
        ("8 hours per day", None), ("1,265 hours a year", None), ("24 hours notice", None), ("24 hours per week", "24"), ("24hrs pw", "24"), ("a 24 hours a day service", None), ("Zero hours", None), ("200 hours per week", None),
        ("37 1/2 hours per week", "37.5"), ("27 hours 30 per week", "27.5"), ("37 p/w", "37"), ("up to 37 hours per week", None),
        ("at least 20 hours", None), ("09:00 - 17:00", None), ("Monday to Friday 9am to 5pm", None), ("various", None),
        ("48 hours per week maximum", None), ("16 hrs min", None), ("36h40", None), ("36h 40 mins", "36.67"),
    ],
)  # fmt: skip
def test_hours_a_week_are_read_or_unknown(words, hours):
    assert read_hours(words) == (hours and Decimal(hours))


@pytest.mark.parametrize(
    ("words", "patterns"),
    [
        ("Full time", ["full_time"]), ("FULL_TIME", ["full_time"]), ("full-time or part-time", ["full_time", "part_time"]),
        ("Part Time, Job Share considered", ["part_time", "job_share"]), ("flexible working", ["flexible"]), ("Flexible", ["flexible"]),
        ("37 hours per week", []), ("Full time equivalent £25,583", []), ("not suitable for job share, full time", ["full_time"]),
        ("Flexible Registered Nurse", []), ("OTHER", []),
        ("Full time. Part-time is not available", ["full_time"]), ("Job share will not be considered", []), ("part time hours, job share not possible", ["part_time"]),
    ],
)  # fmt: skip
def test_patterns_are_read_only_where_named(words, patterns):
    assert list(read_patterns(words)) == patterns
