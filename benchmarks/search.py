"""How quick a search is at a number of live vacancies, and against what: `python -m benchmarks.search [SIZES]`.

Each search is the site's own, from criteria to facets with their labels: 15 faceted parameters (10 of them with
values), an exact total, a page of 20. It is set beside the simpler form (Tantivy's matching keys, columns for the
rest), beside a floor of numpy (the filters' masks and a bincount of every facet, the rows that match words and place
given to it for nothing), and beside PostgreSQL alone.
"""

from __future__ import annotations

import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import numpy as np

from benchmarks.corpus import NOW, publications, searches
from benchmarks.postgres_search import Postgres
from clearinghouse.search import matching, results
from clearinghouse.search.asking import asked
from clearinghouse.search.by_text import hits
from clearinghouse.search.columns import Codes, Columns, Ints, from_rows, joined, save
from clearinghouse.search.criteria import Criteria
from clearinghouse.search.filters import OneOf, filters
from clearinghouse.search.generation import VERSION, Generation, Pointer, Reader, columns_path
from clearinghouse.search.index import SIDES, Writer
from clearinghouse.search.near import Circle, miles_from
from clearinghouse.search.query import Query
from clearinghouse.search.rows import Row, row
from clearinghouse.vacancies.visible import PUBLIC, Visible

SIZES = (20_000,)
EVERYONE = Visible(PUBLIC, NOW)
KINDS = ((6, "filters"), (14, "words"), (18, "place"), (20, "rare words"))
BATCH = 2000
MANY = 500_000  # vacancies from which PostgreSQL is timed once
CHOSEN, SIMPLER = "chosen: Tantivy and numpy", "simpler: keys into numpy"
FLOOR, POSTGRES = "floor: masks and bincounts", "PostgreSQL GROUPING SETS"


@dataclass(frozen=True)
class Case:
    """One search, made ready for those that don't read criteria."""

    criteria: Criteria
    query: Query
    rows: Ints | None


@dataclass(frozen=True)
class Engine:
    """One way to carry out a search, and how often it is timed."""

    work: Callable[[Case], object]
    rounds: int = 5


def build(count: int, folder: Path, postgres: Postgres) -> None:
    """The index of `count` vacancies in `folder`, and the same in PostgreSQL."""
    writers = {side: Writer(folder / "index" / side) for side in SIDES}
    codes, parts, batch = Codes(), [from_rows([])], list[Row]()

    def flush() -> None:
        coded = [(each, codes.of(each)) for each in batch]
        for each, numbers in coded:
            writers["public"].add(each, numbers)
        parts.append(from_rows(coded))
        postgres.load(batch)
        batch.clear()

    for publication in publications(count):
        batch.append(row(publication, {}, NOW))
        if len(batch) == BATCH:
            flush()
    flush()
    columns = joined(parts, codes)
    postgres.finish(columns)
    save(columns, columns_path(folder / "index", 1), {"built_at": NOW.isoformat()})
    for side in reversed(SIDES):
        writers[side].commit(1)
        writers[side].close()
    Pointer("index", VERSION, 1).write(folder)


def case(generation: Generation, criteria: Criteria) -> Case:
    """The search resolved, with the rows that match its words and its place."""
    found, view = results.search(generation, criteria, EVERYONE), generation.view(EVERYONE)
    place = found.place
    circle = Circle(place.latitude or 0, place.longitude or 0, float(criteria.radius)) if place else None
    wanted = asked(criteria.q)
    order = criteria.order
    query = Query(
        wanted, filters(criteria, generation.columns, NOW), circle, False, order,
        (criteria.page - 1) * criteria.per_page, criteria.per_page,
    )  # fmt: skip
    rows = hits(generation, view, query).rows if wanted else None
    if circle:
        near = np.isfinite(miles_from(generation.columns, circle))
        rows = np.flatnonzero(near) if rows is None else rows[near[rows]]
    return Case(criteria, query, rows)


def floor(columns: Columns, names: Sequence[str], each: Case) -> int:
    """The least that any column store has to do: a mask for each filter, and a bincount for each facet."""
    rows = each.rows
    arrays = {name: columns.arrays[f"facet_{name}"] for name in names}
    taken = arrays if rows is None else {name: array[rows] for name, array in arrays.items()}
    masks = {}
    for chosen in each.query.filters:
        assert isinstance(chosen, OneOf)  # noqa: S101  these searches have no other filter
        table = np.zeros(chosen.count, dtype=bool)
        table[list(chosen.codes)] = True
        masks[chosen.name] = table[taken[chosen.name]]
    passed = np.flatnonzero(np.logical_and.reduce(list(masks.values()))) if masks else None
    total = 0
    for name in names:
        others = [mask for other, mask in masks.items() if other != name]
        if name not in masks:
            codes = taken[name] if passed is None else taken[name][passed]
        else:
            codes = taken[name][np.flatnonzero(np.logical_and.reduce(others))] if others else taken[name]
        total = max(total, int(np.bincount(codes, minlength=len(columns.sets[name])).sum()))
    return total


