"""How well each source is read, from the store: at this moment, and once a night as a row that stays."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from clearinghouse.ingest import quality
from clearinghouse.ingest.models import QualityDay, RefusedPosting
from clearinghouse.ingest.quality import Ended, Quality, Read
from clearinghouse.ingest.quality_fields import RULES, Field
from clearinghouse.vacancies.models import Sighting, StatusChange, Vacancy
from clearinghouse.vacancies.vocabulary import Status

LOOKED_AT = 500  # of a source's newest adverts: enough for a share, and read in a blink
RECENT = dt.timedelta(days=30)  # of what lag and endings are told
EXAMPLES = 10  # of the words that we could not read, the most frequent
LONGEST = 200  # characters of such words


@dataclass(frozen=True)
class Unread:
    """Words of a field that we have no value for, how many adverts say them, and one of these adverts."""

    words: str
    times: int
    public_id: str


def measure(session: Session, slug: str, now: dt.datetime) -> Quality:
    """How well that source is read at this moment.

    What was there when it was first read says nothing of how late we are: it is left out of the lag, and of the endings
    where it had closed by then.
    """
    adverts = newest(session, slug)
    live = sa.select(sa.func.count()).where(Sighting.source == slug, Sighting.status != Status.WITHDRAWN)
    refused = sa.select(sa.func.count()).where(RefusedPosting.source == slug)
    start = session.scalar(sa.select(sa.func.min(Sighting.first_seen)).where(Sighting.source == slug)) or now
    hours = quality.lags([one for one in adverts if one.first_seen > max(start, now - RECENT)])
    over = list(_ended(session, slug, now, start))
    return Quality(
        looked_at=len(adverts),
        live=session.scalar(live) or 0,
        refused=session.scalar(refused) or 0,
        elsewhere=session.scalar(live.where(_elsewhere())) or 0,
        lag=quality.spread(hours),
        lag_of=len(hours),
        ended=len(over),
        unnoticed=sum(map(quality.was_unnoticed, over)),
        fields=quality.counts(adverts),
    )


def newest(session: Session, slug: str, most: int = LOOKED_AT) -> list[Read]:
    """The source's newest live adverts."""
    mine = sa.select(Sighting.id).where(Sighting.source == slug, Sighting.status != Status.WITHDRAWN)
    ids = mine.order_by(Sighting.id.desc()).limit(most).subquery()  # the sort carries no drafts along
    columns = (Vacancy.public_id, Sighting.url, Sighting.posting, Vacancy.draft, Sighting.first_seen)
    statement = sa.select(*columns).join(ids, ids.c.id == Sighting.id)
    whole = statement.join(Vacancy, Vacancy.id == Sighting.vacancy_id).order_by(Sighting.id.desc())
    return [Read(*row) for row in session.execute(whole)]


def nights(session: Session, slug: str, today: dt.date) -> list[tuple[dt.date, Quality]]:
    """The source's measured nights of the last 30 days, oldest first."""
    mine = sa.select(QualityDay.day, QualityDay.facts).where(QualityDay.source == slug, QualityDay.day > today - RECENT)
    return [(day, Quality.from_json(facts)) for day, facts in session.execute(mine.order_by(QualityDay.day))]


def unread(adverts: Sequence[Read]) -> dict[Field, list[Unread]]:
    """By field, the most frequent words that we could not read; fields without any are left out."""
    found = {field: _unread(field, adverts) for field in Field}
    return {field: examples for field, examples in found.items() if examples}


def _unread(field: Field, adverts: Sequence[Read]) -> list[Unread]:
    rule = RULES[field]
    times: Counter[str] = Counter()
    first: dict[str, str] = {}
    for one in adverts:
        words = " ".join(rule.said(one.posting, one.draft).split())[:LONGEST]
        if words and not rule.read(one.draft):
            times[words] += 1
            first.setdefault(words, one.public_id)
    return [Unread(words, count, first[words]) for words, count in times.most_common(EXAMPLES)]


def _elsewhere() -> sa.ColumnElement[bool]:
    other = aliased(Sighting)
    same = (other.vacancy_id == Sighting.vacancy_id, other.source != Sighting.source, other.status != Status.WITHDRAWN)
    return sa.exists(sa.select(other.id).where(*same))


def _ended(session: Session, slug: str, now: dt.datetime, start: dt.datetime) -> Iterator[Ended]:
    """The adverts that were seen in the last 30 days and are over, but for those that were over at the start."""
    taken = (
        sa.select(StatusChange.vacancy_id, sa.func.max(StatusChange.at).label("at"))
        .where(StatusChange.status == Status.WITHDRAWN, StatusChange.at > now - RECENT)
        .group_by(StatusChange.vacancy_id)
        .subquery()
    )
    columns = (Sighting.status, Sighting.first_seen, Sighting.last_seen, Vacancy.closes_at, taken.c.at)
    statement = (
        sa.select(*columns)
        .join(Vacancy, Vacancy.id == Sighting.vacancy_id)
        .outerjoin(taken, taken.c.vacancy_id == Vacancy.id)
        .where(Sighting.source == slug, Sighting.last_seen > now - RECENT)
    )
    for status, first_seen, last_seen, closes_at, at in session.execute(statement):
        was_over = closes_at is not None and closes_at <= first_seen <= start
        if quality.is_over(status, closes_at, now) and not was_over:
            yield Ended(first_seen, closes_at, (at or last_seen) if status is Status.WITHDRAWN else None)
