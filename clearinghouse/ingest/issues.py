"""What a person should look at: raised once while it lasts, closed when it is over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.ingest.models import Issue, IssueKind

RUN_KINDS = frozenset({IssueKind.RUN_FAILED, IssueKind.RUN_REFUSED})


def raise_issue(session: Session, source: str, kind: IssueKind, message: str, now: dt.datetime) -> None:
    """Open an issue, or bring the one that is open up to date."""
    issue = session.scalar(_open(source, {kind}))
    if issue is None:
        issue = Issue(source=source, kind=kind, opened=now)
        session.add(issue)
    issue.message = message
    issue.last_seen = now


def close_issues(session: Session, source: str, kinds: Collection[IssueKind], now: dt.datetime) -> None:
    """Close what is open of these kinds."""
    for issue in session.scalars(_open(source, kinds)):
        issue.closed = now


def _open(source: str, kinds: Collection[IssueKind]) -> sa.Select[Issue]:
    return sa.select(Issue).where(Issue.source == source, Issue.kind.in_(kinds), Issue.closed.is_(None))
