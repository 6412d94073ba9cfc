"""What `doctor` says of the pay tables: each must be renewed about once a year (docs/pay.md)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sqlalchemy.orm import Session

from clearinghouse.normalise.tables import in_force
from clearinghouse.operations.check import Check, ok, warn
from clearinghouse.settings import Settings
from clearinghouse.vacancies.draft import LONDON

STALE = dt.timedelta(days=396)
"""13 months: a rise is often agreed late, but a table this old is last year's."""


def of_pay_tables(_session: Session, _settings: Settings, now: dt.datetime) -> Iterator[Check]:
    """Whether each pay table that is in force is recent enough."""
    today = now.astimezone(LONDON).date()
    old = [table for table in in_force(today) if today - table.dated > STALE]
    if not old:
        yield ok("pay", "The pay tables and the legal minimum are of this year.")
        return
    named = "; ".join(f"{table.name} ({_day(table.dated)})" for table in old)
    yield warn("pay", f"A pay table in use is over 13 months old: {named}. Renew it as docs/pay.md says.")


def _day(date: dt.date) -> str:
    return f"{date.day} {date:%B %Y}"
