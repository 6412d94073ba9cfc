"""What visitors say is wrong with an advert: the rows, for the member's page and the secretariat's list."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from clearinghouse.db import Base, by_value
from clearinghouse.sealing import Sealed
from clearinghouse.vacancies.vocabulary import Term


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
    """One report. `words` are the visitor's own, if any; `times` counts equal ones while it is open."""

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
