"""What one run means for a source's vacancies (design rule 1): decided from values alone, without I/O.

A run that isn't well and whole changes nothing at all, not even what it did bring: half a feed is no news.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from clearinghouse.ingest.harvest import Harvest, merely_ill_formed
from clearinghouse.ingest.models import GOOD, Doubt, RunStatus
from clearinghouse.vacancies.identity import same_page
from clearinghouse.vacancies.posting import Expectation
from clearinghouse.vacancies.vocabulary import Refusal, Status

MISSES = 2  # good runs in a row without it, and a vacancy is withdrawn
AGREEING = 3  # runs that agree on a lower count, and it is the new normal …
AGREED_FOR = dt.timedelta(hours=24)  # … when they lie at least so far apart
ALIKE = 0.9  # two counts agree when the smaller is at least so much of the larger


class Action(enum.StrEnum):
    """What to do with one sighting. To reread is to interpret the same words again."""

    INSERT = "insert"
    UPDATE = "update"
    REREAD = "reread"
    TOUCH = "touch"
    REOPEN = "reopen"
    UNCONFIRM = "unconfirm"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Seen:
    """An advert that the run brought. `refusal` says why it can't be read as one, if it can't."""

    key: str
    digest: str
    reading: str
    refusal: Refusal | None = None


@dataclass(frozen=True)
class Known:
    """An advert of the source that the store has."""

    id: int
    vacancy_id: int
    key: str
    url: str | None
    digest: str
    reading: str
    missed: int
    gone: bool
    status: Status


@dataclass(frozen=True)
class PastRun:
    """An earlier run of the source that ended at `at` with `counted` vacancies."""

    at: dt.datetime
    status: RunStatus
    doubt: Doubt | None
    counted: int
    accepted: bool = False


@dataclass(frozen=True)
class Verdict:
    """How the run ended, why (a sentence) if not well, and the count that later runs are compared with."""

    status: RunStatus
    counted: int
    doubt: Doubt | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Decision:
    """What to do with one advert; `known` is None for a new one, `missed` and `gone` its values afterwards."""

    action: Action
    key: str
    known: Known | None
    missed: int = 0
    gone: bool = False
    why: str = ""


@dataclass(frozen=True)
class Run:
    """All that the decision hangs on."""

    expect: Expectation
    harvest: Harvest
    seen: Mapping[str, Seen]
    known: Mapping[str, Known]
    history: Sequence[PastRun]  # newest first
    now: dt.datetime


def decide(run: Run) -> tuple[Verdict, tuple[Decision, ...]]:
    """The verdict on the run and, if it is a good one, what to do with each advert seen or known."""
    gone = _named(run, run.harvest.gone_keys, run.harvest.gone)
    verdict = _verdict(run, gone)
    if verdict.doubt:
        return verdict, ()
    return verdict, (*_of_seen(run), *_of_unseen(run, gone))


def _verdict(run: Run, gone: frozenset[str]) -> Verdict:
    count = counted(run)
    for doubt, reason in _doubts(run, count, gone):
        status = RunStatus.FAILED if doubt is Doubt.NO_ANSWER else RunStatus.REFUSED
        return Verdict(status, count, doubt, reason)
    return Verdict(RunStatus.UNCHANGED if run.harvest.not_modified else RunStatus.OK, count)


def counted(run: Run) -> int:
    """How many vacancies the run found: those it could read, and those listed whose own page failed to answer."""
    harvest = run.harvest
    readable = sum(each.refusal is None for each in run.seen.values())
    return readable + max(len(harvest.failed), len(harvest.failed_keys - run.seen.keys()))


def _doubts(run: Run, count: int, gone: frozenset[str]) -> Iterator[tuple[Doubt, str]]:
    harvest = run.harvest
    problems = [p for p in harvest.problems if not (run.expect.ill_formed and merely_ill_formed(p))]
    if harvest.pages == 0:
        yield Doubt.NO_ANSWER, "; ".join(problems) or "no page answered"
    if not harvest.finished:
        yield Doubt.CUT_SHORT, "; ".join(problems) or "the run was cut short"
    if problems:
        yield Doubt.INCOMPLETE, "; ".join(problems)
    accepted = next((past.counted for past in run.history if past.accepted), None)
    minimum, maximum = run.expect.minimum, run.expect.maximum
    if accepted is not None:
        minimum = min(minimum, accepted)
        maximum = None if maximum is None else max(maximum, accepted)
    if count < minimum:
        yield Doubt.UNDER_MINIMUM, f"{count} vacancies, where at least {minimum} are expected"
    if maximum is not None and count > maximum:
        yield Doubt.OVER_MAXIMUM, f"{count} vacancies, where at most {maximum} are expected"
    if (reason := _too_few(run, count, gone)) and not _agreed(run, count):
        yield Doubt.UNDER_HALF, reason


def _too_few(run: Run, count: int, gone: frozenset[str]) -> str | None:
    last = next((past.counted for past in run.history if past.accepted or past.status in GOOD), None)
    if last is None:
        return None
    if 2 * count < last:
        return f"{count} vacancies, under half of the last good run's {last}"
    newly = sum(run.known[key].status is not Status.WITHDRAWN for key in gone)
    if newly and 2 * newly >= last:
        return f"{newly} pages are gone, half or more of the last good run's {last} vacancies"
    return None


def _agreed(run: Run, count: int) -> bool:
    # An empty answer is never agreed on: only a person can say that a source has nothing any more.
    agreeing = []
    for past in run.history:
        if past.accepted or past.status in GOOD:
            break
        if past.doubt is Doubt.UNDER_HALF:
            if not _alike(past.counted, count):
                break
            agreeing.append(past)
    return len(agreeing) + 1 >= AGREEING and run.now - agreeing[-1].at >= AGREED_FOR


def _alike(one: int, other: int) -> bool:
    return min(one, other) > 0 and min(one, other) >= ALIKE * max(one, other)


def _of_seen(run: Run) -> Iterator[Decision]:
    for key, seen in run.seen.items():
        if seen.refusal is None:
            yield _one_seen(seen, run.known.get(key))


def _one_seen(seen: Seen, known: Known | None) -> Decision:
    if known is None:
        return Decision(Action.INSERT, seen.key, None, why="first seen")
    if known.status is Status.WITHDRAWN:
        return Decision(Action.REOPEN, seen.key, known, why="seen again")
    if known.digest != seen.digest:
        return Decision(Action.UPDATE, seen.key, known, why="seen again")
    action = Action.TOUCH if known.reading == seen.reading else Action.REREAD
    return Decision(action, seen.key, known, why="seen again")


def _unseen(run: Run) -> Iterator[Known]:
    for key, known in run.known.items():
        if key not in run.seen or run.seen[key].refusal is not None:
            yield known


def _of_unseen(run: Run, gone: frozenset[str]) -> Iterator[Decision]:
    failed = _named(run, run.harvest.failed_keys, run.harvest.failed)
    for known in _unseen(run):
        if known.status is not Status.WITHDRAWN:
            yield _one_unseen(known, run.seen.get(known.key), gone, failed)


def _one_unseen(known: Known, seen: Seen | None, gone: frozenset[str], failed: frozenset[str]) -> Decision:
    key = known.key
    if key in gone:
        return Decision(Action.WITHDRAW, key, known, known.missed, gone=True, why="its page is gone")
    if key in failed:
        return Decision(Action.UNCONFIRM, key, known, why="its page did not answer well")
    if seen is not None and seen.refusal is not Refusal.NOT_AN_ADVERT:
        return Decision(Action.UNCONFIRM, key, known, why="still listed, but unreadable")
    missed = known.missed + 1
    if missed >= MISSES:
        return Decision(Action.WITHDRAW, key, known, missed, why=f"missing from {missed} good runs")
    return Decision(Action.UNCONFIRM, key, known, missed, why="missing from a good run")


def _named(run: Run, keys: frozenset[str], urls: frozenset[str]) -> frozenset[str]:
    # Keys of what the run did not bring and these keys or addresses name.
    if not (keys or urls):
        return frozenset()
    pages = {same_page(url) for url in urls}
    return frozenset(
        known.key for known in _unseen(run) if known.key in keys or (known.url and same_page(known.url) in pages)
    )
