"""Saying that an employer's work is another's from a day on: a council that is replaced, a trust that is taken over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.accounts import audit
from clearinghouse.accounts.actor import Actor
from clearinghouse.accounts.models import Organisation, Succession
from clearinghouse.accounts.organisations import slug_of
from clearinghouse.accounts.successions import heirs
from clearinghouse.accounts.tags import Tag
from clearinghouse.db import Store
from clearinghouse.errors import BadFormError
from clearinghouse.members.details import LONGEST, day_of, mark
from clearinghouse.vacancies.models import Touched, Vacancy

PARTS = ("since_day", "since_month", "since_year")
YEARS = (2009, 2100)  # between which a day is believed


@dataclass(frozen=True)
class Said:
    """What the form says: the successor's name and the day; both None = the employer does its own work."""

    successor: str | None = None
    since: dt.date | None = None

    @property
    def mark(self) -> str:
        """A digest that the form carries, so that we know what it showed."""
        return mark({"successor": self.successor, "since": self.since})

    def typed(self) -> dict[str, str]:
        """The form's fields, filled with it."""
        day = self.since
        parts = (str(day.day), str(day.month), str(day.year)) if day else ("", "", "")
        return {"successor": self.successor or "", **dict(zip(PARTS, parts, strict=True))}


def checked(typed: Mapping[str, str]) -> Said:
    """What was typed. Raises BadFormError: both the name and the day, or neither."""
    name = " ".join(typed.get("successor", "").split())
    parts = [typed.get(part, "").strip() for part in PARTS]
    if not name and not any(parts):
        return Said()
    errors: dict[str, str] = {}
    if not name:
        errors["successor"] = "Enter which employer does its work"
    elif len(name) > LONGEST:
        errors["successor"] = f"The name has {len(name):,} characters: it must have {LONGEST} or fewer"
    since = None
    try:
        since = day_of(parts)
    except ValueError:
        errors["since_day"] = "Enter the first day as a date such as 1 4 2028"
    if since and not YEARS[0] <= since.year <= YEARS[1]:
        errors["since_day"] = f"Enter a day in the years {YEARS[0]} to {YEARS[1]}"
    if errors:
        raise BadFormError(errors)
    return Said(name, since)


def said(session: Session, organisation: int) -> Said:
    """What is recorded of that organisation."""
    joined = sa.select(Organisation.name, Succession.since).join(
        Organisation, Organisation.id == Succession.successor_id
    )
    row = session.execute(joined.where(Succession.organisation_id == organisation)).first()
    return Said(row.name, row.since) if row else Said()


def set_successor(store: Store, slug: str, typed: Mapping[str, str], was: str, by: Actor, now: dt.datetime) -> bool:
    """Record what was typed; False when it is so already. The adverts and searches follow on the day, or at once.

    `was` is the mark of what the form showed. Raises BadFormError for what can't be, or when somebody else changed it
    meanwhile; sqlalchemy.exc.NoResultFound for an unknown organisation. A successor that we don't know is refused,
    unless `typed["add"]` says that it is new: then it is put on the list as a member.
    """
    new = checked(typed)
    with store.writing() as session:
        row = session.scalars(sa.select(Organisation).where(Organisation.slug == slug).with_for_update()).one()
        old = said(session, row.id)
        if (new.successor and slug_of(new.successor), new.since) == (
            old.successor and slug_of(old.successor),
            old.since,
        ):
            return False
        if was != old.mark:
            raise BadFormError({"successor": f"Somebody else changed this meanwhile: {_told(old)}"})
        successor = _successor(session, row, new.successor, add=typed.get("add") == "yes") if new.successor else None
        _record(session, row, successor, new.since)
        before, after = _plain(old), _plain(Said(successor.name if successor else None, new.since))
        audit.record(session, Tag.MEMBER_SUCCESSOR_SET, by, slug, now, organisation=row.id, before=before, after=after)
        return True


def _successor(session: Session, row: Organisation, name: str, *, add: bool) -> Organisation:
    slug = slug_of(name)
    found = session.scalar(sa.select(Organisation).where(Organisation.slug == slug))
    if found is None and not add:
        raise BadFormError({"successor": f"We know no employer called {name}: say below if it is new"})
    if found is None:
        found = Organisation(slug=slug, name=name, type=row.type, area=row.area, member=row.member, listed=True)
        session.add(found)
        session.flush()
    if row.id in (found.id, *(heir.id for heir in heirs(session).line(found.id))):
        raise BadFormError({"successor": f"{found.name} is this employer, or was replaced by it"})
    return found


def _record(session: Session, row: Organisation, successor: Organisation | None, since: dt.date | None) -> None:
    session.execute(sa.delete(Succession).where(Succession.organisation_id == row.id))
    if successor and since:
        session.add(Succession(organisation_id=row.id, successor_id=successor.id, since=since))
    known = heirs(session)
    family = {row.id, *(each for each in known.steps if row.id in (heir.id for heir in known.line(each)))}
    theirs = sa.select(Vacancy.id).where(Vacancy.organisation_id.in_(family))
    session.execute(sa.insert(Touched).from_select(["vacancy_id"], theirs))


def _told(old: Said) -> str:
    return (
        f"it is part of {old.successor} since {old.since.day} {old.since:%B %Y}"
        if old.since
        else "it does its own work"
    )


def _plain(one: Said) -> dict[str, str | None]:
    return {"successor": one.successor, "since": one.since.isoformat() if one.since else None}
