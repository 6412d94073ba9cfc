"""Two vacancies made one, and one advert given a vacancy of its own again: what moves with it, in one transaction.

Nothing is deleted (design rule 9): the younger vacancy stays as a row that leads to the older one, each advert knows
where it came from, and the history of both says what happened.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.ingest.models import Correction, Sameness
from clearinghouse.ingest.precedence import leads
from clearinghouse.ingest.values import draft_json, public_id, status_of
from clearinghouse.vacancies.clicks import ApplyClick
from clearinghouse.vacancies.draft import Draft
from clearinghouse.vacancies.models import Opening, Sighting, SourceRow, StatusChange, Touched, Vacancy
from clearinghouse.vacancies.reports import AdvertReport
from clearinghouse.vacancies.vocabulary import Status


@dataclass(frozen=True)
class Act:
    """Who does it, why, and when. A person may join two adverts of one source; nothing else may."""

    by: str
    why: str
    now: dt.datetime
    by_hand: bool = False


@dataclass(frozen=True)
class Reading:
    """An advert as it is read by itself, and the number of its employer."""

    draft: Draft
    organisation_id: int | None


def elder(session: Session, one: int, other: int) -> tuple[int, int]:
    """The two vacancies, the one that is kept first: the older."""
    seen = sa.select(Vacancy.id, Vacancy.first_seen).where(Vacancy.id.in_((one, other)))
    ages = {row.id: (row.first_seen, row.id) for row in session.execute(seen)}
    return (one, other) if ages[one] <= ages[other] else (other, one)


def join(session: Session, into: int, gone: int, act: Act) -> bool:
    """Make `gone` part of `into`; False, with nothing written, where that isn't so any more or may not be."""
    if into == gone:
        return False
    rows = {row.id: row for row in _held(session, into, gone)}
    kept, lost = rows[into], rows[gone]
    adverts = _adverts(session, (into, gone))
    if kept.merged_into or lost.merged_into or not (act.by_hand or _may_join(session, adverts)):
        return False
    if _leader(adverts).vacancy_id == gone:
        kept.draft, kept.title = lost.draft, lost.title
        kept.closes_at, kept.organisation_id = lost.closes_at, lost.organisation_id
    kept.hidden = kept.hidden or lost.hidden
    kept.status = status_of([advert.status for advert in adverts], kept.draft, kept.closes_at)
    kept.updated = lost.updated = act.now
    lost.merged_into = into
    _carry(session, into, gone)
    _note(session, act, (kept, f"{act.why}: joined with {lost.public_id}"), (lost, f"{act.why}: now {kept.public_id}"))
    return True


def part(session: Session, leaving: Sequence[int], alone: Reading, rest: Reading | None, act: Act) -> int:
    """Take adverts out of their vacancy into one of their own, the one that they had before or a new one; its id.

    `alone` is how they are read; `rest` how the vacancy that they leave is, None = as it stands.
    """
    adverts = [session.get_one(Sighting, sighting) for sighting in leaving]
    left = session.get_one(Vacancy, adverts[0].vacancy_id)
    own = _own(session, adverts, left, alone, act)
    for advert in adverts:
        advert.vacancy_id, advert.home = own.id, None
    session.flush()
    for vacancy, reading in ((own, alone), (left, rest)):
        if reading:
            _read_as(vacancy, reading)
        statuses = [each.status for each in _adverts(session, (vacancy.id,))]
        vacancy.status = status_of(statuses, vacancy.draft, vacancy.closes_at)
        vacancy.updated = act.now
    own.hidden, own.merged_into = left.hidden, None
    session.add_all(_hidden_too(word, own) for word in _why_hidden(session, left))
    _note(session, act, (left, f"{act.why}: {own.public_id} parted from it"), (own, f"{act.why}: not {left.public_id}"))
    return own.id


def _held(session: Session, *ids: int) -> Sequence[Vacancy]:
    rows = sa.select(Vacancy).where(Vacancy.id.in_(ids)).order_by(Vacancy.id)
    return session.scalars(rows.with_for_update().execution_options(populate_existing=True)).all()


def _adverts(session: Session, vacancies: Iterable[int]) -> Sequence[Any]:
    columns = (
        Sighting.id,
        Sighting.vacancy_id,
        Sighting.source,
        Sighting.status,
        SourceRow.organisation_id,
        SourceRow.public,
    )
    joined = sa.select(*columns).join(SourceRow, SourceRow.slug == Sighting.source)
    return session.execute(joined.where(Sighting.vacancy_id.in_(vacancies)).order_by(Sighting.id)).all()


