"""Publications and the change sequence: written by the publisher alone, followed by everything else."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from clearinghouse.db import Base


class Publication(Base):
    """What each audience may see of a vacancy now.

    `doc` is the vacancy as pages and API show it (see publish/document.py). `live` to `organisation_id` are
    vacancies.visible.Showing as columns. `digest` covers all of it, `public_digest` the public's part, None while the
    public may not see it. `unverified` = staff alone see it: no public source brings it, or only people who work there
    may apply. `next_due` is when the next opening or closing time passes.
    """

    __tablename__ = "publication"

    vacancy_id: Mapped[int] = mapped_column(sa.ForeignKey("vacancy.id"), primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(sa.String(10), unique=True)
    doc: Mapped[dict[str, Any]]
    live: Mapped[bool]
    closes_at: Mapped[dt.datetime | None]
    public_from: Mapped[dt.datetime | None]
    referred_from: Mapped[dt.datetime | None]
    at_risk_from: Mapped[dt.datetime | None]
    unverified: Mapped[bool]
    hidden: Mapped[bool]
    organisation_id: Mapped[int | None] = mapped_column(index=True)
    digest: Mapped[str] = mapped_column(sa.String(64))
    public_digest: Mapped[str | None] = mapped_column(sa.String(64))
    next_due: Mapped[dt.datetime | None] = mapped_column(index=True)


class Change(Base):
    """One step of what people see. `id` numbers all, `public_seq` only those that the public can notice, no gaps.

    `op` is upsert or delete, as the public would apply it.
    """

    __tablename__ = "change"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    public_seq: Mapped[int | None] = mapped_column(unique=True)
    vacancy_id: Mapped[int] = mapped_column(sa.ForeignKey("vacancy.id"), index=True)
    op: Mapped[str] = mapped_column(sa.String(10))
    at: Mapped[dt.datetime]
