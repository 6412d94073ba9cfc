"""What visitors say is wrong with an advert, for the member's page and the secretariat's list.

A report never changes the vacancy by itself: a person looks. What the visitor wrote is kept only until somebody has,
or for 90 days.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from clearinghouse.accounts import audit
from clearinghouse.accounts.actor import Actor
from clearinghouse.accounts.models import Organisation
from clearinghouse.accounts.tags import Tag
from clearinghouse.db import Base, Store, by_value
from clearinghouse.errors import BadFormError
from clearinghouse.sealing import Sealed
from clearinghouse.vacancies.models import Vacancy
from clearinghouse.vacancies.vocabulary import Term

LONGEST = 1000  # characters of a visitor's words
OF_A_KIND = 4  # open reports of one kind on a vacancy, so twenty in all; later ones count up
WORDS_KEPT = dt.timedelta(days=90)  # of a report that nobody answers
SAME_CLICK = dt.timedelta(seconds=10)  # an equal report so soon is the same one sent twice
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")


class Wrong(Term):
    """What is wrong with it."""

    PAY = "pay", "The pay is wrong"
    CLOSED = "closed", "The job has closed"
    LINK = "link", "The link does not work"
    DUPLICATE = "duplicate", "The job is shown twice"
    OTHER = "other", "Something else"


class Outcome(Term):
    """What came of a report."""

    FIXED = "fixed", "Put right"
    RIGHT = "right", "Nothing was wrong"


class AdvertReport(Base):
    """One report. `words` are the visitor's own, until it is closed; `times` counts equal ones while it is open.

    `organisation_id` is the advert's employer at that time, None = the advert names none.
    """

    __tablename__ = "advert_report"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    vacancy_id: Mapped[int] = mapped_column(sa.ForeignKey("vacancy.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    wrong: Mapped[Wrong] = mapped_column(by_value(Wrong))
    words: Mapped[str | None] = mapped_column(Sealed())
    times: Mapped[int] = mapped_column(default=1)
    at: Mapped[dt.datetime]
    last: Mapped[dt.datetime]
    closed_at: Mapped[dt.datetime | None] = mapped_column(index=True)
    closed_by: Mapped[str | None]
    outcome: Mapped[Outcome | None] = mapped_column(by_value(Outcome))


@dataclass(frozen=True)
class OpenReport:
    """A report that nobody has answered yet, with the vacancy that it is about.

    `organisation` is the number of the advert's employer, `employer` its name and `slug` its slug; None = no employer.
    """

    number: int
    vacancy: str
    title: str
    organisation: int | None
    employer: str | None
    slug: str | None
    wrong: Wrong
    words: str | None
    times: int
    at: dt.datetime
    last: dt.datetime


def report(store: Store, vacancy: int, wrong: str, words: str, now: dt.datetime) -> int:
    """Take down what a visitor says is wrong with the vacancy of that key; the report's number.

    An equal one while the first is open only counts up, and so does any other when OF_A_KIND are open already: the
    newest of its kind counts then. Raises BadFormError as `checked` does.
    """
    kind, said = checked(wrong, words)
    with store.writing() as session:
        row = session.get_one(Vacancy, vacancy, with_for_update=True)
        known = _open_of(session, vacancy, kind)
        same = next((one for one in known if one.words == said), None)
        if same is None and len(known) < OF_A_KIND:
            return _add(session, row, kind, said, now)
        counted = same or known[-1]
        if same is None or now - same.last >= SAME_CLICK:
            counted.times, counted.last = counted.times + 1, now
        return counted.id


def checked(wrong: str, words: str) -> tuple[Wrong, str | None]:
    """What was chosen and written. Raises BadFormError for no choice, for "other" without words, and for too many."""
    said = "\n".join(" ".join(UNPRINTABLE.sub(" ", line).split()) for line in words.splitlines()).strip()
    kinds, errors = {kind.value: kind for kind in Wrong}, {}
    if wrong not in kinds:
        errors["wrong"] = "Choose what is wrong"
    if len(said) > LONGEST:
        errors["words"] = f"You wrote {len(said):,} characters. Use {LONGEST:,} or fewer"
    elif wrong == Wrong.OTHER and not said:
        errors["words"] = "Tell us what is wrong"
    if errors:
        raise BadFormError(errors)
    return kinds[wrong], said or None


def open_reports(session: Session, organisation: int | None = None, limit: int = 200) -> tuple[OpenReport, ...]:
    """What nobody has answered yet, oldest first: of one organisation, or (None) of all and of none. One query."""
    found = (
        sa.select(AdvertReport, Vacancy.public_id, Vacancy.title, Organisation.name, Organisation.slug)
        .join(Vacancy, Vacancy.id == AdvertReport.vacancy_id)
        .outerjoin(Organisation, Organisation.id == AdvertReport.organisation_id)
        .where(*_unanswered(organisation))
        .order_by(AdvertReport.at, AdvertReport.id)
        .limit(limit)
    )
    return tuple(
        OpenReport(
            row.id, public_id, title, row.organisation_id, name, slug, row.wrong, row.words, row.times, row.at, row.last
        )
        for row, public_id, title, name, slug in session.execute(found)
    )


def count_open(session: Session, organisation: int | None = None) -> int:
    """How many of them there are."""
    counted = sa.select(sa.func.count()).select_from(AdvertReport).where(*_unanswered(organisation))
    return session.scalar(counted) or 0


def close(store: Store, number: int, outcome: Outcome, by: Actor, now: dt.datetime) -> bool:
    """Say what came of a report; what its visitor wrote is forgotten. False, and nothing changes, when it was closed.

    Raises sqlalchemy.exc.NoResultFound when there is no such report.
    """
    with store.writing() as session:
        row = session.get_one(AdvertReport, number, with_for_update=True)
        if row.closed_at is not None:
            return False
        row.closed_at, row.closed_by, row.outcome, row.words = now, by.email, outcome, None
        about = session.scalars(sa.select(Vacancy.public_id).where(Vacancy.id == row.vacancy_id)).one()
        audit.record(
            session, Tag.REPORT_ADVERT_CLOSED, by, about, now, organisation=row.organisation_id,
            report=number, wrong=row.wrong.value, outcome=outcome.value, times=row.times,
        )  # fmt: skip
        return True


def old_words(store: Store, now: dt.datetime) -> str:
    """Forget what visitors wrote over 90 days ago and nobody answered; the reports stay open."""
    old = sa.update(AdvertReport).where(AdvertReport.words.is_not(None), AdvertReport.last < now - WORDS_KEPT)
    with store.writing() as session:
        gone = session.execute(old.values(words=None).returning(AdvertReport.id)).all()
    return f"{len(gone)} visitors' old words taken away"


def _unanswered(organisation: int | None) -> list[sa.ColumnElement[bool]]:
    mine = [] if organisation is None else [AdvertReport.organisation_id == organisation]
    return [AdvertReport.closed_at.is_(None), *mine]


def _open_of(session: Session, vacancy: int, wrong: Wrong) -> Sequence[AdvertReport]:
    """The open reports of that kind on the vacancy, oldest first: OF_A_KIND at the most."""
    found = sa.select(AdvertReport).where(
        AdvertReport.vacancy_id == vacancy, AdvertReport.wrong == wrong, AdvertReport.closed_at.is_(None)
    )
    return session.scalars(found.order_by(AdvertReport.id)).all()


def _add(session: Session, vacancy: Vacancy, wrong: Wrong, words: str | None, now: dt.datetime) -> int:
    row = AdvertReport(
        vacancy_id=vacancy.id, organisation_id=vacancy.organisation_id, wrong=wrong, words=words, at=now, last=now
    )
    session.add(row)
    session.flush()
    return row.id
