"""Saying that an employer's work is another's, or several others', from a day on: councils replaced, trusts merged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

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
from clearinghouse.normalise.text import tidy
from clearinghouse.vacancies.models import Touched, Vacancy

PARTS = ("since_day", "since_month", "since_year")
MOST = 10  # successors of one employer
YEARS = (2009, 2100)  # between which a day is believed


@dataclass(frozen=True)
class Said:
    """What the form says: the successors' names in order, and the day; nothing = the employer does its own work."""

    successors: tuple[str, ...] = ()
    since: dt.date | None = None

    @property
    def mark(self) -> str:
        """A digest that the form carries, so that we know what it showed."""
        return mark({"successors": "\n".join(self.successors), "since": self.since})

    @property
    def means(self) -> tuple[set[str], dt.date | None]:
        """What is recorded of it, whatever the spelling."""
        return {slug_of(name) for name in self.successors}, self.since

    def typed(self) -> dict[str, str]:
        """The form's fields, filled with it."""
        day = self.since
        parts = (str(day.day), str(day.month), str(day.year)) if day else ("", "", "")
        return {"successors": "\n".join(self.successors), **dict(zip(PARTS, parts, strict=True))}

    def plain(self) -> dict[str, Any]:
        """The same as the audit trail keeps it."""
        return {"successors": list(self.successors), "since": self.since.isoformat() if self.since else None}

    def sentence(self) -> str:
        """The same in words."""
        if self.since is None:
            return "it does its own work"
        return f"it is part of {' and '.join(self.successors)} since {self.since.day} {self.since:%B %Y}"


def checked(typed: Mapping[str, str]) -> Said:
    """What was typed, a name a line. Raises BadFormError: both names and the day, or neither."""
    lines = (tidy(line.replace("\0", " ")) for line in typed.get("successors", "").splitlines())
    names = tuple(dict.fromkeys(line for line in lines if line))
    parts = [typed.get(part, "").strip() for part in PARTS]
    if not names and not any(parts):
        return Said()
    errors: dict[str, str] = {}
    longest = max(map(len, names), default=0)
    if not names:
        errors["successors"] = "Enter which employer does its work"
    elif len(names) > MOST:
        errors["successors"] = f"These are {len(names)} employers: enter {MOST} or fewer"
    elif strange := next((name for name in names if not any(map(str.isalpha, name))), None):
        errors["successors"] = f"“{strange[:60]}” is no employer’s name"
    elif longest > LONGEST:
        errors["successors"] = f"The name has {longest:,} characters: it must have {LONGEST} or fewer"
    since = None
    try:
        since = day_of(parts)
    except ValueError:
        errors["since_day"] = "Enter the first day as a date such as 1 4 2028"
    if since and not YEARS[0] <= since.year <= YEARS[1]:
        errors["since_day"] = f"Enter a day in the years {YEARS[0]} to {YEARS[1]}"
    if errors:
        raise BadFormError(errors)
    return Said(names, since)


def said(session: Session, organisation: int) -> Said:
    """What is recorded of that organisation."""
    joined = sa.select(Organisation.name, Succession.since).join(
        Organisation, Organisation.id == Succession.successor_id
    )
    recorded = joined.where(Succession.organisation_id == organisation).order_by(sa.func.lower(Organisation.name))
    rows = session.execute(recorded).all()
    return Said(tuple(row.name for row in rows), rows[0].since) if rows else Said()


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
        if new.means == old.means:
            return False
        if was != old.mark:
            raise BadFormError({"successors": f"Somebody else changed this meanwhile: {old.sentence()}"})
        found = [_successor(session, row, name, add=typed.get("add") == "yes") for name in new.successors]
        _record(session, row, found, new.since)
        after = Said(tuple(each.name for each in found), new.since)
        audit.record(
            session, Tag.MEMBER_SUCCESSOR_SET, by, slug, now, organisation=row.id, before=old.plain(),
            after=after.plain(),
        )  # fmt: skip
        return True


def _successor(session: Session, row: Organisation, name: str, *, add: bool) -> Organisation:
    slug = slug_of(name)
    found = session.scalar(sa.select(Organisation).where(Organisation.slug == slug))
    if found is None and not add:
        raise BadFormError({"successors": f"We know no employer called {name}: say below if it is new"})
    if found is None:
        found = Organisation(slug=slug, name=name, type=row.type, area=row.area, member=row.member, listed=True)
        session.add(found)
        session.flush()
    if row.id in (found.id, *(heir.id for heir in heirs(session).line(found.id))):
        raise BadFormError({"successors": f"{found.name} is this employer, or was replaced by it"})
    return found


def _record(session: Session, row: Organisation, successors: Iterable[Organisation], since: dt.date | None) -> None:
    session.execute(sa.delete(Succession).where(Succession.organisation_id == row.id))
    if since:
        session.add_all(
            Succession(organisation_id=row.id, successor_id=number, since=since)
            for number in dict.fromkeys(each.id for each in successors)
        )
        session.flush()
    known = heirs(session)
    family = {row.id, *(each for each in known.steps if row.id in (heir.id for heir in known.line(each)))}
    theirs = sa.select(Vacancy.id).where(Vacancy.organisation_id.in_(family))
    session.execute(sa.insert(Touched).from_select(["vacancy_id"], theirs))
