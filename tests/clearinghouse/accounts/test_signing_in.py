"""Signing in, step by step: who passes, who must wait, and what nobody can tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pyotp
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clearinghouse.accounts import passwords, people
from clearinghouse.accounts.lanes import forget
from clearinghouse.accounts.models import Lane, User
from clearinghouse.accounts.passwords import Cost, Hashing, Queue, Room
from clearinghouse.accounts.people import Person
from clearinghouse.accounts.signing_in import (
    Browser,
    NeedsCode,
    Passed,
    Refused,
    Wait,
    Way,
    check_code,
    check_password,
)
from clearinghouse.accounts.tags import Tag
from clearinghouse.db import Store

Grow = Callable[..., Person]
WithCodes = Callable[[Person], tuple[str, tuple[str, ...]]]
HOME, ELSEWHERE = Way("192.0.2.1"), Way("198.51.100.7")
RIGHT, WRONG = "correct horse battery", "wrong horse battery"


def seconds(count: float) -> dt.timedelta:
    return dt.timedelta(seconds=count)


def test_the_right_password_passes_and_everything_else_is_refused_alike(
    store: Store, now: dt.datetime, grow: Grow
) -> None:
    jo = grow("jo@example.org")
    grow("invited@example.org", None)
    gone = grow("gone@example.org")
    with store.writing() as session:
        people.disable(session, gone.id, "a test", now)
    assert check_password(store, " JO@example.org ", RIGHT, HOME, now) == Passed(jo.id)
    for email, password in (
        ("jo@example.org", WRONG),
        ("jo@example.org", ""),
        ("gone@example.org", RIGHT),
        ("invited@example.org", RIGHT),
        ("invited@example.org", ""),
        ("nobody@example.org", RIGHT),
        ("\0", "\0"),
        ("\ud800@example.org", "\ud800"),
        ("x" * 100_000, "x" * 100_000),
    ):
        assert check_password(store, email, password, HOME, now) == Refused()


def test_an_account_waits_at_one_address_and_nowhere_else_and_success_clears_the_lane(
    store: Store, now: dt.datetime, grow: Grow
) -> None:
    jo = grow("jo@example.org")
    for _ in range(5):
        assert check_password(store, "jo@example.org", WRONG, HOME, now) == Refused()
    assert check_password(store, "jo@example.org", RIGHT, HOME, now) == Wait(2)
    assert check_password(store, "jo@example.org", RIGHT, ELSEWHERE, now) == Passed(jo.id)
    assert check_password(store, "jo@example.org", RIGHT, HOME, now + seconds(1.5)) == Wait(1)
    assert check_password(store, "jo@example.org", RIGHT, HOME, now + seconds(2)) == Passed(jo.id)
    for _ in range(4):
        assert check_password(store, "jo@example.org", WRONG, HOME, now + seconds(2)) == Refused()
    assert check_password(store, "jo@example.org", RIGHT, HOME, now + seconds(2)) == Passed(jo.id)


def test_the_waits_of_an_account_and_of_nobody_are_the_same(store: Store, now: dt.datetime, grow: Grow) -> None:
    grow("jo@example.org")
    said = {
        email: [check_password(store, email, WRONG, Way(f"192.0.2.{number}"), now + seconds(20 * step))
                for step in range(12)]
        for number, email in enumerate(("jo@example.org", "nobody@example.org"))
    }  # fmt: skip
    assert said["jo@example.org"] == said["nobody@example.org"]
    assert any(isinstance(each, Wait) for each in said["jo@example.org"])


def test_the_table_of_waits(store: Store, now: dt.datetime) -> None:
    at, waits = now, []
    for _ in range(12):
        assert check_password(store, "nobody@example.org", WRONG, HOME, at) == Refused()
        found = check_password(store, "nobody@example.org", WRONG, HOME, at) if len(waits) >= 4 else None
        waits.append(found.seconds if isinstance(found, Wait) else 0)
        at += seconds(waits[-1] + 20)
    assert waits == [0, 0, 0, 0, 2, 4, 8, 16, 32, 60, 60, 60]
    assert check_password(store, "nobody@example.org", WRONG, HOME, at + dt.timedelta(days=1)) == Refused()
    assert check_password(store, "nobody@example.org", WRONG, HOME, at + dt.timedelta(days=1)) == Refused()


def test_an_address_takes_twenty_at_once_and_then_one_a_second(store: Store, now: dt.datetime) -> None:
    found = [check_password(store, f"p{number}@example.org", WRONG, HOME, now) for number in range(25)]
    assert found == [Refused()] * 20 + [Wait(1)] * 5
    assert check_password(store, "p30@example.org", WRONG, HOME, now + seconds(1)) == Refused()
    assert check_password(store, "p31@example.org", WRONG, HOME, now + seconds(1)) == Wait(1)
    assert check_password(store, "p31@example.org", WRONG, ELSEWHERE, now + seconds(1)) == Refused()


def test_an_office_behind_one_address_signs_in_as_one(store: Store, now: dt.datetime, grow: Grow) -> None:
    staff = [grow(f"p{number}@example.org") for number in range(30)]
    assert [check_password(store, person.email, RIGHT, HOME, now) for person in staff] == [
        Passed(person.id) for person in staff
    ]


def test_a_known_browser_has_a_lane_of_its_own(store: Store, now: dt.datetime, grow: Grow) -> None:
    jo, al = grow("jo@example.org"), grow("al@example.org")
    known = Way(HOME.address, Browser("a", frozenset({jo.id})))
    for _ in range(40):
        check_password(store, "jo@example.org", WRONG, HOME, now)
        check_password(store, "al@example.org", WRONG, HOME, now)
    assert isinstance(check_password(store, "jo@example.org", RIGHT, HOME, now), Wait)
    assert check_password(store, "jo@example.org", RIGHT, known, now) == Passed(jo.id)
    assert isinstance(check_password(store, "al@example.org", RIGHT, known, now), Wait)
    for _ in range(5):
        assert check_password(store, "jo@example.org", WRONG, known, now) == Refused()
    assert check_password(store, "jo@example.org", RIGHT, known, now) == Wait(2)
    other = Way(HOME.address, Browser("b", frozenset({jo.id, al.id})))
    assert check_password(store, "jo@example.org", RIGHT, other, now) == Passed(jo.id)
    assert check_password(store, "al@example.org", RIGHT, other, now) == Passed(al.id)


def test_guesses_at_the_same_moment_are_all_counted(store: Store, now: dt.datetime, grow: Grow) -> None:
    grow("jo@example.org")
    with ThreadPoolExecutor(2) as pool:  # as many as find room
        found = list(pool.map(lambda _: check_password(store, "jo@example.org", WRONG, HOME, now), range(12)))
    assert found.count(Refused()) == 5


def test_a_hash_of_another_cost_is_made_anew_when_its_owner_signs_in(
    store: Store, now: dt.datetime, grow: Grow
) -> None:
    jo = grow("jo@example.org")
    with store.writing() as session:
        session.get_one(User, jo.id).password = Hashing(Cost(memory=16, passes=2, threads=1)).hashed(RIGHT)
    for _ in range(2):
        assert check_password(store, "jo@example.org", RIGHT, HOME, now) == Passed(jo.id)
    with store.reading() as session:
        stored = session.get_one(User, jo.id).password
    assert stored
    assert not passwords.is_outdated(stored)


def test_a_flood_keeps_out_only_those_from_whose_addresses_wrong_tries_came(
    sqlite_store: Store, now: dt.datetime, grow_in: Callable[[Store], Grow], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody who is asked to come again has used anything up by that."""
    jo, full = grow_in(sqlite_store)("jo@example.org"), Room(1, queue=0)
    assert check_password(sqlite_store, "nobody@example.org", WRONG, HOME, now) == Refused()
    monkeypatch.setitem(passwords._rooms, Queue.OTHERS, full)
    with full.place():
        found = [check_password(sqlite_store, "nobody@example.org", WRONG, HOME, now) for _ in range(30)]
        assert found == [Wait(3)] * 30
        assert check_password(sqlite_store, "jo@example.org", RIGHT, HOME, now) == Wait(3)
        assert check_password(sqlite_store, "jo@example.org", RIGHT, ELSEWHERE, now) == Passed(jo.id)
        known = Way(HOME.address, Browser("a", frozenset({jo.id})))
        assert check_password(sqlite_store, "jo@example.org", RIGHT, known, now) == Passed(jo.id)
    assert check_password(sqlite_store, "nobody@example.org", WRONG, HOME, now) == Refused()
    assert check_password(sqlite_store, "jo@example.org", RIGHT, HOME, now) == Passed(jo.id)


