"""What SQLAlchemy compiled is kept from store to store, as one process with one store keeps it.

An engine keeps its compiled statements by itself and its dialect. With a store a test, compiling them anew took a fifth
of the time of the tests that use one.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.util import LRUCache

from clearinghouse import db

MANY = 3_000  # statements of each kind of database

_make_engine = db.make_engine
_shared: dict[str, tuple[sa.Dialect, LRUCache[Any, Any]]] = {}


def share(url: str) -> None:
    """Let all engines of this kind, from now on, have the dialect of one that has met the database at `url`."""
    engine = _make_engine(url)
    engine.connect().close()
    engine.dispose()
    _shared[engine.dialect.name] = (engine.dialect, LRUCache(MANY))
    db.make_engine = make_engine


def make_engine(url: str, *, read_only: bool = False) -> sa.Engine:
    """What `db.make_engine` makes, with what others compiled."""
    engine = _make_engine(url, read_only=read_only)
    if engine.dialect.name in _shared:
        setattr(engine.dialect, "initialize", lambda _connection: None)  # noqa: B010 - the shared one has asked
        engine.dialect, engine._compiled_cache = _shared[engine.dialect.name]
    return engine
