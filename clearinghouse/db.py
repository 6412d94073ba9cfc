"""The store: engine, declarative base, sessions, and the types that every table uses.

Two kinds of session, never mixed: `reading` can't write, `writing` takes the write lock at once. On SQLite a read
transaction that turns into a write fails with SQLITE_BUSY_SNAPSHOT whatever the time-out says, so none may.
"""

from __future__ import annotations

import datetime as dt
import enum
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import make_url
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker

from clearinghouse.errors import BadSettingError
from clearinghouse.settings import settings

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(sa.TypeDecorator[dt.datetime]):
    """An aware UTC datetime; a naive one is a bug and raises ValueError."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: sa.Dialect) -> dt.datetime | None:
        """Refuse naive times; store the rest in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r}")
        value = value.astimezone(dt.UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: dt.datetime | None, dialect: sa.Dialect) -> dt.datetime | None:
        """What the driver gives back, as aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


def by_value(kind: type[enum.Enum]) -> sa.Enum:
    """A column type that stores `kind` by its members' values, as text."""
    return sa.Enum(
        kind, values_callable=lambda members: [m.value for m in members], native_enum=False, length=40,
        create_constraint=False, validate_strings=True,
    )  # fmt: skip


class Base(DeclarativeBase):
    """What every table's class derives from."""

    metadata = sa.MetaData(naming_convention=NAMES)
    type_annotation_map = {
        dt.datetime: UtcDateTime(),
        dict[str, Any]: sa.JSON(),
        list[Any]: sa.JSON(),
    }


def make_engine(url: str, *, read_only: bool = False) -> sa.Engine:
    """An engine for `url` with the pragmas that this project relies on. Raises BadSettingError for a bad URL."""
    try:
        parsed = make_url(url)
    except sa.exc.ArgumentError as error:
        shown = url.rpartition("@")[2]  # what stands before it may be a password
        raise BadSettingError(f"CLEARINGHOUSE_DATABASE_URL {shown!r}: not a SQLAlchemy URL") from error
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed, read_only=read_only)
    if parsed.get_backend_name() != "postgresql":
        shown = parsed.render_as_string(hide_password=True)
        raise BadSettingError(f"CLEARINGHOUSE_DATABASE_URL {shown!r}: use sqlite or postgresql")
    parsed = parsed.set(drivername="postgresql+psycopg")
    options = {"options": "-c default_transaction_read_only=on"} if read_only else {}
    # hide_parameters: errors go into logs, and the values are people's addresses, hashes, digests of tokens.
    return sa.create_engine(
        parsed, pool_pre_ping=True, connect_args=options, json_serializer=_dumps, hide_parameters=True
    )


def _sqlite(url: sa.URL, *, read_only: bool) -> sa.Engine:
    if url.database and url.database != ":memory:":
        _make_parents(Path(url.database))
    engine = sa.create_engine(url, connect_args={"timeout": 10}, json_serializer=_dumps, hide_parameters=True)

    @sa.event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we begin transactions ourselves
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=10000"):
            connection.execute(f"PRAGMA {pragma}")
        if read_only:
            connection.execute("PRAGMA query_only=ON")

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine


def _make_parents(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch()
    except OSError as error:
        raise BadSettingError(f"CLEARINGHOUSE_DATABASE_URL: can't write {path}: {error.strerror}") from error


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class Store:
    """One database, with its two kinds of session."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = make_engine(url)
        self.read_engine = make_engine(url, read_only=True)
        self._writing = sessionmaker(self.engine, expire_on_commit=False)
        self._reading = sessionmaker(self.read_engine, expire_on_commit=False)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that can't write; it sees one state of the store until it ends."""
        with self._reading() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that holds the write lock from its first statement, and commits at the end or not at all."""
        with self._writing.begin() as session:
            yield session

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()
        self.read_engine.dispose()


@cache
def store() -> Store:
    """The store that the settings name, one for each process."""
    return Store(settings().database_url)


Clock = Callable[[], dt.datetime]


def utc_now() -> dt.datetime:
    """The time, for the outermost callers only: everything inside takes `now`."""
    return dt.datetime.now(dt.UTC)