def test_a_code_is_asked_for_and_the_second_step_passes_once(
    store: Store, now: dt.datetime, grow: Grow, with_codes: WithCodes
) -> None:
    jo = grow("jo@example.org")
    secret, recovery = with_codes(jo)
    asked = check_password(store, "jo@example.org", RIGHT, HOME, now)
    assert asked == NeedsCode(jo.id, now)
    code = pyotp.TOTP(secret).at(now)
    assert check_code(store, asked, "123", HOME, now) == Refused()
    assert check_code(store, asked, code, HOME, now) == Passed(jo.id, strong=True)
    assert check_code(store, asked, code, HOME, now) == Refused()
    assert check_code(store, asked, recovery[0], HOME, now) == Passed(jo.id, strong=True, recovery_left=9)
    assert check_code(store, NeedsCode(999, now), code, HOME, now) == Refused()
    for strange in ("", "\0", "\ud800", "x" * 100_000):
        assert isinstance(check_code(store, asked, strange, ELSEWHERE, now), Refused | Wait)


def test_the_second_step_ends_when_the_account_changed_after_the_first(
    store: Store, now: dt.datetime, grow: Grow, with_codes: WithCodes
) -> None:
    jo = grow("jo@example.org")
    grow("boss@example.org")
    secret, _ = with_codes(jo)
    later = now + seconds(60)
    with store.writing() as session:
        people.keep_password(session, jo.id, passwords.hashed("another long one"), "a test", later)
    assert check_code(store, NeedsCode(jo.id, now), pyotp.TOTP(secret).at(later), HOME, later) == Refused()
    with store.writing() as session:
        people.disable(session, jo.id, "a test", later)
    assert check_code(store, NeedsCode(jo.id, later), pyotp.TOTP(secret).at(later), HOME, later) == Refused()


