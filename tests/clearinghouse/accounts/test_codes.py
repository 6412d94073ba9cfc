"""One-time codes: set up, used once each, recovered from, taken away."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable

import pyotp
import pytest

from clearinghouse.accounts import codes
from clearinghouse.accounts.people import Person
from clearinghouse.accounts.tags import Tag
from clearinghouse.db import Store
from clearinghouse.errors import BadFormError

Grow = Callable[..., Person]
STEP = dt.timedelta(seconds=30)
WithCodes = Callable[[Person], tuple[str, tuple[str, ...]]]


def use(store: Store, user: int, code: str, now: dt.datetime) -> bool:
    with store.writing() as session:
        return codes.use_code(session, user, code, now)


def recover(store: Store, user: int, code: str, now: dt.datetime) -> bool:
    with store.writing() as session:
        return codes.use_recovery_code(session, user, code, now)


def test_setting_up_takes_a_right_code_and_a_form_sent_twice_shows_the_same_recovery_codes(
    store: Store, now: dt.datetime, grow: Grow, trail: Callable[..., list[object]]
) -> None:
    jo, secret = grow("jo@example.org"), codes.new_secret()
    right = pyotp.TOTP(secret).at(now)
    with store.writing() as session:
        for wrong in ("", "000 00", "abcdef", "\ud800", "1" * 10_000, pyotp.TOTP(secret).at(now + 3 * STEP)):
            with pytest.raises(BadFormError) as bad:
                codes.set_up(session, jo.id, secret, wrong, jo.actor, now)
            assert set(bad.value.errors) == {"code"}
        assert not codes.are_set(session, jo.id)
    with store.writing() as session:
        first = codes.set_up(session, jo.id, secret, f"{right[:3]} {right[3:]}", jo.actor, now)
    with store.writing() as session:
        assert codes.set_up(session, jo.id, secret, right, jo.actor, now) == first
        assert codes.are_set(session, jo.id)
        assert codes.recovery_left(session, jo.id) == len(set(first)) == 10
    assert len(trail(Tag.ACCOUNT_CODES_SET)) == 1
    letters = len(first[0].replace("-", ""))
    assert letters * math.log2(len(codes.LETTERS)) >= 50
    assert not use(store, jo.id, right, now)  # the code that confirmed the secret has been used


def test_a_code_counts_one_step_either_side_and_each_step_once(
    store: Store, now: dt.datetime, grow: Grow, with_codes: WithCodes
) -> None:
    jo = grow("jo@example.org")
    totp = pyotp.TOTP(with_codes(jo)[0])
    for off in (-2, 2):
        assert not use(store, jo.id, totp.at(now + off * STEP), now)
    assert use(store, jo.id, totp.at(now - STEP), now)
    assert use(store, jo.id, totp.at(now), now)
    assert not use(store, jo.id, totp.at(now), now)
    assert not use(store, jo.id, totp.at(now - STEP), now)
    assert use(store, jo.id, totp.at(now + STEP), now)
    assert not use(store, jo.id, totp.at(now), now + STEP)


def test_a_recovery_code_counts_once_however_it_is_typed_and_for_its_owner_alone(
    store: Store, now: dt.datetime, grow: Grow, with_codes: WithCodes
) -> None:
    jo, al = grow("jo@example.org"), grow("al@example.org")
    _, recovery = with_codes(jo)
    assert not recover(store, al.id, recovery[0], now)
    assert recover(store, jo.id, f"  {recovery[0].upper().replace('-', ' ')}", now)
    assert not recover(store, jo.id, recovery[0], now)
    assert recover(store, jo.id, recovery[1].replace("0", "O").replace("1", "l"), now)
    for strange in ("", "\0", "\ud800", "-" * 10_000):
        assert not recover(store, jo.id, strange, now)
    with store.writing() as session:
        assert codes.recovery_left(session, jo.id) == 8
        renewed = codes.renew_recovery(session, jo.id, jo.actor, now)
        assert codes.recovery_left(session, jo.id) == 10
    assert not set(renewed) & set(recovery)
    assert not recover(store, jo.id, recovery[2], now)
    assert recover(store, jo.id, renewed[2], now)


def test_codes_are_taken_away_with_a_reason(
    store: Store, now: dt.datetime, grow: Grow, with_codes: WithCodes, trail: Callable[..., list[object]]
) -> None:
    jo, boss = grow("jo@example.org"), grow("boss@example.org")
    _, recovery = with_codes(jo)
    with store.writing() as session, pytest.raises(BadFormError, match="Say why"):
        codes.take_away(session, jo.id, boss.actor, now, " ")
    for _ in range(2):
        with store.writing() as session:
            codes.take_away(session, jo.id, boss.actor, now, "lost the laptop")
            assert not codes.are_set(session, jo.id)
    assert not recover(store, jo.id, recovery[0], now)
    assert len(trail(Tag.ACCOUNT_CODES_OFF)) == 1
    with store.writing() as session, pytest.raises(BadFormError, match="not set up"):
        codes.renew_recovery(session, jo.id, jo.actor, now)


def test_the_address_of_a_secret_is_what_authenticators_read() -> None:
    address = codes.address("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "jo@example.org")
    assert address.startswith("otpauth://totp/Jobs%20clearing%20house:jo%40example.org?secret=JBSWY3DPEHPK3PXPJBSW")


def test_secret_and_codes_are_unreadable_in_the_store(
    store: Store, now: dt.datetime, grow: Grow, with_codes: WithCodes
) -> None:
    secret, recovery = with_codes(grow("jo@example.org"))
    with store.engine.connect() as connection:
        for table in ("user_account", "recovery_code", "audit_event"):
            kept = repr(connection.exec_driver_sql(f"select * from {table}").all())  # noqa: S608 - our own names
            assert not [word for word in (secret, *recovery) if word in kept]
