from __future__ import annotations

from pathlib import Path

from made_up import NOW, Maker, doc

from clearinghouse.search.criteria import Criteria
from clearinghouse.search.results import documents, search
from clearinghouse.vacancies.visible import PUBLIC, Visible

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


def test_every_word_must_be_there_in_any_of_its_forms(made: Maker, tmp_path: Path) -> None:
    made.publish(1, doc(1, title="Children's teaching assistant"))
    made.publish(2, doc(2, title="Teacher"))
    generation = made.indexed(tmp_path)
    found = {q: search(generation, Criteria(q=q), EVERYONE).keys for q in ("childrens teaching", "teaching", "of café")}
    assert found == {"childrens teaching": (1,), "teaching": (1,), "of café": ()}


def test_documents_come_in_the_order_of_the_page(made: Maker, tmp_path: Path) -> None:
    for key in (1, 2, 3):
        made.publish(key, doc(key, title=f"Job {key}"))
    results = search(made.indexed(tmp_path), Criteria(), EVERYONE)
    with made.store.reading() as session:
        found = documents(session, results.keys, EVERYONE, results.miles)
    assert [each.key for each in found] == list(results.keys) == [3, 2, 1]
