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


def _insert(session: Session, table: sa.Table) -> postgresql.Insert | sqlite.Insert:
    return postgresql.insert(table) if session.get_bind().dialect.name == "postgresql" else sqlite.insert(table)
