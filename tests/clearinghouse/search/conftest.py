"""Publications made up at random, and the index over them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from made_up import Maker  # noqa: E402 - beside this file, which importlib mode doesn't put on the path

from clearinghouse.db import Store  # noqa: E402


@pytest.fixture
def made(sqlite_store: Store) -> Maker:
    """A maker of publications in a store where one kind of database is enough."""
    return Maker(sqlite_store)
