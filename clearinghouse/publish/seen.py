"""When an advert of a vacancy was last seen: outside `updated`, validators and the change sequence (design rule 4)."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from clearinghouse.db import UtcDateTime
from clearinghouse.publish.models import Publication
from clearinghouse.vacancies.models import Sighting, SourceRow


def last_seen() -> sa.ColumnElement[dt.datetime]:
    """The last time at a source that everyone may see, of the row of `publication`; where there is none, at any."""
    latest = sa.select(sa.func.max(Sighting.last_seen)).where(Sighting.vacancy_id == Publication.vacancy_id)
    public = latest.join(SourceRow, SourceRow.slug == Sighting.source).where(SourceRow.public)
    return sa.func.coalesce(public.scalar_subquery(), latest.scalar_subquery(), type_=UtcDateTime())
