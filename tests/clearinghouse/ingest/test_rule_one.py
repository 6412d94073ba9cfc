"""Rule 1 against a model that forgets nothing: it works every status out anew from the whole history of runs.

The model folds nothing: it keeps what each run answered, and reads the rule's sentences off the list.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from clearinghouse.ingest.runs import accept

JOBS = frozenset(range(8))
MAXIMUM = 7
SUBSETS = st.frozensets(st.sampled_from(sorted(JOBS)))
FEW = st.frozensets(st.sampled_from(sorted(JOBS)), max_size=3)
KINDS = st.sampled_from(["well", "well", "well", "same", "down", "cut", "torn"])
FAULTS: dict[str, dict[str, Any]] = {
    "well": {},
    "same": {"not_modified": True},
    "down": {"pages": 0, "problems": ("answered 500",)},
    "cut": {"finished": False},
    "torn": {"problems": ("it stops before its end",)},
}


@dataclass
class Past:
    """What one run answered, and what the model makes of it."""

    at: dt.datetime
    whole: bool
    listed: frozenset[int]
    failed: frozenset[int]
    gone: frozenset[int]
    good: bool = False
    low: bool = False
    accepted: bool = False

    @property
    def count(self) -> int:
        return len(self.listed) + len(self.failed)


class Model:
    """The sentences of rule 1, one function each."""

    def __init__(self) -> None:
        self.runs: list[Past] = []

    def add(self, run: Past) -> None:
        live = {job for job in JOBS if self.status(job) in ("open", "unconfirmed")}
        accepted = [past.count for past in self.runs if past.accepted]
        if run.whole and run.count <= max([MAXIMUM, *accepted[-1:]]):
            run.low = self.low(run, live) and not self.agreed(run)
            run.good = not run.low
        self.runs.append(run)

    def low(self, run: Past, live: set[int]) -> bool:
        normal = [past for past in self.runs if past.good or past.accepted]
        if not normal:
            return False
        last = normal[-1].count
        newly = len(run.gone & live)
        return run.count < last / 2 or (newly > 0 and newly >= last / 2)

    def agreed(self, run: Past) -> bool:
        since = list(itertools.takewhile(lambda past: not (past.good or past.accepted), reversed(self.runs)))
        alike = list(itertools.takewhile(lambda past: close(past.count, run.count), (p for p in since if p.low)))
        return run.count > 0 and len(alike) >= 2 and run.at - alike[-1].at >= dt.timedelta(hours=24)

    def status(self, job: int) -> str | None:
        answers = [self.answer(past, job) for past in self.runs if past.good]
        if "seen" not in answers:
            return None
        since = answers[len(answers) - answers[::-1].index("seen") :]
        if not since:
            return "open"
        twice = any(pair == ("missing", "missing") for pair in itertools.pairwise(since))
        return "withdrawn" if twice or "gone" in since else "unconfirmed"

    def answer(self, run: Past, job: int) -> str:
        for name, jobs in (("seen", run.listed), ("gone", run.gone), ("failed", run.failed)):
            if job in jobs:
                return name
        return "missing"


def close(one: int, other: int) -> bool:
    return min(one, other) / max(one, other, 1) >= 0.9


def machine(make: Callable[..., Any], store: Any, advert: Callable[..., Any], expecting: Any) -> type[Any]:
    numbers = itertools.count()

    class Runs(RuleBasedStateMachine):
        """A source that answers anything, and the model beside it."""

        def __init__(self) -> None:
            super().__init__()
            slug = f"s{next(numbers)}"
            self.partner = make(store, slug=slug, organisation=None, expect=expecting(maximum=MAXIMUM))
            self.model = Model()

        def posting(self, job: int) -> Any:
            return advert(job, url=f"https://{self.partner.facts.slug}.example/{job}")

        @rule(kind=KINDS, listed=SUBSETS, failed=FEW, gone=FEW, hours=st.sampled_from([0, 5, 13]))
        def run(
            self, kind: str, listed: frozenset[int], failed: frozenset[int], gone: frozenset[int], hours: int
        ) -> None:
            gone = gone - listed
            failed = failed - listed - gone
            self.partner.now += dt.timedelta(hours=hours)
            result = self.partner.run(
                [self.posting(job) for job in sorted(listed)],
                failed=frozenset(f"https://{self.partner.facts.slug}.example/{job}" for job in failed),
                gone_keys=frozenset(f"R{job}" for job in gone),
                **FAULTS[kind],
            )
            past = Past(self.partner.now, kind in ("well", "same"), listed, failed, gone)
            self.model.add(past)
            assert (result.status in ("ok", "unchanged")) == past.good
            assert (result.status == "failed") == (kind == "down")
            expected = {job: self.model.status(job) for job in JOBS}
            assert self.partner.statuses() == {f"R{job}": status for job, status in expected.items() if status}

        @precondition(lambda self: self.model.runs and self.model.runs[-1].whole)
        @rule(times=st.integers(1, 3), hours=st.sampled_from([0, 13]))
        def say_the_same_again(self, times: int, hours: int) -> None:
            last = self.model.runs[-1]
            for _ in range(times):
                self.run("well", last.listed, last.failed, last.gone, hours)

        @precondition(lambda self: self.model.runs and self.model.runs[-1].whole and not self.model.runs[-1].good)
        @rule()
        def accept(self) -> None:
            accept(store, self.partner.facts.slug, "pat", self.partner.now)
            self.model.runs[-1].accepted = True

    return Runs


@pytest.mark.slow
def test_every_status_follows_from_the_whole_history(
    make_partner: Any, sqlite_store: Any, advert: Any, expecting: Any
) -> None:
    # The store is shared by all examples, each with a source of its own.
    checks = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    run_state_machine_as_test(
        machine(make_partner, sqlite_store, advert, expecting),
        settings=settings(
            max_examples=settings().max_examples // 4,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=checks,
        ),
    )
