"""From an official file to the store: read and checked to its end first, then written in short transactions.

So a bad file changes nothing. While a good one is written, a row is either the old edition's or the new one's, and the
file's own row has no digest: an interrupted load shows by that, and loading again completes it.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa

from clearinghouse.db import Store
from clearinghouse.dialect import upsert
from clearinghouse.reference import opening
from clearinghouse.reference.kinds import Kind, Row, kinds, located
from clearinghouse.reference.models import Deprivation, ReferenceFile
from clearinghouse.reference.opening import BadReferenceError, Part

BATCH = 500
WHOLE = 1_000  # rows: an official edition of so many never loses half of them in the next
PAUSE = 0.1  # seconds between two transactions: others write too

Key = tuple[Any, ...]
T = TypeVar("T")


@dataclass(frozen=True)
class Read:
    """A file read to its end. `counted` are its rows, `rows` those that we keep, by their keys."""

    kind: Kind
    name: str
    counted: int
    rows: dict[Key, Row]


@dataclass(frozen=True)
class Loaded:
    """What a load did. `fresh` is False when this very file had been loaded before."""

    title: str
    things: str
    edition: str | None
    counted: int
    kept: int
    fresh: bool


def load(
    store: Store,
    path: Path,
    keep: frozenset[str],
    now: dt.datetime,
    rest: Callable[[float], None] = time.sleep,
    *,
    fewer: bool = False,
) -> Loaded:
    """Bring the file into the store. Raises BadReferenceError, with nothing changed, for one that can't be used.

    That is also one with less than half of the rows that are loaded, unless `fewer`: a table that was cut short at the
    end of a line shows by nothing else. `keep` are the districts whose postcodes are kept; `rest` waits between two
    transactions.
    """
    kind, part, names = _recognised(path, keep)
    digest = opening.digest(path, keep)
    with store.reading() as session:
        known = session.get(ReferenceFile, kind.name)
    if known and known.digest == digest:
        return Loaded(kind.title, kind.things, known.edition, known.rows, known.kept, fresh=False)
    read = _read(kind, part, names)
    if known and not fewer and known.kept >= WHOLE and len(read.rows) * 2 < known.kept:
        counted = f"{len(read.rows):,} {kind.things} of ours, and {known.kept:,} are loaded"
        raise BadReferenceError(f"{part.name} has only {counted}: it may be cut short. If it is right, say --fewer")
    _write(store, read, rest)
    sign(store, ReferenceFile(
        kind=kind.name, name=part.name, edition=kind.edition, digest=digest, rows=read.counted, kept=len(read.rows),
        loaded_at=now,
    ))  # fmt: skip
    return Loaded(kind.title, kind.things, kind.edition, read.counted, len(read.rows), fresh=True)


def _recognised(path: Path, keep: frozenset[str]) -> tuple[Kind, Part, dict[str, int | str]]:
    """Which kind of file it is, and the place of each column: an index in a table, a name in JSON."""
    for part in opening.parts(path):
        header = opening.header(part)
        for kind in kinds(keep) if header else ():
            columns = located(kind, header or ())
            if columns:
                whole = list(header or ())
                with part.opened() as file:
                    listed = opening.is_json(file.read(64).decode("utf-8-sig", "replace"))
                return kind, part, {ours: name if listed else whole.index(name) for ours, name in columns.items()}
    raise BadReferenceError(
        f"{path.name} is no file that we know: its first line must be that of the ONS Postcode Directory, of File 7 of "
        "the Index of Multiple Deprivation, or of the list of apprenticeship standards"
    )


def _read(kind: Kind, part: Part, names: dict[str, int | str]) -> Read:
    """The whole file, each row checked. Raises BadReferenceError for the first bad one, and where none is ours."""
    key = [column.name for column in sa.inspect(kind.model).primary_key]
    kept: dict[Key, Row] = {}
    counted = 0
    with closing(opening.rows(part)) as rows:
        for where, values in rows:
            counted += 1
            said = (
                {ours: values[place].strip() for ours, place in names.items()}  # type: ignore[index]  # a list by indices
                if isinstance(values, list)
                else {ours: values.get(str(name), "") for ours, name in names.items()}
            )
            row = kind.row(said, where)
            if row is not None:
                kept[tuple(row[name] for name in key)] = row
    if not kept:
        raise BadReferenceError(f"{part.name} has {counted:,} rows, and none of them is of our region")
    return Read(kind, part.name, counted, kept)


def _write(store: Store, read: Read, rest: Callable[[float], None]) -> None:
    """Put the rows in place of those that are there, those that the file lacks taken away."""
    model = read.kind.model
    columns = sa.inspect(model).primary_key
    mine = sa.select(*columns)
    if model is Deprivation:  # two editions share the table
        mine = mine.where(Deprivation.edition == read.kind.name)
    with store.reading() as session:
        gone = [tuple(row) for row in session.execute(mine) if tuple(row) not in read.rows]
    with store.writing() as session:
        session.execute(sa.update(ReferenceFile).where(ReferenceFile.kind == read.kind.name).values(digest=""))
    for batch in _batches(list(read.rows.values())):
        with store.writing() as session:
            upsert(session, model, [dict(row) for row in batch])
        rest(PAUSE)
    for old in _batches(gone):
        with store.writing() as session:
            session.execute(sa.delete(model).where(sa.tuple_(*columns).in_(old)))
        rest(PAUSE)


def _batches(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def sign(store: Store, file: ReferenceFile) -> None:
    """Write down that the file is loaded, in place of the one of its kind before."""
    file.name = file.name[:200]
    with store.writing() as session:
        session.merge(file)
