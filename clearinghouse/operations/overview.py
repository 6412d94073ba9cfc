"""What stands below the list of needs: the last crawls, and who was invited and hasn't come yet."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.accounts.models import AccountLink, LinkPurpose, Organisation, User
from clearinghouse.ingest.models import CrawlRun, RunStatus
from clearinghouse.vacancies.models import SourceRow
from clearinghouse.vacancies.naming import source_name

RUNS = 10
INVITED = 20


@dataclass(frozen=True)
class Crawl:
    """A run that is over. `counted` is how many vacancies it found."""

    slug: str
    name: str
    ended: dt.datetime
    status: RunStatus
    counted: int


@dataclass(frozen=True)
class Invited:
    """Somebody who has chosen no password yet. `expires` is when the last link ends or ended; None = never sent one."""

    number: int
    name: str
    expires: dt.datetime | None


def crawls(session: Session) -> tuple[Crawl, ...]:
    """The last ten runs, newest first."""
    found = (
        sa.select(CrawlRun.source, Organisation.name, CrawlRun.ended, CrawlRun.status, CrawlRun.counted)
        .join(SourceRow, SourceRow.slug == CrawlRun.source)
        .outerjoin(Organisation, Organisation.id == SourceRow.organisation_id)
        .where(CrawlRun.ended.is_not(None))
        .order_by(CrawlRun.id.desc())
        .limit(RUNS)
    )
    rows = session.execute(found)
    return tuple(
        Crawl(slug, source_name(slug, name), ended, status, number)
        for slug, name, ended, status, number in rows
        if ended
    )


def invited(session: Session) -> tuple[Invited, ...]:
    """Who was invited and hasn't answered, the longest ago first."""
    expires = sa.func.max(AccountLink.expires)
    found = (
        sa.select(User.id, User.name, expires)
        .outerjoin(AccountLink, sa.and_(AccountLink.user_id == User.id, AccountLink.purpose == LinkPurpose.INVITATION))
        .where(User.password.is_(None), User.disabled_at.is_(None))
        .group_by(User.id, User.name)
        .order_by(User.id)
        .limit(INVITED)
    )
    return tuple(Invited(*row) for row in session.execute(found))
