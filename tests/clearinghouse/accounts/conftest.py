"""People for the tests of accounts: with a password, and a moment at which everything happens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pyotp
import pytest
import sqlalchemy as sa

from clearinghouse.accounts import codes, passwords, people
from clearinghouse.accounts.actor import Hat
from clearinghouse.accounts.models import AuditEvent
from clearinghouse.accounts.people import Person
from clearinghouse.accounts.roles import Role
from clearinghouse.accounts.tags import Tag
from clearinghouse.db import Store

Grow = Callable[..., Person]
Trail = Callable[..., list[AuditEvent]]
PASSWORD = "correct horse battery"


@pytest.fixture
def now() -> dt.datetime:
    """A Monday morning."""
    return dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def grow_in(now: dt.datetime) -> Callable[[Store], Grow]:
    """Makes `grow` for one store."""

    def grow_in(store: Store) -> Grow:
        def grow(email: str, password: str | None = PASSWORD, *hats: Hat) -> Person:
            stored = passwords.hashed(password) if password else None
            with store.writing() as session:
                number = people.add_user(session, email, "Jo Smith", hats or [Hat(Role.ADMINISTRATOR)], "a test", now)
                if stored:
                    people.keep_password(session, number, stored, "a test", now)
                found = people.person(session, number)
            assert found
            return found

        return grow

    return grow_in


@pytest.fixture
def grow(store: Store, grow_in: Callable[[Store], Grow]) -> Grow:
    """Makes somebody, by e-mail, with a password (None = still invited) and roles (an administrator unless told)."""
    return grow_in(store)


@pytest.fixture
def trail(store: Store) -> Trail:
    """Reads the audit trail: what was recorded of the given tags, oldest first."""

    def trail(*tags: Tag) -> list[AuditEvent]:
        with store.reading() as session:
            return list(session.scalars(sa.select(AuditEvent).where(AuditEvent.tag.in_(tags)).order_by(AuditEvent.id)))

    return trail


@pytest.fixture
def with_codes(store: Store, now: dt.datetime) -> Callable[[Person], tuple[str, tuple[str, ...]]]:
    """Sets one-time codes up for somebody an hour ago; the secret and the recovery codes."""

    def with_codes(person: Person) -> tuple[str, tuple[str, ...]]:
        secret, then = codes.new_secret(), now - dt.timedelta(hours=1)
        with store.writing() as session:
            recovery = codes.set_up(session, person.id, secret, pyotp.TOTP(secret).at(then), person.actor, then)
        return secret, recovery

    return with_codes


@pytest.fixture
def real_cost() -> Iterator[None]:
    """Argon2 at its real cost, where the time it takes matters."""
    passwords.use(passwords.COST)
    yield
    passwords.use(passwords.CHEAP)
