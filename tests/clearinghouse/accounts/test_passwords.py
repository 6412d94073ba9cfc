"""How passwords are kept, how many are hashed at a time, and how good one must be."""

from __future__ import annotations

import threading
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearinghouse.accounts import passwords
from clearinghouse.accounts.password_policy import problem
from clearinghouse.accounts.passwords import CHEAP, COST, BusyError, Cost, Hashing, Room

EASY = "harder to guess"
PATTERN = "row or a repetition"


def test_the_real_cost_is_one_that_owasp_names() -> None:
    stored = Hashing(COST).hashed("correct horse battery")
    assert stored.startswith("$argon2id$v=19$m=47104,t=1,p=1$")


def test_a_hash_fits_its_own_password_alone_and_no_two_are_alike() -> None:
    first, second = (passwords.hashed("correct horse battery") for _ in range(2))
    assert first != second
    assert passwords.matches(first, "correct horse battery")
    assert not passwords.matches(first, "correct horse batterz")
    assert not passwords.matches(None, "correct horse battery")
    assert not passwords.matches("no hash at all", "correct horse battery")


def test_accents_may_be_typed_in_two_ways() -> None:
    assert passwords.matches(passwords.hashed("caf\u00e9 au lait, s'il"), "cafe\u0301 au lait, s'il")


@settings(max_examples=50, deadline=None)
@given(st.text())
def test_any_text_is_hashed_and_recognised(text: str) -> None:
    assert passwords.matches(passwords.hashed(text), text) or len(text) > passwords.LONGEST


def test_an_endless_password_is_wrong_and_costs_no_more() -> None:
    assert not passwords.matches(passwords.hashed("x" * 200), "x" * 1_000_000)


def test_a_hash_of_another_cost_still_fits_and_is_outdated() -> None:
    old = Hashing(Cost(memory=16, passes=2, threads=1)).hashed("correct horse battery")
    assert passwords.matches(old, "correct horse battery")
    assert passwords.is_outdated(old)
    assert not passwords.is_outdated(Hashing(CHEAP).hashed("correct horse battery"))


def test_so_many_are_inside_so_many_wait_and_the_next_is_sent_away() -> None:
    room, inside, leave = Room(1, queue=1), threading.Event(), threading.Event()
    seen = []

    def visit() -> None:
        with room.place():
            seen.append("in")
            inside.set()
            leave.wait(10)

    first, second = threading.Thread(target=visit), threading.Thread(target=visit)
    first.start()
    assert inside.wait(10)
    second.start()
    while room._inside._value:  # until the second one queues
        time.sleep(0.01)
    with pytest.raises(BusyError), room.place():
        pass
    assert seen == ["in"]
    leave.set()
    first.join(10)
    second.join(10)
    assert seen == ["in", "in"]
    with room.place():
        pass


@pytest.mark.parametrize(
    ("password", "expected"),
    [
        ("a meadow full of rain", None),
        ("correct horse battery", None),
        ("48219930117524", None),
        ("xk7wmq3pdzz9", None),
        ("Тихий океан летом", None),
        ("mother of pearl", None),
        ("", "12 characters or more"),
        ("elevenchars", "12 characters or more"),
        ("x" * 201, "200 characters or fewer"),
        ("aaaaaaaaaaaa", PATTERN),
        ("abababababab", PATTERN),
        ("kestrelkestrel", PATTERN),
        ("abcdefghijklm", PATTERN),
        ("zyxwvutsrqpon", PATTERN),
        ("\ud800" * 12, PATTERN),
        ("password1234", EASY),
        ("Password2026!!", EASY),
        ("123456789012", EASY),
        ("qwertyuiop123", EASY),
        ("1q2w3e4r5t6y", EASY),
        ("Clearinghouse1", EASY),
        ("Nottinghamshire2026", EASY),
        ("Welcome to Nottingham", EASY),
        ("jo.smith@example.org", EASY),
        ("Jo.Smith.2026!", EASY),
        ("jsmith-password", EASY),
    ],
)
def test_a_password_is_long_and_not_what_others_try_first(password: str, expected: str | None) -> None:
    found = problem(password, "jo.smith@example.org", "Jo Smith")
    assert found == expected or (expected is not None and expected in (found or ""))


@given(st.text(), st.text(), st.text())
def test_any_password_gets_a_sentence_or_none(password: str, email: str, name: str) -> None:
    found = problem(password, email, name)
    assert found is None or found.startswith("Your password must")
    assert found is not None or 12 <= len(unicodedata.normalize("NFC", password)) <= 200
