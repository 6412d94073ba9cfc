"""How the saved searches stand: how many there are, and whether they are told in time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.alerts.due import live, ready
from clearinghouse.alerts.models import SavedSearch

LATE = dt.timedelta(days=1)


@dataclass(frozen=True)
class Standing:
    """How many are `on`, how many were `asked` for and not confirmed, how many are `due` now.

    `people` = the addresses of those that are on. `late` = over a day, though no message of theirs waits, the longest
    since `late_since`.
    """

    on: int = 0
    people: int = 0
    asked: int = 0
    due: int = 0
    late: int = 0
    late_since: dt.datetime | None = None


def standing(session: Session, now: dt.datetime) -> Standing:
    """How the saved searches stand at this moment. Two queries."""
    asked = sa.and_(SavedSearch.confirmed_at.is_(None), SavedSearch.ended_at.is_(None))
    on = sa.case((live(), SavedSearch.address_digest))
    counts = session.execute(
        sa.select(sa.func.count(on), sa.func.count(on.distinct()), sa.func.count(sa.case((asked, 1))))
    ).one()
    late = sa.case((SavedSearch.due_at <= now - LATE, SavedSearch.due_at))
    waiting = session.execute(
        sa.select(sa.func.count(), sa.func.count(late), sa.func.min(late)).where(ready(), SavedSearch.due_at <= now)
    ).one()
    return Standing(*counts, *waiting)