def test_strangers_get_ten_wrong_codes_an_hour_over_all_addresses(
    store: Store, now: dt.datetime, grow: Grow, with_codes: WithCodes
) -> None:
    jo = grow("jo@example.org")
    secret, recovery = with_codes(jo)
    right = pyotp.TOTP(secret).at(now)
    wrong = f"{(int(right) + 500_000) % 1_000_000:06}"
    asked = NeedsCode(jo.id, now)
    found = [check_code(store, asked, wrong, Way(f"192.0.2.{number}"), now) for number in range(40)]
    assert found[:10] == [Refused()] * 10
    assert all(isinstance(each, Wait) for each in found[10:])
    assert isinstance(check_code(store, asked, right, ELSEWHERE, now), Wait)
    known = Way("192.0.2.1", Browser("a", frozenset({jo.id})))
    assert check_code(store, asked, recovery[0], ELSEWHERE, now) == Passed(jo.id, strong=True, recovery_left=9)
    assert check_code(store, asked, right, known, now) == Passed(jo.id, strong=True)
    later = now + seconds(360)
    assert check_code(store, asked, wrong, ELSEWHERE, later) == Refused()


def test_wrong_tries_leave_few_lines_that_say_how_many_there_were(
    store: Store, now: dt.datetime, grow: Grow, trail: Callable[..., list[people.audit.AuditEvent]]
) -> None:
    grow("jo@example.org")
    for number in range(40):
        check_password(store, "jo@example.org", f"{WRONG} {number}", Way(f"192.0.2.{number}"), now)
    for number in range(4):
        check_password(store, "nobody@example.org", WRONG, Way(f"198.51.100.{number}"), now)
    lines = trail(Tag.ACCOUNT_SIGN_IN_FAILED)
    assert [line.details["tries"] for line in lines if line.details] == [1, 2, 4, 8, 16, 32]
    assert {line.about for line in lines} == {"jo@example.org"}
    assert WRONG not in repr([line.details for line in lines])


def test_lanes_in_which_nobody_came_for_a_day_go(store: Store, now: dt.datetime) -> None:
    check_password(store, "nobody@example.org", WRONG, HOME, now)
    check_password(store, "nobody@example.org", WRONG, ELSEWHERE, now + dt.timedelta(hours=20))
    with store.writing() as session:
        assert forget(session, now + dt.timedelta(hours=25)) == 2
        assert session.scalar(sa.select(sa.func.count()).select_from(Lane)) == 3


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(email=st.text(), password=st.text(), code=st.text(), address=st.text())
def test_any_text_is_refused_or_made_to_wait(
    sqlite_store: Store, now: dt.datetime, email: str, password: str, code: str, address: str
) -> None:
    way = Way(address, Browser(code, frozenset({1})), agent=email)
    assert isinstance(check_password(sqlite_store, email, password, way, now), Refused | Wait)
    assert isinstance(check_code(sqlite_store, NeedsCode(1, now), code, way, now), Refused | Wait)
