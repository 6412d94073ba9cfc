"""What people ask of the crawlers on the site: taken once each, and answered whatever becomes of it."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import subprocess
import sys
import threading
from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa

from clearinghouse.db import Store
from clearinghouse.vacancies.models import CrawlRequest
from crawlers import verdicts
from crawlers.batch import Stop

CRAWL, TRIAL = "crawl", "detect"
# A request taken this long ago and not answered is taken again: its taker must be gone.
FORGOTTEN = {CRAWL: dt.timedelta(minutes=30), TRIAL: dt.timedelta(minutes=5)}
LONGEST = 90.0  # seconds of one trial, after which its process is killed


def waiting(store: Store, kind: str, now: dt.datetime) -> dict[int, str]:
    """What was asked for and nobody has taken, by the request's number, oldest first."""
    with store.reading() as session:
        return {row.id: row.about for row in session.execute(_untaken(kind, now).order_by(CrawlRequest.id))}


def take(store: Store, kind: str, numbers: Collection[int], now: dt.datetime) -> dict[int, str]:
    """Those of the requests that nobody took meanwhile, and what they are about; taken, so that no other takes them."""
    with store.writing() as session:
        rows = session.execute(_untaken(kind, now).where(CrawlRequest.id.in_(numbers)).with_for_update()).all()
        taken = {row.id: row.about for row in rows}
        session.execute(sa.update(CrawlRequest).where(CrawlRequest.id.in_(taken)).values(taken_at=now))
        return taken


def _untaken(kind: str, now: dt.datetime) -> sa.Select[int, str]:
    return sa.select(CrawlRequest.id, CrawlRequest.about).where(
        CrawlRequest.kind == kind,
        CrawlRequest.done_at.is_(None),
        sa.or_(CrawlRequest.taken_at.is_(None), CrawlRequest.taken_at < now - FORGOTTEN[kind]),
    )


def take_about(store: Store, kind: str, about: Collection[str], now: dt.datetime) -> dict[int, str]:
    """What was asked for about any of these, taken."""
    numbers = [number for number, each in waiting(store, kind, now).items() if each in about]
    return take(store, kind, numbers, now) if numbers else {}


def answer(store: Store, numbers: Collection[int], result: Mapping[str, Any], now: dt.datetime) -> None:
    """Write the result of a crawl, or of a trial, to the requests that asked for it and have none yet."""
    if not numbers:
        return
    with store.writing() as session:
        asked = sa.update(CrawlRequest).where(CrawlRequest.id.in_(numbers), CrawlRequest.done_at.is_(None))
        session.execute(asked.values(done_at=now, result=dict(result)))


def attempt(
    url: str, stop: Stop, longest: float = LONGEST, limits: Mapping[str, float] | None = None, **more: Any
) -> dict[str, Any]:
    """What a trial of `url` in a process of its own found; a failed one too where the process died or was killed.

    `limits` replace those of crawlers.limits.Limits by their names; `more` is what else a trial's job may say.
    """
    if stop.asked:
        return verdicts.failed(url, "we were about to restart; try again in a minute")
    process = subprocess.Popen(
        [sys.executable, "-m", "crawlers.trial"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    stop.heed(process)
    late = threading.Timer(longest, process.kill)
    late.start()
    try:
        said = _ask(process, {"url": url, "limits": dict(limits or {}), **more})
    finally:
        in_time = late.is_alive()
        late.cancel()
        process.kill()
        process.wait()
    return _read(said) or verdicts.failed(url, _why(stop, longest, in_time=in_time))


def _ask(process: subprocess.Popen[str], job: Mapping[str, Any]) -> str:
    """Hand over the job; all that comes back until the process ends."""
    assert process.stdin  # noqa: S101  both are pipes
    assert process.stdout  # noqa: S101
    with contextlib.suppress(BrokenPipeError, ValueError):  # it ended at once, or was told to: its silence tells
        process.stdin.write(json.dumps(job) + "\n")
        process.stdin.flush()
    said = process.stdout.read()
    for pipe in (process.stdin, process.stdout):
        with contextlib.suppress(OSError):
            pipe.close()
    return said


def _read(said: str) -> dict[str, Any] | None:
    try:
        result: dict[str, Any] = json.loads(said)
    except ValueError:
        return None
    return result


def _why(stop: Stop, longest: float, *, in_time: bool) -> str:
    if stop.asked:
        return "we were restarting; try again in a minute"
    if not in_time:
        return f"not finished within {longest:g} s"
    return "what it sent was too much for us: the process that read it ended"
