"""What the sources need of a person.

A source that fails heals itself as a rule: a site is down for a night, a feed is cut short once, a lower count that
holds for a day becomes the normal one. So a person is asked only about what lasts, and of what is never urgent, to
compare a source with the originals, only so much a week. Sources that nobody has compared yet, which the public never
saw, are one thing to do between them when they can't be read: this program ships a whole county's, unchecked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.ingest import health
from clearinghouse.ingest.health import Health, State
from clearinghouse.ingest.models import GOOD, CrawlRun, Doubt, Issue, IssueKind, RunStatus, SourceCheck
from clearinghouse.operations.need import Need, NeedKind, counted, monday
from clearinghouse.vacancies.models import SourceRow

DAY = dt.timedelta(days=1)
LASTS = 2 * DAY  # and a failure is more than a bad night or a bad weekend's day
COUNT_RUNS = 3  # refused runs in a row that say the same of a count that no later run will settle
SETTLES = 3 * DAY  # within which three runs have agreed on a lower count, if they do at all (rule 1)
CHECKED_FOR = 365 * DAY  # that a person's word on a source holds
COMPARED_A_WEEK = 2  # sources that one person compares in a week
SILENT = DAY  # without any run, while sources are due
LONGEST = 160  # characters of a run's own words
NAMED = 3  # sources that a sentence about several names


@dataclass(frozen=True)
class Streak:
    """The bad runs of a source since its last good one."""

    since: dt.datetime
    runs: int


def of_sources(session: Session, now: dt.datetime) -> Iterator[Need]:
    """What the sources need, in no order."""
    found = [one for one in health.sources(session, now) if one.state not in (State.PAUSED, State.RETIRED)]
    yield from _stopped(session, found, now)
    yield from _broken(session, found)
    yield from _lasting(session, found, now)
    yield from _saying_less(session, found)
    yield from _comparing(session, found, now)


def _need(kind: NeedKind, source: Health, sentence: str, since: dt.datetime | None) -> Need:
    return Need(kind, source.slug, f"{source.name}: {sentence}", since, kind.minutes, f"/sources/{source.slug}")


def _stopped(session: Session, found: Collection[Health], now: dt.datetime) -> Iterator[Need]:
    newest = session.scalar(sa.select(sa.func.max(CrawlRun.started)))
    waited = any(one.next_due is None or one.next_due < now - SILENT for one in found)
    if newest is not None and newest < now - SILENT and waited:
        sentence = "No source has been read for over a day. Ask whoever runs the machine to look at `schedule`."
        kind = NeedKind.CRAWLING_STOPPED
        yield Need(kind, "schedule", sentence, newest, kind.minutes, "/sources")


def _broken(session: Session, found: Collection[Health]) -> Iterator[Need]:
    broken = [one for one in found if one.state is State.PROBLEM]
    if broken:
        opened = sa.select(Issue.source, Issue.opened).where(
            Issue.kind == IssueKind.SOURCE_PROBLEM, Issue.closed.is_(None)
        )
        since = {row.source: row.opened for row in session.execute(opened)}
        for one in broken:
            sentence = "there is a mistake in its settings or its file. Correct it, or ask whoever runs the machine."
            yield _need(NeedKind.SOURCE_PROBLEM, one, sentence, since.get(one.slug))


def _lasting(session: Session, found: Collection[Health], now: dt.datetime) -> Iterator[Need]:
    bad = [one for one in found if one.state in (State.REFUSED, State.FAILING)]
    streaks = _streaks(session, [one.slug for one in bad])
    lasting = [
        (one, one.run, streak)
        for one in bad
        if (streak := streaks.get(one.slug)) and one.run and _lasts(one.run, streak, now)
    ]
    yield from (_need(*_words(one, run), streak.since) for one, run, streak in lasting if one.public)
    unseen = [(one, streak) for one, _, streak in lasting if not one.public]
    if unseen:
        yield _unread([one for one, _ in unseen], min(streak.since for _, streak in unseen))


def _unread(found: Collection[Health], since: dt.datetime) -> Need:
    names = sorted({one.name for one in found}, key=str.casefold)
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    sentence = (
        f"{counted(len(found), 'source')} that only staff see can't be read: {', '.join(names[:NAMED])}{more}. "
        "Correct an address or two, or pause what you don't need."
    )
    kind = NeedKind.SOURCES_UNREAD
    return Need(kind, "sources", sentence, since, kind.minutes, "/sources")


def _streaks(session: Session, slugs: Collection[str]) -> Mapping[str, Streak]:
    if not slugs:
        return {}
    good = (
        sa.select(CrawlRun.source, sa.func.max(CrawlRun.id).label("id"))
        .where(CrawlRun.source.in_(slugs), CrawlRun.status.in_(GOOD))
        .group_by(CrawlRun.source)
        .subquery()
    )
    bad = (
        sa.select(CrawlRun.source, sa.func.min(CrawlRun.started), sa.func.count())
        .outerjoin(good, good.c.source == CrawlRun.source)
        .where(
            CrawlRun.source.in_(slugs),
            CrawlRun.status != RunStatus.RUNNING,
            CrawlRun.id > sa.func.coalesce(good.c.id, 0),
        )
        .group_by(CrawlRun.source)
    )
    return {slug: Streak(since, runs) for slug, since, runs in session.execute(bad)}


def _lasts(run: CrawlRun, streak: Streak, now: dt.datetime) -> bool:
    """True when no later run will settle it, as far as we can know."""
    age = now - streak.since
    if run.accepted_at is not None:  # a person has settled it: the next run shows it
        return False
    if run.doubt is Doubt.UNDER_HALF and run.counted:
        return streak.runs >= COUNT_RUNS and age >= SETTLES
    if run.doubt in (Doubt.UNDER_HALF, Doubt.UNDER_MINIMUM, Doubt.OVER_MAXIMUM):
        return streak.runs >= COUNT_RUNS or age >= LASTS
    return streak.runs > 1 and age >= LASTS


def _words(source: Health, run: CrawlRun) -> tuple[NeedKind, Health, str]:
    said = str(run.messages[0])[:LONGEST] if run.messages else "no reason was given"
    if run.status != RunStatus.REFUSED:
        sentence = f"it can't be read ({said}). Correct its address, or pause it."
        return NeedKind.SOURCE_FAILING, source, sentence
    if run.doubt in (Doubt.UNDER_HALF, Doubt.UNDER_MINIMUM) and not run.counted:
        sentence = f"it shows no vacancies any more; it had {source.counted or 0}. Accept that only if it is true."
        return NeedKind.SOURCE_EMPTY, source, sentence
    if run.doubt in (Doubt.UNDER_HALF, Doubt.UNDER_MINIMUM, Doubt.OVER_MAXIMUM):
        return NeedKind.SOURCE_REFUSED, source, f"{said}. Accept the count, or correct what is expected."
    return NeedKind.SOURCE_FAILING, source, f"it is not whole ({said}). Correct its address, or pause it."


def _saying_less(session: Session, found: Collection[Health]) -> Iterator[Need]:
    """Public sources whose adverts have fewer facts than before: mostly a site that was laid out anew."""
    open_ones = sa.select(Issue.source, Issue.message, Issue.opened)
    issues = session.execute(open_ones.where(Issue.kind == IssueKind.FILL_FALLEN, Issue.closed.is_(None)))
    public = {one.slug: one for one in found if one.public}
    for slug, message, opened in issues:
        if slug in public:
            sentence = f"{message[:1].lower()}{message[1:]} Compare a few adverts with the originals."
            yield _need(NeedKind.SOURCE_SAYS_LESS, public[slug], sentence, opened)


def _comparing(session: Session, found: Collection[Health], now: dt.datetime) -> Iterator[Need]:
    """Sources to compare with the originals: new ones first, then those whose last check is the longest ago."""
    done = session.scalar(sa.select(sa.func.count()).where(SourceCheck.at >= monday(now))) or 0
    new = [one for one in found if not one.public and one.last_good_run]
    sentence = "it is new. Compare it with the originals: until then only staff see what it brings"
    waiting: list[tuple[NeedKind, Health, str, dt.datetime | None]]
    waiting = [(NeedKind.SOURCE_UNVERIFIED, one, sentence, None) for one in new]
    old = "somebody compared it with the originals over a year ago. Please do so again"
    waiting += [(NeedKind.CHECK_OVERDUE, one, old, at) for one, at in _overdue(session, found, now)]
    asked = waiting[: max(0, COMPARED_A_WEEK - done)]
    more = len(waiting) - len(asked)
    for number, (kind, one, words, since) in enumerate(asked, 1):
        rest = f" ({more:,} more can wait)" if more and number == len(asked) else ""
        yield _need(kind, one, f"{words}{rest}.", since)


def _overdue(session: Session, found: Collection[Health], now: dt.datetime) -> list[tuple[Health, dt.datetime]]:
    checks = dict(session.execute(sa.select(SourceCheck.source, sa.func.max(SourceCheck.at)).group_by("source")).all())
    facts = session.execute(sa.select(SourceRow.slug, SourceRow.facts, SourceRow.override))
    verified = {row.slug: {**row.facts, **row.override}.get("verified") for row in facts}
    last = [(one, _checked(verified[one.slug], checks.get(one.slug))) for one in found if one.public]
    late = [(one, at) for one, at in last if at is not None and at <= now - CHECKED_FOR]
    return sorted(late, key=lambda pair: (pair[1], pair[0].slug))


def _checked(verified: str | None, check: dt.datetime | None) -> dt.datetime | None:
    """When somebody last compared the source; None = its file's author answers for it, without a date."""
    on = dt.datetime.combine(dt.date.fromisoformat(verified), dt.time(), dt.UTC) if verified else None
    return max((at for at in (check, on) if at), default=None)
