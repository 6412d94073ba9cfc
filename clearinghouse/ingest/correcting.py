"""What people do to an advert: hide it, show it again, correct a reading, take that back (design rule 10).

Each act stands in the vacancy's history and in the audit trail, in the transaction that does it, and reaches everyone
with the publisher's next step. Each follows a merged vacancy to the one that it was merged into, may be sent twice with
one result, and raises sqlalchemy.exc.NoResultFound for an unknown vacancy.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.accounts import audit
from clearinghouse.accounts.actor import Actor
from clearinghouse.accounts.tags import Tag
from clearinghouse.db import Store
from clearinghouse.errors import BadFormError, ClearingHouseError
from clearinghouse.ingest.as_typed import as_meant
from clearinghouse.ingest.correctable import FIELDS, Field, Form, label_of
from clearinghouse.ingest.corrections import append, drop, in_force, note_dropped
from clearinghouse.ingest.models import Correction
from clearinghouse.ingest.overlay import laid_over
from clearinghouse.ingest.typed_reading import Typed, reason_of, value_of
from clearinghouse.vacancies.draft import LONDON
from clearinghouse.vacancies.models import Touched, Vacancy
from clearinghouse.vacancies.vocabulary import Flag

TAKEN_BACK = "taken back"
REPLACED = "put right again"


class ChangedMeanwhileError(ClearingHouseError):
    """The reading isn't the one that the form showed: it is `value` by now."""

    def __init__(self, public_id: str, field: Field, value: Any) -> None:
        super().__init__(f"vacancy {public_id}: its {field.label} changed meanwhile")
        self.value = value


def reading(draft: Mapping[str, Any], field: Field) -> Any:
    """The value of that field as people correct it: pay without its words and equivalents, flags without ours."""
    value = draft.get(field.name)
    if field.form is Form.PAY:
        pay = {name: (value or {}).get(name) for name in ("minimum", "maximum", "period", "basis")}
        return pay if pay["minimum"] or pay["maximum"] else None
    if field.form in (Form.MANY, Form.PLACES):
        return [one for one in value or () if one != Flag.BELOW_LEGAL_MINIMUM]
    return value


def mark(value: Any) -> str:
    """A digest that the form carries, so that we know which reading it showed."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]


def shown_draft(session: Session, vacancy: Vacancy) -> Mapping[str, Any]:
    """The vacancy's draft with the corrections in force."""
    return laid_over(vacancy.draft, in_force(session, [vacancy.id]).get(vacancy.id, ()))


def hide(store: Store, public_id: str, reason: str, by: Actor, now: dt.datetime) -> bool:
    """Show the vacancy to nobody outside its own organisation from now on; False when it is hidden already.

    Raises BadFormError without a reason.
    """
    why = reason_of(reason)
    with store.writing() as session:
        vacancy = _hold(session, public_id)
        if vacancy.hidden:
            return False
        _hide(session, vacancy, why, by, now)
        return True


def show(store: Store, public_id: str, by: Actor, now: dt.datetime) -> bool:
    """Show it again to whoever may see it; False when it isn't hidden."""
    with store.writing() as session:
        vacancy = _hold(session, public_id)
        if not vacancy.hidden:
            return False
        vacancy.hidden = False
        for row in _standing(session, vacancy, None):
            drop(row, by.email, TAKEN_BACK, now)
        _done(session, vacancy, Tag.VACANCY_HIDDEN_OFF, "shown again", by, now)
        return True


def correct(
    store: Store, public_id: str, field: Field, typed: Typed, was: str, by: Actor, now: dt.datetime
) -> bool:  # fmt: skip
    """Put that reading right as it was typed; False when it is so already.

    `was` is the mark of the reading that the form showed. Raises BadFormError for what can't be, ChangedMeanwhileError
    when the form is stale; then nothing changes.
    """
    today = now.astimezone(LONDON).date()
    value, why = _checked(field, as_meant(field, typed, today, lambda left: mark(left) == was), today)
    with store.writing() as session:
        vacancy = _hold(session, public_id)
        old = reading(shown_draft(session, vacancy), field)
        if value == old:
            return False
        if was != mark(old):
            raise ChangedMeanwhileError(public_id, field, old)
        if value == reading(vacancy.draft, field):
            return _take_back(session, vacancy, field, by, now)
        _put(session, vacancy, field, value, why, by, now)
        return True


def undo(store: Store, public_id: str, field: Field, by: Actor, now: dt.datetime) -> bool:
    """Take a corrected reading back: what we read counts again; False when none is in force."""
    with store.writing() as session:
        return _take_back(session, _hold(session, public_id), field, by, now)


def restore(store: Store, public_id: str, by: Actor, now: dt.datetime) -> bool:
    """Put back all that runs dropped and nobody has seen to: the person has looked at the new words."""
    with store.writing() as session:
        vacancy = _hold(session, public_id)
        rows = _unsettled(session, vacancy)
        for row in rows:
            if row.field is None:
                if not vacancy.hidden:
                    _hide(session, vacancy, row.reason, by, now)
            elif row.field in FIELDS and not _standing(session, vacancy, row.field):
                _put(session, vacancy, FIELDS[row.field], row.value, row.reason, by, now)
        _settle(session, rows, now)
        return bool(rows)