def timed(engines: Mapping[str, Engine], cases: Sequence[Case], rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each case by engine: the best of its rounds.

    The engines take turns, so that a busy machine disturbs them alike.
    """
    found = {name: [float("inf")] * len(cases) for name in engines}
    for turn in range(rounds):
        for number, each in enumerate(cases):
            for name, engine in engines.items():
                if turn < engine.rounds:
                    started = time.perf_counter()
                    engine.work(each)
                    found[name][number] = min(found[name][number], (time.perf_counter() - started) * 1000)
    return found


def line(name: str, taken: Sequence[float]) -> str:
    """The figures of one engine."""
    ordered = sorted(taken)
    p50, p95 = (ordered[int(len(ordered) * part)] for part in (0.5, 0.95))
    by_kind = ", ".join(
        f"{kind} {statistics.mean(t for n, t in enumerate(taken) if start <= n % 20 < end):.2f}"
        for start, (end, kind) in zip((0, 6, 14, 18), KINDS, strict=True)
    )
    mean = statistics.mean(taken)
    return f"{name:28} p50 {p50:8.2f}  p95 {p95:8.2f}  max {ordered[-1]:8.2f}  mean {mean:8.2f} ms  ({by_kind})"


def measure(count: int) -> None:
    """Build, check and measure one size."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        faceted = [
            "employer",
            "district",
            "kind",
            "contract",
            "pattern",
            "level",
            "occupation",
            "dbs",
            "remote",
            "flag",
        ]
        postgres = Postgres(faceted)
        build(count, Path(name), postgres)
        print(f"{count:,} live vacancies, built in {time.perf_counter() - started:.0f} s (PostgreSQL included)")
        generation = Reader(Path(name)).current()
        assert generation  # noqa: S101  it was built a moment ago
        cases = [case(generation, criteria) for criteria in searches()]
        compare(generation, postgres, faceted, cases)
        postgres.close()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        size = sum(path.stat().st_size for path in Path(name).rglob("*") if path.is_file()) // 1_000_000
        print(f"index on disk {size} MB; peak memory of this process, building included, {peak} MB\n")


def compare(generation: Generation, postgres: Postgres, faceted: list[str], cases: list[Case]) -> None:
    """Every engine on the same searches."""

    def chosen(each: Case) -> int:
        return results.search(generation, each.criteria, EVERYONE).total

    def simpler(each: Case) -> int:
        with patched(matching, "FEW", 1 << 40):
            return chosen(each)

    def theirs(each: Case) -> int:
        return postgres.search(each.criteria.q, each.query)[0]

    for each in cases:  # stems differ a little between the two, filters and distances don't
        if not each.query.asked:
            assert chosen(each) == theirs(each), each.criteria  # noqa: S101
    engines = {
        CHOSEN: Engine(chosen),
        SIMPLER: Engine(simpler),
        FLOOR: Engine(lambda each: floor(generation.columns, faceted, each)),
        POSTGRES: Engine(theirs, 2 if len(generation.columns) < MANY else 1),
    }
    taken = timed(engines, cases, 5)
    for name, each in taken.items():
        print(line(name, each))
    mean = {name: statistics.mean(each) for name, each in taken.items()}
    p95 = sorted(taken[CHOSEN])[int(len(cases) * 0.95)]
    print(
        f"simpler / chosen {mean[SIMPLER] / mean[CHOSEN]:.2f};"
        f" chosen / floor {mean[CHOSEN] / mean[FLOOR]:.2f} (goal at 200,000: 3 at most);"
        f" PostgreSQL / chosen {mean[POSTGRES] / mean[CHOSEN]:.0f} (goal: 30 at least);"
        f" p95 {p95:.1f} ms (goals: 15 at 200,000, 80 at 1,000,000)"
    )


@contextmanager
def patched(module: ModuleType, name: str, value: object) -> Iterator[None]:
    """The module with another value under that name."""
    usual = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, usual)


if __name__ == "__main__":
    for size in [int(each) for each in sys.argv[1:]] or SIZES:
        measure(size)
