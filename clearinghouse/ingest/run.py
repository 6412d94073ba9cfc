"""One run of one source, from its harvest to the store: identify → interpret → decide → plan → write."""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.db import Store
from clearinghouse.dialect import upsert
from clearinghouse.ingest.decide import Action, Decision, Known, PastRun, Run, Seen, Verdict, decide
from clearinghouse.ingest.harvest import Harvest
from clearinghouse.ingest.identify import Advert, identify
from clearinghouse.ingest.joining import join_brought
from clearinghouse.ingest.models import GOOD, CrawlRun, RefusedPosting
from clearinghouse.ingest.parting import part_reworded
from clearinghouse.ingest.plan import plan
from clearinghouse.ingest.precedence import Normalise
from clearinghouse.ingest.runs import RunResult, confirm_run, drop_run, end_run
from clearinghouse.ingest.store import ROWS, Pause, apply
from clearinghouse.normalise.draft import normalise as normalise_posting
from clearinghouse.normalise.sites import with_sites
from clearinghouse.vacancies.draft import Draft, Refused
from clearinghouse.vacancies.models import Sighting
from clearinghouse.vacancies.posting import SourceFacts
from clearinghouse.vacancies.vocabulary import Status

__all__ = ["RunResult", "ingest"]

BROUGHT = (Action.INSERT, Action.UPDATE, Action.REREAD, Action.REOPEN)  # what may be another source's vacancy by now
REWORDED = (Action.UPDATE, Action.REOPEN)  # what may be another job than it was
REMEMBERED = 1000  # refused runs in a row that the decision looks back on


def ingest(
    store: Store,
    facts: SourceFacts,
    harvest: Harvest,
    number: int,
    now: dt.datetime,
    *,
    dry_run: bool = False,
    normalise: Normalise = normalise_posting,
    pause: Pause = time.sleep,
) -> RunResult:
    """Bring the store up to what the run `number` (from `begin_run`) found; what it did.

    A refused or failed run changes no vacancy. A dry run says what would happen, writes nothing and gives its number
    up (0 = it never had one). Raises LeaseLostError, with the rest unwritten, when the run no longer holds the source.
    """
    with store.reading() as session:
        known = _known(session, facts.slug)
        history = _history(session, facts.slug, number)
    found, doubles = identify(harvest.postings, facts, {key: each.url for key, each in known.items()})
    adverts = {advert.key: advert for advert in found}
    readings = _read(adverts, known, facts, now, normalise)
    refused = {key: reading for key, reading in readings.items() if isinstance(reading, Refused)}
    drafts = {key: reading for key, reading in readings.items() if isinstance(reading, Draft)}
    seen = {key: _seen(advert, refused.get(key)) for key, advert in adverts.items()}
    verdict, decisions = decide(Run(facts.expect, harvest, seen, known, history, now))
    messages = _messages(verdict, harvest, doubles, refused)
    result = _result(harvest, verdict, decisions, len(adverts), len(refused), messages)
    if dry_run:
        drop_run(store, facts.slug, number)
        return result
    if decisions:
        apply(store, facts.slug, number, now, plan(store, facts, decisions, adverts, drafts, now, normalise), pause)
        part_reworded(store, facts.slug, _keys(decisions, *REWORDED), number, now, normalise)
        join_brought(store, facts.slug, _keys(decisions, *BROUGHT), number, now)
    _keep_refused(store, facts.slug, number, now, [(adverts[key], why) for key, why in refused.items()])
    with store.writing() as session:
        _end(session, facts.slug, number, now, verdict, result)
    return result


def _known(session: Session, slug: str) -> dict[str, Known]:
    columns = (
        Sighting.id,
        Sighting.vacancy_id,
        Sighting.key,
        Sighting.url,
        Sighting.digest,
        Sighting.reading,
        Sighting.missed,
        Sighting.gone,
        Sighting.status,
    )
    rows = session.execute(sa.select(*columns).where(Sighting.source == slug).order_by(Sighting.id))
    return {row.key: Known(*row) for row in rows}


