"""The tables of ingest: runs, what went wrong, what could not be read, and the pages as they last answered."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from clearinghouse.db import Base, by_value
from clearinghouse.vacancies.vocabulary import Refusal


class RunStatus(enum.StrEnum):
    """How a run ended; `abandoned` = its process never came back."""

    RUNNING = "running"
    OK = "ok"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    FAILED = "failed"
    ABANDONED = "abandoned"


GOOD = frozenset({RunStatus.OK, RunStatus.UNCHANGED})


class Doubt(enum.StrEnum):
    """Why a run was refused or failed (design rule 1)."""

    NO_ANSWER = "no_answer"
    CUT_SHORT = "cut_short"
    INCOMPLETE = "incomplete"
    UNDER_MINIMUM = "under_minimum"
    OVER_MAXIMUM = "over_maximum"
    UNDER_HALF = "under_half"


class IssueKind(enum.StrEnum):
    """What is wrong with a source."""

    RUN_FAILED = "run_failed"
    RUN_REFUSED = "run_refused"
    SOURCE_PROBLEM = "source_problem"
    FILL_FALLEN = "fill_fallen"
    CORRECTION_DROPPED = "correction_dropped"


class CrawlRun(Base):
    """One run of one source. `id` is the number that fences its writes: only the newest run of a source may write.

    `beat` is its last sign of life, `counted` what rule 1 compares; the counts after it are those of RunResult.
    `accepted_by` names the person who said that this refused run's count is the new normal.
    """

    __tablename__ = "crawl_run"
    __table_args__ = (sa.Index("ix_crawl_run_source_id", "source", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(sa.ForeignKey("source.slug"))
    started: Mapped[dt.datetime]
    beat: Mapped[dt.datetime | None]
    ended: Mapped[dt.datetime | None]
    status: Mapped[RunStatus] = mapped_column(by_value(RunStatus))
    doubt: Mapped[Doubt | None] = mapped_column(by_value(Doubt))
    counted: Mapped[int] = mapped_column(default=0)
    pages: Mapped[int] = mapped_column(default=0)
    postings: Mapped[int] = mapped_column(default=0)
    new: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    unconfirmed: Mapped[int] = mapped_column(default=0)
    withdrawn: Mapped[int] = mapped_column(default=0)
    reopened: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    seconds: Mapped[float] = mapped_column(default=0.0)
    messages: Mapped[list[Any]] = mapped_column(default=list)
    accepted_by: Mapped[str | None]
    accepted_at: Mapped[dt.datetime | None]


class Issue(Base):
    """Something that a person should look at. One of a kind is open for a source at a time; `closed` by a good run."""

    __tablename__ = "issue"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(sa.ForeignKey("source.slug"), index=True)
    kind: Mapped[IssueKind] = mapped_column(by_value(IssueKind))
    message: Mapped[str]
    opened: Mapped[dt.datetime]
    last_seen: Mapped[dt.datetime]
    closed: Mapped[dt.datetime | None] = mapped_column(index=True)


class RefusedPosting(Base):
    """A posting that is no vacancy, why, and the value that decided it (design rule 2)."""

    __tablename__ = "refused_posting"

    source: Mapped[str] = mapped_column(sa.ForeignKey("source.slug"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    reason: Mapped[Refusal] = mapped_column(by_value(Refusal))
    value: Mapped[str | None]
    posting: Mapped[dict[str, Any]]
    run: Mapped[int]
    first_seen: Mapped[dt.datetime]
    last_seen: Mapped[dt.datetime]


class SourceCheck(Base):
    """A person's word that a source was compared with the originals: who, when, and what they compared."""

    __tablename__ = "source_check"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(sa.ForeignKey("source.slug"), index=True)
    at: Mapped[dt.datetime]
    by: Mapped[str]
    compared: Mapped[str]


class CrawledPage(Base):
    """A page as it last answered well in a run that was not refused: its validators, and what was read from it."""

    __tablename__ = "crawled_page"

    source: Mapped[str] = mapped_column(sa.ForeignKey("source.slug"), primary_key=True)
    url: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    fetched_full_at: Mapped[dt.datetime]
    role: Mapped[str] = mapped_column(sa.String(10))
    parsed: Mapped[dict[str, Any]]


class Correction(Base):
    """What a person put right of a vacancy: hid it (`field` None) or corrected one reading (design rule 10).

    `value` is the reading under the field's key of Draft, `was` what stood there; `employer` says that it was the
    employer's own people. It holds until somebody takes it back or the source's words change: `dropped_at`,
    `dropped_why`, `dropped_by` (a person or a run). `dropped_source` is set where a run of that source did, and
    `settled_at` when a person has seen to it.
    """

    __tablename__ = "correction"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    vacancy_id: Mapped[int] = mapped_column(sa.ForeignKey("vacancy.id"), index=True)
    field: Mapped[str | None] = mapped_column(sa.String(40))
    value: Mapped[Any] = mapped_column(sa.JSON(none_as_null=True), nullable=True)
    was: Mapped[Any] = mapped_column(sa.JSON(none_as_null=True), nullable=True)
    reason: Mapped[str]
    by: Mapped[str]
    employer: Mapped[bool] = mapped_column(default=False)
    at: Mapped[dt.datetime]
    dropped_at: Mapped[dt.datetime | None] = mapped_column(index=True)
    dropped_by: Mapped[str | None]
    dropped_why: Mapped[str | None]
    dropped_source: Mapped[str | None] = mapped_column(sa.ForeignKey("source.slug"))
    settled_at: Mapped[dt.datetime | None]


class Sameness(Base):
    """A person's word that two adverts are the same vacancy, or are not (design rule 9), until it is taken back.

    `one` is the lower of the two sightings' ids, so that a pair has one shape.
    """

    __tablename__ = "sameness"
    __table_args__ = (sa.Index("ix_sameness_one_other", "one", "other"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    one: Mapped[int] = mapped_column(sa.ForeignKey("sighting.id"))
    other: Mapped[int] = mapped_column(sa.ForeignKey("sighting.id"), index=True)
    same: Mapped[bool]
    reason: Mapped[str]
    by: Mapped[str]
    at: Mapped[dt.datetime]
    undone_at: Mapped[dt.datetime | None]
    undone_by: Mapped[str | None]


class QualityDay(Base):
    """How well one source was read on one London day: `facts` as `ingest.quality` makes them."""

    __tablename__ = "quality_day"

    source: Mapped[str] = mapped_column(sa.ForeignKey("source.slug"), primary_key=True)
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    facts: Mapped[dict[str, Any]]
    at: Mapped[dt.datetime]
