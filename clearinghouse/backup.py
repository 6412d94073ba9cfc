"""Copies of the whole store: made while it is in use, and put back.

The search index is no part of a copy: it is rebuilt from the store.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from clearinghouse.db import make_engine
from clearinghouse.errors import StoreError

TABLE = "alembic_version"  # every store of ours has it


def backup(url: str, file: Path, *, overwrite: bool = False) -> int:
    """Copy the store at `url` into `file`, whole as of one moment; the copy's size in bytes.

    Raises StoreError when the store or the file can't be used, or `file` exists and may not be overwritten.
    """
    if file.exists() and not overwrite:
        raise StoreError(str(file), "exists already: say --yes to overwrite it")
    part = file.with_name(file.name + ".part")  # a copy that failed half-way never looks like a backup
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        if _is_sqlite(url):
            _copy(_path(url), part)
        else:
            _postgresql(url, "pg_dump", "--format=custom", f"--file={part}")
        part.replace(file)
    except OSError as error:
        raise StoreError(str(file), f"can't be written: {error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)
    return file.stat().st_size


def restore(url: str, file: Path, *, overwrite: bool = False) -> None:
    """Put the backup `file` in place of the store at `url`.

    Raises StoreError when the file isn't a backup of ours, or the store has tables and may not be overwritten.
    """
    if not file.is_file():
        raise StoreError(str(file), "no such file")
    if not overwrite and _has_tables(url):
        raise StoreError(sa.make_url(url).render_as_string(), "has data already: say --yes to overwrite it")
    if _is_sqlite(url):
        _check(file)
        _copy(file, _path(url))
    else:
        _postgresql(url, "pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", str(file))


def _is_sqlite(url: str) -> bool:
    return sa.make_url(url).get_backend_name() == "sqlite"


def _path(url: str) -> Path:
    database = sa.make_url(url).database
    if not database or database == ":memory:":
        raise StoreError(url, "has no file")
    return Path(database)


def _has_tables(url: str) -> bool:
    engine = make_engine(url, read_only=True)
    try:
        return bool(sa.inspect(engine).get_table_names())
    except sa.exc.DBAPIError as error:
        raise StoreError(sa.make_url(url).render_as_string(), str(error.orig)) from error
    finally:
        engine.dispose()


def _check(file: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            sound = connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
            ours = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (TABLE,)).fetchone()
    except sqlite3.Error as error:
        raise StoreError(str(file), f"not a backup of a store: {error}") from error
    if not (sound and ours):
        raise StoreError(str(file), "not a backup of a store, or damaged")


def _copy(source: Path, target: Path) -> None:
    # SQLite's online backup: whole as of one moment, whoever writes meanwhile; a target in use is replaced under lock.
    if not source.is_file():
        raise StoreError(str(source), "no such file")
    try:
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True, timeout=10)) as one,
            closing(sqlite3.connect(target, timeout=10)) as other,
        ):
            one.backup(other)
    except sqlite3.Error as error:
        raise StoreError(str(source), f"can't be copied to {target}: {error}") from error


def _postgresql(url: str, program: str, *arguments: str) -> None:
    # The password goes by the environment: other users of the machine can read a command line.
    path = shutil.which(program)
    if path is None:
        raise StoreError(
            sa.make_url(url).render_as_string(), f"{program} is not installed here: install PostgreSQL's client"
        )
    parsed = sa.make_url(url).set(drivername="postgresql")
    environment = os.environ | ({"PGPASSWORD": str(parsed.password)} if parsed.password else {})
    address = parsed.set(password=None).render_as_string()
    done = subprocess.run(  # noqa: S603 - a fixed program, no shell
        [path, f"--dbname={address}", *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise StoreError(address, f"{program}: {done.stderr.strip()}")
