"""The nightly row of each source's quality, and the issue where its adverts say less than before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.db import Store
from clearinghouse.dialect import upsert
from clearinghouse.ingest.fallen import ENOUGH_ADVERTS, NIGHTS, fallen, sentence
from clearinghouse.ingest.issues import close_issues, raise_issue
from clearinghouse.ingest.measuring import measure
from clearinghouse.ingest.models import Issue, IssueKind, QualityDay
from clearinghouse.ingest.quality import Quality
from clearinghouse.vacancies.draft import LONDON
from clearinghouse.vacancies.models import SourceRow

KEPT = dt.timedelta(days=400)
NORMAL_AFTER = dt.timedelta(days=30)  # what fell so long ago is how the source is now
BATCH = 50  # sources written at once
LOOKED_BACK = 30  # nights among which those with enough adverts are found


def quality_night(store: Store, now: dt.datetime) -> str:
    """Measure each source that has no row for this London day yet; what was done, in words.

    So it may run any number of times in a day, and a night that was missed is made up for by the next run. What is
    over 400 days old is taken away.
    """
    today = now.astimezone(LONDON).date()
    with store.reading() as session:
        slugs = list(session.scalars(_waiting(today)))
    for start in range(0, len(slugs), BATCH):
        with store.reading() as session:
            measured = {slug: measure(session, slug, now) for slug in slugs[start : start + BATCH]}
        with store.writing() as session:
            _keep(session, measured, today, now)
    with store.writing() as session:
        session.execute(sa.delete(QualityDay).where(QualityDay.day < today - KEPT))
    return f"the reading of {len(slugs)} sources measured"


def _waiting(today: dt.date) -> sa.Select[str]:
    done = sa.select(QualityDay.source).where(QualityDay.day == today)
    return sa.select(SourceRow.slug).where(~SourceRow.retired, SourceRow.slug.not_in(done)).order_by(SourceRow.slug)


def _keep(session: Session, measured: Mapping[str, Quality], today: dt.date, now: dt.datetime) -> None:
    rows = [{"source": slug, "day": today, "facts": found.as_json(), "at": now} for slug, found in measured.items()]
    upsert(session, QualityDay, rows)
    for slug, found in measured.items():
        judge(session, slug, found, today, now)


def judge(session: Session, slug: str, tonight: Quality, today: dt.date, now: dt.datetime) -> None:
    """Open or close the source's issue of adverts that say less.

    While one is open, the nights before it are the measure; after 30 days what is there now counts as normal.
    """
    opened = session.scalar(
        sa.select(Issue.opened).where(Issue.source == slug, Issue.kind == IssueKind.FILL_FALLEN, Issue.closed.is_(None))
    )
    if opened is not None and opened <= now - NORMAL_AFTER:
        close_issues(session, slug, {IssueKind.FILL_FALLEN}, now)
        return
    before = opened.astimezone(LONDON).date() if opened else today
    found = fallen(tonight, _nights(session, slug, before))
    if found:
        raise_issue(session, slug, IssueKind.FILL_FALLEN, sentence(found, tonight.looked_at), now)
    elif found is not None:
        close_issues(session, slug, {IssueKind.FILL_FALLEN}, now)


def _nights(session: Session, slug: str, before: dt.date) -> list[Quality]:
    """The newest nights before that day with enough adverts to go by."""
    mine = sa.select(QualityDay.facts).where(QualityDay.source == slug, QualityDay.day < before)
    rows = session.scalars(mine.order_by(QualityDay.day.desc()).limit(LOOKED_BACK))
    enough = (found for facts in rows if (found := Quality.from_json(facts)).looked_at >= ENOUGH_ADVERTS)
    return list(enough)[:NIGHTS]
