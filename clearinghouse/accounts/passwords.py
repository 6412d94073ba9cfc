"""Passwords as they are kept: Argon2id, and never more of it at a time than a small machine can bear.

A hash takes 46 MiB and some 70 ms of one core. Browsers that are known to an account, addresses from which nothing
wrong came today, and all others queue apart, so that a flood of guesses keeps out nobody but itself; whoever finds the
queue full is asked to come again. The queues are short: whoever waits in one holds one of the few threads that answer
everybody (web.app.THREADS).
"""

from __future__ import annotations

import enum
import secrets
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from clearinghouse.errors import ClearingHouseError

LONGEST = 200  # characters
PATIENCE = 5.0  # seconds in the queue


class Queue(enum.Enum):
    """Who queues together."""

    KNOWN = "known"  # a browser that has signed in to the account, or somebody who is signed in
    UNBLEMISHED = "unblemished"  # a way that no wrong try came today
    OTHERS = "others"


class BusyError(ClearingHouseError):
    """Too many passwords are being checked at this moment."""


@dataclass(frozen=True)
class Cost:
    """What one hash costs: memory in KiB, passes over it, threads."""

    memory: int
    passes: int
    threads: int


COST = Cost(memory=47_104, passes=1, threads=1)  # OWASP's Password Storage Cheat Sheet, the first of its equals
CHEAP = Cost(memory=8, passes=1, threads=1)  # for tests that sign in thousands of times; see `use`


class Room:
    """So many at a time, so many waiting; the next one gets BusyError."""

    def __init__(self, places: int, queue: int) -> None:
        self._free = threading.BoundedSemaphore(places)
        self._inside = threading.BoundedSemaphore(places + queue)

    @contextmanager
    def place(self) -> Iterator[None]:
        """Hold one of the places. Raises BusyError at once when the queue is full, or after PATIENCE in it."""
        if not self._inside.acquire(blocking=False):
            raise BusyError("too many people are signing in at this moment")
        try:
            if not self._free.acquire(timeout=PATIENCE):
                raise BusyError("too many people are signing in at this moment")
            try:
                yield
            finally:
                self._free.release()
        finally:
            self._inside.release()


class Hashing:
    """Argon2id at one cost."""

    def __init__(self, cost: Cost) -> None:
        self._argon2 = PasswordHasher(time_cost=cost.passes, memory_cost=cost.memory, parallelism=cost.threads)

    @cached_property
    def nobodys(self) -> str:
        """The hash of a password that nobody knows: what a try for an unknown account is compared with."""
        return self._argon2.hash(secrets.token_urlsafe(32))

    def hashed(self, password: str) -> str:
        """The hash to keep."""
        return self._argon2.hash(_bytes(password))

    def matches(self, stored: str | None, password: str) -> bool:
        """True when `stored` was made of `password`; without `stored` never, after the same work."""
        try:
            right = self._argon2.verify(stored or self.nobodys, _bytes(password[: LONGEST + 1]))
        except (InvalidHashError, VerificationError):
            return False
        return right and stored is not None

    def is_outdated(self, stored: str) -> bool:
        """True when `stored` was made at another cost."""
        return self._argon2.check_needs_rehash(stored)


_hashing = Hashing(COST)
_rooms = {Queue.KNOWN: Room(1, queue=4), Queue.UNBLEMISHED: Room(1, queue=3), Queue.OTHERS: Room(1, queue=1)}


def use(cost: Cost) -> None:
    """Hash at another cost from now on. Only tests call this (tests/conftest.py): no setting reaches it."""
    global _hashing  # noqa: PLW0603 - one for the process, as its queues are
    _hashing = Hashing(cost)


def place(queue: Queue) -> AbstractContextManager[None]:
    """Where passwords are checked, one at a time for each queue. Raises BusyError."""
    return _rooms[queue].place()


def hashed(password: str) -> str:
    """The Argon2id hash of a new password, with its salt and cost. Raises BusyError."""
    with place(Queue.KNOWN):
        return _hashing.hashed(password)


def matches(stored: str | None, password: str) -> bool:
    """True when the hash `stored` was made of `password`; None takes as long and is always False. Hold a `place`."""
    return _hashing.matches(stored, password)


def is_outdated(stored: str) -> bool:
    """True when the hash was made at another cost than today's, and should be made anew."""
    return _hashing.is_outdated(stored)


def _bytes(password: str) -> bytes:
    """The same bytes however a keyboard composes its accents (NFC)."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
