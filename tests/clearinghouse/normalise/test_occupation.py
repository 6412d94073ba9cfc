from __future__ import annotations

import hashlib
import random
import tomllib
from importlib import resources
from pathlib import Path

import pytest

from clearinghouse.normalise.occupation import clue, read_occupation
from clearinghouse.vacancies.occupation import Occupation

LABELS = Path(__file__).parent / "kind_labels.tsv"
SAMPLES = Path(__file__).parents[4] / "shared" / "samples" / "job_titles.tsv"
PAGE = Path(__file__).parents[3] / "docs" / "kinds-of-work.md"
SUB_MAJOR_GROUPS = {
    *(11, 12, 21, 22, 23, 24, 31, 32, 33, 34, 35, 41, 42, 51, 52, 53, 54, 61, 62, 63, 71, 72, 81, 82, 91, 92),
}
SEED = 20261121


def labels():
    rows = [line.split("\t") for line in LABELS.read_text("utf-8").splitlines() if not line.startswith("#")]
    return [(title, {kind for kind in kinds if kind}) for title, *kinds in rows[1:]]


def recorded():
    return [row for row in labels() if row[0].startswith("sample:")]


def halves():
    """The half that the words were chosen by, and the half that was kept back."""
    rows = recorded()
    random.Random(SEED).shuffle(rows)
    return rows[::2], rows[1::2]


def titles():
    if not SAMPLES.exists():
        pytest.skip("the recorded job titles are not here")
    return [line.split("\t")[0] for line in SAMPLES.read_text("utf-8").split("\n")]


def words(label, lines):
    _, line, digest = label.split(":")
    text = lines[int(line) - 1]
    assert hashlib.sha256(text.encode()).hexdigest()[:8] == digest, "the recorded titles have changed"
    return text


def kind(title, *others):
    found = read_occupation(title, *others)
    return found.value if found else "-"


@pytest.mark.parametrize("half", [0, 1], ids=["tuned on", "kept back"])
def test_a_recorded_title_has_the_kind_that_a_person_gave_it(half):
    lines, rows = titles(), halves()[half]
    right = [kind(words(title, lines)) in accepted for title, accepted in rows]
    assert len(rows) == 150
    assert sum(right) / len(rows) >= (0.99, 0.93)[half]


def test_nine_recorded_titles_in_ten_have_a_kind():
    found = [read_occupation(title) for title in titles() if title]
    assert len(found) == 1637
    assert sum(one is not None for one in found) / len(found) >= 0.95


@pytest.mark.parametrize(("title", "accepted"), [row for row in labels() if not row[0].startswith("sample:")])
def test_a_title_of_our_own_has_the_kind_that_a_person_gave_it(title, accepted):
    assert kind(title) in accepted


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Pharmacy Administrator", "administration"),  # the role beats the field
        ("Finance Manager", "finance"),  # the field beats a role that says little
        ("Secretary to the Head of Nursing", "administration"),  # the first part leads
        ("Dental Nurse", "health_support"),  # the longest phrase counts
        ("Apprentice Gardener", "outdoors"),
        ("Gardening Apprenticeship", "outdoors"),
        ("TEAM LEADERS", "-"),
        ("Careers Advisor", "community"),
        ("Nursery Co-ordinator", "childcare"),
        ("People Systems & Data Officer", "digital"),
        ("Children’s Social Workers x 2", "social_work"),
        ("Deputy Head of Corporate Affairs", "management"),
        ("", "-"),
        ("–" * 400, "-"),
    ],
)
def test_a_title_tells_its_kind_by_its_strongest_words(title, expected):
    assert kind(title) == expected


@pytest.mark.parametrize(
    ("title", "said", "description", "expected"),
    [
        ("Cleaner", "Finance", None, "facilities"),
        ("Team Leader", "Nursing and Midwifery Registered", None, "nursing"),
        ("Team Leader", "teaching_assistant", None, "school_support"),
        ("Team Leader", "Finance, Housing", None, "-"),
        ("Manager", "Finance", None, "finance"),
        ("Manager", "Corporate", None, "management"),
        ("Team Leader", None, "We are looking for an experienced receptionist to join us.", "customer_service"),
        ("Team Leader", None, "You will work beside nurses, teachers and social workers.", "-"),
        ("Team Leader", None, "We wish to appoint a manager.", "-"),
    ],
)
def test_where_the_title_is_silent_the_source_and_then_the_description_are_asked(title, said, description, expected):
    assert kind(title, said, description) == expected


def test_the_words_that_decided_are_known():
    found = clue("Band 5 Staff Nurse - Stroke Ward")
    assert found is not None
    assert (found.kind, found.words) == (Occupation.NURSING, "staff nurse")


def test_every_phrase_stands_once_and_every_kind_has_some():
    table = tomllib.loads(
        resources.files("clearinghouse.normalise").joinpath("data/kinds_of_work.toml").read_text("utf-8")
    )
    phrases = [phrase for strengths in table.values() for listed in strengths.values() for phrase in listed]
    assert len(phrases) == len(set(phrases))
    assert set(table) == {*(one.value for one in Occupation), "none"}


def test_the_kinds_stand_by_their_labels_and_cover_every_sub_major_group_of_soc_2020():
    names = [one.label for one in Occupation]
    assert names == sorted(names)
    assert {group for one in Occupation for group in one.soc} == SUB_MAJOR_GROUPS
    assert all(one.about and one.soc for one in Occupation)


def test_the_page_of_kinds_of_work_has_them_all_as_they_are():
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if "| `" in line][1:]
    assert rows == [
        f"| {one.label} | `{one.value}` | {one.about} | {', '.join(map(str, one.soc))} |" for one in Occupation
    ]
