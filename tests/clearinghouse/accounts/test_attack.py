"""Guessing at a distance: thousands of tries from many addresses at many accounts succeed nowhere, lock nobody out,
and learn nothing from how long they take.
"""

from __future__ import annotations

import datetime as dt
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from clearinghouse.accounts.people import Person
from clearinghouse.accounts.signing_in import Browser, Passed, Refused, Wait, Way, check_password
from clearinghouse.db import Store

Grow = Callable[..., Person]
STAFF = 8
GUESSES = ("Password2026!", "Summer2026!!", "nottinghamshire1", "qwertyuiop12", "letmein12345", "correct horse")


@dataclass(frozen=True)
class Victim:
    """Somebody with an account, who signs in from home and from an office whose address the attacker has too."""

    person: Person
    password: str
    home: Way
    office: Way


@dataclass(frozen=True)
class Guess:
    """One try of the attacker."""

    email: str
    password: str
    way: Way
    at: dt.datetime


def victims(grow: Grow) -> list[Victim]:
    found = []
    for number in range(STAFF):
        password = f"meadow {number} full of rain"
        person = grow(f"staff{number}@example.org", password)
        browser = Browser(f"browser {number}", frozenset({person.id}))
        found.append(Victim(person, password, Way(f"203.0.113.{number}"), Way("192.0.2.0", browser)))
    return found


def guesses(seed: int, count: int, addresses: int, now: dt.datetime) -> Iterator[Guess]:
    """Tries at accounts that exist and that don't, fifty a second, from addresses that take turns.

    One of them is the office's; a third come with a browser's cookie that was made for another account.
    """
    dice = random.Random(seed)
    for number in range(count):
        who = dice.randrange(2 * STAFF)
        email = f"staff{who}@example.org" if who < STAFF else f"nobody{who}@example.org"
        browser = Browser("the attacker's own", frozenset({10**6})) if dice.random() < 1 / 3 else None
        way = Way(f"192.0.2.{dice.randrange(addresses)}", browser)
        yield Guess(email, dice.choice(GUESSES), way, now + dt.timedelta(seconds=number / 50))


def attack(store: Store, staff: list[Victim], count: int, addresses: int, now: dt.datetime) -> Counter[type]:
    """Everything that the attacker was told; meanwhile, and after it, everybody signs in at their first try."""
    told: Counter[type] = Counter()
    at = now
    for number, guess in enumerate(guesses(2010, count, addresses, now)):
        at = guess.at
        told[type(check_password(store, guess.email, guess.password, guess.way, at))] += 1
        if number % (count // 20) == 0:
            victim = staff[number % len(staff)]
            for way in (victim.home, victim.office):
                assert check_password(store, victim.person.email, victim.password, way, at) == Passed(victim.person.id)
    for victim in staff:
        for way in (victim.home, victim.office):
            assert check_password(store, victim.person.email, victim.password, way, at) == Passed(victim.person.id)
    return told


def test_hundreds_of_guesses_succeed_nowhere_and_lock_nobody_out(store: Store, now: dt.datetime, grow: Grow) -> None:
    told = attack(store, victims(grow), count=160, addresses=5, now=now)
    assert set(told) == {Refused, Wait}
    assert told[Wait] > told[Refused] / 4


@pytest.mark.soak
@pytest.mark.parametrize("addresses", [1, 10, 250])
def test_ten_thousand_guesses_succeed_nowhere_and_lock_nobody_out(
    sqlite_store: Store, now: dt.datetime, grow_in: Callable[[Store], Grow], addresses: int
) -> None:
    told = attack(sqlite_store, victims(grow_in(sqlite_store)), count=10_000, addresses=addresses, now=now)
    words = f"{addresses} addresses: {told[Refused]} looked at, {told[Wait]} made to wait, {told[Passed]} let in\n"
    sys.stdout.write(words)
    assert set(told) == {Refused, Wait}


@pytest.mark.usefixtures("real_cost")
def test_known_and_unknown_addresses_take_the_same_time(
    sqlite_store: Store, now: dt.datetime, grow_in: Callable[[Store], Grow]
) -> None:
    """Processor time, which a busy machine leaves alone, all of it Argon2: the medians of 15 are within a fifth."""
    grow = grow_in(sqlite_store)
    grow("jo@example.org", "a meadow full of rain")
    grow("invited@example.org", None)
    emails = ("jo@example.org", "nobody@example.org", "invited@example.org")
    took: dict[str, list[float]] = {email: [] for email in emails}
    for number in range(15):
        for email in emails:
            began = time.process_time()
            found = check_password(sqlite_store, email, "a wrong password", Way(f"192.0.2.{number}"), now)
            took[email].append(time.process_time() - began)
            assert found == Refused()
    medians = [statistics.median(took[email]) for email in emails]
    assert max(medians) / min(medians) < 1.2, medians
