# ruff: noqa: S608 - the statements are made of our own names and numbers
"""The same search by PostgreSQL alone: tsvector, GROUPING SETS, and the page in the same statement.

It is given what helps it: the columns' codes as small integers, each order as one number, a box around the circle
first, every index that it uses, no JIT, and ranking by title and employer only (over the whole text it takes eight
times as long).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import psycopg

from clearinghouse.search.columns import DESCENDING, Columns
from clearinghouse.search.filters import OneOf
from clearinghouse.search.near import EARTH, box
from clearinghouse.search.query import Query
from clearinghouse.search.rows import SORTED, Row

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from postgres import Cluster

HEAD = "setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', employer), 'B')"
MATCHED = "plainto_tsquery('english', %(words)s)"


class Postgres:
    """A throw-away server with the vacancies of a benchmark."""

    def __init__(self, facets: list[str]) -> None:
        self.facets = facets
        self._cluster = Cluster()
        self._name = self._cluster.make_database()
        self._link = psycopg.connect(self._cluster.url(self._name), autocommit=True)
        codes = ", ".join(f"f_{name} int" for name in facets)
        orders = ", ".join(f"by_{name} bigint" for name in SORTED)
        self._run("create table words (id int, title text, employer text, description text)")
        self._run(f"create table numbers (id int, {codes}, {orders}, latitude float8, longitude float8)")

    def _run(self, statement: str) -> None:
        self._link.execute(statement.encode())

    def load(self, rows: Iterable[Row]) -> None:
        """Copy the words in; `finish` adds the rest."""
        with self._link.cursor() as cursor, cursor.copy("copy words from stdin") as copy:
            for row in rows:
                copy.write_row((row.key, row.title, row.employer, row.description))

    def finish(self, columns: Columns) -> None:
        """Copy the columns in, make the text vectors and the indexes."""
        arrays = columns.arrays
        ranks = [(arrays[f"by_{name}"] ^ np.uint64(1 << 63)).view(np.int64).tolist() for name in SORTED]
        codes = [arrays[f"facet_{name}"].tolist() for name in self.facets]
        place = {int(key): n for n, key in enumerate(arrays["place_key"])}
        where = list(zip(arrays["place_latitude"].tolist(), arrays["place_longitude"].tolist(), strict=True))
        with self._link.cursor() as cursor, cursor.copy("copy numbers from stdin") as copy:
            for values in zip(arrays["key"].tolist(), *codes, *ranks, strict=True):
                copy.write_row((*values, *where[place[values[0]]]))
        self._run("set maintenance_work_mem = '256MB'")
        self._run(
            f"create table vacancy as select n.*, {HEAD} as head,"
            f" {HEAD} || setweight(to_tsvector('english', description), 'D') as tsv"
            " from numbers n join words w on w.id = n.id"
        )
        for what in (
            "using gin (tsv)",
            *(f"(f_{name})" for name in self.facets),
            "(by_newest)",
            "(latitude, longitude)",
        ):
            self._run(f"create index on vacancy {what}")
        for statement in ("analyze vacancy", "set work_mem = '256MB'", "set jit = off"):
            self._run(statement)

    def search(self, q: str, query: Query) -> tuple[int, int]:
        """Carry it out: total, facets and page; the total and how many rows came back."""
        statement, values = self._statement(q, query)
        rows = self._link.execute(statement.encode(), values).fetchall()
        whole = (1 << len(self.facets)) - 1
        return sum(row[3] for row in rows if row[0] == 1 and row[1] == whole), len(rows)

    def _statement(self, q: str, query: Query) -> tuple[str, dict[str, Any]]:
        chosen = [each for each in query.filters if isinstance(each, OneOf)]
        passed = {each.name: f"f_{each.name} in ({', '.join(map(str, each.codes)) or '-1'})" for each in chosen}
        bits = {each.name: 1 << number for number, each in enumerate(chosen)}
        failed = " | ".join(f"case when {test} then 0 else {bits[name]} end" for name, test in passed.items()) or "0"
        where, distance = self._where(query)
        if len(passed) > 1:  # what fails two filters counts nowhere
            where.append(f"{' + '.join(f'({test})::int' for test in passed.values())} >= {len(passed) - 1}")
        facets = [f"f_{name}" for name in self.facets]
        counts = "".join(f", count(*) filter (where failed in (0, {bit}))" for bit in bits.values())
        score = f"ts_rank(head, {MATCHED})" if query.order == "relevance" else "0"
        order = {"relevance": "score desc, id desc", "distance": "distance, id"}.get(
            query.order, f"by_{query.order} {'desc' if query.order in DESCENDING else 'asc'}"
        )
        blank = ", null" * len(bits)
        statement = f"""
            with m as materialized (
                select id, {", ".join(facets)}, by_newest, by_closing, by_salary, {score} as score,
                    {distance} as distance, {failed} as failed
                from vacancy where {" and ".join(where) or "true"}
            ), page as (
                select id from m where failed = 0 order by {order} limit {query.size} offset {query.first}
            )
            select 1, grouping({", ".join(facets)}),
                coalesce({", ".join(f"case when grouping({f}) = 0 then {f} end" for f in facets)}),
                count(*) filter (where failed = 0){counts}
            from m group by grouping sets ((), {", ".join(f"({f})" for f in facets)})
            union all select 0, id, null, null{blank} from page"""
        return statement, {"words": q}

    @staticmethod
    def _where(query: Query) -> tuple[list[str], str]:
        where = [f"tsv @@ {MATCHED}"] if query.asked else []
        if query.circle is None:
            return where, "0"
        circle = query.circle
        (south, north), (west, east) = box(circle)
        up = f"pow(sin(radians(latitude - {circle.latitude}) / 2), 2)"
        across = f"pow(sin(radians(longitude - ({circle.longitude})) / 2), 2)"
        cosines = f"cos(radians({circle.latitude})) * cos(radians(latitude))"
        distance = f"{2 * EARTH} * asin(sqrt({up} + {cosines} * {across}))"
        where += [f"latitude between {south} and {north}", f"longitude between {west} and {east}"]
        return [*where, f"{distance} <= {circle.radius}"], distance

    def close(self) -> None:
        """End the server."""
        self._link.close()
        self._cluster.stop()
