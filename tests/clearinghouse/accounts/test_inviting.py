"""Inviting, on both databases: whole or not at all, and once however often and at whatever moment it is asked."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
import sqlalchemy as sa
from staffing import add_person

from clearinghouse.accounts import people
from clearinghouse.accounts.actor import Actor, Hat
from clearinghouse.accounts.inviting import Invitation, Sent, invite, send_again
from clearinghouse.accounts.links import read_link
from clearinghouse.accounts.models import AuditEvent, Membership, Organisation, User
from clearinghouse.accounts.roles import Role
from clearinghouse.db import Store
from clearinghouse.errors import BadFormError
from clearinghouse.mail.models import Mail

NOW = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)
HERE = "https://jobs.example.org"
ANN = Invitation("ann@example.org", "Ann Lee", (Role.STEERING, Role.EMPLOYER), 1)


@pytest.fixture
def secretary(store: Store) -> Actor:
    with store.writing() as session:
        session.add(Organisation(id=1, slug="sandby", name="Sandby", member=True, listed=True))
    user = add_person(store, NOW, Hat(Role.SECRETARIAT), email="sec@example.org")
    return Actor(user, "Sec", "sec@example.org", frozenset({Hat(Role.SECRETARIAT)}), 1)


def count(store: Store, table: type[Any]) -> int:
    with store.reading() as session:
        return session.scalars(sa.select(sa.func.count()).select_from(table)).one()


def test_clicks_at_the_same_moment_make_one_account_and_one_mail(store: Store, secretary: Actor) -> None:
    together = Barrier(4)

    def click(_: int) -> Sent:
        together.wait()
        return invite(store, ANN, secretary, NOW, HERE, mails=True)

    with ThreadPoolExecutor(4) as pool:
        answers = set(pool.map(click, range(4)))
    assert len(answers) == 1
    assert (count(store, User), count(store, Membership), count(store, Mail)) == (2, 3, 1)


def test_the_link_works_and_is_handed_out_only_where_no_mail_goes(store: Store, secretary: Actor) -> None:
    assert invite(store, ANN, secretary, NOW, HERE, mails=True).link is None
    sent = invite(store, ANN, secretary, NOW, HERE, mails=False)
    assert sent.link
    assert sent.link.startswith(f"{HERE}/link/")
    with store.reading() as session:
        found = read_link(session, sent.link.rpartition("/")[2], NOW)
    assert found
    assert (found.user, found.email) == (sent.user, "ann@example.org")


@pytest.mark.parametrize(
    "wanted",
    [
        Invitation("ann@example.org", "", (Role.EMPLOYER,), None, "New Body"),
        Invitation("ann@example.org", "Ann", (Role.EMPLOYER, Role.ADMINISTRATOR), None, "New Body"),
        Invitation("sec@example.org", "Ann", (Role.EMPLOYER,), None, "New Body"),
    ],
)
def test_what_is_refused_leaves_nothing_behind(store: Store, secretary: Actor, wanted: Invitation) -> None:
    with pytest.raises(BadFormError):
        invite(store, wanted, secretary, NOW, HERE, mails=True)
    assert (count(store, User), count(store, Organisation), count(store, Mail), count(store, AuditEvent)) == (
        1,
        1,
        0,
        0,
    )


def test_nobody_but_the_keepers_adds_an_organisation(store: Store, secretary: Actor) -> None:
    lead = Actor(secretary.user, "Lead", "lead@example.org", frozenset({Hat(Role.TEAM_LEAD, 1)}))
    wanted = Invitation("ann@example.org", "Ann", (Role.ADVISER,), None, "New Body")
    with pytest.raises(BadFormError, match="may not add an organisation"):
        invite(store, wanted, lead, NOW, HERE, mails=True)
    assert count(store, Organisation) == 1


def test_the_same_wish_later_is_another_one(store: Store, secretary: Actor) -> None:
    user = invite(store, ANN, secretary, NOW, HERE, mails=True).user
    with pytest.raises(BadFormError, match="has an account already"):
        invite(store, ANN, secretary, NOW + dt.timedelta(minutes=1), HERE, mails=True)
    with store.writing() as session:
        send_again(session, user, secretary, NOW + dt.timedelta(minutes=1), HERE, mails=True)
        people.disable(session, user, secretary, NOW)
        with pytest.raises(BadFormError, match="disabled"):
            send_again(session, user, secretary, NOW + dt.timedelta(minutes=3), HERE, mails=True)
    assert count(store, Mail) == 2
