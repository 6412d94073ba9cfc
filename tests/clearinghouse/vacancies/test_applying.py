"""What is known of applying at a recruitment system."""

from __future__ import annotations

import datetime as dt

import pytest

from clearinghouse.vacancies.applying import Applying, Form

DAY = dt.date(2026, 11, 22)
FACTS = [
    {"account": False}, {"form": Form.CV}, {"save": False}, {"phone": False}, {"help_page": "https://x.example"},
    {"help_line": "0800 1"},
]  # fmt: skip


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: next(iter(fact)))
def test_one_fact_with_its_date_is_known_and_without_it_is_not(fact: dict[str, object]) -> None:
    assert Applying(**fact, checked=DAY).known
    assert not Applying(**fact).known


def test_a_look_that_found_nothing_makes_nothing_known() -> None:
    assert not Applying(sources=("https://x.example",), checked=DAY).known


@pytest.mark.parametrize(
    ("today", "old"), [(DAY, False), (dt.date(2028, 5, 22), False), (dt.date(2028, 5, 24), True)], ids=str
)
def test_facts_are_old_after_eighteen_months(today: dt.date, *, old: bool) -> None:
    assert Applying(account=True, checked=DAY).is_old(today) is old
