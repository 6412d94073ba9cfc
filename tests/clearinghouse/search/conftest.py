"""Publications made up at random, and the index over them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from made_up import Maker

from clearinghouse.db import Store


@pytest.fixture
def made(sqlite_store: Store) -> Maker:
    """A maker of publications in a store where one kind of database is enough."""
    return Maker(sqlite_store)
