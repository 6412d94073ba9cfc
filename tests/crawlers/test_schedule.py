"""The schedule: what is due, who may crawl it, what people asked for, and what the night takes away."""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from clearinghouse.accounts.models import Organisation
from clearinghouse.db import Store
from clearinghouse.ingest.models import CrawlRun, QualityDay, RunStatus
from clearinghouse.ingest.runs import RunResult, begin_run, fail_run
from clearinghouse.ingest.sources import facts_as_json
from clearinghouse.leases import claim
from clearinghouse.settings import settings
from clearinghouse.vacancies.models import CrawlRequest, SourceRow
from clearinghouse.vacancies.posting import SourceFacts
from crawlers import batch, housekeeping, links, planning, registry, requests, schedule
from crawlers.opening import announce
from crawlers.schedule import Schedule

sys.path.insert(0, str(Path(__file__).parent))

from site_under_test import Site, serving

NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def put(store: Store, slug: str, **values: object) -> None:
    """A source's row as the schedule sees it."""
    facts = SourceFacts(slug=slug, organisation=None, origin="operator", adapter="feed", fingerprint="f")
    with store.writing() as session:
        session.add(SourceRow(slug=slug, facts=facts_as_json(facts), override={}, **values))


def test_due_are_those_whose_time_has_come_longest_first(store: Store) -> None:
    put(store, "later", next_due=NOW + HOUR)
    put(store, "late", next_due=NOW - HOUR)
    put(store, "later_still", next_due=NOW - 2 * HOUR)
    put(store, "now", next_due=NOW)
    put(store, "new", next_due=None)
    put(store, "paused", next_due=None, paused=True)
    put(store, "retired", next_due=None, retired=True)
    put(store, "unloadable", next_due=None)
    among = {"later", "late", "later_still", "now", "new", "paused", "retired"}
    assert planning.due(store, NOW, 50, among) == ["new", "later_still", "late", "now"]
    assert planning.due(store, NOW, 2, among) == ["new", "later_still"]


def test_a_run_that_fails_is_tried_again_later_each_time(store: Store) -> None:
    put(store, "anytown")
    waits = []
    for _ in range(3):
        number = begin_run(store, "anytown", NOW)
        assert number
        fail_run(store, "anytown", number, "no answer", NOW)
        planning.plan_next(store, "anytown", NOW)
        with store.reading() as session:
            due = session.get_one(SourceRow, "anytown").next_due
            assert due
            waits.append((due - NOW) / HOUR)
    assert waits == pytest.approx([8, 16, 24], rel=0.06)


def request(store: Store, about: str, **values: object) -> int:
    with store.writing() as session:
        row = CrawlRequest(kind="crawl", about=about, asked_at=NOW, **values)
        session.add(row)
        session.flush()
        return row.id


def test_a_request_is_taken_once_and_again_when_it_was_forgotten(store: Store) -> None:
    first = request(store, "anytown")
    other = request(store, "bytown")
    about = {"anytown", "nowhere"}
    assert requests.waiting(store, requests.CRAWL, NOW) == {first: "anytown", other: "bytown"}
    assert requests.take_about(store, requests.CRAWL, about, NOW) == {first: "anytown"}
    assert requests.waiting(store, requests.CRAWL, NOW + HOUR / 4) == {other: "bytown"}
    assert requests.take_about(store, requests.CRAWL, about, NOW + HOUR / 4) == {}
    assert requests.take_about(store, requests.CRAWL, about, NOW + HOUR) == {first: "anytown"}
    requests.answer(store, [first], RunResult("anytown", "ok", postings=3).as_json(), NOW + HOUR)
    requests.answer(store, [first], {"status": "failed"}, NOW + 2 * HOUR)  # by whoever forgot it, too late
    assert requests.take_about(store, requests.CRAWL, about, NOW + 9 * HOUR) == {}
    assert requests.waiting(store, requests.TRIAL, NOW) == {}
    with store.reading() as session:
        row = session.get_one(CrawlRequest, first)
        assert row.done_at == NOW + HOUR
        assert row.result
        assert row.result["postings"] == 3


