"""The report on how well the sources are read over a period, made of the nightly rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.accounts.models import Organisation
from clearinghouse.ingest.models import QualityDay
from clearinghouse.ingest.quality import Quality
from clearinghouse.ingest.quality_fields import Field
from clearinghouse.reporting.period import Period
from clearinghouse.reporting.table import Cell, Column, Report, Table, Unit
from clearinghouse.vacancies.models import SourceRow
from clearinghouse.vacancies.naming import source_name

Nights = Mapping[str, Sequence[Quality]]
ALL = "All sources"
MEASURED = (
    "Each night the newest adverts of each source are looked at, up to 500. The advert says: its source has words for "
    "the fact. Read: we have a value, from those words or from its text. Unsure: its words stand beside ours. Not "
    "read: it has words, and we have no value."
)
MEANT = (
    "Shares are over all nights of the period. Lag, endings and counts are those of its last night: the lag is from "
    "posting to the time when we first saw it, over 30 days; an advert was over before we noticed when its source took "
    "it down without or before a closing time, or it closed before we saw it."
)
SOURCES = (
    Column("Source"), Column("Nights", Unit.NUMBER), Column("Adverts", Unit.NUMBER), Column("Refused", Unit.NUMBER),
    Column("Also at another source", Unit.SHARE), Column("Lag in hours, half", Unit.HOURS),
    Column("Lag in hours, nine of ten", Unit.HOURS), Column("Over before we noticed", Unit.SHARE),
)  # fmt: skip
FIELDS = (
    Column("Source"), Column("Field"), Column("The advert says", Unit.SHARE), Column("Read", Unit.SHARE),
    Column("Unsure", Unit.SHARE), Column("Not read", Unit.SHARE),
)  # fmt: skip


def quality_report(session: Session, asked: Period, now: dt.datetime) -> Report:
    """How well each source was read in that period; a report without tables where nothing was measured."""
    title = f"How well adverts are read: {asked.name}"
    nights = _nights(session, asked)
    if not nights:
        return Report(title, now, (f"Nothing was measured in {asked.name}.",))
    everything = [one for found in nights.values() for one in found]
    fields = [
        *_field_rows(ALL, everything),
        *(row for name, found in nights.items() for row in _field_rows(name, found)),
    ]
    tables = (
        Table("Sources", SOURCES, tuple(_source_row(name, found) for name, found in nights.items())),
        Table("Fields", FIELDS, tuple(fields)),
    )
    return Report(title, now, (MEASURED, MEANT), tables)


def _nights(session: Session, asked: Period) -> Nights:
    """The measured nights of each source by its name, oldest first; sources in alphabetical order."""
    found = session.execute(
        sa.select(QualityDay.source, Organisation.name, QualityDay.facts)
        .join(SourceRow, SourceRow.slug == QualityDay.source)
        .outerjoin(Organisation, Organisation.id == SourceRow.organisation_id)
        .where(QualityDay.day.between(asked.first, asked.last))
        .order_by(QualityDay.source, QualityDay.day)
    )
    nights: dict[str, list[Quality]] = {}
    for slug, organisation, facts in found:
        nights.setdefault(f"{source_name(slug, organisation)} ({slug})", []).append(Quality.from_json(facts))
    return dict(sorted(nights.items(), key=lambda pair: pair[0].casefold()))


def _source_row(name: str, nights: Sequence[Quality]) -> tuple[Cell, ...]:
    last = nights[-1]
    lag = last.lag or (None, None)
    elsewhere = share(sum(one.elsewhere for one in nights), sum(one.live for one in nights))
    return (name, len(nights), last.live, last.refused, elsewhere, *lag, share(last.unnoticed, last.ended))


def _field_rows(name: str, nights: Sequence[Quality]) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    for field in Field:
        counted = [(one.fields[field.value], one.looked_at) for one in nights if field.value in one.fields]
        whole = sum(looked_at for _, looked_at in counted)
        sums = (sum(getattr(count, kind) for count, _ in counted) for kind in ("filled", "read", "unsure", "unread"))
        rows.append((name, field.label, *(share(part, whole) for part in sums)))
    return rows


def share(part: int, whole: int) -> float | None:
    """The part of the whole; None where there is no whole."""
    return round(part / whole, 4) if whole else None
