"""The site at a size: whole pages over HTTP from one worker, what follows a commit, a rebuild beside it, its memory.

    python -m benchmarks.site [SIZES]

A store and an index of that many open vacancies on disk, the keeper in a process of its own as in service, and one web
worker that one visitor asks. Searches are those of `benchmarks.search`, and as many of each kind that costs a page
more than the search itself: words that name filters, misspelt words, hardly anything found. Milliseconds; each search
counts with the best of its rounds, and beside it stands the worker's processor time, which a busy machine alters less.
"""

from __future__ import annotations

import datetime as dt
import gzip
import multiprocessing
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from benchmarks.corpus import FIELDS, NOW, ROLES, TOWNS, VOCABULARY, searches
from benchmarks.web import Visitor, fill, serve_site
from clearinghouse.commands.migrate import upgrade
from clearinghouse.db import Store
from clearinghouse.search.criteria import Criteria
from clearinghouse.search.generation import Pointer, Reader
from clearinghouse.search.indexer import ask_for_rebuild
from clearinghouse.search.keeper import keep
from clearinghouse.search.results import search
from clearinghouse.vacancies.models import Opening, Sighting, Touched, Vacancy
from clearinghouse.vacancies.visible import PUBLIC, Visible
from clearinghouse.vacancies.vocabulary import Status
from web.forms import href

SIZES = (20_000,)
ROUNDS = 3
EACH = 40  # searches of each further kind
MIXED = 1000  # requests before the worker's memory is read
COMMITS = 10
EVERYONE = Visible(PUBLIC, NOW)
TICKS = os.sysconf("SC_CLK_TCK")


def words_of_today() -> Mapping[str, list[Criteria]]:
    """Searches that cost a page more than the search itself, by kind."""
    rnd = random.Random(7)
    said = [f"{rnd.choice(FIELDS)} {rnd.choice(ROLES)}" for _ in range(EACH)]
    towns = ("Mansfield", "Worksop", "Newark", "Nottingham")
    rare = VOCABULARY[15_000:]
    return {
        "words naming filters": [Criteria(q=f"part time {each} {rnd.choice(towns)}") for each in said],
        "misspelt": [Criteria(q=each[:-3] + each[-2:]) for each in said],
        "synonyms": [Criteria(q=rnd.choice(("HCA", "TA", "teaching assistant", "chef", "admin"))) for _ in said],
        "hardly found": [
            Criteria(q=f"{each} {rnd.choice(rare)}", location=rnd.choice(towns), kind=("volunteer",), level=("2",))
            for each in said
        ],
        "place alone": [Criteria(location=rnd.choice(list(TOWNS))) for _ in said],
    }


def keep_index(url: str, index_dir: Path) -> None:
    """The keeper, in this process, in the corpus's own time."""
    began = time.monotonic()
    keep(Store(url), index_dir, threading.Event(), lambda: NOW + dt.timedelta(seconds=time.monotonic() - began))


@contextmanager
def keeping(url: str, index_dir: Path) -> Iterator[None]:
    """A keeper of the index at work."""
    process = multiprocessing.get_context("spawn").Process(target=keep_index, args=(url, index_dir), daemon=True)
    process.start()
    try:
        yield
    finally:
        process.terminate()
        process.join()


def until(met: Callable[[], object]) -> float:
    """Seconds until that is so."""
    began = time.perf_counter()
    while not met():
        time.sleep(0.005)
    return time.perf_counter() - began


