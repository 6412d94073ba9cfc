"""Signing in, step by step and without HTTP: a password, then a code where the account has codes.

Each step answers Refused, Wait, NeedsCode or Passed. Refused is the same answer, after the same work, for a wrong
password and for an account that is unknown, disabled or hasn't answered its invitation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from clearinghouse.accounts import audit, codes, passwords
from clearinghouse.accounts.actor import Actor
from clearinghouse.accounts.lanes import AnyLane, Bucket, Growing, are_clean, enter, forgive, name_of, tally, waiting
from clearinghouse.accounts.models import User
from clearinghouse.accounts.passwords import Queue
from clearinghouse.accounts.tags import Tag
from clearinghouse.accounts.typed import tidy_email
from clearinghouse.db import Store

AT_ONCE, EVERY = 20, 1.0  # tries of one address: so many at once, then one a second; each costs a hash
CODES_AT_ONCE, CODES_EVERY = 10, 360.0  # wrong codes of one account in unknown browsers: ten, then one in six minutes
BUSY = 3  # seconds to come again after when too many sign in at once


@dataclass(frozen=True)
class Browser:
    """A browser that these users have signed in with before, as its long-lived signed cookie says."""

    number: str
    users: frozenset[int]


@dataclass(frozen=True)
class Way:
    """Which way a try came: the client's address (`web.limits.bucket`), the known browser, what it calls itself."""

    address: str
    browser: Browser | None = None
    agent: str = ""

    def knows(self, user: int | None) -> bool:
        """True when that user has signed in with this browser before."""
        return self.browser is not None and user in self.browser.users


@dataclass(frozen=True)
class Refused:
    """Wrong; nothing says what."""


@dataclass(frozen=True)
class Wait:
    """Not even looked at: come again after so many seconds."""

    seconds: int


@dataclass(frozen=True)
class NeedsCode:
    """The password was right at that moment; a code must follow."""

    user: int
    at: dt.datetime


@dataclass(frozen=True)
class Passed:
    """Come in. `strong` = a code was used; `recovery_left` = how many recovery codes remain, when one was."""

    user: int
    strong: bool = False
    recovery_left: int | None = None


def check_password(
    store: Store, email: str, password: str, way: Way, now: dt.datetime
) -> Refused | Wait | NeedsCode | Passed:
    """The first step. Right or wrong, it counts in its lanes; in a lane that waits nothing is compared."""
    email = tidy_email(email)
    with store.reading() as session:
        user = session.scalar(sa.select(User).where(User.email == email))
        has_codes = codes.are_set(session, user.id if user else 0)
    lanes = _lanes("password", user.id if user else None, email, way)
    usable = user.password if user and user.disabled_at is None else None

    known = way.knows(user.id if user else None)
    found = _try(store, lanes, lambda: passwords.matches(usable, password), now, known=known)
    if isinstance(found, Wait):
        return found
    if not found or user is None:
        _failed(store, user, email, "password", way, now)
        return Refused()
    _renew_hash(store, user, password)
    return NeedsCode(user.id, now) if has_codes else Passed(user.id)


def check_code(store: Store, asked: NeedsCode, code: str, way: Way, now: dt.datetime) -> Refused | Wait | Passed:
    """The second step, for whom the first one asked: a code of the authenticator, or a recovery code.

    Refused too when the account was disabled, or its password changed, since the first step. Wrong codes from browsers
    that the account doesn't know are ten an hour at most, over all addresses; recovery codes aren't counted there.
    """
    with store.reading() as session:
        user = session.get(User, asked.user)
    if user is None or user.disabled_at is not None or (user.password_set_at or asked.at) > asked.at:
        return Refused()
    by_time = codes.is_time_based(code)
    lanes = _lanes("code", user.id, user.email, way)
    if by_time and not way.knows(user.id):
        lanes = (*lanes, Bucket(name_of("codes of", user.id), CODES_AT_ONCE, CODES_EVERY))
    use = codes.use_code if by_time else codes.use_recovery_code

    def decide() -> bool:
        with store.writing() as session:
            return use(session, user.id, code, now)

    found = _try(store, lanes, decide, now, known=True)  # who comes here knew the password
    if isinstance(found, Wait):
        return found
    if not found:
        _failed(store, user, user.email, "code", way, now)
        return Refused()
    return Passed(user.id, strong=True, recovery_left=None if by_time else _recovery_used(store, user, now))


