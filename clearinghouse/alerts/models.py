"""Saved searches: what somebody without an account wants to hear of, and how far they have been told."""

from __future__ import annotations

import datetime as dt
import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from clearinghouse.db import Base, by_value
from clearinghouse.mail.models import Channel
from clearinghouse.sealing import Sealed
from clearinghouse.vacancies.vocabulary import Term


class Often(Term):
    """How often somebody hears of new jobs, with its words for people."""

    DAILY = "daily", "Every day"
    WEEKLY = "weekly", "Once a week, on Mondays"
    CLOSING_SOON = "closing_soon", "Every day, and at once when a new job closes within 3 days"


class Ended(enum.StrEnum):
    """Why a saved search is no more."""

    STOPPED = "stopped"  # by whoever saved it
    BOUNCED = "bounced"  # the address takes no mail
    NOT_RENEWED = "not_renewed"  # nobody said after a year that it is still wanted


class SavedSearch(Base):
    """One saved search of one address. It counts from `confirmed_at` on, until `ended_at`.

    `address` (of the channel) and `query` are encrypted; `address_digest` finds an address's others without opening
    it, `sameness` the same search of the same address while it isn't over; all of them are empty 30 days after the end.
    `query` is the search as the page carried it out, as a query string. `reveals` = the person was told that it
    may tell something private about them, and wanted it all the same. `started` is the public sequence number at
    which it was confirmed, `bookmark` the last one that its news covered, and `before` the bookmark before its last
    message, to which it goes back when that message never went out. `due_at` is when it is looked at next.
    `renew_by` = it ends then, unless they say that they still want it; `asked_again_at` = we asked for that.
    """

    __tablename__ = "saved_search"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(10), unique=True)
    channel: Mapped[Channel] = mapped_column(by_value(Channel))
    address: Mapped[str] = mapped_column(Sealed())
    address_digest: Mapped[str] = mapped_column(sa.String(64), index=True)
    sameness: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    query: Mapped[str] = mapped_column(Sealed())
    often: Mapped[Often] = mapped_column(by_value(Often))
    reveals: Mapped[bool]
    notice: Mapped[str] = mapped_column(sa.String(10))
    asked_at: Mapped[dt.datetime]
    confirmed_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
    ended_why: Mapped[Ended | None] = mapped_column(by_value(Ended))
    started: Mapped[int] = mapped_column(default=0)
    bookmark: Mapped[int] = mapped_column(default=0)
    before: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[dt.datetime | None] = mapped_column(index=True)
    renew_by: Mapped[dt.datetime | None]
    asked_again_at: Mapped[dt.datetime | None]
    mail_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mail.id", ondelete="SET NULL"), index=True)


class AlertMark(Base):
    """How far in the public sequence the new jobs were looked through that close soon; one row."""

    __tablename__ = "alert_mark"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    public_seq: Mapped[int]
