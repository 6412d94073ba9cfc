"""Who may apply is read as a person reads it: 163 labelled adverts of our own, and the recorded ones.

The labels were committed before the reader was written. The tuning half (by hash) was 72 of 72 at the first try; the
other half, read once after a last round of tuning, 83 of 83; eight came later. One person wrote both labels and
reader, which flatters: the recorded titles and adverts are the harder trial, where every hit was looked at.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from clearinghouse.normalise.draft import normalise
from clearinghouse.normalise.markup import plain_text, safe_html
from clearinghouse.normalise.restricted import LONGEST, read_applicants
from clearinghouse.vacancies.posting import Posting
from clearinghouse.vacancies.vocabulary import Flag, Restriction
from tests.smalltown import NOW

LABELS = Path(__file__).parent / "restricted_labels.tsv"
SAMPLES = Path(__file__).parents[4] / "shared" / "samples"


def labels():
    rows = [line.split("\t") for line in LABELS.read_text("utf-8").splitlines() if not line.startswith("#")]
    return rows[1:]


@pytest.mark.parametrize(("title", "words", "restricted", "redeployment"), labels())
def test_each_labelled_advert_is_for_whom_a_person_says_it_is(title, words, restricted, redeployment):
    found = read_applicants(title, words)
    assert (found.restricted or "-", "yes" if found.redeployees else "-") == (restricted, redeployment)
    assert found.words is None or found.words in (title, words) or found.words in words


def test_no_recorded_advert_is_held_back_but_those_that_say_so():
    if not SAMPLES.exists():
        pytest.skip("the recorded adverts are not here")
    titles = [line.partition("\t")[0] for line in (SAMPLES / "job_titles.tsv").read_text("utf-8").splitlines()]
    held = [title for title in titles if read_applicants(title, None).restricted]
    assert len(held) == 4
    assert all("internal applicants only" in title.lower() for title in held)
    for file in sorted((SAMPLES / "nhs_jobs_jsonld").glob("*.json")):
        advert = json.loads(file.read_text("utf-8"))
        words = plain_text(safe_html(advert["description"]))
        assert read_applicants(advert["title"], words).restricted is None, file.name


@pytest.mark.parametrize(
    ("words", "restricted"),
    [
        ("Internal applicants only. External applicants are now invited too.", None),
        ("Duties include, but are not limited to, supporting existing staff.\nInternal applicants only.", "internal"),
        ("Open to current staff only.\nRing-fenced to employees at risk of redundancy.", "ring_fenced"),
        ("This is open to internal applicants in the first instance.", "internal"),
        ("x" * LONGEST + " Internal applicants only.", None),
        ("only " * 20_000, None),
        (None, None),
    ],
)
def test_the_whole_description_decides_and_a_ring_fence_before_the_rest(words, restricted):
    assert read_applicants("Cook", words).restricted == (restricted and Restriction(restricted))


def test_a_draft_says_who_may_apply_and_by_which_words():
    ask = "Redeployees will be given prior consideration."
    posting = Posting(reference="1", title="Cook", description_html=f"<p>{ask} Fresh food.</p><p>Ask Ann.</p>")
    draft = normalise(posting, None, NOW)
    assert (draft.restricted, draft.flags) == (None, (Flag.REDEPLOYMENT,))
    draft = normalise(Posting(reference="1", title="Cook (internal applicants only)"), None, NOW)
    assert draft.restricted is Restriction.INTERNAL
    assert draft.because["restricted"] == "Cook (internal applicants only)"
