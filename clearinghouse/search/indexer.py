"""The one writer of an index folder: follows the change sequence, and rebuilds beside what serves.

Only the holder of the folder's lock file makes one of these (`lock`).
"""

from __future__ import annotations

import datetime as dt
import fcntl
import logging
import secrets
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

import numpy as np
import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.accounts.successions import heirs
from clearinghouse.db import Store
from clearinghouse.publish.models import Change, Publication
from clearinghouse.publish.turning import loaded
from clearinghouse.search.columns import Array, Codes, Columns, from_rows, joined, load, save
from clearinghouse.search.generation import SUCCESSIONS, VERSION, Pointer, columns_path
from clearinghouse.search.index import SIDES, Writer
from clearinghouse.search.rows import Row, row
from clearinghouse.search.successions import Successions
from clearinghouse.vacancies.models import Opening

LOCK = "indexer.lock"
REBUILD = "rebuild-asked"
BATCH = 500
KEPT = 2  # columns files

log = logging.getLogger(__name__)


def lock(index_dir: Path) -> IO[str] | None:
    """The lock that makes this process the indexer of `index_dir`, as long as it stays open; None: another has it."""
    index_dir.mkdir(parents=True, exist_ok=True)
    file = (index_dir / LOCK).open("a")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return None
    return file


def ask_for_rebuild(index_dir: Path) -> None:
    """Leave word for the indexer, running or started later, to rebuild."""
    index_dir.mkdir(parents=True, exist_ok=True)
    (index_dir / REBUILD).touch()


class Indexer:
    """Keeps the generation in `index_dir` level with the store."""

    def __init__(self, store: Store, index_dir: Path) -> None:
        self._store = store
        self._dir = index_dir
        self._writers: Mapping[str, Writer] = {}
        self._pointer = Pointer.read(index_dir)
        self._columns: Columns | None = None
        self._successions = ""
        self.took = 0.0  # seconds of the last commit

    def step(self, now: dt.datetime) -> int:
        """Take in what has changed, or rebuild where there is nothing to build on. Returns the vacancies written."""
        asked = self._dir / REBUILD
        if asked.exists() or not self._ready():
            asked.unlink(missing_ok=True)
            return self.rebuild(now)
        started = time.monotonic()
        written = self._follow(now)
        self.took = time.monotonic() - started if written else self.took
        return written

    def close(self) -> None:
        """Give the text indexes free."""
        for writer in self._writers.values():
            writer.close()
        self._writers = {}

    def _ready(self) -> bool:
        if self._pointer is None or self._pointer.version != VERSION:
            return False
        if self._columns is None:
            folder = self._dir / self._pointer.folder
            try:
                self._columns, _ = load(columns_path(folder, self._pointer.change_id))
                self._writers = {side: Writer(folder / side) for side in SIDES}
            except (OSError, ValueError) as error:
                log.warning("the index in %s can't be used: %s", folder, error)
                self._columns = None
        return self._columns is not None

    def rebuild(self, now: dt.datetime) -> int:
        """Build a generation from nothing in a fresh folder; what serves goes on serving. Returns its vacancies."""
        self.close()
        folder = self._dir / f"index-{secrets.token_hex(4)}"
        folder.mkdir(parents=True)
        self._writers = {side: Writer(folder / side) for side in SIDES}
        codes, parts = Codes(), [from_rows([])]
        with self._store.reading() as session:
            last = _last_change(session)
            self._keep_successions(session)
            parts += [self._write(rows, codes) for rows in _every(session, now)]
        written = sum(len(part["key"]) for part in parts)
        self._finish(folder, joined(parts, codes), last, now)
        self._sweep(folder)
        log.info("rebuilt the index: %d vacancies", written)
        return written

    def _follow(self, now: dt.datetime) -> int:
        assert self._pointer is not None  # noqa: S101  _ready() said so
        assert self._columns is not None  # noqa: S101
        with self._store.reading() as session:
            last = _last_change(session)
            self._keep_successions(session)
            if last == self._pointer.change_id:
                return 0
            if last < self._pointer.change_id:  # the store was restored from a backup
                return self.rebuild(now)
            keys = _changed(session, self._pointer.change_id, last)
            rows = list(_some(session, keys, now))
        codes = Codes(self._columns.sets, self._columns.employers)
        for writer in self._writers.values():
            writer.remove(keys)
        fresh = self._write(rows, codes)
        kept = self._columns.without(np.array(keys, dtype=np.int64))
        self._finish(self._dir / self._pointer.folder, joined([kept.arrays, fresh], codes), last, now)
        return len(keys)

    def _write(self, rows: Iterable[Row], codes: Codes) -> dict[str, Array]:
        coded = [(each, codes.of(each)) for each in rows]
        for each, numbers in coded:
            self._writers["public" if each.open_to_all else "held"].add(each, numbers)
        return from_rows(coded)

    def _finish(self, folder: Path, columns: Columns, change_id: int, now: dt.datetime) -> None:
        save(columns, columns_path(folder, change_id), {"built_at": now.isoformat()})
        for side in reversed(SIDES):
            self._writers[side].commit(change_id)
        self._pointer = Pointer(folder.name, VERSION, change_id)
        self._pointer.write(self._dir)
        self._columns, _ = load(columns_path(folder, change_id))
        for old in sorted(folder.glob("columns-*.bin"), key=_number)[:-KEPT]:
            old.unlink()

    def _keep_successions(self, session: Session) -> None:
        """Write what replaced districts and employers stand for, where it isn't what this indexer wrote last."""
        text = Successions(loaded(session), heirs(session)).as_text()
        if text != self._successions:
            draft = self._dir / f"{SUCCESSIONS}.part"
            draft.write_text(text, "utf-8")
            draft.replace(self._dir / SUCCESSIONS)
            self._successions = text

    def _sweep(self, folder: Path) -> None:
        """Remove the folders that no reader opens any more: all but this one and the one replaced just now."""
        others = [path for path in self._dir.glob("index-*") if path != folder]
        for path in sorted(others, key=lambda p: p.stat().st_mtime)[:-1]:
            shutil.rmtree(path, ignore_errors=True)


