from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from made_up import vacancy

from clearinghouse.db import Store, utc_now
from clearinghouse.leases import Lease
from clearinghouse.publish.publisher import LEASE
from clearinghouse.search import indexer
from clearinghouse.search.criteria import Criteria
from clearinghouse.search.generation import Reader
from clearinghouse.search.keeper import keep
from clearinghouse.search.results import search
from clearinghouse.vacancies.models import Opening, Sighting, SourceRow, Touched, Vacancy
from clearinghouse.vacancies.visible import PUBLIC, Visible
from clearinghouse.vacancies.vocabulary import Status

LONG_AGO = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def advertise(store: Store, key: int, title: str) -> None:
    """What a crawl writes: a vacancy, its sighting, its opening, and word for the publisher."""
    with store.writing() as session:
        if session.get(SourceRow, "ours") is None:
            session.add(SourceRow(slug="ours", facts={"adapter": "feed"}, public=True))
        blank = {"title": title, "places": [], "pattern": [], "flags": [], "level": {}, "kind": "job"}
        row = vacancy(key, {"id": f"id{key}", "title": title})
        row.draft = blank
        session.merge(row)
        session.flush()
        session.merge(
            Sighting(
                id=key, vacancy_id=key, source="ours", key=str(key), url="https://a.example/1", posting={},
                digest="", reading="", first_seen=LONG_AGO, last_seen=LONG_AGO, run=1, status=Status.OPEN,
            )
        )  # fmt: skip
        session.merge(Opening(vacancy_id=key, audience="public", organisation_id=0, opens=LONG_AGO))
        session.add(Touched(vacancy_id=key))


def total(reader: Reader, q: str) -> int:
    generation = reader.current()
    return search(generation, Criteria(q=q), Visible(PUBLIC, utc_now())).total if generation else -1


def within(seconds: float, met: Callable[[], bool]) -> float:
    """How long it took until `met`; fails after `seconds`."""
    started = time.monotonic()
    while not met():
        assert time.monotonic() - started < seconds, "it took too long"
        time.sleep(0.02)
    return time.monotonic() - started


@contextmanager
def keeping(store: Store, index_dir: Path) -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=keep, args=(store, index_dir, stop))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def test_a_committed_change_is_searchable_in_every_reader_within_three_seconds(store: Store, tmp_path: Path) -> None:
    readers = [Reader(tmp_path / name) for name in ("one", "two", "two")]
    with keeping(store, tmp_path / "one"), keeping(store, tmp_path / "two"):
        within(10, lambda: all(reader.current() for reader in readers))
        advertise(store, 1, "Lighthouse keeper")
        within(3, lambda: [total(reader, "lighthouse") for reader in readers] == [1, 1, 1])
        advertise(store, 1, "Harbour master")
        within(3, lambda: [total(reader, "lighthouse") for reader in readers] == [0, 0, 0])
        with store.writing() as session:
            session.execute(sa.update(Vacancy).values(status=Status.WITHDRAWN))
            session.add(Touched(vacancy_id=1))
        within(3, lambda: [total(reader, "harbour") for reader in readers] == [0, 0, 0])


def test_one_of_two_keepers_publishes_and_the_other_takes_over(
    sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clearinghouse.search.keeper.STAND", 0.1)

    def holder() -> str | None:
        with sqlite_store.reading() as session:
            return session.scalar(sa.select(Lease.holder).where(Lease.until > utc_now()))

    with keeping(sqlite_store, tmp_path):
        within(5, lambda: holder() is not None)
        first = holder()
        second = keeping(sqlite_store, tmp_path)
        second.__enter__()
    within(10, lambda: holder() not in (None, first))
    reader = Reader(tmp_path)
    advertise(sqlite_store, 7, "Lamplighter")
    within(10, lambda: total(reader, "lamplighter") == 1)
    second.__exit__(None, None, None)


def start_keeper(url: str, index_dir: Path) -> subprocess.Popen[bytes]:
    env = os.environ | {"CLEARINGHOUSE_DATABASE_URL": url, "CLEARINGHOUSE_INDEX_DIR": str(index_dir)}
    return subprocess.Popen([sys.executable, "-m", "clearinghouse.search.keeper"], env=env)


@pytest.mark.slow
def test_a_killed_keeper_leaves_a_generation_and_the_next_one_goes_on(
    sqlite_url: str, sqlite_store: Store, tmp_path: Path
) -> None:
    reader = Reader(tmp_path / "index")
    advertise(sqlite_store, 1, "Lamplighter")
    child = start_keeper(sqlite_url, tmp_path / "index")
    within(60, lambda: total(reader, "lamplighter") == 1)
    child.kill()
    child.wait()
    assert total(reader, "lamplighter") == 1
    with sqlite_store.writing() as session:  # as if it had been killed eight seconds ago: its lease has run out
        assert session.scalar(sa.update(Lease).values(until=utc_now()).returning(Lease.name)) == LEASE
    advertise(sqlite_store, 2, "Second lamplighter")
    child = start_keeper(sqlite_url, tmp_path / "index")
    within(60, lambda: total(reader, "lamplighter") == 2)
    child.send_signal(signal.SIGTERM)
    assert child.wait(20) == 0


def test_a_rebuild_that_is_asked_for_serves_the_old_generation_meanwhile(
    sqlite_store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reader = Reader(tmp_path)
    with keeping(sqlite_store, tmp_path):
        advertise(sqlite_store, 1, "Lamplighter")
        within(5, lambda: total(reader, "lamplighter") == 1)
        assert indexer.lock(tmp_path) is None
        before = {path.name for path in tmp_path.glob("index-*")}
        indexer.ask_for_rebuild(tmp_path)
        while {path.name for path in tmp_path.glob("index-*")} == before:
            assert total(reader, "lamplighter") == 1
            time.sleep(0.01)
        advertise(sqlite_store, 2, "Lamplighter")
        within(5, lambda: total(reader, "lamplighter") == 2)
