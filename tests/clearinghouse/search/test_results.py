from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from made_up import NOW, TOWNS, Maker, doc, place

from clearinghouse.search import matching
from clearinghouse.search.criteria import Criteria
from clearinghouse.search.generation import Generation
from clearinghouse.search.parameters import SORTS
from clearinghouse.search.results import documents, search
from clearinghouse.vacancies.visible import PUBLIC, Visible, staff

EVERYONE = Visible(PUBLIC, NOW)


def test_an_empty_store_gives_an_empty_generation(made: Maker, tmp_path: Path) -> None:
    generation = made.indexed(tmp_path)
    results = search(generation, Criteria(q="cook"), EVERYONE)
    assert (results.total, results.keys, results.pages) == (0, (), 1)
    assert search(generation, Criteria(), EVERYONE).total == 0


def test_a_title_counts_more_than_an_employer_and_that_more_than_a_description(made: Maker, tmp_path: Path) -> None:
    made.publish(1, doc(1, title="Clerk", description_text="We cook and cook. " * 5))
    made.publish(2, doc(2, title="Clerk", employer={"slug": "c", "name": "The Cook Company"}))
    made.publish(3, doc(3, title="Cook", description_text="Nothing else. " * 50))
    assert search(made.indexed(tmp_path), Criteria(q="cooks"), EVERYONE).keys == (3, 2, 1)


def test_of_equal_titles_the_nearer_comes_first_and_a_better_one_still_before_it(made: Maker, tmp_path: Path) -> None:
    worksop, newark, mansfield = (place(*TOWNS[name]) for name in ("Worksop", "Newark", "Mansfield"))
    made.publish(1, doc(1, title="Cook", places=[mansfield]))
    made.publish(2, doc(2, title="Cook", places=[worksop]))
    made.publish(3, doc(3, title="Clerk", description_text="No cook.", places=[newark]))
    made.publish(4, doc(4, title="Cook", places=[newark]))
    criteria = Criteria(q="cook", location="Newark", radius=Decimal(30))
    assert search(made.indexed(tmp_path), criteria, EVERYONE).keys == (4, 1, 2, 3)


def test_every_word_must_be_there_in_any_of_its_forms(made: Maker, tmp_path: Path) -> None:
    made.publish(1, doc(1, title="Children's teaching assistant"))
    made.publish(2, doc(2, title="Teacher"))
    generation = made.indexed(tmp_path)
    found = {q: search(generation, Criteria(q=q), EVERYONE).keys for q in ("childrens teaching", "teaching", "of café")}
    assert found == {"childrens teaching": (1,), "teaching": (1, 2), "of café": ()}, "who does it comes after"


def test_documents_come_in_the_order_of_the_page(made: Maker, tmp_path: Path) -> None:
    for key in (1, 2, 3):
        made.publish(key, doc(key, title=f"Job {key}"))
    results = search(made.indexed(tmp_path), Criteria(), EVERYONE)
    with made.store.reading() as session:
        found = documents(session, results.keys, EVERYONE, results.miles)
    assert [each.key for each in found] == list(results.keys) == [3, 2, 1]


def test_documents_open_and_close_to_the_second_whenever_they_are_asked_for(made: Maker) -> None:
    closes = NOW + dt.timedelta(hours=2)
    made.publish(1, doc(1, closes_at=closes.isoformat()), public_from=NOW + dt.timedelta(hours=1))
    seen = {}
    with made.store.reading() as session:
        for audience in (PUBLIC, staff(None)):
            for minutes in (0, 60, 120, 121):
                visible = Visible(audience, NOW + dt.timedelta(minutes=minutes, microseconds=5))
                seen[audience.tier, minutes] = [each.public for each in documents(session, [1], visible)]
    assert seen == {
        ("public", 0): [], ("public", 60): [True], ("public", 120): [True], ("public", 121): [],
        ("staff", 0): [False], ("staff", 60): [True], ("staff", 120): [True], ("staff", 121): [],
    }  # fmt: skip


def test_kinds_of_work_are_counted_in_plain_words_the_most_frequent_first(made: Maker, tmp_path: Path) -> None:
    for key, kind in enumerate(["nursing", "care", "trades", "nursing", None, "care", "nursing"], start=1):
        made.publish(key, doc(key, occupation=kind))
    found = search(made.indexed(tmp_path), Criteria(occupation=("care", "trades")), EVERYONE)
    assert found.total == 3
    assert [(one.value, one.label, one.count) for one in found.facets["occupation"]] == [
        ("nursing", "Nursing, midwifery and theatres", 3),
        ("care", "Care and support work", 2),
        ("trades", "Building, repairs and skilled trades", 1),
        ("not_stated", "Not stated", 1),
    ]


@pytest.fixture(scope="module")
def cooks(made_once: Maker, index_dir: Path) -> Generation:
    """A hundred equal vacancies."""
    made_once.publish_all((key, doc(key, title="Cook"), {}, {}) for key in range(1, 101))
    return made_once.indexed(index_dir)


@pytest.mark.parametrize("few", [-1, 1 << 40])
@pytest.mark.parametrize("sort", list(SORTS))
def test_equal_vacancies_page_through_once_and_a_page_far_out_is_empty(
    cooks: Generation, monkeypatch: pytest.MonkeyPatch, few: int, sort: str
) -> None:
    monkeypatch.setattr(matching, "FEW", few)
    criteria = Criteria(q="cook", sort=sort, per_page=7)
    pages = [search(cooks, criteria.replace(page=page), EVERYONE) for page in range(1, 17)]
    keys = [key for page in pages for key in page.keys]
    assert sorted(keys) == list(range(1, 101))
    assert keys == sorted(keys, reverse=sort != "closing")
    far = search(cooks, criteria.replace(page=10**8, per_page=100), EVERYONE)
    assert (far.total, far.keys) == (100, ())


@pytest.mark.parametrize(
    ("q", "total"),
    [
        ("", 2),
        ("!!! --- \x00", 2),
        ("the", 1),
        ("of the cook", 1),
        ("x" * 500, 0),
        ("cook " * 100, 1),
        ('"cook" AND (title:nurse OR *)', 0),
        ("cook\ud800", 1),
        ("CAFÉ", 1),
    ],
)
def test_any_words_at_all_are_a_search(made: Maker, tmp_path: Path, q: str, total: int) -> None:
    made.publish(1, doc(1, title="Cook", description_text="in the cafe"))
    made.publish(2, doc(2, title="Nurse"))
    results = search(made.indexed(tmp_path), Criteria(q=q), EVERYONE)
    assert results.total == total
    assert bool(results.notices) == (q.startswith("!"))


def test_a_county_is_searched_in_each_of_its_districts_the_city_among_them(made: Maker, tmp_path: Path) -> None:
    for key, district in enumerate(("Ashfield", "Nottingham", "Lincoln", "Ashfield"), start=1):
        place = {"text": district, "district": district, "latitude": 53.0, "longitude": -1.2, "precision": "district"}
        made.publish(key, doc(key, places=[place]))
    generation = made.indexed(tmp_path)
    found = search(generation, Criteria(location="notts"), EVERYONE)
    assert (set(found.keys), found.miles) == ({1, 2, 4}, (None, None, None))
    assert found.notices == ("We looked in every district of Notts.",)
    narrowed = search(generation, Criteria(location="Nottinghamshire", district=("Ashfield",)), EVERYONE)
    assert set(narrowed.keys) == {1, 4}
    assert narrowed.notices == ("We looked in the districts that you chose.",)
    assert search(generation, Criteria(location="Kent"), EVERYONE).notices == (
        "We don't know the place “Kent”, so we looked everywhere.",
    )
