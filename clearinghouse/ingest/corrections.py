"""Corrections in the store: which are in force, and what a run does to them (design rule 10).

A correction belongs to the vacancy, whichever source leads it. It outlives every run that brings the same words; a run
that changes the words of the leading advert drops it with a notice: people looked at other words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.db import Store
from clearinghouse.ingest.correctable import label_of
from clearinghouse.ingest.decide import Decision
from clearinghouse.ingest.identify import Advert
from clearinghouse.ingest.issues import close_issues, raise_issue
from clearinghouse.ingest.models import Correction, IssueKind
from clearinghouse.ingest.overlay import Corrected
from clearinghouse.ingest.rewording import reworded
from clearinghouse.vacancies.models import Sighting, StatusChange, Vacancy
from clearinghouse.vacancies.posting import Posting

REWORDED = "the source's words changed"
CHUNK = 400  # values of one IN list
NAMED = 5  # vacancies that a notice names


def in_force(session: Session, vacancies: Collection[int]) -> dict[int, tuple[Corrected, ...]]:
    """The corrected readings of those vacancies, oldest first; one query. That one is hidden isn't among them.

    Vacancies that were joined may have brought two words on one field: the newer one counts.
    """
    wanted = _standing(vacancies).where(Correction.field.is_not(None)).order_by(Correction.id)
    found: dict[int, tuple[Corrected, ...]] = {}
    for row in session.scalars(wanted):
        reading = Corrected(row.field or "", row.value, row.at, row.employer)
        others = tuple(one for one in found.get(row.vacancy_id, ()) if one.field != reading.field)
        found[row.vacancy_id] = (*others, reading)
    return found


def reworded_adverts(store: Store, decisions: Iterable[Decision], adverts: Mapping[str, Advert]) -> frozenset[str]:
    """The keys of the adverts whose words this run changed, among those of vacancies with something put right."""
    known = {
        each.known.id: each.key for each in decisions if each.known and each.key in adverts and _differs(each, adverts)
    }
    found: set[str] = set()
    with store.reading() as session:
        standing = sa.select(Correction.vacancy_id).where(Correction.dropped_at.is_(None))
        if not known or session.scalar(standing.limit(1)) is None:
            return frozenset()
        ids = sorted(known)
        for start in range(0, len(ids), CHUNK):
            mine = sa.select(Sighting.id, Sighting.posting).where(Sighting.id.in_(ids[start : start + CHUNK]))
            for row in session.execute(mine.where(Sighting.vacancy_id.in_(standing))):
                if reworded(Posting.from_json(row.posting), adverts[known[row.id]].posting):
                    found.add(known[row.id])
    return frozenset(found)


def _differs(decision: Decision, adverts: Mapping[str, Advert]) -> bool:
    return decision.known is not None and decision.known.digest != adverts[decision.key].digest


def drop_reworded(session: Session, source: str, run: str, vacancies: Collection[int], now: dt.datetime) -> None:
    """Drop what people said of those vacancies, whose leading advert has other words since this run of the source.

    Each is shown again as the source has it, with a line of its history and a notice on the source's page.
    """
    dropped = session.scalars(_standing(vacancies)).all() if vacancies else []
    if not dropped:
        return
    for row in dropped:
        drop(row, run, REWORDED, now)
        row.dropped_source = source
    hidden = [row.vacancy_id for row in dropped if row.field is None]
    session.execute(sa.update(Vacancy).where(Vacancy.id.in_(hidden)).values(hidden=False))
    append(session, {row.vacancy_id: f"correction dropped: {REWORDED}" for row in dropped}, run, now)
    session.flush()
    note_dropped(session, source, now)


def drop(row: Correction, by: str, why: str, now: dt.datetime) -> None:
    """End it: it is kept, and no longer in force."""
    row.dropped_at, row.dropped_by, row.dropped_why = now, by, why


def append(session: Session, whys: Mapping[int, str], by: str, now: dt.datetime) -> None:
    """A line in the history of each of those vacancies, under the status that it has."""
    statuses = session.execute(sa.select(Vacancy.id, Vacancy.status).where(Vacancy.id.in_(whys)).order_by(Vacancy.id))
    lines = [StatusChange(vacancy_id=row.id, status=row.status, at=now, why=whys[row.id], by=by) for row in statuses]
    session.add_all(lines)


def note_dropped(session: Session, source: str, now: dt.datetime) -> None:
    """Bring the source's notice of dropped corrections up to date; without any that waits for a person, close it."""
    waiting = session.execute(
        sa.select(Vacancy.public_id, Vacancy.title, Correction.field)
        .join(Vacancy, Vacancy.id == Correction.vacancy_id)
        .where(Correction.dropped_source == source, Correction.settled_at.is_(None))
        .order_by(Correction.id.desc())
    ).all()
    if waiting:
        raise_issue(session, source, IssueKind.CORRECTION_DROPPED, _notice(waiting), now)
    else:
        close_issues(session, source, {IssueKind.CORRECTION_DROPPED}, now)


def _notice(waiting: Sequence[sa.Row[str, str, str | None]]) -> str:
    fields: dict[tuple[str, str], list[str]] = {}
    for public_id, title, field in waiting:
        fields.setdefault((title, public_id), []).append(label_of(field))
    named = [f"“{title}” ({public_id}): {_listed(said)}" for (title, public_id), said in fields.items()]
    more = f"; and {len(named) - NAMED:,} more" if len(named) > NAMED else ""
    return f"What people had put right was dropped, because {REWORDED}. {'; '.join(named[:NAMED])}{more}"


def _listed(fields: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(fields))


def _standing(vacancies: Collection[int]) -> sa.Select[Correction]:
    return sa.select(Correction).where(Correction.vacancy_id.in_(vacancies), Correction.dropped_at.is_(None))
