"""What needs a person this week, gathered and put in order. Pure reading, in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy.orm import Session

from clearinghouse.operations.need import ORDER, Need
from clearinghouse.operations.of_machine import of_machine
from clearinghouse.operations.of_people import of_people
from clearinghouse.operations.of_sources import of_sources
from clearinghouse.settings import Settings

NOTHING = "Nothing needs you this week"
LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)


def needs(session: Session, settings: Settings, now: dt.datetime) -> tuple[Need, ...]:
    """What needs a person, the most urgent first, then what has waited longest."""
    found = (*of_machine(session, settings, now), *of_sources(session, now), *of_people(session, now))
    return tuple(sorted(found, key=lambda need: (ORDER[need.kind], need.since or LONG_AGO, need.about)))


def minutes(found: Iterable[Need]) -> int:
    """How long all of it takes."""
    return sum(need.minutes for need in found)
