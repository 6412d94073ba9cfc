"""Terms that only words tell are read as a person labelled them, in adverts of our own and in the recorded NHS ones.

The labels were made before the readers. One half was for tuning, the other was read once, when that was done: the
floors of "held" are what it gave. The recorded adverts are tried only where they are beside this checkout.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from clearinghouse.normalise.contract import read_kind
from clearinghouse.normalise.markup import plain_text, safe_html
from clearinghouse.normalise.terms.clauses import Words
from clearinghouse.normalise.terms.read import read_terms
from clearinghouse.normalise.terms.unpaid import read_kind_said
from clearinghouse.vacancies.vocabulary import Kind
from crawlers.adapters.jsonld import JsonLd
from crawlers.source import Page

LABELS = Path(__file__).parent / "terms_labels.tsv"
SAMPLES = Path(__file__).parents[4] / "shared" / "samples" / "nhs_jobs_jsonld"
FLAGS = {"entry_level", "or_experience", "unpaid", "zero_hours"}
FIELDS = ("kind", "when", "driving", "dbs", "experience", "age", "essential", "desirable", "remote", "flags")
FLOORS = {
    "tuning": {"when": 156, "experience": 156},
    "held": {"when": 145, "experience": 146, "essential": 144, "driving": 148},
}
"""How many of a half's adverts are read as labelled, where not all are: may only rise."""

WRONG = {"tuning": {"when": 2}, "held": {"when": 2, "experience": 1, "essential": 2}}
"""How many at most are read as something else than labelled, rather than not at all."""


def rows():
    for line in LABELS.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            half, title, text, labels = line.split("\t")
            yield half, title, text, dict(label.split("=") for label in labels.split() if "=" in label)


@cache
def readings(half):
    return [(labels, read(title, text)) for which, title, text, labels in rows() if which == half and here(title)]


def here(title):
    return not title.startswith("@") or SAMPLES.exists()


def read(title, text):
    contract = None
    if title.startswith("@"):
        page = Page("about:blank", (SAMPLES / f"{title[1:]}.json").read_bytes())
        (posting,) = JsonLd("about:blank").parse(page).postings
        title, text, contract = posting.title, plain_text(safe_html(posting.description_html)), posting.employment_type
    said = Words(text, title)
    terms, kind = read_terms(title, said), read_kind(None, title, contract)
    if kind is Kind.JOB and (found := read_kind_said(said)):
        kind = found.value
    values = {
        "kind": None if kind is Kind.JOB else kind,
        "when": ",".join(terms.when),
        "driving": terms.driving,
        "dbs": terms.dbs,
        "experience": terms.experience,
        "age": terms.min_age,
        "essential": terms.level.essential,
        "desirable": terms.level.desirable,
        "remote": terms.remote,
        "flags": ",".join(sorted(FLAGS.intersection(terms.flags))),
    }
    return {name: str(value) for name, value in values.items() if value not in (None, "")}


def differing(half, field):
    pairs = [(labels.get(field), got.get(field)) for labels, got in readings(half)]
    return [(label, got) for label, got in pairs if label != got]


def test_every_label_is_of_a_field_that_is_read():
    assert {name for _, _, _, labels in rows() for name in labels} == set(FIELDS)


@pytest.mark.parametrize("half", FLOORS)
@pytest.mark.parametrize("field", FIELDS)
def test_terms_are_read_as_labelled_in_no_fewer_adverts_than_before(field, half):
    allowed = sum(which == half for which, *_ in rows()) - FLOORS[half].get(field, 10_000)
    assert len(differing(half, field)) <= max(allowed, 0)


@pytest.mark.parametrize("half", FLOORS)
@pytest.mark.parametrize("field", FIELDS)
def test_what_is_not_read_as_labelled_is_seldom_read_as_something_else(field, half):
    wrong = [(label, got) for label, got in differing(half, field) if got is not None]
    assert len(wrong) <= WRONG[half].get(field, 0)
