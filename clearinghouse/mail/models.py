"""The outbox: every mail that was asked for, and what became of it."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Self

from sqlalchemy.orm import Mapped, mapped_column

from clearinghouse.db import Base, by_value
from clearinghouse.sealing import Sealed, SealedJson


class Channel(enum.StrEnum):
    """How a message reaches somebody: `to` is an e-mail address, or the number of a mobile phone."""

    plural: str

    def __new__(cls, value: str, plural: str) -> Self:
        """The member's value, with its name for people beside it."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.plural = plural
        return member

    EMAIL = "email", "mails"
    TEXT = "text", "text messages"


class MailKind(enum.StrEnum):
    """Why a mail is sent, with its name for people, and for how long what it says is of use to anyone."""

    label: str
    life: dt.timedelta

    def __new__(cls, value: str, label: str, life: dt.timedelta) -> Self:
        """The member's value, with its columns beside it."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.life = life
        return member

    INVITATION = "invitation", "Invitation", dt.timedelta(days=7)
    RESET = "reset", "Password reset", dt.timedelta(hours=1)
    WEEK = "week", "Monday mail", dt.timedelta(days=7)
    ALERT_CONFIRM = "alert_confirm", "Is this your search?", dt.timedelta(days=7)
    ALERT = "alert", "New jobs", dt.timedelta(days=14)
    ALERT_RENEW = "alert_renew", "Do you still want it?", dt.timedelta(days=28)

    @property
    def of_alert(self) -> bool:
        """True when it goes to somebody without an account, whose address nobody of ours can put right."""
        return self in (MailKind.ALERT_CONFIRM, MailKind.ALERT, MailKind.ALERT_RENEW)


class Mail(Base):
    """One message, to one address. `key` names what must go out only once; `message_id` stays the same over all tries.

    It waits until `due_at`; `sent_at` = a mail server took it, `given_up_at` = it never will be sent, `error` says why
    the last try failed. `refused_at` = the address itself takes no mail (a bounce). `seen_at` = a person saw that it
    failed, and leaves it. `html` says the same as `text`, `headers` are further ones by name. Address, subject, words
    and headers are encrypted.
    """

    __tablename__ = "mail"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[MailKind] = mapped_column(by_value(MailKind))
    channel: Mapped[Channel] = mapped_column(by_value(Channel), default=Channel.EMAIL, server_default="email")
    key: Mapped[str | None] = mapped_column(unique=True)
    to: Mapped[str] = mapped_column(Sealed())
    subject: Mapped[str] = mapped_column(Sealed())
    text: Mapped[str] = mapped_column(Sealed())
    html: Mapped[str | None] = mapped_column(Sealed())
    headers: Mapped[dict[str, str] | None] = mapped_column(SealedJson())
    message_id: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[dt.datetime]
    due_at: Mapped[dt.datetime] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]
    sent_at: Mapped[dt.datetime | None] = mapped_column(index=True)
    given_up_at: Mapped[dt.datetime | None]
    refused_at: Mapped[dt.datetime | None] = mapped_column(index=True)
    seen_at: Mapped[dt.datetime | None]