def used(pid: int) -> float:
    """Milliseconds of processor time of that process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / TICKS


def memory(pid: int) -> Mapping[str, int]:
    """Megabytes of a process: its own, and of files that it has mapped, which the machine may take back."""
    lines = (line.split() for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return {line[0].rstrip(":"): int(line[1]) // 1024 for line in lines if line[0].startswith("Rss")}


def pages(name: str, site: Visitor, found: Sequence[Criteria]) -> None:
    """A line for that kind of search."""
    paths = [href(each) for each in found]
    best = [float("inf")] * len(paths)
    before = used(site.process.pid or 0)
    for _ in range(ROUNDS):
        for number, path in enumerate(paths):
            took, answer, _ = site.get(path)
            assert answer.status == 200, path  # noqa: S101
            best[number] = min(best[number], took)
    worked = (used(site.process.pid or 0) - before) / len(paths) / ROUNDS
    print(f"{name:24} {figures(best)}, processor {worked:.1f} a page", flush=True)


def figures(taken: Sequence[float]) -> str:
    """Median, p95 and mean."""
    ordered = sorted(taken)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    return f"p50 {ordered[len(ordered) // 2]:6.1f}  p95 {p95:6.1f}  mean {statistics.mean(ordered):6.1f} ms"


def advertise(store: Store, number: int) -> str:
    """Commit one more vacancy, as a crawl does; the one word of its title that no other has."""
    word = f"zyzzyva{'abcdefghijklmnopqrstuvwxyz'[number % 26]}{number}"
    blank = {"title": word, "places": [], "pattern": [], "flags": [], "level": {}, "kind": "job"}
    with store.writing() as session:
        row = Vacancy(
            public_id=f"n{number:09d}", organisation_id=1, title=word, draft=blank, status=Status.OPEN,
            first_seen=NOW, updated=NOW,
        )  # fmt: skip
        session.add(row)
        session.flush()
        sighting = Sighting(
            vacancy_id=row.id, source="anytown", key=word, url="https://jobs.example/1", posting={}, digest="",
            reading="", first_seen=NOW, last_seen=NOW, run=1, status=Status.OPEN,
        )  # fmt: skip
        opening = Opening(vacancy_id=row.id, audience="public", organisation_id=0, opens=NOW - dt.timedelta(days=1))
        session.add_all([sighting, opening, Touched(vacancy_id=row.id)])
    return word


def after_commits(store: Store, index_dir: Path, site: Visitor) -> None:
    """How long a committed vacancy takes to be found on a page, and what the first page of a new generation costs."""
    visible, first, reader = [], [], Reader(index_dir)
    for number in range(COMMITS):
        word = advertise(store, number)
        began = time.perf_counter()
        until(partial(there, reader, word))
        time.sleep(0.25)  # the worker looks five times a second: its next page is the first of the new generation
        visible.append((time.perf_counter() - began) * 1000)
        took, _, body = site.get(f"/vacancies?q={word}&as_typed=yes")
        assert b"1 job for" in gzip.decompress(body)  # noqa: S101
        first.append(took)
    print(f"{'found after a commit':24} {figures(visible)}  (goal: 3,000 at most)")
    print(f"{'its first page':24} {figures(first)}", flush=True)


def there(reader: Reader, word: str) -> bool:
    """Whether a search for that word finds something by now."""
    generation = reader.current()
    return generation is not None and search(generation, Criteria(q=word, as_typed=True), EVERYONE).total > 0


def rebuilt(index_dir: Path, site: Visitor) -> None:
    """A rebuild beside a worker that goes on answering."""
    before = Pointer.read(index_dir)
    ask_for_rebuild(index_dir)
    taken: list[float] = []
    began, paths = time.perf_counter(), [href(each) for each in searches()]
    while Pointer.read(index_dir) == before:
        taken.append(site.get(paths[len(taken) % len(paths)])[0])
        time.sleep(0.05)
    print(f"rebuilt in {time.perf_counter() - began:.0f} s (goal at 200,000: 600); meanwhile {figures(taken)}")


def measure(count: int) -> None:
    """Fill, serve and measure one size."""
    with tempfile.TemporaryDirectory() as folder:
        url, index_dir = f"sqlite:///{folder}/store.sqlite3", Path(folder) / "index"
        upgrade(url)
        store = Store(url)
        began = time.perf_counter()
        fill(store, count)
        print(f"{count:,} live vacancies, written in {time.perf_counter() - began:.0f} s", flush=True)
        with keeping(url, index_dir):
            print(f"indexed in {until(lambda: Pointer.read(index_dir)):.0f} s", flush=True)
            serve(url, index_dir, store)
        size = sum(path.stat().st_size for path in index_dir.rglob("*") if path.is_file())
        print(f"index on disk {size // 1_000_000} MB, the one before the rebuild included\n", flush=True)


def serve(url: str, index_dir: Path, store: Store) -> None:
    """All figures of one running site."""
    site = Visitor(serve_site, url, index_dir)
    site.get("/vacancies")
    pages("as in the engine's table", site, searches())
    for name, found in words_of_today().items():
        pages(name, site, found)
    every = [href(each) for found in (searches(), *words_of_today().values()) for each in found]
    for number in range(MIXED):
        site.get(every[number % len(every)])
    now = memory(site.process.pid or 0)
    print(
        f"worker: {now['RssAnon']} MB of its own, {now['RssFile']} MB of mapped files (goal: 350 together)", flush=True
    )
    after_commits(store, index_dir, site)
    rebuilt(index_dir, site)
    site.end()


if __name__ == "__main__":
    for size in [int(each) for each in sys.argv[1:]] or SIZES:
        measure(size)
