"""A generation: one state of the search index, text and columns of the same moment, and the reader that swaps them.

In INDEX_DIR, `current` names the folder that serves and the last change in it. The folder holds the text indexes
`public` and `held` and the columns files, each named by its change id; the columns are in place before the commit
that they belong to, `held` is committed before `public`, and the last two columns files are kept. A reader trusts
only the markers inside the text indexes: without a complete pair it keeps the generation it has and tries again.
What replaced districts and employers stand for is in `successions.json`, which changes by itself.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import tantivy as tv

from clearinghouse.search.columns import Columns, load
from clearinghouse.search.facets import Fold, folds
from clearinghouse.search.index import SIDES, WRITTEN, marked, opened
from clearinghouse.search.successions import Successions
from clearinghouse.search.view import View
from clearinghouse.vacancies.visible import Audience, Visible

VERSION = 3  # of the schema, the columns and what their numbers mean
POINTER = "current"
SUCCESSIONS = "successions.json"
EVERY = 0.2  # seconds between two looks at the pointer
VIEWS = 8  # audiences whose view is kept; at 200,000 vacancies a view takes 3 MB

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pointer:
    """What the file `current` says: the folder that serves, its version, and the last change it holds."""

    folder: str
    version: int
    change_id: int

    @classmethod
    def read(cls, index_dir: Path) -> Pointer | None:
        """The pointer in `index_dir`; None where there is none that we can read."""
        try:
            folder, version, change_id = (index_dir / POINTER).read_text("utf-8").split()
            return cls(folder, int(version), int(change_id))
        except (OSError, ValueError):
            return None

    def write(self, index_dir: Path) -> None:
        """Put this pointer in the place of the one before, in one step."""
        draft = index_dir / f"{POINTER}.part"
        draft.write_text(f"{self.folder} {self.version} {self.change_id}\n", "utf-8")
        draft.replace(index_dir / POINTER)


def columns_path(folder: Path, change_id: int) -> Path:
    """Where the columns of that change stand."""
    return folder / f"columns-{change_id}.bin"


@dataclass(frozen=True, eq=False)
class Generation:
    """One state of the index. A request takes one and uses it to its end."""

    change_id: int
    built_at: dt.datetime
    columns: Columns
    searchers: Mapping[str, tv.Searcher]
    schema: tv.Schema
    successions: Successions = field(default_factory=Successions)
    _views: dict[Audience, View] = field(default_factory=dict)

    @cached_property
    def folds(self) -> Mapping[str, Fold]:
        """How the codes of every parameter become values."""
        return folds(self.columns)

    @cached_property
    def written(self) -> Mapping[str, int]:
        """The words of titles in the public index as they are written, each with how many have it."""
        return dict(self.searchers["public"].terms_with_prefix(WRITTEN, ""))

    def view(self, visible: Visible) -> View:
        """What that audience sees at that moment; the same object until the next opening or closing time."""
        view = self._views.get(visible.audience)
        if view is None or not view.holds(visible.at):
            view = View.of(self.columns, visible)
            if len(self._views) >= VIEWS:
                self._views.clear()
            self._views[visible.audience] = view  # one assignment: two threads at worst both compute it
        return view


class Reader:
    """The newest generation in an index folder, for one process; safe to share between its threads."""

    def __init__(self, index_dir: Path) -> None:
        self.index_dir = index_dir
        self._generation: Generation | None = None
        self._pointer: Pointer | None = None
        self._successions, self._written = Successions(), 0
        self._indexes: dict[str, tv.Index] = {}
        self._lock = threading.Lock()
        self._next_look = 0.0

    def current(self) -> Generation | None:
        """The newest complete generation; None until the first is there. Cheap, and never waits for a rebuild."""
        if time.monotonic() >= self._next_look and self._lock.acquire(blocking=self._generation is None):
            try:
                self._look()
                self._next_look = time.monotonic() + EVERY
            finally:
                self._lock.release()
        return self._generation

    def _look(self) -> None:
        self._look_for_index()
        self._look_for_successions()
        if self._generation and self._generation.successions is not self._successions:
            self._generation = replace(self._generation, successions=self._successions)

    def _look_for_successions(self) -> None:
        path = self.index_dir / SUCCESSIONS
        try:
            written = path.stat().st_mtime_ns
            if written != self._written:
                self._successions, self._written = Successions.from_text(path.read_text("utf-8")), written
        except FileNotFoundError:
            return
        except (OSError, ValueError) as error:
            log.warning("%s can't be read: %s", path, error)

    def _look_for_index(self) -> None:
        pointer = Pointer.read(self.index_dir)
        if pointer is None or pointer.version != VERSION or pointer == self._pointer:
            return
        try:
            generation = self._open(pointer)
        except (OSError, ValueError) as error:  # between two steps of the indexer: the next look will find a pair
            log.info("no complete generation in %s yet: %s", self.index_dir, error)
            return
        if generation.change_id >= pointer.change_id:
            self._pointer = pointer
        self._generation = generation

    def _open(self, pointer: Pointer) -> Generation:
        folder = self.index_dir / pointer.folder
        if self._pointer is None or self._pointer.folder != pointer.folder or not self._indexes:
            self._indexes = {side: opened(folder / side) for side in SIDES}
        for index in self._indexes.values():
            index.reload()
        searchers = {side: index.searcher() for side, index in self._indexes.items()}
        schema = self._indexes["public"].schema
        marks = {marked(searcher, schema) for searcher in searchers.values()}
        change_id = marks.pop()
        if marks or change_id is None:
            raise ValueError("its two text indexes are of different changes")
        columns, facts = load(columns_path(folder, change_id))
        return Generation(change_id, dt.datetime.fromisoformat(facts["built_at"]), columns, searchers, schema)
