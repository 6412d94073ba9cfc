"""Adverts as staff look at them: those that people put right, and one with all that is known of it. Reads alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.accounts.models import Organisation
from clearinghouse.ingest.correctable import label_of
from clearinghouse.ingest.correcting import shown_draft
from clearinghouse.ingest.models import Correction
from clearinghouse.ingest.precedence import leads
from clearinghouse.vacancies.models import Sighting, SourceRow, StatusChange, Vacancy
from clearinghouse.vacancies.naming import source_name
from clearinghouse.vacancies.vocabulary import Status, Term

MOST = 2_000  # adverts of one list
CHUNK = 400  # values of one IN list


class Show(Term):
    """What one may ask of the list: which adverts people did something to."""

    HIDDEN = "hidden", "Hidden"
    CORRECTED = "corrected", "Put right"
    DROPPED = "dropped", "Waiting for you"


@dataclass(frozen=True)
class Question:
    """Which adverts somebody looks for; everything unset asks for those with a correction.

    `words` are part of a title, a reference or a public id; `owners` whose adverts the person may see, None = all.
    """

    show: str = ""
    employer: str = ""
    source: str = ""
    words: str = ""
    owners: frozenset[int] | None = None


@dataclass(frozen=True)
class Listed:
    """One line of the list. `corrected` and `dropped` are labels of fields; `last` is the newest correction."""

    public_id: str
    title: str
    employer: str | None
    status: Status
    hidden: bool
    corrected: tuple[str, ...]
    dropped: tuple[str, ...]
    last: Correction | None


@dataclass(frozen=True)
class Said:
    """One source's advert: its own words, where it stands, and whether it leads the vacancy."""

    source: str
    name: str
    url: str | None
    posting: Mapping[str, Any]
    last_seen: dt.datetime
    status: Status
    leads: bool


@dataclass(frozen=True)
class Whole:
    """One advert with all that staff may know of it.

    `draft` is what we read, `shown` the same with the corrections in force. `corrections` and `history` are all that
    there were, newest first.
    """

    vacancy: Vacancy
    employer: str | None
    draft: Mapping[str, Any]
    shown: Mapping[str, Any]
    said: tuple[Said, ...]
    corrections: tuple[Correction, ...]
    history: tuple[StatusChange, ...]

    @property
    def standing(self) -> dict[str | None, Correction]:
        """The corrections in force by their field; None = it is hidden."""
        return {row.field: row for row in self.corrections if row.dropped_at is None}

    @property
    def waiting(self) -> tuple[Correction, ...]:
        """What runs dropped and nobody has seen to."""
        return tuple(row for row in self.corrections if _is_waiting(row))


def listed(session: Session, question: Question) -> tuple[Listed, ...]:
    """The adverts asked for, the newest first."""
    wanted: sa.Select[*tuple[Any, ...]] = sa.select(
        Vacancy.id, Vacancy.public_id, Vacancy.title, Vacancy.status, Vacancy.hidden, Organisation.name
    ).outerjoin(Organisation, Organisation.id == Vacancy.organisation_id)
    rows = session.execute(_asked(wanted, question).order_by(Vacancy.id.desc()).limit(MOST)).all()
    corrections = _corrections(session, [row.id for row in rows])
    found = [_line(row, corrections.get(row.id, [])) for row in rows]
    return tuple(sorted(found, key=lambda one: (not one.dropped, not one.hidden)))


def _line(row: sa.Row[Any], mine: Sequence[Correction]) -> Listed:
    return Listed(
        row.public_id,
        row.title,
        row.name,
        row.status,
        row.hidden,
        _labels(each for each in mine if each.dropped_at is None and each.field),
        _labels(each for each in mine if _is_waiting(each)),
        mine[-1] if mine else None,
    )


def employers(session: Session, owners: frozenset[int] | None) -> tuple[tuple[str, str], ...]:
    """The employers of adverts with a correction, by name."""
    mine = sa.select(Vacancy.organisation_id).join(Correction, Correction.vacancy_id == Vacancy.id)
    wanted = sa.select(Organisation.slug, Organisation.name).where(Organisation.id.in_(mine))
    if owners is not None:
        wanted = wanted.where(Organisation.id.in_(owners))
    return tuple((row.slug, row.name) for row in session.execute(wanted.order_by(Organisation.name)))


