# ruff: noqa: E501 - tables of cases read better wide
from __future__ import annotations

import json
import resource
import subprocess
import sys

import pytest

SNIFF = """
import sys
from clearinghouse.cli import main
sys.argv = ["clearinghouse", "explain", "salary", "£12.71 per hour"]
try:
    main()
except SystemExit:
    pass
heavy = ("clearinghouse.settings", "sqlalchemy", "pydantic", "typer", "rich", "numpy", "nh3")
print([name for name in heavy if name in sys.modules])
"""


def run(*args):
    command = [sys.executable, "-c", "from clearinghouse.cli import main; main()", "explain", *args]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=60)


def told(*args):
    result = run(*args)
    assert result.returncode == 0, result.stderr
    assert result.stdout.count("\n") == 1
    return json.loads(result.stdout)


def test_salary_prints_the_reading_with_the_derived_beside_it():
    assert told("salary", "£24,294 to £25,583 pro rata") == {
        "minimum": "24294.00", "maximum": "25583.00", "period": "year", "basis": "full_time_equivalent",
        "annual_minimum": "24294.00", "annual_maximum": "25583.00", "text": "£24,294 to £25,583 pro rata", "salary_derived": None,
    }  # fmt: skip
    derived = told("salary", "NHS AfC: Band 5", "--today", "2026-05-01")["salary_derived"]
    assert derived == {
        "minimum": "32073.00",
        "maximum": "39043.00",
        "table": "Agenda for Change 2026/27, band 5",
        "dated": "2026-04-01",
    }


def test_closing_prints_london_time():
    assert told("closing", "midnight on 23 September", "--today", "2026-09-01") == {
        "closes_at": "2026-09-23T23:59:59+01:00", "closes_text": "midnight on 23 September", "flags": [],
    }  # fmt: skip


def test_place_title_and_hours_print_what_they_read():
    assert told("place", "Beeston")["places"][0]["district"] == "Broxtowe"
    title = told("title", "Level 3 Apprentice Gardener (fixed term)")
    assert (title["kind"], title["apprenticeship_level"], title["contract"]) == ("apprenticeship", 3, "fixed_term")
    assert (title["occupation"], title["occupation_words"]) == ("outdoors", "gardener")
    assert told("hours", "37 hours, full time") == {"hours_per_week": "37.00", "pattern": ["full_time"]}


def test_terms_print_each_value_with_the_words_that_decided_it():
    found = told("terms", "Evenings. No experience needed. A degree or equivalent experience.")
    assert found["when"] == {"value": ["evening"], "words": "Evenings."}
    assert found["experience"] == {"value": "none_asked", "words": "No experience needed."}
    assert found["level"] == {
        "value": {"essential": None, "desirable": None}, "words": "A degree or equivalent experience.",
    }  # fmt: skip
    assert found["driving"] == {"value": None, "words": None}
    assert found["flags"]["value"] == ["entry_level", "or_experience"]


def test_the_unreadable_is_null_and_no_failure():
    assert told("salary", "Competitive")["minimum"] is None
    assert told("closing", "until filled")["closes_at"] is None
    assert told("salary", "--", "-£5 an hour")["minimum"] == "5.00"


@pytest.mark.parametrize(
    "args", [("closing", "x", "--today", "2026-13-01"), ("salary",), ("colour", "red"), ("salary", "a", "b")]
)
def test_wrong_usage_is_exit_two(args):
    result = run(*args)
    assert (result.returncode, result.stdout) == (2, "")
    assert args[0] != "closing" or "2026-13-01" in result.stderr


def test_nothing_heavy_is_loaded_and_it_starts_soon():
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    result = subprocess.run([sys.executable, "-c", SNIFF], capture_output=True, text=True, check=True, timeout=60)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert result.stdout.splitlines()[-1] == "[]"
    assert after.ru_utime - before.ru_utime < 0.5, "processor time: a busy machine doesn't count"
