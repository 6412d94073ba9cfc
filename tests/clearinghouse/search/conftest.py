"""Publications made up at random, and the index over them."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from made_up import Maker

from clearinghouse.db import Store


@pytest.fixture
def made(sqlite_store: Store) -> Maker:
    """A maker of publications in a store where one kind of database is enough."""
    return Maker(sqlite_store)


@pytest.fixture(scope="module")
def made_once(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Maker]:
    """A maker whose publications a whole module reads and none of its tests changes."""
    path = tmp_path_factory.mktemp("made") / "store.sqlite3"
    shutil.copy(sqlite_template, path)
    store = Store(f"sqlite:///{path}")
    yield Maker(store)
    store.close()


@pytest.fixture(scope="module")
def index_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a module has the index of what it made once."""
    return tmp_path_factory.mktemp("index")
