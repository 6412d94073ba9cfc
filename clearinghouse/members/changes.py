"""Changing what we hold of a member, one section at a time: with its consequences and its line of the audit trail."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.accounts import audit
from clearinghouse.accounts.actor import Actor
from clearinghouse.accounts.models import AuditEvent, Organisation
from clearinghouse.db import Store
from clearinghouse.errors import ClearingHouseError
from clearinghouse.members.details import Section, Today, Typed, Value, Values, mark
from clearinghouse.vacancies.draft import LONDON
from clearinghouse.vacancies.models import Sighting, SourceRow, Touched, Vacancy


class ChangedMeanwhileError(ClearingHouseError):
    """The details aren't those that the form showed: they are `theirs` since `by` set them at `at`, if a person did."""

    def __init__(self, slug: str, section: Section, theirs: Values, last: tuple[str, dt.datetime] | None) -> None:
        super().__init__(f"member {slug}: somebody else changed its {section.name} meanwhile")
        self.theirs = theirs
        self.by = last[0] if last else None
        self.at = last[1] if last else None


def change(
    store: Store,
    slug: str,
    section: Section,
    typed: Typed,
    was: str,
    by: Actor,
    now: dt.datetime,
    *,
    demo: bool = False,
) -> bool:
    """Set that section of the organisation to what was typed; False when it is so already.

    `was` is the mark of the values that the form showed. Raises BadFormError for what can't be, ChangedMeanwhileError
    when the form is stale, sqlalchemy.exc.NoResultFound for an unknown organisation; then nothing changes.
    """
    new = dict(section.checked(typed, Today(now.astimezone(LONDON).date(), demo)))
    with store.writing() as session:
        row = session.scalars(sa.select(Organisation).where(Organisation.slug == slug).with_for_update()).one()
        old = section.of(row)
        if new == old:
            return False
        if was != mark(old):
            raise ChangedMeanwhileError(slug, section, old, last_set(session, slug, section))
        for column, value in new.items():
            setattr(row, column, value)
        _follow(session, row, old, new, now)
        audit.record(session, section.tag, by, slug, now, organisation=row.id, before=_plain(old), after=_plain(new))
        return True


def last_set(session: Session, slug: str, section: Section) -> tuple[str, dt.datetime] | None:
    """Who set that section last, and when; None = nobody did."""
    mine = sa.select(AuditEvent.by, AuditEvent.at).where(AuditEvent.about == slug, AuditEvent.tag == section.tag)
    last = session.execute(mine.order_by(AuditEvent.id.desc()).limit(1)).first()
    return (last.by, last.at) if last else None


def _follow(session: Session, row: Organisation, old: Values, new: Values, now: dt.datetime) -> None:
    """What hangs on the values: a new link isn't checked yet; new terms are in every advert that they are about.

    Promises stand on each vacancy of the employer.
    """
    if "recruitment_url" in new:
        row.links_set_at = now
        if new["recruitment_url"] != old["recruitment_url"]:
            row.link_checked = row.link_status = None
    if "terms" in new and new["terms"] != old["terms"]:
        session.execute(sa.insert(Touched).from_select(["vacancy_id"], _adverts(row.id)))
    if "promises" in new:
        theirs = sa.select(Vacancy.id).where(Vacancy.organisation_id == row.id)
        session.execute(sa.insert(Touched).from_select(["vacancy_id"], theirs))


def _adverts(organisation: int) -> sa.Select[int]:
    """The vacancies that are the organisation's, or that its sources bring."""
    brought = (
        sa.select(Sighting.vacancy_id)
        .join(SourceRow, SourceRow.slug == Sighting.source)
        .where(SourceRow.organisation_id == organisation)
    )
    return sa.select(Vacancy.id).where((Vacancy.organisation_id == organisation) | Vacancy.id.in_(brought))


def _plain(values: Values) -> dict[str, object]:
    return {name: _text(value) for name, value in values.items()}


def _text(value: Value) -> object:
    return value.isoformat() if isinstance(value, dt.date) else value
