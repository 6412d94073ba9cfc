"""Lanes: how many tries came one way, so that guessing is slow and nobody can lock another person out.

A lane belongs to whoever drives in it: an account from one address, an account in a browser that it knows, an address.
No lane of passwords belongs to an account alone, for strangers could fill that one. Two kinds of limit:

* a *growing wait*: a few tries are free, then each must wait twice as long as the last, a minute at most;
* a *bucket*: so many at once, then one each so many seconds.

A try is counted before it is decided, so that tries at the same moment can't all be the first one; when it was right,
the wait is taken away and the bucket gets its token back.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.accounts.models import Lane
from clearinghouse.dialect import insert_missing

FREE = 4  # tries that nobody waits after
LONGEST = 60  # seconds
FORGOTTEN = dt.timedelta(days=1)  # after the last try


@dataclass(frozen=True)
class Growing:
    """A lane whose waits grow: none after the first few tries, then 2, 4, 8 … 60 seconds."""

    name: str

    def wait(self, row: Lane, now: dt.datetime) -> float:
        """Seconds until the next try may come; 0 or less = now."""
        return (row.until - now).total_seconds() if row.until else 0.0

    def count(self, row: Lane, now: dt.datetime) -> None:
        """Count one try."""
        row.failures = 1 if now - row.last >= FORGOTTEN else row.failures + 1
        wait = min(LONGEST, 2.0 ** min(row.failures - FREE, 10)) if row.failures > FREE else 0.0
        row.until = now + dt.timedelta(seconds=wait)

    def forgive(self, row: Lane) -> None:
        """Forget every try: the last was right."""
        row.failures, row.until = 0, None


@dataclass(frozen=True)
class Bucket:
    """A lane that takes `burst` tries at once, and then one every `every` seconds."""

    name: str
    burst: int
    every: float

    def wait(self, row: Lane, now: dt.datetime) -> float:
        """Seconds until a token is there; 0 or less = now. `until` is when the bucket will be full again."""
        full = (row.until - now).total_seconds() if row.until else 0.0
        return full - (self.burst - 1) * self.every

    def count(self, row: Lane, now: dt.datetime) -> None:
        """Take one token."""
        row.failures = 1 if now - row.last >= FORGOTTEN else row.failures + 1
        row.until = max(row.until or now, now) + dt.timedelta(seconds=self.every)

    def forgive(self, row: Lane) -> None:
        """Give the token back."""
        row.failures = max(0, row.failures - 1)
        row.until = row.until - dt.timedelta(seconds=self.every) if row.until else None


AnyLane = Growing | Bucket


def waiting(session: Session, lanes: Sequence[AnyLane], now: dt.datetime) -> int:
    """Whole seconds that a try must wait for all of its lanes to be free; 0 = it may come. Only reads."""
    rows = {row.name: row for row in session.scalars(sa.select(Lane).where(Lane.name.in_([one.name for one in lanes])))}
    longest = max((one.wait(rows[one.name], now) for one in lanes if one.name in rows), default=0.0)
    return max(0, math.ceil(longest))


def are_clean(session: Session, lanes: Sequence[AnyLane], now: dt.datetime) -> bool:
    """True when nobody was wrong in any of these lanes for a day. Only reads."""
    names = [one.name for one in lanes]
    wrong = sa.select(Lane.name).where(Lane.name.in_(names), Lane.failures > 0, Lane.last > now - FORGOTTEN)
    return session.scalar(wrong.limit(1)) is None


def enter(session: Session, lanes: Sequence[AnyLane], now: dt.datetime) -> int:
    """Count a try in all of `lanes` and return 0; or count nothing, and return the seconds that it must wait."""
    rows = _locked(session, lanes, now)
    longest = max(0, math.ceil(max(one.wait(rows[one.name], now) for one in lanes)))
    if longest == 0:
        for one in lanes:
            one.count(rows[one.name], now)
            rows[one.name].last = now
    return longest


def forgive(session: Session, lanes: Sequence[AnyLane], now: dt.datetime) -> None:
    """Take the count of a try back that was right."""
    rows = _locked(session, lanes, now)
    for one in lanes:
        one.forgive(rows[one.name])


def tally(session: Session, name: str, now: dt.datetime) -> int:
    """Count something that no one waits for, and return how many there are since the last quiet day."""
    counted = Growing(name)
    row = _locked(session, [counted], now)[name]
    counted.count(row, now)
    row.last, row.until = now, None
    return row.failures


def forget(session: Session, now: dt.datetime) -> int:
    """Take away the lanes in which nobody came for a day; how many."""
    gone = session.execute(sa.delete(Lane).where(Lane.last < now - FORGOTTEN).returning(Lane.name))
    return len(gone.all())


def name_of(*parts: object) -> str:
    """The name of a lane: a hash, so that the store holds no address of somebody who only tried."""
    return hashlib.sha256("\0".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()


def _locked(session: Session, lanes: Sequence[AnyLane], now: dt.datetime) -> dict[str, Lane]:
    """The rows of these lanes, made when missing, locked in one order until the transaction ends."""
    names = sorted(one.name for one in lanes)
    insert_missing(session, Lane, [{"name": name, "failures": 0, "last": now, "until": None} for name in names])
    rows = session.scalars(sa.select(Lane).where(Lane.name.in_(names)).order_by(Lane.name).with_for_update())
    return {row.name: row for row in rows}