def _history(session: Session, slug: str, number: int) -> tuple[PastRun, ...]:
    # Back to the last good run, and the last that a person accepted, however old.
    ended = sa.select(CrawlRun).where(CrawlRun.source == slug, CrawlRun.id != number, CrawlRun.ended.is_not(None))
    newest = ended.order_by(CrawlRun.id.desc())
    good = session.scalar(newest.where(CrawlRun.status.in_(GOOD)).limit(1))
    accepted = session.scalar(newest.where(CrawlRun.accepted_at.is_not(None)).limit(1))
    since = good.id if good else 0
    runs = [*session.scalars(newest.where(CrawlRun.id >= since).limit(REMEMBERED))]
    runs += [run for run in (accepted, good) if run is not None and run not in runs]
    return tuple(PastRun(_ended(run), run.status, run.doubt, run.counted, run.accepted_at is not None) for run in runs)


def _ended(run: CrawlRun) -> dt.datetime:
    return run.ended or run.started


def _read(
    adverts: Mapping[str, Advert],
    known: Mapping[str, Known],
    facts: SourceFacts,
    now: dt.datetime,
    normalise: Normalise,
) -> dict[str, Draft | Refused]:
    # What is stored under the same words was read before; what returns is read again, since time has passed.
    drafts = {
        key: normalise(advert.posting, facts, now)
        for key, advert in adverts.items()
        if not (old := known.get(key))
        or (old.digest, old.reading) != (advert.digest, advert.reading)
        or old.status is Status.WITHDRAWN
    }
    if facts.organisation is None:
        return drafts  # on a board two employers may give one name to their sites
    return with_sites(drafts, (text for advert in adverts.values() for text in advert.posting.locations))


def _keys(decisions: Iterable[Decision], *actions: Action) -> set[str]:
    return {each.key for each in decisions if each.action in actions}


def _seen(advert: Advert, refused: Refused | None) -> Seen:
    return Seen(advert.key, advert.digest, advert.reading, refused.reason if refused else None)


def _messages(
    verdict: Verdict, harvest: Harvest, doubles: Iterable[str], refused: Mapping[str, Refused]
) -> tuple[str, ...]:
    tolerated = () if verdict.doubt else harvest.problems
    reasons = Counter(each.reason for each in refused.values())
    unread = tuple(f"{count} postings refused: {reason.label}" for reason, count in sorted(reasons.items()))
    first = (verdict.reason,) if verdict.reason else ()
    return (*first, *tolerated, *doubles, *unread, *harvest.messages)


def _result(
    harvest: Harvest,
    verdict: Verdict,
    decisions: Iterable[Decision],
    postings: int,
    refused: int,
    messages: tuple[str, ...],
) -> RunResult:
    counts = Counter(decision.action for decision in decisions)
    return RunResult(
        source=harvest.source,
        status=verdict.status.value,
        pages=harvest.pages,
        postings=postings,
        new=counts[Action.INSERT],
        changed=counts[Action.UPDATE],
        unchanged=counts[Action.TOUCH] + counts[Action.REREAD],
        unconfirmed=counts[Action.UNCONFIRM],
        withdrawn=counts[Action.WITHDRAW],
        reopened=counts[Action.REOPEN],
        refused=refused,
        seconds=round((harvest.ended - harvest.started).total_seconds(), 3),
        messages=messages,
    )


def _keep_refused(
    store: Store, slug: str, number: int, now: dt.datetime, refused: Sequence[tuple[Advert, Refused]]
) -> None:
    rows: list[dict[str, Any]] = [
        {
            "source": slug,
            "key": advert.key,
            "reason": why.reason,
            "value": why.value,
            "posting": advert.posting.as_json(),
            "run": number,
            "first_seen": now,
            "last_seen": now,
        }
        for advert, why in refused
    ]
    for start in range(0, len(rows), ROWS):
        with store.writing() as session:
            confirm_run(session, slug, number)
            upsert(session, RefusedPosting, rows[start : start + ROWS], keep=["first_seen"])


def _end(session: Session, slug: str, number: int, now: dt.datetime, verdict: Verdict, result: RunResult) -> None:
    run = confirm_run(session, slug, number)
    run.counted, run.doubt = verdict.counted, verdict.doubt
    if verdict.status in GOOD:  # what was refused before, and is now read or no longer said, is over
        session.execute(sa.delete(RefusedPosting).where(RefusedPosting.source == slug, RefusedPosting.run != number))
    end_run(session, run, result, now)
