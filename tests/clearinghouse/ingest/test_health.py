"""How each source is doing, told from its row and its runs; how full its adverts are."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa

from clearinghouse.ingest import health
from clearinghouse.ingest.health import GRACE, Order, State, state_of
from clearinghouse.ingest.models import CrawlRun, RunStatus, SourceCheck
from clearinghouse.ingest.sources import get, register
from clearinghouse.vacancies.models import SourceRow
from clearinghouse.vacancies.posting import SourceFacts

NOW = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
WELL: dict[str, Any] = {"public": True, "retired": False, "paused": False, "problem": None, "next_due": NOW - GRACE}


@pytest.mark.parametrize(
    ("row", "run", "state"),
    [
        ({}, RunStatus.OK, State.WELL),
        ({}, RunStatus.UNCHANGED, State.WELL),
        ({"next_due": None}, RunStatus.OK, State.WELL),
        ({"public": False}, RunStatus.OK, State.UNVERIFIED),
        ({}, None, State.NEVER),
        ({"next_due": NOW - GRACE - dt.timedelta(seconds=1)}, RunStatus.OK, State.LATE),
        ({}, RunStatus.FAILED, State.FAILING),
        ({}, RunStatus.ABANDONED, State.FAILING),
        ({}, RunStatus.REFUSED, State.REFUSED),
        ({"problem": "line 3: unexpected indent"}, RunStatus.REFUSED, State.PROBLEM),
        ({"paused": True, "problem": "line 3"}, RunStatus.FAILED, State.PAUSED),
        ({"retired": True, "paused": True}, RunStatus.FAILED, State.RETIRED),
    ],
)
def test_of_several_things_one_decides(row: dict[str, Any], run: RunStatus | None, state: State) -> None:
    newest = CrawlRun(status=run) if run else None
    assert state_of(SourceRow(**{**WELL, **row}), newest, NOW) is state
    assert health.SENTENCES[state]


def listed(partner: Any, **asked: Any) -> tuple[health.Health, ...]:
    with partner.store.reading() as session:
        return health.sources(session, partner.now, **asked)


def test_a_source_tells_its_last_good_run_and_since_when_nothing_is_confirmed(partner: Any, advert: Any) -> None:
    partner.run([advert(n) for n in range(10)])
    good = partner.now
    assert [(one.state, one.counted, one.unconfirmed_since) for one in listed(partner)] == [(State.WELL, 10, None)]
    partner.run([advert(1)])
    [one] = listed(partner)
    assert (one.state, one.counted, one.last_good_run, one.unconfirmed_since) == (State.REFUSED, 10, good, good)
    assert (one.issues, one.run.counted if one.run else None, one.organisation) == (1, 1, "Anytown Borough Council")


def test_a_run_under_way_says_nothing_yet(one_partner: Any, advert: Any) -> None:
    one_partner.run([advert(1)])
    with one_partner.store.writing() as session:
        session.add(CrawlRun(source="anytown", started=one_partner.now, status=RunStatus.RUNNING))
    assert listed(one_partner)[0].state is State.WELL


def test_the_list_has_the_worst_first_and_an_employer_only_its_own(partner: Any, advert: Any) -> None:
    others = [
        SourceFacts("board", None, "operator", "feed", "f"),
        SourceFacts("zed", "Aardvark Trust", "operator", "feed", "f"),
    ]
    register(partner.store, [partner.facts, *others], {}, partner.now)
    with partner.store.writing() as session:
        get(session, "board").paused = True
    partner.run([advert(1)])
    found = listed(partner)
    assert [(one.slug, one.state) for one in found] == [
        ("zed", State.NEVER), ("board", State.PAUSED), ("anytown", State.WELL),
    ]  # fmt: skip
    assert [one.slug for one in health.in_order(found, Order.NAME)] == ["zed", "anytown", "board"]
    assert [one.slug for one in health.in_order(found, Order.OLDEST)] == ["zed", "board", "anytown"]
    assert health.counts_by_state(found) == {State.NEVER: 1, State.PAUSED: 1, State.WELL: 1}
    owner = next(one.owner for one in found if one.slug == "anytown")
    assert [one.slug for one in listed(partner, owners=frozenset({owner}))] == ["anytown"]
    assert listed(partner, owners=frozenset()) == ()


def test_a_source_remembers_its_runs_its_issues_and_who_compared_it(partner: Any, advert: Any) -> None:
    partner.failing()
    with partner.store.writing() as session:
        session.add_all(
            CrawlRun(source="anytown", started=partner.now + n * HOUR, status=RunStatus.OK)
            for n in range(1, health.RUNS)
        )
    partner.now += health.RUNS * HOUR
    partner.run([advert(1)])
    with partner.store.writing() as session:
        session.add_all(SourceCheck(source="anytown", at=NOW, by=name, compared="titles") for name in ("Ada", "Ben"))
    with partner.store.reading() as session:
        runs = health.runs(session, "anytown")
        issues = health.issues(session, "anytown")
        checks = health.checks(session, "anytown")
    assert (len(runs), runs[0].started, RunStatus.FAILED in {run.status for run in runs}) == (60, partner.now, False)
    assert [(issue.kind.value, issue.closed is not None) for issue in issues] == [("run_failed", True)]
    assert [check.by for check in checks] == ["Ben", "Ada"]


def test_what_was_refused_comes_in_pages(one_partner: Any, advert: Any) -> None:
    one_partner.run([advert(1), *(advert(n, title="Service closing") for n in range(2, 9))])
    with one_partner.store.reading() as session:
        first, second, beyond = (health.refused(session, "anytown", page, 5) for page in (1, 2, 9))
    assert (first[0], len(first[1]), len(second[1]), beyond) == (7, 5, 2, (7, []))
    assert first[1][0].value == "Service closing"


def test_the_list_takes_one_query_however_many_sources_there_are(one_partner: Any) -> None:
    asked: list[str] = []
    sa.event.listen(one_partner.store.read_engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    facts = [SourceFacts(f"s{n}", f"Council {n}", "operator", "feed", "f") for n in range(60)]
    register(one_partner.store, facts, {}, one_partner.now)
    asked.clear()
    assert len(listed(one_partner)) == 61
    assert sum(statement.startswith("SELECT") for statement in asked) == 1
