"""How often people went on from a vacancy to its employer: a number a day, nothing about the person.

A GET never writes (design §4.3): clicks are counted in memory and flushed by a thread of the site's.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter
from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from clearinghouse.db import Base, Store
from clearinghouse.dialect import insert_missing

Tally = Mapping[tuple[int, dt.date], int]


class ApplyClick(Base):
    """The clicks on one vacancy's apply button on one London day."""

    __tablename__ = "apply_click"

    vacancy_id: Mapped[int] = mapped_column(sa.ForeignKey("vacancy.id"), primary_key=True, autoincrement=False)
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    count: Mapped[int]


class Clicks:
    """Clicks not yet in the store; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: Counter[tuple[int, dt.date]] = Counter()

    def add(self, vacancy_id: int, day: dt.date) -> None:
        """Count one click."""
        with self._lock:
            self._waiting[vacancy_id, day] += 1

    def flush(self, store: Store) -> int:
        """Move what waits into the store and say how many clicks that were; nothing is lost when the store fails."""
        with self._lock:
            taken, self._waiting = self._waiting, Counter()
        if not taken:
            return 0
        try:
            _write(store, taken)
        except BaseException:
            with self._lock:
                self._waiting += taken
            raise
        return taken.total()


def _write(store: Store, tally: Tally) -> None:
    table = ApplyClick.metadata.tables[ApplyClick.__tablename__]
    rows = [{"vacancy_id": key, "day": day, "count": 0} for key, day in sorted(tally)]
    more = [{"key": key, "on": day, "more": tally[key, day]} for key, day in sorted(tally)]
    found = (table.c.vacancy_id == sa.bindparam("key")) & (table.c.day == sa.bindparam("on"))
    with store.writing() as session:
        insert_missing(session, ApplyClick, rows)
        raised = sa.update(table).where(found).values(count=table.c.count + sa.bindparam("more"))
        session.connection().execute(raised, more)
