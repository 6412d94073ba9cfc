"""`clearinghouse db`, run as an operator runs it."""

from __future__ import annotations

import io
import os
import subprocess
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
import sqlalchemy as sa
from postgres import binaries

from clearinghouse.backup import backup, restore
from clearinghouse.cli import main
from clearinghouse.commands.migrate import check, upgrade
from clearinghouse.db import Store
from clearinghouse.errors import StoreError
from clearinghouse.search.indexer import REBUILD
from clearinghouse.settings import settings


def db(url: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The whole command on that store, within this process: starting one takes seconds."""
    environment["CLEARINGHOUSE_INDEX_DIR"] = str(Path(url.removeprefix("sqlite:///")).parent / "index")
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr("sys.argv", ["clearinghouse", "db", *arguments])
        for name, value in {"CLEARINGHOUSE_DATABASE_URL": url, **environment}.items():
            patch.setenv(name, value)
        settings.cache_clear()
        with pytest.raises(SystemExit) as ended:
            main()
    settings.cache_clear()
    said = [stream.buffer.getvalue().decode() for stream in (out, err)]  # type: ignore[attr-defined]
    return subprocess.CompletedProcess(["db", *arguments], int(ended.value.code or 0), *said)


def names(url: str) -> list[str]:
    store = Store(url)
    try:
        with store.reading() as session:
            return list(session.scalars(sa.text("select name from organisation order by name")))
    finally:
        store.close()


def add(url: str, name: str) -> None:
    store = Store(url)
    with store.writing() as session:
        session.execute(
            sa.text("insert into organisation (slug, name, member, listed) values (:n, :n, false, false)"), {"n": name}
        )
    store.close()


def test_a_new_store_is_made_and_then_passes_the_check(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/deep/down/store.sqlite3"
    before = db(url, "check")
    assert (before.returncode, before.stdout) == (1, "")
    assert "run `clearinghouse db upgrade`" in before.stderr
    done = db(url, "upgrade")
    assert (done.returncode, done.stderr) == (0, "")
    assert "up to date, revision" in done.stdout
    check(url)


def test_an_unwritable_path_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    done = db(f"sqlite:///{tmp_path}/file/store.sqlite3", "upgrade")
    assert done.returncode == 1
    assert f"{tmp_path}/file/store.sqlite3" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_backup_made_in_use_comes_back(sqlite_url: str, tmp_path: Path) -> None:
    add(sqlite_url, "kept")
    copy = tmp_path / "copies" / "monday.sqlite3"
    store = Store(sqlite_url)
    with store.writing() as session:
        session.execute(sa.text("update organisation set area = 'x'"))
        assert backup(sqlite_url, copy) > 0
    store.close()
    add(sqlite_url, "lost")
    refused = db(sqlite_url, "restore", str(copy))
    assert (refused.returncode, "say --yes to overwrite it" in refused.stderr) == (1, True)
    assert names(sqlite_url) == ["kept", "lost"]
    done = db(sqlite_url, "restore", str(copy), "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    assert names(sqlite_url) == ["kept"]
    assert (tmp_path / "index" / REBUILD).exists(), "the index follows a history that is no more"


def test_a_backup_goes_into_an_empty_store_without_asking(sqlite_url: str, tmp_path: Path) -> None:
    add(sqlite_url, "kept")
    backup(sqlite_url, tmp_path / "copy")
    url = f"sqlite:///{tmp_path}/new.sqlite3"
    assert db(url, "restore", str(tmp_path / "copy")).returncode == 0
    assert names(url) == ["kept"]


def test_an_existing_file_is_not_overwritten_by_a_backup(sqlite_url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.write_text("precious")
    done = db(sqlite_url, "backup", str(copy))
    assert (done.returncode, copy.read_text()) == (1, "precious")
    assert db(sqlite_url, "backup", str(copy), "--yes").returncode == 0
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []


@pytest.mark.parametrize("content", [b"", b"Dear all, " * 500])
def test_what_is_no_backup_leaves_the_store_as_it_is(sqlite_url: str, tmp_path: Path, content: bytes) -> None:
    add(sqlite_url, "kept")
    (tmp_path / "letter").write_bytes(content)
    with pytest.raises(StoreError, match="letter: not a backup of a store"):
        restore(sqlite_url, tmp_path / "letter", overwrite=True)
    with pytest.raises(StoreError, match="nowhere: no such file"):
        restore(sqlite_url, tmp_path / "nowhere", overwrite=True)
    assert names(sqlite_url) == ["kept"]


def test_without_postgresqls_client_the_missing_program_is_named(pg_url: str, tmp_path: Path) -> None:
    done = db(pg_url, "backup", str(tmp_path / "copy"), PATH=str(tmp_path))
    assert done.returncode == 1
    assert "pg_dump is not installed here" in done.stderr


def test_a_postgresql_backup_comes_back(pg_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not (binaries() / "pg_dump").exists():
        pytest.skip("this PostgreSQL came without pg_dump")
    monkeypatch.setenv("PATH", str(binaries()), prepend=os.pathsep)
    add(pg_url, "kept")
    backup(pg_url, tmp_path / "copy")
    add(pg_url, "lost")
    restore(pg_url, tmp_path / "copy", overwrite=True)
    upgrade(pg_url)
    assert names(pg_url) == ["kept"]
