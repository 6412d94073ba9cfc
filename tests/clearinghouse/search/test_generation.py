from __future__ import annotations

import datetime as dt
import os
import random
from pathlib import Path

import pytest
import sqlalchemy as sa
from made_up import NOW, Maker, doc, random_doc
from typer.testing import CliRunner

from clearinghouse.db import Store
from clearinghouse.db import store as the_store
from clearinghouse.publish.models import Change
from clearinghouse.search import generation as module
from clearinghouse.search.cli import app
from clearinghouse.search.criteria import Criteria
from clearinghouse.search.generation import Generation, Pointer, Reader, columns_path
from clearinghouse.search.indexer import Indexer, ask_for_rebuild, lock
from clearinghouse.search.results import Results, documents, search
from clearinghouse.settings import settings
from clearinghouse.vacancies.draft import london
from clearinghouse.vacancies.visible import PUBLIC, REFERRED, Audience, Visible, staff

EVERYONE = Visible(PUBLIC, NOW)
SECOND = dt.timedelta(seconds=1)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "EVERY", 0.0)


def current(reader: Reader) -> Generation:
    generation = reader.current()
    assert generation
    return generation


def found(generation: Generation, q: str, audience: Audience = PUBLIC, now: dt.datetime = NOW) -> Results:
    return search(generation, Criteria(q=q), Visible(audience, now))


def test_only_what_changed_is_written_again(made: Maker, tmp_path: Path) -> None:
    for key in (1, 2, 3):
        made.publish(key, doc(key, title="Cook"))
    indexer, reader = Indexer(made.store, tmp_path), Reader(tmp_path)
    assert [indexer.step(NOW), indexer.step(NOW)] == [3, 0]
    old = current(reader)
    made.publish(2, doc(2, title="Nurse"))
    made.publish(3, doc(3), live=False)
    assert indexer.step(NOW) == 2
    new = current(reader)
    assert (found(old, "cook").keys, found(new, "cook").keys, found(new, "nurse").keys) == ((3, 2, 1), (1,), (2,))
    assert (old.change_id, new.change_id) == (3, 5)
    indexer.close()


def test_a_reader_without_a_complete_pair_keeps_the_generation_it_has(made: Maker, tmp_path: Path) -> None:
    made.publish(1, doc(1, title="Cook"))
    indexer, reader = Indexer(made.store, tmp_path), Reader(tmp_path)
    indexer.step(NOW)
    before = current(reader)
    made.publish(2, doc(2, title="Cook"))
    indexer.step(NOW)
    pointer = Pointer.read(tmp_path)
    assert pointer
    columns = columns_path(tmp_path / pointer.folder, pointer.change_id)
    columns.rename(tmp_path / "elsewhere")
    assert reader.current() is before
    (tmp_path / "elsewhere").rename(columns)
    assert found(current(reader), "cook").total == 2
    indexer.close()


def test_nothing_to_read_is_no_generation_and_no_error(tmp_path: Path) -> None:
    assert Reader(tmp_path / "nowhere").current() is None
    (tmp_path / "current").write_text("rubbish", "utf-8")
    assert Reader(tmp_path).current() is None


def test_the_last_two_columns_files_are_kept(made: Maker, tmp_path: Path) -> None:
    indexer = Indexer(made.store, tmp_path)
    for key in (1, 2, 3, 4):
        made.publish(key, doc(key))
        indexer.step(NOW)
    indexer.close()
    assert sorted(path.name for path in tmp_path.glob("index-*/columns-*")) == ["columns-3.bin", "columns-4.bin"]


@pytest.mark.parametrize("harm", ["version", "columns", "text", "asked"])
def test_an_index_that_can_not_be_used_is_built_anew(made: Maker, tmp_path: Path, harm: str) -> None:
    made.publish(1, doc(1, title="Cook"))
    made.indexed(tmp_path)
    pointer = Pointer.read(tmp_path)
    assert pointer
    if harm == "version":
        Pointer(pointer.folder, pointer.version - 1, pointer.change_id).write(tmp_path)
    elif harm == "columns":
        path = columns_path(tmp_path / pointer.folder, pointer.change_id)
        path.unlink()
        path.write_bytes(b"short")
    elif harm == "text":
        (tmp_path / pointer.folder / "public" / "meta.json").write_text("{}", "utf-8")
    else:
        ask_for_rebuild(tmp_path)
    second = made.indexed(tmp_path)
    after = Pointer.read(tmp_path)
    assert after
    assert after.folder != pointer.folder
    assert found(second, "cook").keys == (1,)
    assert made.indexed(tmp_path).built_at == second.built_at


def test_a_store_that_went_back_in_time_is_indexed_anew(made: Maker, tmp_path: Path) -> None:
    for key in (1, 2):
        made.publish(key, doc(key))
    assert made.indexed(tmp_path).change_id == 2
    with made.store.writing() as session:
        session.execute(sa.delete(Change).where(Change.id == 2))
    assert made.indexed(tmp_path).change_id == 1


