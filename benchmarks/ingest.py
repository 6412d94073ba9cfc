"""Rows a second through ingest: new, unchanged and 5% changed, beside raw executemany on the same machine and run.

    python -m benchmarks.ingest [ROWS] [SQLALCHEMY_URL of an empty database]

Pauses between transactions are left out: they are a courtesy to other writers, no work. The reading of an advert
(normalise) is timed by itself.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa

from clearinghouse.commands.migrate import upgrade
from clearinghouse.db import Store
from clearinghouse.ingest.harvest import Harvest
from clearinghouse.ingest.run import ingest
from clearinghouse.ingest.runs import begin_run
from clearinghouse.ingest.sources import register
from clearinghouse.normalise.draft import normalise
from clearinghouse.vacancies.models import Sighting
from clearinghouse.vacancies.posting import Posting, SourceFacts

START = dt.datetime(2026, 11, 2, 6, 0, tzinfo=dt.UTC)
FACTS = SourceFacts("bench", "Anytown Borough Council", "operator", "feed", "f1")
WORDS = "<p>You will help residents, keep good records and work with a friendly team in the town hall.</p>" * 12


def posting(number: int) -> Posting:
    """One plausible advert."""
    return Posting(
        reference=f"R{number}",
        url=f"https://jobs.anytown.example/vacancies/{number}",
        title=f"Customer Services Officer {number}",
        locations=("Town Hall, Nottingham NG1 1AA",),
        salary="£24,294 - £26,421 per annum",
        hours="37 hours per week",
        closes="2026-12-01",
        description_html=WORDS,
    )


def timed(name: str, rows: int, work: Callable[[], object]) -> float:
    """Rows a second of `work`, printed."""
    began = time.perf_counter()
    work()
    rate = rows / (time.perf_counter() - began)
    print(f"{name:42} {rate:12,.0f} rows/s", flush=True)
    return rate


def run(store: Store, postings: list[Posting], hours: int) -> None:
    """One good run of the source."""
    now = START + dt.timedelta(hours=hours)
    number = begin_run(store, FACTS.slug, now)
    if number is None:
        raise SystemExit("another run holds the source")
    harvest = Harvest(FACTS.slug, now, now, finished=True, pages=1, postings=tuple(postings))
    ingest(store, FACTS, harvest, number, now, pause=lambda _: None)


def raw(store: Store, postings: list[Posting]) -> None:
    """The same number of sighting-sized rows, inserted by the driver alone."""
    rows = [{"k": f"{each.reference}", "p": each.description_html} for each in postings]
    with store.engine.begin() as connection:
        connection.execute(sa.text("create table raw_rows (k text primary key, p text)"))
    with store.engine.begin() as connection:
        connection.execute(sa.text("insert into raw_rows (k, p) values (:k, :p)"), rows)


def main() -> None:
    """All figures, and the ratios that matter."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        url = sys.argv[2] if len(sys.argv) > 2 else f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        upgrade(url)
        store = Store(url)
        register(store, [FACTS], {}, START)
        postings = [posting(number) for number in range(count)]
        changed = [replace(each, salary="£30,000") if n % 20 == 0 else each for n, each in enumerate(postings)]
        floor = timed("raw executemany, one small row each", count, lambda: raw(store, postings))
        reading = timed(
            "normalise alone (first 1,000)",
            min(count, 1000),
            lambda: [normalise(each, FACTS, START) for each in postings[:1000]],
        )
        new = timed("new", count, lambda: run(store, postings, 1))
        unchanged = timed("unchanged", count, lambda: run(store, postings, 2))
        timed("5% changed", count, lambda: run(store, changed, 3))
        with store.reading() as session:
            if session.scalar(sa.select(sa.func.count()).select_from(Sighting)) != count:
                raise SystemExit("not every advert is in the store")
        without = 1 / (1 / new - 1 / reading) if new < reading else float("inf")
        print(f"raw / new without reading: {floor / without:.1f}; raw / unchanged: {floor / unchanged:.2f}")
        store.close()


if __name__ == "__main__":
    main()
