"""The tables of the shared store: sources, vacancies, their sightings, openings and history."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from clearinghouse.db import Base, by_value
from clearinghouse.vacancies.vocabulary import Status

UNREAD = ""  # no reading has this mark: such an advert is read again at its source's next run


class SourceRow(Base):
    """A source as the store knows it. `facts` is SourceFacts as its file says; `override` what a person changed.

    `paused`, `next_due`, `failures` (in a row) drive the schedule. `problem` says why its file can't be loaded any
    more, `retired` that no file names it any more: its vacancies stay. `adapter_fields` is set only for a source that
    was added in the browser.
    """

    __tablename__ = "source"

    slug: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    facts: Mapped[dict[str, Any]]
    override: Mapped[dict[str, Any]] = mapped_column(default=dict)
    adapter_fields: Mapped[dict[str, Any] | None]
    public: Mapped[bool] = mapped_column(default=False)
    paused: Mapped[bool] = mapped_column(default=False)
    next_due: Mapped[dt.datetime | None] = mapped_column(index=True)
    failures: Mapped[int] = mapped_column(default=0)
    last_good_run: Mapped[dt.datetime | None]
    last_good_count: Mapped[int | None]
    retired: Mapped[bool] = mapped_column(default=False)
    problem: Mapped[str | None]


class Vacancy(Base):
    """One opportunity. `id` is the internal 32-bit key, never shown; `public_id` is permanent.

    `draft` is Draft as JSON (contract keys plus description_html) from the leading sighting. `updated` moves with what
    people see and never with last_seen (rule 4). `merged_into` keeps an old public id working.
    """

    __tablename__ = "vacancy"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(10), unique=True)
    organisation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    title: Mapped[str]
    draft: Mapped[dict[str, Any]]
    status: Mapped[Status] = mapped_column(by_value(Status), index=True)
    closes_at: Mapped[dt.datetime | None] = mapped_column(index=True)
    first_seen: Mapped[dt.datetime] = mapped_column(index=True)
    updated: Mapped[dt.datetime]
    hidden: Mapped[bool] = mapped_column(default=False)
    merged_into: Mapped[int | None] = mapped_column(sa.ForeignKey("vacancy.id"))


class Sighting(Base):
    """One source's advert of a vacancy. `key` is unique within the source (rule 7).

    `missed` counts the good runs in a row that did not bring it; `gone` that its own page answered 404 or 410.
    `run` is the last run that saw it. `target` is where the advert itself stands, canonical: equal targets of two
    sources are the same advert. `digest` is of the source's words, `reading` of what else their meaning hangs on.
    `home` is the vacancy that it stood for before that one was merged, None = it never moved.
    """

    __tablename__ = "sighting"
    __table_args__ = (sa.UniqueConstraint("source", "key"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    vacancy_id: Mapped[int] = mapped_column(sa.ForeignKey("vacancy.id"), index=True)
    source: Mapped[str] = mapped_column(sa.ForeignKey("source.slug"))
    key: Mapped[str]
    url: Mapped[str | None]
    target: Mapped[str | None] = mapped_column(index=True)
    posting: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(sa.String(64))
    reading: Mapped[str] = mapped_column(sa.String(16))
    first_seen: Mapped[dt.datetime]
    last_seen: Mapped[dt.datetime]
    run: Mapped[int]
    missed: Mapped[int] = mapped_column(default=0)
    gone: Mapped[bool] = mapped_column(default=False)
    status: Mapped[Status] = mapped_column(by_value(Status))
    home: Mapped[int | None]


class StatusChange(Base):
    """One line of a vacancy's history, appended and never altered (rule 5). `by` is a run ("run 12") or a person."""

    __tablename__ = "status_change"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    vacancy_id: Mapped[int] = mapped_column(sa.ForeignKey("vacancy.id"), index=True)
    status: Mapped[Status] = mapped_column(by_value(Status))
    at: Mapped[dt.datetime]
    why: Mapped[str]
    by: Mapped[str]


class Opening(Base):
    """From when an audience may see a vacancy. `audience` is public, referred or at_risk.

    `organisation_id` is 0 for everyone of that audience, else the organisation whose people at risk are meant.
    """

    __tablename__ = "opening"

    vacancy_id: Mapped[int] = mapped_column(sa.ForeignKey("vacancy.id"), primary_key=True)
    audience: Mapped[str] = mapped_column(sa.String(10), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(primary_key=True, default=0)
    opens: Mapped[dt.datetime] = mapped_column(index=True)


class Touched(Base):
    """A vacancy whose publication must be computed again. Always a new row, deleted by its id (design §4.2)."""

    __tablename__ = "touched"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    vacancy_id: Mapped[int] = mapped_column(sa.ForeignKey("vacancy.id"))


class CrawlRequest(Base):
    """What the site asks of the crawlers: `kind` is crawl, vacancy or detect; `about` a slug, a vacancy id or a URL."""

    __tablename__ = "crawl_request"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(10))
    about: Mapped[str]
    asked_by: Mapped[str | None]
    asked_at: Mapped[dt.datetime]
    taken_at: Mapped[dt.datetime | None]
    done_at: Mapped[dt.datetime | None] = mapped_column(index=True)
    result: Mapped[dict[str, Any] | None]