def test_the_night_takes_away_old_requests_and_runs_but_never_the_newest(store: Store) -> None:
    old, older = NOW - dt.timedelta(days=31), NOW - dt.timedelta(days=401)
    for slug in ("busy", "asleep"):
        put(store, slug)
    with store.writing() as session:
        for slug, started in (("busy", older), ("busy", NOW), ("asleep", older), ("asleep", older + HOUR)):
            session.add(CrawlRun(source=slug, started=started, ended=started, status=RunStatus.OK))
    request(store, "busy", done_at=old)
    kept = request(store, "busy", done_at=NOW - HOUR)
    waiting = request(store, "asleep")
    said = [part(store, NOW) for part in housekeeping.NIGHTLY]
    assert said[:2] == ["1 answered requests to crawl taken away", "2 old runs taken away"]
    with store.reading() as session:
        assert set(session.scalars(sa.select(CrawlRequest.id))) == {kept, waiting}
        assert sorted(session.scalars(sa.select(CrawlRun.source))) == ["asleep", "busy"]


def test_the_measuring_of_a_night_that_nobody_was_there_for_is_made_up_for_by_whoever_has_the_lease(
    sqlite_store: Store,
) -> None:
    put(sqlite_store, "busy")
    first, second = (Schedule(sqlite_store, settings(), lambda: NOW) for _ in range(2))
    first._holder = "another process"
    assert first.holds()
    second.missed_night()
    with sqlite_store.reading() as session:
        assert session.scalars(sa.select(QualityDay.source)).all() == []
    first.missed_night()
    first.missed_night()
    with sqlite_store.reading() as session:
        assert session.scalars(sa.select(QualityDay.source)).all() == ["busy"]