def _may_join(session: Session, adverts: Sequence[Any]) -> bool:
    """No two keys of one source meet, and nobody said that two of them are different."""
    vacancies = {(advert.source, advert.vacancy_id) for advert in adverts}
    return len(vacancies) == len({source for source, _ in vacancies}) and _agreed(session, adverts)


def _agreed(session: Session, adverts: Sequence[Any]) -> bool:
    ids = [advert.id for advert in adverts]
    denied = sa.exists().where(
        Sameness.one.in_(ids), Sameness.other.in_(ids), ~Sameness.same, Sameness.undone_at.is_(None)
    )
    return not session.scalar(sa.select(denied))


def _leader(adverts: Sequence[Any]) -> Any:
    live = [advert for advert in adverts if advert.status is not Status.WITHDRAWN]
    return min(live or adverts, key=lambda advert: leads(advert.public, advert.organisation_id is not None, advert.id))


def _carry(session: Session, into: int, gone: int) -> None:
    """Adverts, old ids, openings, clicks, reports and corrections go where the vacancy went."""
    moved = sa.func.coalesce(Sighting.home, gone)
    session.execute(sa.update(Sighting).where(Sighting.vacancy_id == gone).values(home=moved, vacancy_id=into))
    session.execute(sa.update(Vacancy).where(Vacancy.merged_into == gone).values(merged_into=into))
    for table in (AdvertReport, Correction):
        session.execute(sa.update(table).where(table.vacancy_id == gone).values(vacancy_id=into))
    _earliest(session, into, gone)
    _add_clicks(session, into, gone)


def _earliest(session: Session, into: int, gone: int) -> None:
    """Each audience sees the kept vacancy from when it could see the first of the two."""
    known = {(o.audience, o.organisation_id): o for o in _openings(session, into)}
    for opening in _openings(session, gone):
        same = known.get((opening.audience, opening.organisation_id))
        if same is None:
            session.add(_copied(opening, into))
        else:
            same.opens = min(same.opens, opening.opens)


def _add_clicks(session: Session, into: int, gone: int) -> None:
    known = {row.day: row for row in session.scalars(sa.select(ApplyClick).where(ApplyClick.vacancy_id == into))}
    for row in session.scalars(sa.select(ApplyClick).where(ApplyClick.vacancy_id == gone)).all():
        if row.day in known:
            known[row.day].count += row.count
        else:
            session.add(ApplyClick(vacancy_id=into, day=row.day, count=row.count))
        session.delete(row)


def _own(session: Session, adverts: Sequence[Sighting], left: Vacancy, alone: Reading, act: Act) -> Vacancy:
    homes = [session.get(Vacancy, advert.home) for advert in adverts if advert.home]
    if home := next((home for home in homes if home is not None and home.merged_into == left.id), None):
        return home
    first = min(advert.first_seen for advert in adverts)
    own = Vacancy(
        public_id=public_id(), title=alone.draft.title, draft={}, status=left.status, first_seen=first, updated=act.now,
    )  # fmt: skip
    session.add(own)
    session.flush()
    session.add_all(_copied(opening, own.id) for opening in _openings(session, left.id))
    return own


def _openings(session: Session, vacancy: int) -> Sequence[Opening]:
    return session.scalars(sa.select(Opening).where(Opening.vacancy_id == vacancy)).all()


def _copied(opening: Opening, vacancy: int) -> Opening:
    return Opening(
        vacancy_id=vacancy, audience=opening.audience, organisation_id=opening.organisation_id, opens=opening.opens
    )


def _why_hidden(session: Session, vacancy: Vacancy) -> Sequence[Correction]:
    held = Correction.field.is_(None) & Correction.dropped_at.is_(None)
    return session.scalars(sa.select(Correction).where(Correction.vacancy_id == vacancy.id, held)).all()


def _hidden_too(word: Correction, vacancy: Vacancy) -> Correction:
    """The word that hid one half for the other, which else nothing at its source would show again."""
    return Correction(vacancy_id=vacancy.id, reason=word.reason, by=word.by, employer=word.employer, at=word.at)


def _read_as(vacancy: Vacancy, reading: Reading) -> None:
    vacancy.draft, vacancy.title = draft_json(reading.draft), reading.draft.title
    vacancy.closes_at, vacancy.organisation_id = reading.draft.closes_at, reading.organisation_id


def _note(session: Session, act: Act, *lines: tuple[Vacancy, str]) -> None:
    session.flush()
    for vacancy, why in lines:
        session.add(StatusChange(vacancy_id=vacancy.id, status=vacancy.status, at=act.now, why=why, by=act.by))
        session.add(Touched(vacancy_id=vacancy.id))
