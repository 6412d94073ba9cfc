"""How each source is doing, read from the store for the people who keep it going. Nothing here writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, load_only

from clearinghouse.accounts.models import Organisation
from clearinghouse.ingest.models import GOOD, CrawlRun, Issue, RefusedPosting, RunStatus, SourceCheck
from clearinghouse.vacancies.models import SourceRow
from clearinghouse.vacancies.naming import source_name
from clearinghouse.vacancies.vocabulary import Term

RUNS = 60  # the newest runs that a source's page shows
PAST_ISSUES = 20
GRACE = dt.timedelta(hours=1)  # after the time at which a source was due, and it is late


class State(Term):
    """How a source is doing; the worst first, as the list of all sources has them."""

    PROBLEM = "problem", "File problem"
    REFUSED = "refused", "Refused"
    FAILING = "failing", "Failing"
    LATE = "late", "Late"
    NEVER = "never", "Never read"
    UNVERIFIED = "unverified", "Not verified"
    PAUSED = "paused", "Paused"
    WELL = "well", "Well"
    RETIRED = "retired", "Retired"


READ = (  # all that a source's health is told from: a list leaves its facts and settings where they are
    SourceRow.slug, SourceRow.organisation_id, SourceRow.public, SourceRow.paused, SourceRow.retired, SourceRow.problem,
    SourceRow.next_due, SourceRow.last_good_run, SourceRow.last_good_count,
)  # fmt: skip
WORST_FIRST = {state: place for place, state in enumerate(State)}
SENTENCES: Mapping[State, str] = {
    State.PROBLEM: "There is a problem with its file or its settings.",
    State.REFUSED: "The last reading was refused, so nothing changed.",
    State.FAILING: "It could not be read the last time we tried.",
    State.LATE: "It was due and has not been read.",
    State.NEVER: "It has not been read yet.",
    State.UNVERIFIED: "It is read, and shown to staff only until somebody verifies it.",
    State.PAUSED: "Somebody paused it: it is not read.",
    State.WELL: "The last reading went well.",
    State.RETIRED: "It was removed, and is not read any more.",
}


@dataclass(frozen=True)
class Health:
    """One source at one moment.

    `owner` is the organisation that it belongs to, None for a board of many. `unconfirmed_since` is the last good run
    when there is doubt that it still holds, `counted` how many vacancies that run found; `run` is the newest one that
    is over. `issues` counts the open ones.
    """

    slug: str
    state: State
    owner: int | None
    organisation: str | None
    organisation_slug: str | None
    public: bool
    last_good_run: dt.datetime | None
    counted: int | None
    next_due: dt.datetime | None
    issues: int
    run: CrawlRun | None
    unconfirmed_since: dt.datetime | None

    @property
    def name(self) -> str:
        """What people call it."""
        return source_name(self.slug, self.organisation)

    @property
    def sentence(self) -> str:
        """The state in a sentence."""
        return SENTENCES[self.state]


class Order(Term):
    """How a list of sources is sorted."""

    WORST = "worst", "Worst first"
    NAME = "name", "By employer"
    OLDEST = "oldest", "Longest unread first"


def sources(session: Session, now: dt.datetime, owners: frozenset[int] | None = None) -> tuple[Health, ...]:
    """Every source, or those of these organisations, the worst first; one query, however many there are."""
    statement = _query().options(load_only(*READ))
    if owners is not None:
        statement = statement.where(SourceRow.organisation_id.in_(owners))
    found = [_health(row, employer, run, count, now) for row, employer, run, count in session.execute(statement)]
    return in_order(found, Order.WORST)


def in_order(found: Collection[Health], order: Order) -> tuple[Health, ...]:
    """The sources so sorted; equal ones by their employer and name."""
    never = dt.datetime.min.replace(tzinfo=dt.UTC)
    by_name = sorted(found, key=lambda one: (one.name.casefold(), one.slug))
    if order is Order.WORST:
        by_name.sort(key=lambda one: WORST_FIRST[one.state])
    elif order is Order.OLDEST:
        by_name.sort(key=lambda one: one.last_good_run or never)
    return tuple(by_name)


def source(session: Session, slug: str, now: dt.datetime) -> Health | None:
    """How that source is doing; None when there is none of that name."""
    statement = _query().where(SourceRow.slug == slug)
    found = [_health(row, employer, run, count, now) for row, employer, run, count in session.execute(statement)]
    return found[0] if found else None


def _query() -> sa.Select[SourceRow, Organisation | None, CrawlRun | None, int]:
    newest = (
        sa.select(CrawlRun.id)
        .where(CrawlRun.source == SourceRow.slug, CrawlRun.status != RunStatus.RUNNING)
        .order_by(CrawlRun.id.desc())
        .limit(1)
        .correlate(SourceRow)
        .scalar_subquery()
    )
    issues = (
        sa.select(sa.func.count())
        .select_from(Issue)
        .where(Issue.source == SourceRow.slug, Issue.closed.is_(None))
        .correlate(SourceRow)
        .scalar_subquery()
    )
    return (
        sa.select(SourceRow, Organisation, CrawlRun, issues)
        .outerjoin(Organisation, Organisation.id == SourceRow.organisation_id)
        .outerjoin(CrawlRun, CrawlRun.id == newest)
    )


def _health(
    row: SourceRow, organisation: Organisation | None, run: CrawlRun | None, issues: int, now: dt.datetime
) -> Health:
    state = state_of(row, run, now)
    return Health(
        slug=row.slug,
        state=state,
        owner=row.organisation_id,
        organisation=organisation.name if organisation else None,
        organisation_slug=organisation.slug if organisation else None,
        public=row.public,
        last_good_run=row.last_good_run,
        counted=row.last_good_count,
        next_due=None if row.paused or row.retired else row.next_due,
        issues=issues,
        run=run,
        unconfirmed_since=None if state in (State.WELL, State.UNVERIFIED) else row.last_good_run,
    )


def state_of(row: SourceRow, run: CrawlRun | None, now: dt.datetime) -> State:
    """How the source is doing, `run` being its newest that is over: of several things the one that decides."""
    return next(state for state, is_it in _told_apart(row, run, now) if is_it)


def _told_apart(row: SourceRow, run: CrawlRun | None, now: dt.datetime) -> Iterator[tuple[State, bool]]:
    bad = run is not None and run.status not in GOOD
    yield State.RETIRED, row.retired
    yield State.PAUSED, row.paused
    yield State.PROBLEM, row.problem is not None
    yield State.REFUSED, bad and run is not None and run.status == RunStatus.REFUSED
    yield State.FAILING, bad
    yield State.LATE, row.next_due is not None and row.next_due + GRACE < now
    yield State.NEVER, run is None
    yield State.UNVERIFIED, not row.public
    yield State.WELL, True


def runs(session: Session, slug: str, most: int = RUNS) -> list[CrawlRun]:
    """The newest runs of the source that are over, newest first."""
    mine = sa.select(CrawlRun).where(CrawlRun.source == slug, CrawlRun.status != RunStatus.RUNNING)
    return list(session.scalars(mine.order_by(CrawlRun.id.desc()).limit(most)))


def issues(session: Session, slug: str) -> list[Issue]:
    """What is wrong with the source now, then the newest of what was."""
    mine = sa.select(Issue).where(Issue.source == slug)
    now_open = session.scalars(mine.where(Issue.closed.is_(None)).order_by(Issue.id.desc()))
    past = session.scalars(mine.where(Issue.closed.is_not(None)).order_by(Issue.closed.desc()).limit(PAST_ISSUES))
    return [*now_open, *past]


def checks(session: Session, slug: str) -> list[SourceCheck]:
    """Who compared the source with the originals, newest first."""
    return list(session.scalars(sa.select(SourceCheck).where(SourceCheck.source == slug).order_by(-SourceCheck.id)))


def refused(session: Session, slug: str, page: int, per_page: int) -> tuple[int, list[RefusedPosting]]:
    """How many postings of the source are no vacancies, and that page of them (the first is 1), newest first."""
    mine = sa.select(RefusedPosting).where(RefusedPosting.source == slug)
    total = session.scalar(sa.select(sa.func.count()).select_from(mine.subquery())) or 0
    order = (RefusedPosting.last_seen.desc(), RefusedPosting.key)
    rows = session.scalars(mine.order_by(*order).limit(per_page).offset((page - 1) * per_page))
    return total, list(rows)


def counts_by_state(found: Collection[Health]) -> dict[State, int]:
    """How many of the sources are in each state, the worst first; states that none is in left out."""
    counts = {state: sum(one.state is state for one in found) for state in State}
    return {state: count for state, count in counts.items() if count}
