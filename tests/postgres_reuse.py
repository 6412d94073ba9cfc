"""One PostgreSQL database given to test after test, emptied before each: some milliseconds where a clone takes 300."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from postgres import Cluster

WORN = 5_000  # rows deleted, after which a new clone costs less than what scans and the planner pay for the dead ones

# Every change of the schema writes rows of these catalogues anew; vacuum and analyze don't.
SCHEMA = """
select md5(string_agg(part, ',' order by part)) from (
    select concat('c', oid, '.', xmin) from pg_class where relnamespace = 'public'::regnamespace
    union all select concat('a', attrelid, '.', attnum, '.', a.xmin) from pg_attribute a
        join pg_class c on c.oid = attrelid where relnamespace = 'public'::regnamespace and relkind = 'r'
    union all select concat('k', oid, '.', xmin) from pg_constraint where connamespace = 'public'::regnamespace
    union all select concat('p', oid, '.', xmin) from pg_proc where pronamespace = 'public'::regnamespace
    union all select concat('t', oid, '.', xmin) from pg_trigger where not tgisinternal
    union all select concat('v', version_num) from alembic_version
) as parts (part)
"""
OTHERS = """
select pg_terminate_backend(pid, 10000) from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
"""
COUNTERS = "select setval(format('%I', sequencename)::regclass, start_value, false) from pg_sequences"
KEPT = "alembic_version"  # the one table that migrations fill


class Reused:
    """A clone of `template` in `cluster`, given out as new again and again."""

    def __init__(self, cluster: Cluster, template: str) -> None:
        self._cluster = cluster
        self._template = template
        self._connection: psycopg.Connection | None = None

    def url(self) -> str:
        """The database's URL, its tables empty and its counters at the start, whatever was done to it before."""
        if self._connection is None or not self._emptied(self._connection):
            self._renew()
        return self._cluster.url(self._name)

    def close(self) -> None:
        """Remove the database."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
            self._cluster.drop(self._name)

    def _renew(self) -> None:
        self.close()
        self._name = self._cluster.make_database(self._template)
        self._connection = psycopg.connect(self._cluster.url(self._name), autocommit=True)
        self._schema = _one(self._connection, SCHEMA)
        self._dead = 0
        tables = self._connection.execute("select tablename from pg_tables where schemaname = 'public'").fetchall()
        self._tables = [name for (name,) in tables if name != KEPT]
        filled = [name for name in self._tables if _one(self._connection, f'select exists (select from "{name}")')]  # noqa: S608 - names of our own tables
        if filled:
            raise RuntimeError(f"migrations fill {filled}: say here how they get their rows back")

    def _emptied(self, connection: psycopg.Connection) -> bool:
        """Whether all is as in the template; False where only a new clone can be."""
        try:
            connection.execute(OTHERS)
            if _one(connection, SCHEMA) != self._schema:
                return False
            self._delete_all(connection)
        except psycopg.Error:  # dropped, or restored from a copy
            return False
        return self._dead < WORN

    def _delete_all(self, connection: psycopg.Connection) -> None:
        deletes = ";".join(f'delete from "{name}"' for name in self._tables)  # noqa: S608 - names of our own tables
        with connection.transaction():
            # neither foreign keys nor the triggers that keep the audit trail from being deleted
            connection.execute("set local session_replication_role = replica")
            done = connection.execute(deletes)
            self._dead += done.rowcount
            while done.nextset():
                self._dead += done.rowcount
            connection.execute(COUNTERS)


def _one(connection: psycopg.Connection, query: str) -> object:
    row = connection.execute(query).fetchone()
    assert row
    return row[0]
