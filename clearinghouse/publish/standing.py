"""How one vacancy stands for its readers: open, closed, taken down, or the same as another by now."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.publish.models import Publication
from clearinghouse.publish.seen import confirmed, last_seen, open_to_all
from clearinghouse.vacancies.models import Opening, Vacancy
from clearinghouse.vacancies.visible import Visible

PAST_SHOWN = dt.timedelta(days=90)  # how long the page of a closed vacancy still says what it was


@dataclass(frozen=True)
class Standing:
    """A vacancy's document and how it stands. `key` is the internal one.

    `last_seen` is when an advert of it was last seen at its source. `confirmed` is False while the newest good look at
    every source missed it, or no source could be read properly the last time (design rule 1). `open` = this audience
    can see it now, `public` = everyone can; else it once could, and it ended at `ended`. `elsewhere` = it was merged,
    and `doc` is the one that it was merged into.
    """

    key: int
    doc: Mapping[str, Any]
    last_seen: dt.datetime | None
    confirmed: bool
    open: bool
    public: bool
    ended: dt.datetime | None = None
    elsewhere: bool = False

    def recent(self, now: dt.datetime) -> bool:
        """True while the page still says what the vacancy was."""
        return self.ended is None or now - self.ended <= PAST_SHOWN


def standing(session: Session, public_id: str, visible: Visible) -> Standing | None:
    """How that vacancy stands; None for an unknown one and for one that this audience never could see."""
    found = next(iter(standings(session, [public_id], visible)), None)
    if found:
        return found
    into = session.scalar(_merged(public_id))
    other = next(iter(standings(session, [into], visible)), None) if into else None
    return other and dataclasses.replace(other, elsewhere=True)


def standings(session: Session, public_ids: Iterable[str], visible: Visible) -> tuple[Standing, ...]:
    """How those vacancies stand, in the order asked for, unknown and merged ones left out; one query."""
    wanted = list(public_ids)
    seen = visible.sql(Publication, Opening)
    rows = session.execute(
        sa.select(Publication, last_seen(), confirmed(), seen, open_to_all(visible, seen))
        .join(Vacancy, Vacancy.id == Publication.vacancy_id)
        .where(Publication.public_id.in_(wanted), Vacancy.merged_into.is_(None))
    )
    found = {row[0].public_id: _standing(row, visible) for row in rows}
    return tuple(known for public_id in wanted if (known := found.get(public_id)))


def followed(session: Session, public_ids: Iterable[str]) -> tuple[str, ...]:
    """Those ids in their order, each once; for one that was merged, the one that it was merged into."""
    wanted = list(public_ids)
    old, new = sa.orm.aliased(Vacancy), sa.orm.aliased(Vacancy)
    merged = sa.select(old.public_id, new.public_id.label("now")).join(new, old.merged_into == new.id)
    into = {row.public_id: row.now for row in session.execute(merged.where(old.public_id.in_(wanted)))}
    return tuple(dict.fromkeys(into.get(each, each) for each in wanted))


def _standing(found: sa.Row[Publication, dt.datetime, bool, bool, bool], visible: Visible) -> Standing | None:
    row, seen, sure, is_open, public = found
    known = Standing(row.vacancy_id, row.doc, seen, bool(sure), open=bool(is_open), public=bool(public))
    if known.open:
        return known
    ended = _ended(row, visible.now)
    opened = getattr(row, f"{visible.tier}_from")
    if ended is None or opened is None or opened > ended:
        return None
    return dataclasses.replace(known, ended=ended)


def _ended(row: Publication, now: dt.datetime) -> dt.datetime | None:
    """When it ended: at its closing time, or when it was taken down if that came first; None while it lasts."""
    closed = row.closes_at if row.closes_at and row.closes_at < now else None
    if row.live:
        return closed
    taken = dt.datetime.fromisoformat(row.doc["updated"]).astimezone(dt.UTC)
    return min(closed, taken) if closed else taken


def _merged(public_id: str) -> sa.Select[Any]:
    """The public id that this one was merged into."""
    old, new = sa.orm.aliased(Vacancy), sa.orm.aliased(Vacancy)
    joined = sa.select(new.public_id).join(old, old.merged_into == new.id)
    return joined.where(old.public_id == public_id)
