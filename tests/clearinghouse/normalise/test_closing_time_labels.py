"""Where a list gives only the day on which an advert closes, the advert's text may give the time.

The cases of `closing_time_labels.tsv` were labelled before the code was written. One half, by the hash of the line, was
for tuning (at last 36 of 36); the other was read once, after it: 29 of 29. Cases and rules are by the same hand.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import pytest

from clearinghouse.normalise.draft import normalise
from clearinghouse.vacancies.draft import Draft, london
from clearinghouse.vacancies.posting import Posting

LABELS = Path(__file__).parent / "closing_time_labels.tsv"
NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)


def labels():
    return [line for line in LABELS.read_text("utf-8").splitlines() if not line.startswith("#")][1:]


def tuning(line):
    """Whether a case belongs to the half on which the rules were tried while they were written."""
    return hashlib.sha256(line.encode()).digest()[0] % 2 == 0


@pytest.mark.parametrize("line", labels(), ids=lambda line: f"{'tuning' if tuning(line) else 'held'}-{line[:60]}")
def test_the_texts_time_is_taken_for_the_same_day_and_no_other(line):
    closes, words, expected = line.split("\t")
    paragraphs = "".join(f"<p>{part}</p>" for part in words.split("\\n"))
    found = normalise(
        Posting(title="Cook", url="https://jobs.example/1", closes=closes, description_html=paragraphs), None, NOW
    )
    assert isinstance(found, Draft)
    assert (london(found.closes_at) if found.closes_at else "-") == expected
