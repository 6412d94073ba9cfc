"""When a saved search is looked at next: at seven in the morning in London. Pure."""

from __future__ import annotations

import datetime as dt

from clearinghouse.alerts.models import Often
from clearinghouse.vacancies.draft import LONDON

AT = dt.time(7, 0)
DAY = dt.timedelta(days=1)
RENEWED_FOR = dt.timedelta(days=365)
ASKED_BEFORE = dt.timedelta(days=28)  # so long before it ends we ask whether it is still wanted


def next_look(often: Often, now: dt.datetime) -> dt.datetime:
    """The next seven o'clock after `now`, in London; of a weekly search the next Monday's."""
    day = now.astimezone(LONDON).date()
    if now >= _at(day):
        day += DAY
    while often is Often.WEEKLY and day.weekday():
        day += DAY
    return _at(day)


def _at(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, AT, LONDON).astimezone(dt.UTC)