def standing(session: Session, public_id: str) -> Vacancy | None:
    """That vacancy; for one that was merged, the one that it was merged into. None for an unknown one."""
    vacancy = session.scalar(sa.select(Vacancy).where(Vacancy.public_id == public_id))
    while vacancy is not None and vacancy.merged_into is not None:
        vacancy = session.get(Vacancy, vacancy.merged_into)
    return vacancy


def whole(session: Session, public_id: str) -> Whole | None:
    """That advert, as `standing` finds it."""
    vacancy = standing(session, public_id)
    if vacancy is None:
        return None
    employer = session.get(Organisation, vacancy.organisation_id) if vacancy.organisation_id else None
    corrections = sa.select(Correction).where(Correction.vacancy_id == vacancy.id).order_by(Correction.id.desc())
    history = sa.select(StatusChange).where(StatusChange.vacancy_id == vacancy.id).order_by(StatusChange.id.desc())
    return Whole(
        vacancy,
        employer.name if employer else None,
        vacancy.draft,
        shown_draft(session, vacancy),
        _said(session, vacancy.id),
        tuple(session.scalars(corrections)),
        tuple(session.scalars(history)),
    )


def _asked(wanted: sa.Select[*tuple[Any, ...]], question: Question) -> sa.Select[*tuple[Any, ...]]:
    put_right = sa.select(Correction.vacancy_id).where(Correction.dropped_at.is_(None))
    waiting = sa.select(Correction.vacancy_id).where(
        Correction.dropped_source.is_not(None), Correction.settled_at.is_(None)
    )
    wanted = wanted.where(Vacancy.merged_into.is_(None))
    if question.owners is not None:
        wanted = wanted.where(Vacancy.organisation_id.in_(question.owners))
    if question.employer:
        wanted = wanted.where(Organisation.slug == question.employer)
    if question.source:
        wanted = wanted.where(Vacancy.id.in_(sa.select(Sighting.vacancy_id).where(Sighting.source == question.source)))
    if question.words:
        wanted = wanted.where(_worded(question.words))
    if question.show == Show.HIDDEN:
        return wanted.where(Vacancy.hidden)
    if question.show == Show.CORRECTED:
        return wanted.where(Vacancy.id.in_(put_right.where(Correction.field.is_not(None))))
    if question.show == Show.DROPPED:
        return wanted.where(Vacancy.id.in_(waiting))
    if question.words or question.source:
        return wanted
    return wanted.where(Vacancy.hidden | Vacancy.id.in_(put_right) | Vacancy.id.in_(waiting))


def _worded(words: str) -> sa.ColumnElement[bool]:
    by_key = sa.select(Sighting.vacancy_id).where(Sighting.key.icontains(words, autoescape=True))
    by_id = Vacancy.public_id == words.lower()
    return Vacancy.title.icontains(words, autoescape=True) | by_id | Vacancy.id.in_(by_key)


def _corrections(session: Session, vacancies: Sequence[int]) -> dict[int, list[Correction]]:
    found: dict[int, list[Correction]] = {}
    for start in range(0, len(vacancies), CHUNK):
        mine = sa.select(Correction).where(Correction.vacancy_id.in_(vacancies[start : start + CHUNK]))
        for row in session.scalars(mine.order_by(Correction.id)):
            found.setdefault(row.vacancy_id, []).append(row)
    return found


def _is_waiting(row: Correction) -> bool:
    return row.dropped_source is not None and row.settled_at is None


def _labels(rows: Iterable[Correction]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(label_of(row.field) for row in rows))


def _said(session: Session, vacancy: int) -> tuple[Said, ...]:
    joined = sa.select(Sighting, SourceRow, Organisation.name).join(SourceRow, SourceRow.slug == Sighting.source)
    joined = joined.outerjoin(Organisation, Organisation.id == SourceRow.organisation_id)
    rows = session.execute(joined.where(Sighting.vacancy_id == vacancy)).all()
    ordered = sorted(rows, key=lambda row: _order(row.Sighting, row.SourceRow))
    return tuple(
        Said(
            sighting.source,
            source_name(source.slug, name),
            sighting.url,
            sighting.posting,
            sighting.last_seen,
            sighting.status,
            number == 0,
        )
        for number, (sighting, source, name) in enumerate(ordered)
    )


def _order(sighting: Sighting, source: SourceRow) -> tuple[bool, bool, bool, float]:
    return sighting.status is Status.WITHDRAWN, *leads(source.public, source.organisation_id is not None, sighting.id)
