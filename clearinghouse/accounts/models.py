"""The tables of accounts: organisations, people, what they may do, how they come in, and the audit trail."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from clearinghouse.accounts.roles import Role
from clearinghouse.accounts.tags import Tag
from clearinghouse.db import Base, by_value
from clearinghouse.sealing import Sealed, SealedJson


class Organisation(Base):
    """An employer. `member` says that it belongs to the Compact; `listed` that a person put it on the list.

    An employer that only an advert names is created unlisted (design rule 7). `link_checked` is when
    `recruitment_url` last answered well; `link_status` what it answered last. `agreed_on` and `agreed_by` say when
    and in whose name it agreed to be read; `terms` what of its adverts others may reuse (open_licence, facts_only,
    none; None = what its sources say), `licence` the open licence's name; `takedown_contact` whom to write to when
    something must come down. `links_set_at` is when a person last set `homepage` and `recruitment_url`.
    `promises` are what the employer promises every applicant, by the name of a flag (guaranteed_interview,
    considers_convictions): {"link", "checked_on"}.
    """

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    type: Mapped[str | None]
    area: Mapped[str | None]
    homepage: Mapped[str | None]
    recruitment_url: Mapped[str | None]
    member: Mapped[bool] = mapped_column(default=False)
    listed: Mapped[bool] = mapped_column(default=False)
    link_checked: Mapped[dt.datetime | None]
    link_status: Mapped[str | None]
    agreed_on: Mapped[dt.date | None]
    agreed_by: Mapped[str | None]
    terms: Mapped[str | None]
    licence: Mapped[str | None]
    takedown_contact: Mapped[str | None]
    links_set_at: Mapped[dt.datetime | None]
    promises: Mapped[dict[str, Any] | None]


class Succession(Base):
    """An organisation whose work another does from a day on, or several do, each a part: councils that are replaced."""

    __tablename__ = "succession"

    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id"), primary_key=True)
    successor_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id"), primary_key=True, index=True)
    since: Mapped[dt.date]


class User(Base):
    """A person with an account. `email` is in lower case. Without `password` the invitation wasn't answered yet.

    `code_secret` is the base32 secret of the time-based one-time codes (RFC 6238), `code_step` the last step that was
    used: each code counts once.
    """

    __tablename__ = "user_account"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password: Mapped[str | None]
    password_set_at: Mapped[dt.datetime | None]
    code_secret: Mapped[str | None] = mapped_column(Sealed(), deferred=True)  # unsealed only where it is asked for
    code_step: Mapped[int | None] = mapped_column(sa.BigInteger)
    made_at: Mapped[dt.datetime]
    signed_in_at: Mapped[dt.datetime | None]
    disabled_at: Mapped[dt.datetime | None]


class Membership(Base):
    """A role that a person has, for one organisation or (None) for the Compact as a whole."""

    __tablename__ = "membership"
    __table_args__ = (sa.UniqueConstraint("user_id", "role", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    role: Mapped[Role] = mapped_column(by_value(Role))
    organisation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)


class RecoveryCode(Base):
    """A code for the day on which the authenticator is lost; used once. Only its SHA-256 is kept."""

    __tablename__ = "recovery_code"

    digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    used_at: Mapped[dt.datetime | None]


class SignedIn(Base):
    """One browser that has signed in. Only the SHA-256 of the cookie's token is kept; `agent` names the browser.

    It ends at `ends`, or earlier when it was idle since `seen` for too long, or `ended_at` says that somebody ended it.
    """

    __tablename__ = "signed_in"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    agent: Mapped[str] = mapped_column(sa.String(200))
    strong: Mapped[bool] = mapped_column(default=False)
    started: Mapped[dt.datetime]
    seen: Mapped[dt.datetime]
    ends: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]


class LinkPurpose(enum.StrEnum):
    """What a link that we mailed is for."""

    INVITATION = "invitation"
    RESET = "reset"


class AccountLink(Base):
    """A link that lets its reader choose a password, once. Only the SHA-256 of its token is kept."""

    __tablename__ = "account_link"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    purpose: Mapped[LinkPurpose] = mapped_column(by_value(LinkPurpose))
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    made_at: Mapped[dt.datetime]
    expires: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]


class Lane(Base):
    """How many wrong tries came one way: a browser, an address, or an account from an address. `name` is a digest."""

    __tablename__ = "sign_in_lane"

    name: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    last: Mapped[dt.datetime] = mapped_column(index=True)
    until: Mapped[dt.datetime | None]


class AuditEvent(Base):
    """One line of the audit trail: appended, never altered, which the database itself enforces.

    `by` names the person (or the command) at that time; `about` what was done it to (a slug, a public id, a number).
    `details` are encrypted.
    """

    __tablename__ = "audit_event"
    __table_args__ = (sa.Index("ix_audit_event_tag_at", "tag", "at"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(index=True)
    tag: Mapped[Tag] = mapped_column(by_value(Tag))
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    by: Mapped[str]
    organisation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    about: Mapped[str] = mapped_column(index=True)
    details: Mapped[dict[str, Any] | None] = mapped_column(SealedJson())