def confirm(store: Store, actor: Actor, password: str, way: Way, now: dt.datetime) -> Refused | Wait | Passed:
    """Whether somebody who is signed in knows their password, before something that needs it again."""
    with store.reading() as session:
        user = session.get_one(User, actor.user)
    lanes = (Growing(name_of("confirm", user.id, actor.session)),)
    found = _try(store, lanes, lambda: passwords.matches(user.password, password), now, known=True)
    if isinstance(found, Wait):
        return found
    if not found:
        _failed(store, user, user.email, "confirmation", way, now)
        return Refused()
    return Passed(user.id, actor.strong)


def _lanes(step: str, user: int | None, email: str, way: Way) -> tuple[AnyLane, ...]:
    if way.browser is not None and way.knows(user):
        return (Growing(name_of(step, "browser", user, way.browser.number)),)
    return (
        Growing(name_of(step, "account", email, way.address)),
        Bucket(name_of("address", way.address), AT_ONCE, EVERY),
    )


def _try(
    store: Store, lanes: Sequence[AnyLane], decide: Callable[[], bool], now: dt.datetime, *, known: bool
) -> bool | Wait:
    """Count the try, decide outside of any transaction, and take the count back when it was right.

    Where too many do so at this moment nothing is counted, and one is asked to come again.
    """
    with store.reading() as session:
        seconds = waiting(session, lanes, now)
        strangers = Queue.UNBLEMISHED if are_clean(session, lanes, now) else Queue.OTHERS
    if seconds:
        return Wait(seconds)
    try:
        with passwords.place(Queue.KNOWN if known else strangers):
            return _counted(store, lanes, decide, now)
    except passwords.BusyError:
        return Wait(BUSY)


def _counted(store: Store, lanes: Sequence[AnyLane], decide: Callable[[], bool], now: dt.datetime) -> bool | Wait:
    with store.writing() as session:
        seconds = enter(session, lanes, now)
    if seconds:
        return Wait(seconds)
    right = decide()
    if right:
        with store.writing() as session:
            forgive(session, lanes, now)
    return right


def _failed(store: Store, user: User | None, email: str, step: str, way: Way, now: dt.datetime) -> None:
    """Count a wrong try of an account, known or not, and audit the 1st, 2nd, 4th, 8th … of those of a known one.

    So ten thousand guesses leave 14 lines. Tries that had to wait are none: the lines say how fast they can come.
    """
    with store.writing() as session:
        tries = tally(session, name_of("failed", step, email), now)
        if user is not None and tries & (tries - 1) == 0:
            audit.record(
                session, Tag.ACCOUNT_SIGN_IN_FAILED, "nobody signed in", user.email, now,
                step=step, tries=tries, address=way.address, known_browser=way.knows(user.id),
            )  # fmt: skip


def _renew_hash(store: Store, user: User, password: str) -> None:
    """Hash again what was hashed at another cost, unless somebody changed the password meanwhile."""
    if user.password is None or not passwords.is_outdated(user.password):
        return
    stored = passwords.hashed(password)
    with store.writing() as session:
        session.execute(
            sa.update(User).where(User.id == user.id, User.password == user.password).values(password=stored)
        )


def _recovery_used(store: Store, user: User, now: dt.datetime) -> int:
    with store.writing() as session:
        left = codes.recovery_left(session, user.id)
        by = Actor(user.id, user.name, user.email)
        audit.record(session, Tag.ACCOUNT_RECOVERY_USED, by, user.email, now, left=left)
        return left
