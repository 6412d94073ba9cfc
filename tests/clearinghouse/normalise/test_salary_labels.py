from __future__ import annotations

import hashlib
import random
from decimal import Decimal
from pathlib import Path

import pytest

from clearinghouse.normalise.salary import read_salary

LABELS = Path(__file__).parent / "salary_labels.tsv"
SAMPLES = Path(__file__).parents[4] / "shared" / "samples" / "salary_strings.tsv"
SEED = 20261121


def labels():
    rows = [line.split("\t") for line in LABELS.read_text("utf-8").splitlines() if not line.startswith("#")]
    return rows[1:]


def halves():
    rows = labels()
    random.Random(SEED).shuffle(rows)
    return rows[::2], rows[1::2]


def words(label):
    if not label.startswith("sample:"):
        return label
    if not SAMPLES.exists():
        pytest.skip("the recorded salary strings are not here")
    _, line, digest = label.split(":")
    text = SAMPLES.read_text("utf-8").split("\n")[int(line) - 1].split("\t")[0]
    assert hashlib.sha256(text.encode()).hexdigest()[:8] == digest, "the recorded strings have changed"
    return text


def shown(value):
    return "-" if value is None else str(Decimal(value).normalize().quantize(Decimal("0.01")))


def told(label):
    return tuple(shown(None if part == "-" else part) for part in label[:2]) + tuple(label[2:])


def reading(text):
    salary = read_salary(text)
    period = "-" if salary.period is None else salary.period.value
    return (shown(salary.minimum), shown(salary.maximum), period, salary.basis.value)


@pytest.mark.parametrize(("label", "expected"), [(row[0], told(row[1:])) for row in labels()])
def test_each_labelled_string_is_read_as_a_person_read_it(label, expected):
    assert reading(words(label)) == expected