def leave(store: Store, public_id: str, by: Actor, now: dt.datetime) -> bool:
    """Say that what runs dropped need not be put back: the source says it right by now."""
    with store.writing() as session:
        vacancy = _hold(session, public_id)
        rows = _unsettled(session, vacancy)
        if rows:
            details = {"fields": [row.field for row in rows]}
            audit.record(
                session, Tag.VACANCY_NOTICE_LEFT, by, public_id, now, organisation=vacancy.organisation_id, **details
            )
            _settle(session, rows, now)
        return bool(rows)


def _checked(field: Field, typed: Typed, today: dt.date) -> tuple[Any, str]:
    """The value and the reason; what is wrong with either is told at once."""
    errors: dict[str, str] = {}
    value, why = None, ""
    try:
        value = value_of(field, typed, today)
    except BadFormError as error:
        errors |= error.errors
    try:
        why = reason_of(typed.reason)
    except BadFormError as error:
        errors |= error.errors
    if errors:
        raise BadFormError(errors)
    return value, why


def _hold(session: Session, public_id: str) -> Vacancy:
    found = session.scalars(sa.select(Vacancy).where(Vacancy.public_id == public_id).with_for_update()).one()
    while found.merged_into is not None:
        found = session.scalars(sa.select(Vacancy).where(Vacancy.id == found.merged_into).with_for_update()).one()
    return found


def _standing(session: Session, vacancy: Vacancy, field: str | None) -> list[Correction]:
    mine = sa.select(Correction).where(Correction.vacancy_id == vacancy.id, Correction.dropped_at.is_(None))
    about = Correction.field.is_(None) if field is None else Correction.field == field
    return list(session.scalars(mine.where(about).order_by(Correction.id)))


def _unsettled(session: Session, vacancy: Vacancy) -> list[Correction]:
    mine = sa.select(Correction).where(Correction.vacancy_id == vacancy.id, Correction.dropped_source.is_not(None))
    return list(session.scalars(mine.where(Correction.settled_at.is_(None)).order_by(Correction.id.desc())))


def _settle(session: Session, rows: list[Correction], now: dt.datetime) -> None:
    for row in rows:
        row.settled_at = now
    session.flush()
    for source in {row.dropped_source for row in rows if row.dropped_source}:
        note_dropped(session, source, now)


def _hide(session: Session, vacancy: Vacancy, why: str, by: Actor, now: dt.datetime) -> None:
    vacancy.hidden = True
    session.add(_row(vacancy, None, None, None, why, by, now))
    _settle(session, [row for row in _unsettled(session, vacancy) if row.field is None], now)
    _done(session, vacancy, Tag.VACANCY_HIDDEN_ON, f"hidden: {why}", by, now, reason=why)


def _put(
    session: Session, vacancy: Vacancy, field: Field, value: Any, why: str, by: Actor, now: dt.datetime
) -> None:  # fmt: skip
    for earlier in _standing(session, vacancy, field.name):
        drop(earlier, by.email, REPLACED, now)
    was = reading(vacancy.draft, field)
    session.add(_row(vacancy, field.name, value, was, why, by, now))
    _settle(session, [row for row in _unsettled(session, vacancy) if row.field == field.name], now)
    vacancy.updated = now
    details = {"field": field.name, "was": was, "value": value, "reason": why}
    _done(session, vacancy, Tag.VACANCY_READING_CORRECTED, f"{field.label} put right: {why}", by, now, **details)


def _take_back(session: Session, vacancy: Vacancy, field: Field, by: Actor, now: dt.datetime) -> bool:
    rows = _standing(session, vacancy, field.name)
    if not rows:
        return False
    for row in rows:
        drop(row, by.email, TAKEN_BACK, now)
    vacancy.updated = now
    why = f"{label_of(field.name)} as we read it again"
    _done(session, vacancy, Tag.VACANCY_READING_RESTORED, why, by, now, field=field.name, was=rows[-1].value)
    return True


def _row(
    vacancy: Vacancy, field: str | None, value: Any, was: Any, why: str, by: Actor, now: dt.datetime
) -> Correction:  # fmt: skip
    own = vacancy.organisation_id in by.looks_after
    return Correction(
        vacancy_id=vacancy.id, field=field, value=value, was=was, reason=why, by=by.email, employer=own, at=now
    )


def _done(
    session: Session, vacancy: Vacancy, tag: Tag, why: str, by: Actor, now: dt.datetime, **details: Any
) -> None:  # fmt: skip
    session.add(Touched(vacancy_id=vacancy.id))
    append(session, {vacancy.id: why}, by.email, now)
    audit.record(session, tag, by, vacancy.public_id, now, organisation=vacancy.organisation_id, **details)
