"""Rule 1's edges, on values alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clearinghouse.ingest.decide import PastRun, Run, Seen, decide
from clearinghouse.ingest.harvest import Harvest
from clearinghouse.ingest.models import Doubt, RunStatus
from clearinghouse.vacancies.posting import Expectation

NOW = dt.datetime(2026, 11, 10, 12, 0, tzinfo=dt.UTC)
LOW = (RunStatus.REFUSED, Doubt.UNDER_HALF)
GOOD = (RunStatus.OK, None)
FAILED = (RunStatus.FAILED, Doubt.NO_ANSWER)
TORN = (RunStatus.REFUSED, Doubt.INCOMPLETE)


def past(hours: float, kind: tuple[RunStatus, Doubt | None], counted: int, *, accepted: bool = False) -> PastRun:
    return PastRun(NOW - dt.timedelta(hours=hours), *kind, counted, accepted)


def verdict(count: int, *history: PastRun, expect: Expectation = Expectation(), **harvest: Any) -> Any:
    brought = Harvest(**{"source": "s", "started": NOW, "ended": NOW, "finished": True, "pages": 1, **harvest})
    seen = {f"R{number}": Seen(f"R{number}", "d", "r") for number in range(count)}
    return decide(Run(expect, brought, seen, {}, history, NOW))[0]


@pytest.mark.parametrize(
    ("count", "history", "status"),
    [
        (0, [], "ok"),
        (0, [past(4, GOOD, 0)], "ok"),
        (0, [past(4, GOOD, 1)], "refused"),
        (5, [past(4, GOOD, 10)], "ok"),
        (4, [past(4, GOOD, 10)], "refused"),
        (5, [past(4, GOOD, 11)], "refused"),
        (4, [past(4, FAILED, 0), past(8, GOOD, 10)], "refused"),
        (4, [past(12, LOW, 4), past(24, LOW, 4), past(28, GOOD, 10)], "ok"),
        (4, [past(12, LOW, 4), past(23.9, LOW, 4), past(28, GOOD, 10)], "refused"),
        (4, [past(24, LOW, 4), past(28, GOOD, 10)], "refused"),
        (4, [past(1, LOW, 4), past(2, LOW, 4), past(30, LOW, 4), past(31, GOOD, 10)], "ok"),
        (4, [past(12, LOW, 2), past(24, LOW, 4), past(26, LOW, 4), past(28, GOOD, 10)], "refused"),
        (4, [past(12, LOW, 4), past(13, FAILED, 0), past(14, TORN, 1), past(24, LOW, 4), past(28, GOOD, 10)], "ok"),
        (4, [past(12, LOW, 4), past(24, TORN, 4), past(28, GOOD, 10)], "refused"),
        (41, [past(12, LOW, 40), past(24, LOW, 39), past(28, GOOD, 100)], "ok"),
        (45, [past(12, LOW, 40), past(24, LOW, 39), past(28, GOOD, 100)], "refused"),
        (0, [past(12, LOW, 0), past(24, LOW, 0), past(48, LOW, 0), past(60, GOOD, 10)], "refused"),
        (0, [past(4, LOW, 0, accepted=True), past(8, GOOD, 10)], "ok"),
        (4, [past(4, LOW, 4, accepted=True), past(8, GOOD, 10)], "ok"),
        (1, [past(4, LOW, 4, accepted=True), past(8, GOOD, 10)], "refused"),
    ],
)
def test_a_count_against_the_runs_before_it(count: int, history: list[PastRun], status: str) -> None:
    assert verdict(count, *history).status == status


@pytest.mark.parametrize(
    ("count", "accepted", "status"),
    [(2, None, "refused"), (2, 2, "ok"), (1, 2, "refused"), (9, None, "refused"), (9, 9, "ok")],
)
def test_a_person_may_accept_a_count_outside_what_is_expected(count: int, accepted: int | None, status: str) -> None:
    history = [past(4, LOW, accepted, accepted=True)] if accepted else []
    assert verdict(count, past(2, GOOD, 3), *history, expect=Expectation(3, 8)).status == status


def test_agreeing_runs_do_not_overrule_what_a_person_expects() -> None:
    history = [past(12, LOW, 4), past(24, LOW, 4), past(28, GOOD, 10)]
    assert verdict(4, *history, expect=Expectation(minimum=5)).doubt == Doubt.UNDER_MINIMUM


def test_pages_that_failed_count_as_listed_and_pages_that_are_gone_do_not() -> None:
    assert verdict(3, failed=frozenset({"a", "b"}), failed_keys=frozenset({"R8", "R9"})).counted == 5
    assert verdict(3, failed_keys=frozenset({"R8"})).counted == 4
    assert verdict(3, gone=frozenset({"a", "b"})).counted == 3


def test_the_gravest_doubt_is_the_one_that_is_named() -> None:
    assert verdict(0, past(4, GOOD, 9), pages=0, finished=False).doubt == Doubt.NO_ANSWER
    assert verdict(0, past(4, GOOD, 9), finished=False, problems=("x",)).doubt == Doubt.CUT_SHORT
    assert verdict(0, past(4, GOOD, 9), problems=("x",)).doubt == Doubt.INCOMPLETE
