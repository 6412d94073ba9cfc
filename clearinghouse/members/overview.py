"""Members as those see them who look after them: what they told us, their sources, what visitors reported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.accounts.models import Organisation
from clearinghouse.ingest import health
from clearinghouse.ingest.health import Health, State
from clearinghouse.vacancies.reports import AdvertReport, count_open


@dataclass(frozen=True)
class Member:
    """One organisation. `reports` counts what visitors said is wrong with its adverts and nobody has answered."""

    organisation: Organisation
    sources: tuple[Health, ...]
    reports: int

    @property
    def last_read(self) -> dt.datetime | None:
        """The last good run of any of its sources."""
        return max((source.last_good_run for source in self.sources if source.last_good_run), default=None)

    @property
    def worst(self) -> State | None:
        """How the source is doing that is worst off; None = there is no source."""
        kept = [source.state for source in self.sources if source.state is not State.RETIRED]
        return min(kept, key=health.WORST_FIRST.__getitem__, default=None)


def members(session: Session, now: dt.datetime) -> tuple[Member, ...]:
    """Every member of the Compact by name; three queries."""
    rows = session.scalars(
        sa.select(Organisation).where(Organisation.member).order_by(sa.func.lower(Organisation.name), Organisation.slug)
    ).all()
    sources = _by_owner(health.sources(session, now))
    counted = sa.select(AdvertReport.organisation_id, sa.func.count()).where(AdvertReport.closed_at.is_(None))
    reports = {row[0]: row[1] for row in session.execute(counted.group_by(AdvertReport.organisation_id))}
    return tuple(Member(row, sources.get(row.id, ()), reports.get(row.id, 0)) for row in rows)


def member(session: Session, slug: str, now: dt.datetime) -> Member | None:
    """The organisation of that slug, member or not; None for an unknown one."""
    row = session.scalar(sa.select(Organisation).where(Organisation.slug == slug))
    if row is None:
        return None
    sources = health.sources(session, now, frozenset({row.id}))
    return Member(row, sources, count_open(session, row.id))


def _by_owner(found: Iterable[Health]) -> Mapping[int | None, tuple[Health, ...]]:
    owned: dict[int | None, list[Health]] = {}
    for one in found:
        owned.setdefault(one.owner, []).append(one)
    return {owner: tuple(theirs) for owner, theirs in owned.items()}
