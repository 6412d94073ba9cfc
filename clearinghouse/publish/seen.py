"""When an advert of a vacancy was last seen, and whether it still stands: outside `updated` and the change sequence.

Design rules 1 and 4.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa

from clearinghouse.db import UtcDateTime
from clearinghouse.publish.models import Publication
from clearinghouse.vacancies.models import Opening, Sighting, SourceRow
from clearinghouse.vacancies.visible import PUBLIC, Visible
from clearinghouse.vacancies.vocabulary import Status


def last_seen() -> sa.ColumnElement[dt.datetime]:
    """The last time at a source that everyone may see, of the row of `publication`; where there is none, at any."""
    latest = sa.select(sa.func.max(Sighting.last_seen)).where(Sighting.vacancy_id == Publication.vacancy_id)
    public = latest.join(SourceRow, SourceRow.slug == Sighting.source).where(SourceRow.public)
    return sa.func.coalesce(public.scalar_subquery(), latest.scalar_subquery(), type_=UtcDateTime())


def open_to_all(
    visible: Visible, seen: sa.ColumnElement[bool], moments: tuple[Any, Any] | None = None
) -> sa.ColumnElement[bool]:
    """True when everyone may see the row of `publication` at that moment: staff see more.

    `seen` says whether this audience sees it; where that is the public, nothing else is asked. `moments` as in Visible.
    """
    return seen if visible.audience == PUBLIC else Visible(PUBLIC, visible.now).sql(Publication, Opening, moments)


def confirmed() -> sa.ColumnElement[bool]:
    """True when a source that we read, and could read properly the last time, still has the row of `publication`."""
    well = sa.select(Sighting.id).join(SourceRow, SourceRow.slug == Sighting.source)
    well = well.where(Sighting.vacancy_id == Publication.vacancy_id, Sighting.status == Status.OPEN)
    return sa.exists(well.where(SourceRow.failures == 0, ~SourceRow.paused, ~SourceRow.retired))
