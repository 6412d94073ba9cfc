"""Links that let their reader choose a password: once, in time, and not by looking."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from clearinghouse.accounts import links, passwords, people, sessions
from clearinghouse.accounts.links import ask_for_reset, read_link, send_link, use_link
from clearinghouse.accounts.models import AccountLink, LinkPurpose, User
from clearinghouse.accounts.people import Person, State
from clearinghouse.accounts.tags import Tag
from clearinghouse.db import Store
from clearinghouse.errors import BadFormError
from clearinghouse.mail.models import Mail

SITE = "https://jobs.example.org"
GOOD = "a meadow full of rain"
Grow = Callable[..., Person]


def sent(store: Store, user: int, purpose: LinkPurpose, now: dt.datetime) -> str:
    """The token of a new link."""
    with store.writing() as session:
        return send_link(session, user, purpose, "a test", now, SITE).removeprefix(f"{SITE}/link/")


def mails(store: Store) -> list[Mail]:
    with store.reading() as session:
        return list(session.scalars(sa.select(Mail).order_by(Mail.id)))


def test_an_invitation_is_mailed_and_lets_its_reader_in_once(store: Store, now: dt.datetime, grow: Grow) -> None:
    jo = grow("jo@example.org", None)
    token = sent(store, jo.id, LinkPurpose.INVITATION, now)
    (mail,) = mails(store)
    assert mail.to == "jo@example.org"
    assert f"{SITE}/link/{token}" in mail.text
    later = now + dt.timedelta(days=6, hours=23)
    for _ in range(3):  # as mail scanners do
        with store.reading() as session:
            link = read_link(session, token, later)
        assert link
        assert (link.email, link.purpose) == ("jo@example.org", LinkPurpose.INVITATION)
    assert use_link(store, token, GOOD, later) == jo.id
    assert use_link(store, token, GOOD, later) is None
    with store.reading() as session:
        assert read_link(session, token, later) is None
        found = people.person(session, jo.id)
        assert found
        assert found.state == State.ACTIVE
        stored = session.get_one(User, jo.id).password
    assert passwords.matches(stored, GOOD)


def test_a_link_ends_to_the_second(store: Store, now: dt.datetime, grow: Grow) -> None:
    jo = grow("jo@example.org", None)
    for purpose, lasts in links.LASTS.items():
        token = sent(store, jo.id, purpose, now)
        with store.reading() as session:
            assert read_link(session, token, now + lasts - dt.timedelta(seconds=1))
            assert read_link(session, token, now + lasts) is None
        assert use_link(store, token, GOOD, now + lasts) is None


def test_a_new_link_ends_the_older_ones_and_using_one_ends_all(store: Store, now: dt.datetime, grow: Grow) -> None:
    jo = grow("jo@example.org", None)
    invitation = sent(store, jo.id, LinkPurpose.INVITATION, now)
    first, second = (sent(store, jo.id, LinkPurpose.RESET, now) for _ in range(2))
    assert use_link(store, first, GOOD, now) is None
    assert use_link(store, second, GOOD, now) == jo.id
    assert use_link(store, invitation, GOOD, now) is None


def test_a_bad_password_leaves_the_link_as_it_was(store: Store, now: dt.datetime, grow: Grow) -> None:
    token = sent(store, grow("jo@example.org", None).id, LinkPurpose.INVITATION, now)
    with pytest.raises(BadFormError) as bad:
        use_link(store, token, "short", now)
    assert set(bad.value.errors) == {"password"}
    assert use_link(store, token, GOOD, now)


def test_a_reset_ends_every_session(store: Store, now: dt.datetime, grow: Grow) -> None:
    jo = grow("jo@example.org")
    with store.writing() as session:
        cookies = [sessions.start(session, jo.id, "Firefox", now, strong=True) for _ in range(2)]
    assert use_link(store, sent(store, jo.id, LinkPurpose.RESET, now), GOOD, now)
    assert [sessions.actor_of(store, cookie, now) for cookie in cookies] == [None, None]


def test_of_two_who_use_a_link_at_once_one_gets_in(store: Store, now: dt.datetime, grow: Grow) -> None:
    token = sent(store, grow("jo@example.org", None).id, LinkPurpose.INVITATION, now)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda number: use_link(store, token, f"{GOOD} {number}", now), range(4)))
    assert sum(user is not None for user in found) == 1


def test_whoever_forgot_the_password_gets_three_mails_an_hour_and_the_last_still_works(
    store: Store, now: dt.datetime, grow: Grow
) -> None:
    jo = grow("jo@example.org")
    for minute in range(30):
        with store.writing() as session:
            ask_for_reset(session, "Jo@example.org", now + dt.timedelta(minutes=minute), SITE)
    asked = mails(store)
    assert len(asked) == 3
    token = asked[-1].text.partition(f"{SITE}/link/")[2].split()[0]
    assert use_link(store, token, GOOD, now + dt.timedelta(minutes=30)) == jo.id
    with store.writing() as session:
        ask_for_reset(session, "jo@example.org", now + dt.timedelta(minutes=61), SITE)
    assert len(mails(store)) == 4


def test_nobody_gets_a_mail_without_an_account_that_is_open(store: Store, now: dt.datetime, grow: Grow) -> None:
    jo = grow("jo@example.org")
    grow("boss@example.org")
    with store.writing() as session:
        people.disable(session, jo.id, "a test", now)
        for email in ("jo@example.org", "nobody@example.org", "", "\0", "\ud800"):
            ask_for_reset(session, email, now, SITE)
    assert mails(store) == []


def test_somebody_else_asking_for_a_reset_leaves_an_invitation_alone(
    store: Store, now: dt.datetime, grow: Grow
) -> None:
    jo = grow("jo@example.org", None)
    invitation = sent(store, jo.id, LinkPurpose.INVITATION, now)
    with store.writing() as session:
        ask_for_reset(session, "jo@example.org", now, SITE)
    assert use_link(store, invitation, GOOD, now + dt.timedelta(days=2)) == jo.id


def test_the_store_and_the_trail_hold_no_token(
    store: Store, now: dt.datetime, grow: Grow, trail: Callable[..., list[object]]
) -> None:
    jo = grow("jo@example.org", None)
    token = sent(store, jo.id, LinkPurpose.INVITATION, now)
    use_link(store, token, GOOD, now)
    with store.engine.connect() as connection:
        for table in ("account_link", "audit_event", "user_account", "mail", "signed_in"):
            for row in connection.exec_driver_sql(f"select * from {table}"):  # noqa: S608 - our own names
                assert token not in repr(row)
                assert GOOD not in repr(row)
    with store.reading() as session:
        for event in session.scalars(sa.select(people.audit.AuditEvent)):
            assert token not in repr(event.details)
    assert len(trail(Tag.ACCOUNT_LINK_USED, Tag.ACCOUNT_PASSWORD_SET)) == 2


def test_strange_tokens_are_no_links(store: Store, now: dt.datetime) -> None:
    for token in ("", "\0", "\ud800", "x" * 100_000, "../../etc", "é"):
        with store.reading() as session:
            assert read_link(session, token, now) is None
        assert use_link(store, token, GOOD, now) is None
    with store.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(AccountLink)) == 0
