"""What people change about their own accounts, with their password once more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pyotp
import pytest

from clearinghouse.accounts import codes, own, sessions
from clearinghouse.accounts.actor import Actor
from clearinghouse.accounts.people import Person
from clearinghouse.accounts.signing_in import NeedsCode, Passed, Refused, Way, check_password
from clearinghouse.db import Store
from clearinghouse.errors import BadFormError

Grow = Callable[..., Person]
WithCodes = Callable[[Person], tuple[str, tuple[str, ...]]]
WAY = Way("192.0.2.1")
RIGHT, NEW = "correct horse battery", "a meadow full of rain"


def signed_in(store: Store, person: Person, now: dt.datetime) -> tuple[str, Actor]:
    with store.writing() as session:
        token = sessions.start(session, person.id, "Firefox", now, strong=False)
    actor = sessions.actor_of(store, token, now)
    assert actor
    return token, actor


def test_a_new_password_ends_every_other_session(store: Store, now: dt.datetime, grow: Grow) -> None:
    jo = grow("jo@example.org")
    mine, actor = signed_in(store, jo, now)
    other, _ = signed_in(store, jo, now)
    own.change_password(store, actor, RIGHT, NEW, WAY, now)
    assert sessions.actor_of(store, mine, now)
    assert sessions.actor_of(store, other, now) is None
    assert check_password(store, "jo@example.org", NEW, WAY, now) == Passed(jo.id)
    assert check_password(store, "jo@example.org", RIGHT, WAY, now) == Refused()


def test_without_the_present_password_nothing_changes_and_guessing_it_is_slow(
    store: Store, now: dt.datetime, grow: Grow
) -> None:
    jo = grow("jo@example.org")
    _, actor = signed_in(store, jo, now)
    with pytest.raises(BadFormError) as bad:
        own.change_password(store, actor, RIGHT, "short", WAY, now)
    assert set(bad.value.errors) == {"new"}
    said = []
    for _ in range(6):
        with pytest.raises(BadFormError) as bad:
            own.change_password(store, actor, "a wrong password", NEW, WAY, now)
        said.append(bad.value.errors["present"])
    assert said == ["This is not your password"] * 5 + ["Wait 2 seconds, then try again"]
    assert check_password(store, "jo@example.org", RIGHT, WAY, now) == Passed(jo.id)


def test_codes_go_and_recovery_codes_are_renewed_with_the_password_alone(
    store: Store, now: dt.datetime, grow: Grow, with_codes: WithCodes
) -> None:
    jo = grow("jo@example.org")
    _, before = with_codes(jo)
    _, actor = signed_in(store, jo, now)
    for change in (own.turn_off_codes, own.renew_recovery):
        with pytest.raises(BadFormError) as bad:
            change(store, actor, "a wrong password", WAY, now)
        assert set(bad.value.errors) == {"password"}
    assert not set(own.renew_recovery(store, actor, RIGHT, WAY, now)) & set(before)
    assert check_password(store, "jo@example.org", RIGHT, WAY, now) == NeedsCode(jo.id, now)
    own.turn_off_codes(store, actor, RIGHT, WAY, now)
    assert check_password(store, "jo@example.org", RIGHT, WAY, now) == Passed(jo.id)
    with store.reading() as session:
        assert not codes.are_set(session, jo.id)


def test_codes_strengthen_this_session_end_the_others_and_are_replaced_with_the_password_alone(
    store: Store, now: dt.datetime, grow: Grow
) -> None:
    jo = grow("jo@example.org")
    mine, actor = signed_in(store, jo, now)
    other, _ = signed_in(store, jo, now)
    first, second = codes.new_secret(), codes.new_secret()
    own.set_up_codes(store, actor, first, pyotp.TOTP(first).at(now), "", WAY, now)
    strong = sessions.actor_of(store, mine, now)
    assert strong
    assert strong.strong
    assert sessions.actor_of(store, other, now) is None
    for password in ("", "a wrong password"):
        with pytest.raises(BadFormError) as bad:
            own.set_up_codes(store, actor, second, pyotp.TOTP(second).at(now), password, WAY, now)
        assert set(bad.value.errors) == {"password"}
    own.set_up_codes(store, actor, second, pyotp.TOTP(second).at(now), RIGHT, WAY, now)
    with store.writing() as session:
        assert not codes.use_code(session, jo.id, pyotp.TOTP(first).at(now + dt.timedelta(seconds=30)), now)
        assert codes.use_code(session, jo.id, pyotp.TOTP(second).at(now + dt.timedelta(seconds=30)), now)
