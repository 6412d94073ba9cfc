"""Handing a batch of sources to a runner, and hearing what became of each."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clearinghouse.db import Store, utc_now
from clearinghouse.errors import LeaseLostError
from clearinghouse.ingest.runs import RunResult, fail_run
from clearinghouse.settings import settings
from crawlers.limits import Limits
from crawlers.planning import plan_next

BATCH = 50  # sources to a runner
STARTING = 60.0  # seconds that a runner may be silent for longer than one of its sources
ENDING = 8.0  # seconds that it may take to end once its input is closed


@dataclass(frozen=True)
class Ended:
    """What became of one source, and in a dry run how many of its postings have each field."""

    result: RunResult
    fill: Mapping[str, int] | None = None


class Stop:
    """Lets another thread end the processes at work: each ends when its input closes, a runner its runs as failed."""

    def __init__(self) -> None:
        self.asked = False
        self._running: list[subprocess.Popen[str]] = []

    def heed(self, process: subprocess.Popen[str]) -> None:
        """End `process` too when asked; those that ended are forgotten."""
        self._running = [*(one for one in self._running if one.poll() is None), process]
        if self.asked:
            self.ask()

    def ask(self) -> None:
        """End what runs now, and start nothing more."""
        self.asked = True
        for process in self._running:
            if process.stdin:
                process.stdin.close()


def crawl(
    slugs: Sequence[str],
    *,
    dry_run: bool = False,
    limits: Limits | None = None,
    begun: Callable[[str], None] = lambda _: None,
    stop: Stop | None = None,
) -> Iterator[Ended]:
    """Crawl `slugs`, up to 50 in a process; yield each as it ends, every one of them once unless `stop` is asked.

    `begun` hears of each source as its run starts. A runner that brings nothing for too long is killed: the sources
    that it did not end come back as failed, those that it never began go to the next one.
    """
    limits, stop = limits or Limits(), stop or Stop()
    left = list(slugs)
    while left and not stop.asked:
        batch = left[:BATCH]
        started: dict[str, int] = {}
        ended: set[str] = set()
        for event in _events(batch, stop, dry_run=dry_run, limits=limits):
            if event["event"] == "begin":
                started[event["source"]] = event["number"]
                begun(event["source"])
            elif event["event"] == "end":
                ended.add(event["source"])
                yield Ended(_result(event["result"]), event["fill"])
        none = not started and not ended
        lost = [slug for slug in batch if slug not in ended and (slug in started or none)]
        for slug in lost:
            yield Ended(_lost(slug, started.get(slug)))
        left = [slug for slug in left if slug not in ended.union(lost)]


def _events(slugs: Sequence[str], stop: Stop, *, dry_run: bool, limits: Limits) -> Iterator[dict[str, Any]]:
    """What a runner says, until it ends or is killed for its silence."""
    command = [sys.executable, "-m", "crawlers.run"]
    runner = subprocess.Popen(  # noqa: S603  our own module
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert runner.stdin  # noqa: S101  both are pipes
    assert runner.stdout  # noqa: S101
    stop.heed(runner)
    watch = _Watch(runner, limits.stalled + STARTING)
    job = {"slugs": list(slugs), "dry_run": dry_run, "limits": dataclasses.asdict(limits)}
    try:
        with contextlib.suppress(BrokenPipeError, ValueError):  # it ended at once, or was told to: its silence tells
            runner.stdin.write(json.dumps(job) + "\n")
            runner.stdin.flush()
        for line in runner.stdout:
            watch.heard()
            yield json.loads(line)
    finally:
        watch.over.set()
        _end(runner)


class _Watch:
    """Kills a runner that says nothing for `patience` seconds: each of its sources should have given up by itself."""

    def __init__(self, runner: subprocess.Popen[str], patience: float) -> None:
        self.over = threading.Event()
        self._runner = runner
        self._patience = patience
        self.heard()
        threading.Thread(target=self._look, daemon=True).start()

    def heard(self) -> None:
        """The runner said something."""
        self._until = time.monotonic() + self._patience

    def _look(self) -> None:
        while not self.over.wait(max(0.0, self._until - time.monotonic())):
            if time.monotonic() >= self._until:
                self._runner.kill()
                return


def _end(runner: subprocess.Popen[str]) -> None:
    """Close the runner's input, which ends it; kill it when it doesn't."""
    for pipe in (runner.stdin, runner.stdout):
        if pipe:
            with contextlib.suppress(OSError):
                pipe.close()
    try:
        runner.wait(ENDING)
    except subprocess.TimeoutExpired:
        runner.kill()
        runner.wait()


def _lost(slug: str, number: int | None) -> RunResult:
    """The result of a run whose runner was killed or crashed; the run is ended for it, where it is still open."""
    sentence = f"source {slug}: its runner ended before it did"
    if number:
        store, now = Store(settings().database_url), utc_now()
        with contextlib.suppress(LeaseLostError):  # the runner could still say so itself
            fail_run(store, slug, number, sentence, now)
            plan_next(store, slug, now)
        store.close()
    return RunResult(slug, "failed", messages=(sentence,))


def _result(values: Mapping[str, Any]) -> RunResult:
    return RunResult(**{**values, "messages": tuple(values["messages"])})