def test_opening_and_closing_count_to_the_second(made: Maker, tmp_path: Path) -> None:
    hour = dt.timedelta(hours=1)
    made.publish(1, doc(1, title="Cook", closes_at=london(NOW + hour)))
    made.publish(2, doc(2, title="Cook"), public_from=NOW + hour)
    made.publish(3, doc(3, title="Cook"), public_from=None, referred_from=NOW + 2 * hour)
    generation = made.indexed(tmp_path)
    for q in ("", "cook"):
        times = (NOW, NOW + hour - SECOND, NOW + hour, NOW + hour + SECOND, NOW + 2 * hour)
        seen = [set(found(generation, q, now=now).keys) for now in times]
        assert seen == [{1}, {1}, {1, 2}, {2}, {2}]
        assert set(found(generation, q, REFERRED, NOW + 2 * hour).keys) == {2, 3}
        assert set(found(generation, q, REFERRED, NOW + 2 * hour - SECOND).keys) == {2}


def test_what_the_public_may_not_see_moves_nothing_that_the_public_sees(made: Maker, tmp_path: Path) -> None:
    made.publish(1, doc(1, title="Cook", description_text="kitchen staff"))
    made.publish(2, doc(2, title="Head cook", description_text="kitchen"))
    before = made.indexed(tmp_path / "before")
    for key in range(3, 40):
        held = doc(key, title="Cook", employer={"slug": "secret", "name": "Secret Ltd"})
        made.publish(key, held, public_from=None, referred_from=None, at_risk_from=None, unverified=True)
    after = made.indexed(tmp_path / "after")
    for criteria in (Criteria(q="cook"), Criteria(), Criteria(employer=("secret",))):
        results = [search(generation, criteria, EVERYONE) for generation in (before, after)]
        assert results[0] == results[1]
    assert before.searchers["public"].num_docs == after.searchers["public"].num_docs
    assert found(after, "cook", staff(None)).total == 39


def test_a_vacancy_that_went_meanwhile_is_left_out_of_the_page(made: Maker, tmp_path: Path) -> None:
    made.publish(1, doc(1))
    made.publish(2, doc(2))
    results = search(made.indexed(tmp_path), Criteria(), EVERYONE)
    made.publish(2, doc(2), live=False)
    with made.store.reading() as session:
        assert [each.key for each in documents(session, results.keys, EVERYONE, results.miles)] == [1]


@pytest.fixture
def installed(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLEARINGHOUSE_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("CLEARINGHOUSE_INDEX_DIR", str(tmp_path / "index"))
    settings.cache_clear()
    the_store.cache_clear()
    yield tmp_path / "index"  # type: ignore[misc]
    the_store().close()
    settings.cache_clear()
    the_store.cache_clear()


def test_the_command_says_how_the_index_stands_and_builds_it(installed: Path, made: Maker) -> None:
    runner = CliRunner()
    made.publish(1, doc(1))
    assert runner.invoke(app, ["status"]).output == "no index yet; the store is at change 1\n"
    assert runner.invoke(app, ["rebuild"]).output == "1 vacancies indexed\n"
    good = runner.invoke(app, ["status"])
    assert good.exit_code == 0
    assert good.output.startswith("1 vacancies, change 1 of 20")
    made.publish(2, doc(2))
    behind = runner.invoke(app, ["status"])
    assert behind.exit_code == 1
    assert behind.output.endswith("; the store is at change 2\n")


def test_while_an_indexer_runs_the_command_leaves_it_word(installed: Path, made: Maker) -> None:
    held = lock(installed)
    assert held
    result = CliRunner().invoke(app, ["rebuild"])
    assert result.exit_code == 0
    assert "An indexer is running" in result.stderr
    assert os.listdir(installed)  # noqa: PTH208 - the request and the lock
    assert Reader(installed).current() is None
    indexer = Indexer(made.store, installed)
    made.publish(1, doc(1))
    indexer.step(NOW)
    assert not (installed / "rebuild-asked").exists()
    indexer.close()
    held.close()


def test_both_kinds_of_store_give_the_same_generation(store: Store, tmp_path: Path) -> None:
    made = Maker(store)
    made.publish(1, doc(1, title="Cook", closes_at=london(NOW + SECOND)))
    generation = made.indexed(tmp_path)
    results = found(generation, "cook")
    with store.reading() as session:
        assert [each.doc["title"] for each in documents(session, results.keys, EVERYONE)] == ["Cook"]
        assert documents(session, results.keys, Visible(PUBLIC, NOW + 2 * SECOND)) == ()


def test_following_the_changes_gives_what_a_rebuild_gives(made: Maker, tmp_path: Path) -> None:
    rnd, searches = (
        random.Random(7),
        [Criteria(), Criteria(q="officer", per_page=100), Criteria(location="Mansfield", kind=("job",))],
    )
    indexer, reader = Indexer(made.store, tmp_path / "followed"), Reader(tmp_path / "followed")
    for _ in range(5):
        keys = rnd.sample(range(1, 41), 15)
        made.publish_all((key, random_doc(key, rnd), {"live": rnd.random() < 0.8}, {}) for key in keys)
        indexer.step(NOW)
        rebuilt = Indexer(made.store, tmp_path / "rebuilt")
        rebuilt.rebuild(NOW)
        rebuilt.close()
        both = current(reader), current(Reader(tmp_path / "rebuilt"))
        for criteria in searches:
            one, other = (search(generation, criteria, EVERYONE) for generation in both)
            assert (one.total, one.facets, set(one.keys)) == (other.total, other.facets, set(other.keys))
            assert one.keys == other.keys or criteria.q, "only relevance leans on what was deleted lately"
    indexer.close()
