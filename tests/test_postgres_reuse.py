"""The database that tests on PostgreSQL get one after another is each time as the migrations left it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import psycopg
import pytest
import sqlalchemy as sa
from postgres import Cluster
from postgres_reuse import Reused

from clearinghouse.accounts import audit
from clearinghouse.accounts.models import AuditEvent
from clearinghouse.accounts.tags import Tag
from clearinghouse.db import Store

NOW = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def reused(pg_cluster: Cluster, pg_template: str) -> Iterator[Reused]:
    made = Reused(pg_cluster, pg_template)
    yield made
    made.close()


def write_down(url: str) -> int:
    """The number of an event of the trail, which nothing may delete."""
    store = Store(url)
    with store.writing() as session:
        audit.record(session, Tag.SOURCE_PAUSE_ON, "a command", "anytown", NOW)
    with store.reading() as session:
        event = session.scalars(sa.select(AuditEvent)).one()
    store.close()
    return event.id


def test_what_a_test_wrote_or_left_open_is_gone_for_the_next(reused: Reused) -> None:
    first = reused.url()
    assert write_down(first) == 1
    left = psycopg.connect(first)
    left.execute("lock table audit_event")
    assert reused.url() == first
    assert write_down(first) == 1, "counters begin anew"
    with pytest.raises(psycopg.OperationalError):
        left.execute("select 1")
    left.close()


@pytest.mark.parametrize(
    "statement",
    [
        "create table left_behind (id int)",
        "alter table source add column left_behind int",
        "drop trigger audit_event_no_change on audit_event",
        "update alembic_version set version_num = '9000'",
    ],
)
def test_other_tables_than_the_migrations_made_are_not_given_to_the_next(reused: Reused, statement: str) -> None:
    first = reused.url()
    with psycopg.connect(first) as connection:
        connection.execute(statement.encode())
    assert reused.url() != first
    assert write_down(reused.url()) == 1
