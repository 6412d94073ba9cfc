"""What a source's page says of how well its adverts are read: counts by field, words not read, and pictures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from clearinghouse.ingest import measuring, quality
from clearinghouse.ingest.measuring import Unread
from clearinghouse.ingest.quality import Count, Quality
from clearinghouse.ingest.quality_fields import Field
from clearinghouse.ingest.quality_table import KEY, known
from clearinghouse.vacancies.draft import LONDON
from web.charts import Trend, trend


@dataclass(frozen=True)
class Reading:
    """Of `looked_at` adverts, now: each field's counts, and its words that we could not read, the most frequent first.

    `night` is the last measured one, None before the first; `trends` are pictures of the key fields over 30 days, and
    `nights` their shares as a table: the newest first.
    """

    looked_at: int
    counts: Mapping[Field, Count]
    unread: Mapping[Field, Sequence[Unread]]
    night: Quality | None
    trends: tuple[Trend, ...]
    nights: tuple[tuple[dt.date, tuple[float | None, ...]], ...]
    fields: tuple[Field, ...] = KEY


def reading(session: Session, slug: str, now: dt.datetime) -> Reading:
    """How well that source is read."""
    adverts = measuring.newest(session, slug)
    nights = measuring.nights(session, slug, now.astimezone(LONDON).date())
    return Reading(
        looked_at=len(adverts),
        counts={field: quality.count(field, adverts) for field in Field} if adverts else {},
        unread=measuring.unread(adverts),
        night=nights[-1][1] if nights else None,
        trends=tuple(drawn for field in KEY if (drawn := _trend(field, nights))),
        nights=tuple((day, tuple(known(night, field) for field in KEY)) for day, night in reversed(nights)),
    )


def _trend(field: Field, nights: Sequence[tuple[dt.date, Quality]]) -> Trend | None:
    shares = [(day, share) for day, night in nights if (share := known(night, field)) is not None]
    return trend(field.label, shares)
