"""A saved search is told what the results page of the same search shows, of what is new, and nothing else."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from board import DAY, NOW, Board
from hypothesis import given, settings
from made_up import random_doc
from test_equal_to_brute_force import searches

from clearinghouse.accounts.models import Organisation, Succession
from clearinghouse.alerts.matching import Matcher
from clearinghouse.alerts.news import News, is_new, news, spans_of
from clearinghouse.alerts.queries import criteria_of, kept, query_of
from clearinghouse.db import Store
from clearinghouse.publish.following import latest_seq
from clearinghouse.reference.models import DistrictChangeRow
from clearinghouse.search.criteria import Criteria
from clearinghouse.search.generation import Generation, Reader
from clearinghouse.search.indexer import Indexer
from clearinghouse.search.results import search
from clearinghouse.search.successions import Successions
from clearinghouse.vacancies.visible import PUBLIC, Visible

EVERYONE = Visible(PUBLIC, NOW)
OLD, EARLY = 40, 1000  # the first vacancy that is new, and the last that isn't
HELD = ({"hidden": True, "public_from": None}, {"public_from": NOW + DAY}, {"unverified": True, "public_from": None})


class World(NamedTuple):
    matcher: Matcher
    generation: Generation
    bookmark: int

    def __repr__(self) -> str:
        return "the world"


@pytest.fixture(scope="module")
def world(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    """A third was there before, some are held back, a district and an employer were replaced."""
    folder = tmp_path_factory.mktemp("board")
    shutil.copy(sqlite_template, folder / "store.sqlite3")
    board = Board(Store(f"sqlite:///{folder / 'store.sqlite3'}"))
    rnd = random.Random(2010)
    with board.store.writing() as session:
        names = enumerate(("ashfield", "nuh"), 1)
        session.add_all(Organisation(id=number, slug=slug, name=slug.title()) for number, slug in names)
        session.flush()
        session.add(Succession(organisation_id=1, successor_id=2, since=(NOW - DAY).date()))
        session.add(DistrictChangeRow(since=(NOW - DAY).date(), district="Mansfield", successor="Ashfield"))
    for key in range(1, 101):
        document = random_doc(key, rnd)
        held = rnd.random() < 0.15
        if key == OLD:
            board.show(EARLY, "Cook")  # so that this step has a number
            with board.store.reading() as session:
                bookmark = latest_seq(session)
        board.show(key, shown=rnd.choice(HELD) if held else None, **{n: v for n, v in document.items() if n != "id"})
    indexer = Indexer(board.store, folder / "index")
    indexer.step(NOW)
    indexer.close()
    generation = Reader(folder / "index").current()
    assert generation
    with board.store.reading() as session:
        return World(Matcher(news(session, bookmark, NOW)), generation, bookmark)


def on_the_page(world: World, criteria: Criteria) -> tuple[Criteria, set[int]]:
    """The search as the page carried it out, and all that its pages show: of all words, which an alert waits for."""
    results = search(world.generation, criteria.replace(per_page=100), EVERYONE)
    if results.fewer:
        return on_the_page(world, results.criteria.replace(as_typed=True))
    others = [criteria.replace(per_page=100, page=number) for number in range(2, results.pages + 1)]
    pages = [search(world.generation, each, EVERYONE) for each in others]
    return results.criteria, {key for each in (results, *pages) for key in each.keys}


@given(criteria=searches())
@settings(max_examples=60, deadline=None)
def test_what_is_told_is_what_the_page_shows_of_what_is_new(world: World, criteria: Criteria) -> None:
    carried_out, shown = on_the_page(world, criteria)
    found = world.matcher.found(query_of(kept(carried_out)), world.bookmark, world.bookmark)
    assert set(found.keys) == {key for key in shown if OLD <= key < EARLY}
    assert len(found.keys) == len(set(found.keys))


def test_words_of_a_saved_search_are_searched_for_as_they_stand() -> None:
    saved = kept(Criteria(q="adminstrator", page=4, per_page=50, sort="closing"))
    assert saved == criteria_of(query_of(saved)) == Criteria(q="adminstrator", as_typed=True)


SEEN, GONE = True, False
HISTORIES: dict[str, tuple[list[tuple[int, bool]], int, int, bool]] = {
    "new after the bookmark": ([(7, SEEN)], 2, 5, True),
    "there at the bookmark": ([(5, SEEN)], 2, 5, False),
    "there before, changed since": ([(1, SEEN), (7, SEEN)], 2, 5, False),
    "gone": ([(6, SEEN), (7, GONE)], 2, 5, False),
    "told, gone, back": ([(3, SEEN), (6, GONE), (7, SEEN)], 2, 5, False),
    "told, gone and back before the bookmark": ([(3, SEEN), (4, GONE), (7, SEEN)], 2, 5, False),
    "there when it was confirmed": ([(1, SEEN), (4, GONE), (7, SEEN)], 2, 5, False),
    "gone when it was confirmed": ([(1, SEEN), (2, GONE), (7, SEEN)], 2, 5, True),
    "on and off since the bookmark": ([(6, SEEN), (7, GONE), (8, SEEN)], 2, 5, True),
}


@pytest.mark.parametrize("case", HISTORIES)
def test_a_vacancy_is_news_to_whoever_could_not_have_been_told_of_it(case: str) -> None:
    steps, started, bookmark, new = HISTORIES[case]
    spans = spans_of(steps)
    assert (spans[-1].end is None and is_new(spans, started, bookmark)) is new


def test_what_opens_later_is_news_when_it_opens_and_not_before(board: Board) -> None:
    board.follow("q=cook")
    board.show(1, shown={"public_from": NOW + 2 * DAY, "hidden": False})
    assert board.tomorrow().queued == 0
    board.now += dt.timedelta(days=2)
    board.show(1)
    assert board.tomorrow().queued == 1


@pytest.mark.parametrize("started", range(9))
def test_searches_that_began_at_different_steps_may_have_the_same_news(started: int) -> None:
    spans = {1: spans_of([(1, SEEN), (3, GONE), (10, SEEN)]), 2: spans_of([(2, SEEN), (6, GONE), (11, SEEN)])}
    some = News(9, 12, NOW, (), spans, {}, Successions())
    alike = some.as_if_from(started)
    assert alike in (0, 3, 6)
    assert [is_new(each, alike, 9) for each in spans.values()] == [is_new(each, started, 9) for each in spans.values()]
