"""The only SQL that SQLite and PostgreSQL say differently."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session

MIGRATION_LOCK = 20_091_121  # any number, as long as nothing else of ours takes it


def upsert(
    session: Session, table: type[DeclarativeBase], rows: Sequence[dict[str, Any]], *, keep: Sequence[str] = ()
) -> None:
    """Insert `rows`, or overwrite those that have their primary key already, all columns but the `keep` ones."""
    if not rows:
        return
    inner = table.metadata.tables[table.__tablename__]
    key = [column.name for column in inner.primary_key]
    statement = _insert(session, inner)
    changes = {name: statement.excluded[name] for name in rows[0] if name not in (*key, *keep)}
    session.connection().execute(statement.on_conflict_do_update(index_elements=key, set_=changes), list(rows))


def insert_missing(session: Session, table: type[DeclarativeBase], rows: Sequence[dict[str, Any]]) -> None:
    """Insert those of `rows` that break no unique constraint; leave out the others."""
    if not rows:
        return
    inner = table.metadata.tables[table.__tablename__]
    session.connection().execute(_insert(session, inner).on_conflict_do_nothing(), list(rows))


def lock_for_migration(connection: sa.Connection) -> None:
    """Let one process at a time alter the tables, until the transaction ends. On SQLite BEGIN IMMEDIATE does it."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(MIGRATION_LOCK)))


def append_only(connection: sa.Connection, table: str) -> None:
    """Make the database itself refuse to alter or delete a row of `table`."""
    for statement in _append_only[connection.dialect.name]:
        connection.exec_driver_sql(statement.format(table=table))


def drop_append_only(connection: sa.Connection, table: str) -> None:
    """Take back what `append_only` did."""
    for statement in _drop_append_only[connection.dialect.name]:
        connection.exec_driver_sql(statement.format(table=table))


def damage(connection: sa.Connection) -> str | None:
    """What is wrong with the store's file, None = nothing. PostgreSQL looks after its own, and isn't asked."""
    if connection.dialect.name != "sqlite":
        return None
    found = str(connection.exec_driver_sql("pragma quick_check(1)").scalar_one())
    return None if found == "ok" else found


def size(connection: sa.Connection) -> int:
    """How large the store is, in bytes."""
    if connection.dialect.name == "postgresql":
        return int(connection.exec_driver_sql("select pg_database_size(current_database())").scalar_one())
    pages, each = (connection.exec_driver_sql(f"pragma {name}").scalar_one() for name in ("page_count", "page_size"))
    return int(pages) * int(each)


_append_only = {
    "sqlite": [
        f"create trigger {{table}}_no_{name} before {when} begin select raise(abort, '{{table}} is append-only'); end"
        for name, when in (
            ("update", "update on {table}"),
            ("delete", "delete on {table}"),
            # `insert or replace` deletes what it replaces, and no trigger hears of that
            ("replace", "insert on {table} when exists (select 1 from {table} where id = new.id)"),
        )
    ],
    "postgresql": [
        """create function {table}_is_append_only() returns trigger language plpgsql as
        $$ begin raise exception '{table} is append-only'; end $$""",
        """create trigger {table}_no_change before update or delete on {table}
        for each row execute function {table}_is_append_only()""",
        """create trigger {table}_no_truncate before truncate on {table}
        for each statement execute function {table}_is_append_only()""",
    ],
}
_drop_append_only = {
    "sqlite": [f"drop trigger {{table}}_no_{name}" for name in ("update", "delete", "replace")],
    "postgresql": [
        "drop trigger {table}_no_change on {table}",
        "drop trigger {table}_no_truncate on {table}",
        "drop function {table}_is_append_only()",
    ],
}


def _insert(session: Session, table: sa.Table) -> postgresql.Insert | sqlite.Insert:
    return postgresql.insert(table) if session.get_bind().dialect.name == "postgresql" else sqlite.insert(table)
