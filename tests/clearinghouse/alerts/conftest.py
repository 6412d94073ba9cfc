"""A board of vacancies, with people who follow it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent / "search"))

from board import Board

from clearinghouse.db import Store


@pytest.fixture
def board(sqlite_store: Store) -> Board:
    """A board where one kind of database is enough."""
    return Board(sqlite_store)


@pytest.fixture
def either_board(store: Store) -> Board:
    """A board on each kind of database."""
    return Board(store)
