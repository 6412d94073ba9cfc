"""A small generation in memory, of some vacancies alone: the search's own text and columns, so it means the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from clearinghouse.search.columns import Codes, from_rows, joined
from clearinghouse.search.generation import Generation
from clearinghouse.search.index import SIDES, Writer
from clearinghouse.search.rows import Row
from clearinghouse.search.successions import Successions


def aside(rows: Iterable[Row], successions: Successions, change_id: int, now: dt.datetime) -> Generation:
    """A generation of these rows. It lasts as long as it is held, and nothing of it is on the disk."""
    codes = Codes()
    coded = [(each, codes.of(each)) for each in rows]
    writers = {side: Writer() for side in SIDES}
    for each, numbers in coded:
        writers["public" if each.open_to_all else "held"].add(each, numbers)
    for writer in writers.values():
        writer.commit(change_id)
    searchers = {side: writer.searcher() for side, writer in writers.items()}
    for writer in writers.values():
        writer.close()
    columns = joined([from_rows(coded)], codes)
    return Generation(change_id, now, columns, searchers, writers["public"].schema, successions)
