"""The outbox: every mail that was asked for, and what became of it."""

from __future__ import annotations

import datetime as dt
import enum

from sqlalchemy.orm import Mapped, mapped_column

from clearinghouse.db import Base, by_value
from clearinghouse.sealing import Sealed


class MailKind(enum.StrEnum):
    """Why a mail is sent."""

    INVITATION = "invitation"
    RESET = "reset"
    WEEK = "week"


class Mail(Base):
    """One mail, to one address. `key` names what must go out only once; `message_id` stays the same over all tries.

    It waits until `due_at`; `sent_at` = a mail server took it, `given_up_at` = it never will be sent, `error` says why
    the last try failed. Address, subject and text are encrypted.
    """

    __tablename__ = "mail"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[MailKind] = mapped_column(by_value(MailKind))
    key: Mapped[str | None] = mapped_column(unique=True)
    to: Mapped[str] = mapped_column(Sealed())
    subject: Mapped[str] = mapped_column(Sealed())
    text: Mapped[str] = mapped_column(Sealed())
    message_id: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[dt.datetime]
    due_at: Mapped[dt.datetime] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]
    sent_at: Mapped[dt.datetime | None] = mapped_column(index=True)
    given_up_at: Mapped[dt.datetime | None]
