"""The migrations make exactly the tables that the code says it has."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from clearinghouse.commands.migrate import SCRIPTS, check, config, newest, upgrade
from clearinghouse.db import Store, make_engine
from clearinghouse.errors import StoreError
from clearinghouse.models import metadata


def test_models_equal_migrations(store: Store) -> None:
    with store.read_engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_a_migrated_store_passes_the_check_and_stays_as_it_is(store_url: str) -> None:
    check(store_url)
    upgrade(store_url)
    check(store_url)


def test_an_empty_store_fails_the_check_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"at revision none, this version needs .* run `clearinghouse db upgrade`"):
        check(f"sqlite:///{tmp_path}/new.sqlite3")


@pytest.mark.parametrize("look", [check, upgrade])
def test_a_store_of_a_newer_version_is_left_as_it_is(store_url: str, look: Callable[[str], None]) -> None:
    store = Store(store_url)
    with store.writing() as session:
        session.execute(sa.text("update alembic_version set version_num = '9000'"))
    with pytest.raises(StoreError, match=r"a newer version of this program made its tables \(revision 9000, this one"):
        look(store_url)
    store.close()


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "letter.sqlite3"
    path.write_text("Dear all, " * 200)
    with pytest.raises(StoreError, match=r"letter\.sqlite3: file is not a database"):
        upgrade(f"sqlite:///{path}")


def test_several_processes_may_upgrade_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/together.sqlite3"
    code = f"from clearinghouse.commands.migrate import upgrade; upgrade({url!r})"
    processes = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(2)]
    assert [process.wait(timeout=60) for process in processes] == [0, 0]
    check(url)


def test_every_migration_can_be_taken_back(store_url: str) -> None:
    engine = make_engine(store_url)
    mail = '(kind, message_id, made_at, due_at, tries, subject, text, channel, "to")'
    with engine.begin() as connection:
        for kind in ("week", "alert"):
            values = f"values ('{kind}', '{kind}', current_timestamp, current_timestamp, 0, '', '', 'email', '')"
            connection.execute(sa.text(f"insert into mail {mail} {values}"))
        command.downgrade(config(connection), "0005")
        assert connection.scalars(sa.text("select kind from mail")).all() == ["week"]
        command.downgrade(config(connection), "base")
    assert set(sa.inspect(engine).get_table_names()) <= {"alembic_version"}
    engine.dispose()
    upgrade(store_url)
    check(store_url)
    assert newest() == ScriptDirectory(str(SCRIPTS)).get_current_head()
