"""Bring a store to the tables that this version of the code expects, and tell whether it is there."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from clearinghouse.db import make_engine
from clearinghouse.dialect import lock_for_migration
from clearinghouse.errors import StoreError

if TYPE_CHECKING:  # Alembic takes half a second to import, and most commands find nothing to do for it
    from alembic.config import Config

SCRIPTS = Path(__file__).parent.parent / "migrations"
TRIES = 10
PAUSE = 0.3  # seconds


def upgrade(url: str) -> None:
    """Apply what is missing to the store at `url`, all of it or nothing; any number of processes may try at once.

    A store that is up to date is only read, never locked. Raises StoreError when it can't be opened or altered.
    """
    try:
        _patiently(lambda: _upgrade(url))
    except sa.exc.DBAPIError as error:
        raise StoreError(shown(url), str(error.orig)) from error


def _upgrade(url: str) -> None:
    found = _revision(url)
    if found == newest():
        return
    _refuse_newer(url, found)
    from alembic import command

    engine = make_engine(url)
    try:
        with engine.begin() as connection:
            lock_for_migration(connection)
            command.upgrade(config(connection), "head")
    finally:
        engine.dispose()


def _patiently(work: Callable[[], None]) -> None:
    # A new SQLite file turns to WAL at its first connection, and SQLite waits for no one then, whatever the time-out.
    for _ in range(TRIES):
        try:
            return work()
        except sa.exc.OperationalError as error:
            if "database is locked" not in str(error.orig):
                raise
            time.sleep(PAUSE)
    return work()


def check(url: str) -> None:
    """Raise StoreError unless the store at `url` has exactly the tables that this version expects."""
    try:
        found = _revision(url)
    except sa.exc.DBAPIError as error:
        raise StoreError(shown(url), str(error.orig)) from error
    _refuse_newer(url, found)
    if found != newest():
        wanted = f"its tables are at revision {found or 'none'}, this version needs {newest()}"
        raise StoreError(shown(url), f"{wanted}: run `clearinghouse db upgrade`")


def _refuse_newer(url: str, found: str | None) -> None:
    if found is not None and found > newest():
        made = f"a newer version of this program made its tables (revision {found}, this one knows {newest()})"
        raise StoreError(shown(url), f"{made}: install that version")


@cache
def newest() -> str:
    """The revision that this version of the code needs: the number that the last script's name begins with."""
    return max(file.name.partition("_")[0] for file in (SCRIPTS / "versions").glob("[0-9]*_*.py"))


def config(connection: sa.Connection) -> Config:
    """Alembic's configuration, for this connection and our own scripts."""
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = connection
    return settings


def shown(url: str) -> str:
    """`url` fit for a message: without its password."""
    return sa.make_url(url).render_as_string(hide_password=True)


def _revision(url: str) -> str | None:
    engine = make_engine(url, read_only=True)
    try:
        with engine.connect() as connection:
            if not sa.inspect(connection).has_table("alembic_version"):
                return None
            found = connection.scalar(sa.text("select version_num from alembic_version"))
            return None if found is None else str(found)
    finally:
        engine.dispose()
