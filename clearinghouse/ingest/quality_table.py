"""All sources beside each other: how well each was read at its last night, and what has changed in 30 days."""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.accounts.models import Organisation
from clearinghouse.ingest.models import QualityDay
from clearinghouse.ingest.quality import Quality
from clearinghouse.ingest.quality_fields import Field
from clearinghouse.reporting.table import Cell, Column, Table, Unit
from clearinghouse.vacancies.models import SourceRow
from clearinghouse.vacancies.naming import source_name
from clearinghouse.vacancies.vocabulary import Term

DAYS = dt.timedelta(days=30)
KEY = (Field.SALARY, Field.CLOSING, Field.PLACE, Field.HOURS, Field.CONTRACT, Field.LEVEL)
"""The fields that people choose a job by, and sources say in very different ways."""


class Order(Term):
    """How the list is sorted, besides by each field."""

    WORST = "worst", "Least read first"
    NAME = "name", "By employer"
    ADVERTS = "adverts", "Most adverts first"
    TREND = "trend", "Fallen most first"


@dataclass(frozen=True)
class Line:
    """One source: its last night, and the first of the last 30 days (None where that is the same)."""

    slug: str
    name: str
    night: dt.date
    last: Quality
    first: Quality | None

    def read(self, field: Field) -> float | None:
        """The share of its adverts with a value, at its last night."""
        return known(self.last, field)

    @property
    def whole(self) -> float | None:
        """The mean of that over the key fields."""
        return _mean(self.last)

    @property
    def trend(self) -> float | None:
        """What that mean has gained since the first night."""
        before = _mean(self.first) if self.first else None
        return None if before is None or self.whole is None else self.whole - before

    @property
    def elsewhere(self) -> float | None:
        """The share of its adverts that are at another source too."""
        return self.last.elsewhere / self.last.live if self.last.live else None

    @property
    def unnoticed(self) -> float | None:
        """The share of its ended adverts that were over before we noticed."""
        return self.last.unnoticed / self.last.ended if self.last.ended else None


def known(night: Quality, field: Field) -> float | None:
    """The share of that night's adverts with a value; None where there were none, or it wasn't measured."""
    counted = night.fields.get(field.value)
    return counted.read / night.looked_at if counted and night.looked_at else None


def _mean(night: Quality) -> float | None:
    shares = [share for field in KEY if (share := known(night, field)) is not None]
    return statistics.fmean(shares) if shares else None


def lines(session: Session, today: dt.date) -> list[Line]:
    """Every source that was measured in the last 30 days; two queries, however many there are."""
    recent = sa.select(
        QualityDay.source, sa.func.min(QualityDay.day).label("first"), sa.func.max(QualityDay.day).label("last")
    )
    ends = recent.where(QualityDay.day > today - DAYS).group_by(QualityDay.source).subquery()
    found = {end: _nights(session, ends, ends.c[end]) for end in ("first", "last")}
    first = {slug: (day, quality) for slug, _, day, quality in found["first"]}
    return [
        Line(slug, name, day, quality, first[slug][1] if first[slug][0] < day else None)
        for slug, name, day, quality in found["last"]
    ]


def _nights(
    session: Session, ends: sa.Subquery, day: sa.ColumnElement[dt.date]
) -> list[tuple[str, str, dt.date, Quality]]:
    rows = session.execute(
        sa.select(QualityDay.source, Organisation.name, QualityDay.day, QualityDay.facts)
        .join(ends, sa.and_(ends.c.source == QualityDay.source, day == QualityDay.day))
        .join(SourceRow, SourceRow.slug == QualityDay.source)
        .outerjoin(Organisation, Organisation.id == SourceRow.organisation_id)
    )
    return [(slug, source_name(slug, name), night, Quality.from_json(facts)) for slug, name, night, facts in rows]


def in_order(found: Iterable[Line], sort: str) -> list[Line]:
    """The lines sorted by an `Order` or by a key field's share, the lowest first; what isn't known comes last."""
    by_name = sorted(found, key=lambda line: (line.name.casefold(), line.slug))
    by: dict[str, Callable[[Line], float | None]] = {
        Order.WORST: lambda line: line.whole,
        Order.ADVERTS: lambda line: -line.last.live,
        Order.TREND: lambda line: line.trend,
        **{field.value: lambda line, field=field: line.read(field) for field in KEY},  # type: ignore[misc]
    }
    rank = by.get(sort)
    return by_name if rank is None else sorted(by_name, key=lambda line: _last_if_none(rank(line)))


def _last_if_none(value: float | None) -> tuple[bool, float]:
    return value is None, value or 0.0


def table(found: Sequence[Line]) -> Table:
    """The whole of it, every field, for a program or a spreadsheet."""
    heads = (Column("source"), Column("name"), Column("night"), *(Column(name, Unit.NUMBER) for name in _NUMBERS))
    shares = (Column(f"{field.value}_{kind}", Unit.SHARE) for field in Field for kind in _KINDS)
    return Table("Quality", (*heads, *shares), tuple(map(_row, found)))


_NUMBERS = ("adverts", "refused", "elsewhere", "lag_median_hours", "lag_p90_hours", "ended", "unnoticed")
_KINDS = ("filled", "read", "unsure", "unread")


def _row(line: Line) -> tuple[Cell, ...]:
    last = line.last
    numbers = (last.live, last.refused, last.elsewhere, *(last.lag or (None, None)), last.ended, last.unnoticed)
    return (line.slug, line.name, line.night.isoformat(), *numbers, *_shares(last))


def _shares(night: Quality) -> Iterable[Cell]:
    for field in Field:
        counted = night.fields.get(field.value)
        for kind in _KINDS:
            yield round(getattr(counted, kind) / night.looked_at, 4) if counted and night.looked_at else None
