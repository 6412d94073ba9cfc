"""What the alerts need of a person, and what `doctor` says of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.alerts.due import live
from clearinghouse.alerts.models import SavedSearch
from clearinghouse.alerts.standing import standing
from clearinghouse.errors import BadSettingError
from clearinghouse.operations.check import Check, bad, ok
from clearinghouse.operations.need import Need, NeedKind, counted
from clearinghouse.settings import Settings
from clearinghouse.vacancies.draft import london


def of_alerts(session: Session, now: dt.datetime) -> Iterator[Need]:
    """Saved searches that were not told for a day, though nothing of theirs waits in the outbox."""
    found = standing(session, now)
    if found.late:
        kind = NeedKind.ALERTS_LATE
        late = counted(found.late, "saved search is", "saved searches are")
        sentence = f"{late} over a day late: nobody works out what is new. Ask whoever runs the machine."
        yield Need(kind, "alerts", sentence, found.late_since, kind.minutes, "/operations#alerts")


def of_saved_searches(session: Session, _settings: Settings, now: dt.datetime) -> Iterator[Check]:
    """Whether the saved searches can be read, and are told in time."""
    found = standing(session, now)
    if trouble := _sealed(session):
        yield bad("alerts", f"{trouble}: no saved search is told while one of them can't be read.")
    elif found.late and found.late_since:
        late = counted(found.late, "saved search has", "saved searches have")
        yield bad("alerts", f"{late} not been told since {london(found.late_since)}: see `clearinghouse alerts send`.")
    elif found.on:
        yield ok("alerts", f"{counted(found.on, 'saved search is', 'saved searches are')} on, none of them late.")


def _sealed(session: Session) -> str | None:
    """Why the oldest or the newest of them can't be read; None where both can."""
    ends = sa.select(sa.func.min(SavedSearch.id)).where(live()), sa.select(sa.func.max(SavedSearch.id)).where(live())
    try:
        session.scalars(sa.select(SavedSearch.query).where(sa.or_(*(SavedSearch.id.in_(each) for each in ends)))).all()
    except BadSettingError as error:
        return str(error)
    return None
