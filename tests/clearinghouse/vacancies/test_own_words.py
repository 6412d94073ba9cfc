"""When an advert's own words stand beside ours, as `own_words_labels.tsv` says: made by a person, before the rule."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from clearinghouse.vacancies import own_words

LABELS = Path(__file__).parent / "own_words_labels.tsv"


def labels() -> list[list[str]]:
    rows = [line.split("\t") for line in LABELS.read_text("utf-8").splitlines() if not line.startswith("#")]
    return rows[1:]


def of_pay(ours: str, text: str) -> str:
    *values, flags = ours.split("|")
    salary: dict[str, Any] = dict(
        zip(("minimum", "maximum", "period", "basis"), (v or None for v in values), strict=True)
    )
    return own_words.pay_words({"salary": salary | {"text": text}, "flags": [flags] if flags else []})


def of_closing(ours: str, text: str) -> str:
    return own_words.closing_words({"closes_at": None if ours == "-" else ours, "closes_text": text})


def of_hours(ours: str, text: str) -> str:
    return own_words.hours_words({"hours_per_week": None if ours == "-" else ours, "hours_text": text})


def of_place(ours: str, text: str) -> str:
    return own_words.place_words({"precision": ours, "text": text})


RULES = {"closing": of_closing, "hours": of_hours, "pay": of_pay, "place": of_place}


@pytest.mark.parametrize(("field", "ours", "text", "shown"), labels())
def test_the_adverts_words_stand_beside_ours_where_a_person_says_that_they_help(
    field: str, ours: str, text: str, shown: str
) -> None:
    assert RULES[field](ours, text) == (text if shown == "yes" else "")


def test_an_advert_without_words_shows_none() -> None:
    empty: dict[str, Any] = {"salary": None, "flags": [], "closes_at": None, "closes_text": None}
    assert [own_words.pay_words(empty), own_words.closing_words(empty), own_words.hours_words(empty)] == ["", "", ""]
    assert own_words.place_words({"precision": "unknown", "text": None}) == ""
