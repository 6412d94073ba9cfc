"""Sentences that look like a term and are none: driving standards up, unpaid lunch, an experienced team."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearinghouse.normalise.contract import read_kind
from clearinghouse.normalise.terms.clauses import Words
from clearinghouse.normalise.terms.read import read_terms
from clearinghouse.normalise.terms.unpaid import read_kind_said
from clearinghouse.vacancies.vocabulary import Kind

LABELS = Path(__file__).parent / "terms_trap_labels.tsv"


def labels():
    return [line.split("\t") for line in LABELS.read_text("utf-8").splitlines() if not line.startswith("#")]


def read(title, text):
    said = Words(text, title)
    terms, kind, told = read_terms(title, said), read_kind(None, title), read_kind_said(said)
    kind = told.value if kind is Kind.JOB and told else kind
    return {
        "kind": None if kind is Kind.JOB else kind,
        "driving": terms.driving,
        "experience": terms.experience,
        "essential": terms.level.essential,
        "when": ",".join(terms.when),
        "flags": ",".join(flag for flag in terms.flags if flag != "entry_level"),
    }


@pytest.mark.parametrize(("title", "text", "label"), labels())
def test_a_term_is_read_where_the_words_say_it_of_this_job(title, text, label):
    field, _, value = label.partition("=")
    assert str(read(title, text)[field] or "-") == value