def _number(path: Path) -> int:
    return int(path.stem.removeprefix("columns-"))


def _last_change(session: Session) -> int:
    return session.scalar(sa.select(sa.func.max(Change.id))) or 0


def _changed(session: Session, after: int, last: int) -> Sequence[int]:
    between = sa.select(Change.vacancy_id).distinct().where(Change.id > after, Change.id <= last)
    return session.scalars(between).all()


def _every(session: Session, now: dt.datetime) -> Iterator[list[Row]]:
    """All rows worth indexing, some at a time."""
    after = 0
    while True:
        page = sa.select(Publication).where(Publication.vacancy_id > after).order_by(Publication.vacancy_id)
        found = session.scalars(page.limit(BATCH)).all()
        if not found:
            return
        after = found[-1].vacancy_id
        yield _rows(session, found, now)
        session.expunge_all()


def _some(session: Session, keys: Sequence[int], now: dt.datetime) -> Iterator[Row]:
    for start in range(0, len(keys), BATCH):
        wanted = keys[start : start + BATCH]
        found = session.scalars(sa.select(Publication).where(Publication.vacancy_id.in_(wanted))).all()
        yield from _rows(session, found, now)
        session.expunge_all()


def _rows(session: Session, found: Sequence[Publication], now: dt.datetime) -> list[Row]:
    """Those that someone may see now or later: live, and not closed."""
    open_ = [each for each in found if each.live and (each.closes_at is None or each.closes_at >= now)]
    own: dict[int, dict[int, dt.datetime]] = {}
    theirs = sa.select(Opening).where(
        Opening.vacancy_id.in_([each.vacancy_id for each in open_]),
        Opening.organisation_id != 0,
        Opening.audience == "at_risk",
    )
    for opening in session.scalars(theirs):
        own.setdefault(opening.vacancy_id, {})[opening.organisation_id] = opening.opens
    return [row(each, own.get(each.vacancy_id, {}), now) for each in open_]