@pytest.fixture
def site(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A partner with one source file that reads it, in the settings of this process and its children."""
    (tmp_path / "sources").mkdir()
    monkeypatch.setenv("CLEARINGHOUSE_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("CLEARINGHOUSE_SOURCES_DIR", str(tmp_path / "sources"))
    settings.cache_clear()
    with serving() as site:
        site.feed("/jobs", 1, 2)
        (tmp_path / "sources" / "anytown.py").write_text(
            "from crawlers.adapters.feed import Feed\nfrom crawlers.source import Source\n"
            f"source = Source(organisation='Anytown', adapter=Feed(url='{site.base}/jobs'), loopback=True)\n"
        )
        yield site
    settings.cache_clear()


@pytest.fixture
def mine(site: Site, sqlite_store: Store) -> Iterator[Schedule]:
    """A schedule whose clock stands an hour on, of a store in which only `anytown` is ever due."""
    announce(sqlite_store, registry.load(settings().sources_dir), NOW)
    with sqlite_store.writing() as session:  # the shipped ones are not for a test to crawl
        session.execute(sa.update(SourceRow).where(SourceRow.slug != "anytown").values(next_due=NOW + 9 * HOUR))
    schedule_ = Schedule(sqlite_store, settings(), lambda: NOW + HOUR)
    yield schedule_
    schedule_._errands.end()


def results(store: Store) -> dict[int, dict[str, object] | None]:
    """What was answered to each request, by its number."""
    with store.reading() as session:
        return {row.id: row.result for row in session.scalars(sa.select(CrawlRequest))}


def test_a_tick_crawls_what_is_due_and_only_its_holder_may(site: Site, sqlite_store: Store, mine: Schedule) -> None:
    asked = request(sqlite_store, "anytown")
    other = claim(sqlite_store, schedule.LEASE, "another", NOW, 2 * HOUR)
    assert other
    mine.tick()
    mine._errands.look()
    assert site.count("/jobs") == 0
    with sqlite_store.writing() as session:
        session.execute(sa.text("update lease set until = '2026-11-20'"))
    mine._at_work.begin({"bytown": site.base})  # another runner of ours is on that site
    mine.tick()
    mine._errands.look()
    assert site.count("/jobs") == 0
    mine._at_work.end(["bytown"])
    mine.tick()
    assert site.count("/jobs") == 1
    answered = results(sqlite_store)[asked]  # one run is enough for what is both due and asked for
    assert answered
    assert (answered["status"], answered["new"]) == ("ok", 2)
    with sqlite_store.reading() as session:
        assert session.get_one(SourceRow, "anytown").next_due
    mine.tick()
    mine._errands.look()
    assert site.count("/jobs") == 1


def test_what_people_ask_for_is_begun_at_once_and_once(site: Site, sqlite_store: Store, mine: Schedule) -> None:
    with sqlite_store.writing() as session:
        session.execute(sa.update(SourceRow).values(next_due=NOW + 9 * HOUR))
    asked, again = request(sqlite_store, "anytown"), request(sqlite_store, "anytown")
    unknown = request(sqlite_store, "anytwon")
    mine._errands.look()
    mine._errands.look()
    mine._errands.end()
    assert site.count("/jobs") == 1
    answered = results(sqlite_store)
    assert answered[asked] == answered[again]
    assert answered[asked]
    assert answered[asked]["status"] == "ok"
    assert answered[unknown]
    assert answered[unknown]["messages"] == ["source anytwon: not in the registry"]


def detect(store: Store, url: str, **values: object) -> int:
    """A trial that somebody asks for."""
    with store.writing() as session:
        row = CrawlRequest(kind="detect", about=url, asked_at=NOW, **values)
        session.add(row)
        session.flush()
        return row.id


def test_a_trial_waits_for_its_site_and_is_answered_once_with_what_it_found(
    site: Site, sqlite_store: Store, mine: Schedule, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLEARINGHOUSE_DEMO", "true")  # which lets it be on this machine
    asked = detect(sqlite_store, f"{site.base}/jobs")
    twice = detect(sqlite_store, f"{site.base}/jobs")
    mine._at_work.begin({"anytown": site.base})
    mine._errands.look()
    assert results(sqlite_store) == {asked: None, twice: None}
    mine._at_work.end(["anytown"])
    crawl = request(sqlite_store, "anytown")
    mine._errands.look()
    mine._errands.look()
    mine._errands.end()
    answered = results(sqlite_store)
    found = answered[asked]
    assert found == answered[twice]
    assert found
    assert (found["state"], found["postings"]) == ("found", 2)
    assert site.count("/jobs") == 1
    assert answered[crawl] is None  # it waits for the trial, which is on the same site
    with sqlite_store.reading() as session:
        assert session.get_one(CrawlRequest, asked).done_at == NOW + HOUR


def test_a_trial_that_is_cut_off_by_our_end_is_answered(
    site: Site, sqlite_store: Store, mine: Schedule, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLEARINGHOUSE_DEMO", "true")
    site.feed("/slow", 1, after=20)
    asked = detect(sqlite_store, f"{site.base}/slow", taken_at=NOW)  # by a schedule that is gone
    mine._errands.look()
    for _ in range(400):
        if mine._stop._running:
            break
        time.sleep(0.01)
    mine._stop.ask()
    mine._errands.end()
    answered = results(sqlite_store)[asked]
    assert answered
    assert answered["state"] == "failed"
    assert "try again in a minute" in str(answered["message"])


def test_a_registry_that_can_not_be_read_is_not_read_again_at_once(
    site: Site, sqlite_store: Store, mine: Schedule, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    asked = request(sqlite_store, "anytown")
    (tmp_path / "sources").rename(tmp_path / "elsewhere")
    mine._errands.look()
    mine._errands.look()
    assert [record.getMessage() for record in caplog.records if "SOURCES_DIR" in record.getMessage()] != []
    assert len([record for record in caplog.records if "SOURCES_DIR" in record.getMessage()]) == 1
    assert results(sqlite_store) == {asked: None}
    assert mine._errands._free[requests.CRAWL].acquire(blocking=False)  # and no runner's place is lost by it


def test_links_are_checked_and_what_they_answered_is_kept(
    site: Site, sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite_store.writing() as session:
        for name, path in (("Anytown", "/jobs"), ("Bytown", "/nowhere"), ("Otherton", "/jobs")):
            session.add(Organisation(slug=name.lower(), name=name, recruitment_url=site.base + path))
        session.add(Organisation(slug="seaton", name="Seaton"))
    monkeypatch.setenv("CLEARINGHOUSE_DEMO", "true")  # which lets links lead to this machine
    assert links.check(batch.Stop()) == "links checked"
    with sqlite_store.reading() as session:
        found = {row.slug: (row.link_status, row.link_checked) for row in session.scalars(sa.select(Organisation))}
    assert {slug: status for slug, (status, _) in found.items()} == {
        "anytown": "200", "bytown": "404", "otherton": "200", "seaton": None,
    }  # fmt: skip
    assert [slug for slug, (_, checked) in found.items() if checked] == ["anytown", "otherton"]
    assert site.count("/jobs") == 1
