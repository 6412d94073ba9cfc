"""Crawling over real HTTP: every way in which a partner fails is told, and fails alone."""

from __future__ import annotations

import gzip
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from clearinghouse.db import Store, utc_now
from clearinghouse.ingest.models import CrawlRun, RunStatus
from clearinghouse.ingest.sources import facts_as_json, override
from clearinghouse.settings import settings
from clearinghouse.vacancies.models import Sighting, SourceRow
from clearinghouse.vacancies.vocabulary import Status
from crawlers import batch, registry
from crawlers.adapters.feed import Feed
from crawlers.declared import as_fields
from crawlers.limits import Limits
from crawlers.opening import open_store
from crawlers.source import Expect, Source

sys.path.insert(0, str(Path(__file__).parent))

from site_under_test import Reply, Site, rss, serving

SOURCE = """
from crawlers.adapters.feed import Feed
from crawlers.adapters.sitemap import Sitemap
from crawlers.source import Expect, Source

source = Source(organisation="{name} Council", adapter={adapter}, {options})
"""
HANGING = """
import time
from dataclasses import dataclass
from crawlers.source import Follow, Parsed, Source

@dataclass(frozen=True)
class Hanging:
    name = "hanging"
    identity = ("url",)

    def start(self):
        return [Follow("{base}/fine", role="listing")]

    def parse(self, page):
        {parse}

source = Source(organisation="Slow Council", adapter=Hanging(), loopback=True)
"""
ADVERT = '<html><script type="application/ld+json">{{"@type": "JobPosting", "title": "{title}"}}</script></html>'
LIMITS = Limits(timeout=1.5, robots_timeout=1.5, stalled=3.0, local_back_off=0.02)


@dataclass
class Rig:
    """A site, a folder of sources that read it, and the store that they fill."""

    site: Site
    folder: Path
    store: Store

    def source(self, slug: str, path: str = "", options: str = "loopback=True", adapter: str = "Feed") -> None:
        """Declare a source that reads `path` (or the address `path`) of the site."""
        url = path if "://" in path else self.site.base + (path or f"/{slug}")
        text = SOURCE.format(name=slug.title(), adapter=f"{adapter}(url={url!r})", options=options)
        (self.folder / f"{slug}.py").write_text(text)

    def crawl(self, *slugs: str) -> dict[str, batch.Ended]:
        """Crawl in a runner of its own, with short limits; what became of each source."""
        store, _ = open_store(settings(), utc_now())
        store.close()
        return {ended.result.source: ended for ended in batch.crawl(slugs, limits=LIMITS)}

    def statuses(self, slug: str) -> dict[str, str]:
        """How each of the source's adverts stands, by key."""
        with self.store.reading() as session:
            rows = session.scalars(sa.select(Sighting).where(Sighting.source == slug))
            return {row.key: row.status.value for row in rows}


@pytest.fixture
def rig(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    yield from _rig(sqlite_url, tmp_path, monkeypatch)


def _rig(url: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    (folder / "sources").mkdir()
    monkeypatch.setenv("CLEARINGHOUSE_DATABASE_URL", url)
    monkeypatch.setenv("CLEARINGHOUSE_SOURCES_DIR", str(folder / "sources"))
    settings.cache_clear()
    store = Store(url)
    with serving() as site:
        yield Rig(site, folder / "sources", store)
    store.close()
    settings.cache_clear()


GOOD = rss("http://127.0.0.1:1", 1, 2)
BAD: dict[str, tuple[Reply, str, str]] = {
    # slug: what the site answers, the status that the run must have, words that must stand in its messages
    "cut": (Reply(GOOD[:-60]), "refused", "/cut"),
    "short": (Reply(GOOD, length=len(GOOD) + 500), "failed", "/short: the connection ended before the whole body came"),
    "malformed": (Reply(b"<rss><channel><item><title>A</item></channel>"), "refused", "/malformed"),
    "page": (Reply(b"<!DOCTYPE html><html><body>Down for repairs</body></html>"), "refused", "/page"),
    "nothing": (Reply(b""), "refused", "/nothing"),
    "server": (Reply(b"oops", 500), "failed", "/server: answered 500"),
    "missing": (Reply(b"", 404), "failed", "/missing: answered 404"),
    "halfgzip": (
        Reply(gzip.compress(GOOD)[:-12], headers={"Content-Encoding": "gzip"}),
        "failed",
        "/halfgzip: its gzip encoding is cut short",
    ),
    "huge": (Reply(endless=True), "failed", "/huge: body over 20 MB"),
    "claimed": (Reply(b"x", length=2_000_000_000), "failed", "/claimed: body over 20 MB"),
    "loop": (Reply(status=302, headers={"Location": "/loop"}), "failed", "/loop: a redirect loop: over 5 redirects"),
    "inside": (
        Reply(status=302, headers={"Location": "http://10.1.2.3/"}),
        "failed",
        "/inside: leads to http://10.1.2.3/: 10.1.2.3 is a private address",
    ),
    "metadata": (
        Reply(status=302, headers={"Location": "http://169.254.169.254/x"}),
        "failed",
        "is a link-local address",
    ),
    "elsewhere": (
        Reply(status=302, headers={"Location": "file:///etc/passwd"}),
        "failed",
        "not an http or https address",
    ),
    "hang": (Reply(GOOD, after=4.0), "failed", "/hang: no whole answer within 1.5 s"),
}


@pytest.fixture(scope="module")
def bad(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Rig, dict[str, batch.Ended], float]]:
    folder = tmp_path_factory.mktemp("bad")
    (folder / "store.sqlite3").write_bytes(sqlite_template.read_bytes())
    with pytest.MonkeyPatch.context() as monkeypatch:
        for rig in _rig(f"sqlite:///{folder / 'store.sqlite3'}", folder, monkeypatch):
            for slug, (reply, _, _) in BAD.items():
                rig.site.pages[f"/{slug}"] = reply
                rig.source(slug)
            rig.site.pages["/empty"] = Reply(rss(rig.site.base))
            rig.source("empty", options="loopback=True, expect=Expect(minimum=1)")
            rig.site.pages["/cp1252"] = Reply(
                rss(rig.site.base, 1).replace("£".encode(), b"\xa3").replace(b"number 1", b"\x96 number 1")
            )
            rig.source("cp1252")
            rig.site.feed("/fine", 1, 2, 3)
            rig.source("aaa_fine", "/fine")
            rig.source("zzz_fine", "/fine")
            rig.source("unallowed", "/fine", options="")
            rig.source("byname", f"http://localhost:{rig.site.base.rpartition(':')[2]}/fine", options="")
            rig.source("refusing", "http://127.0.0.1:9/rss")
            (rig.folder / "hanging.py").write_text(HANGING.format(base=rig.site.base, parse="time.sleep(60)"))
            (rig.folder / "buggy.py").write_text(HANGING.format(base=rig.site.base, parse="return {}['x']"))
            (rig.folder / "typo.py").write_text("source = Source(\n")
            began = time.monotonic()
            slugs = sorted(file.stem for file in rig.folder.glob("*.py"))
            yield rig, rig.crawl(*slugs), time.monotonic() - began


Bad = tuple[Rig, dict[str, batch.Ended], float]


@pytest.mark.parametrize("slug", BAD)
def test_what_is_wrong_with_an_answer_is_told_in_words(bad: Bad, slug: str) -> None:
    result = bad[1][slug].result
    _, status, words = BAD[slug]
    assert result.status == status
    assert words in "\n".join(result.messages)


TOLD = [
    ("empty", "", "refused"),
    ("cp1252", "", "ok"),
    ("unallowed", "127.0.0.1 is this machine, and the source does not say loopback=True", "failed"),
    ("byname", "127.0.0.1 is this machine", "failed"),
    ("refusing", "connection refused", "failed"),
    ("hanging", "no page came for 3 s", "refused"),
    ("buggy", "adapter hanging failed: KeyError", "refused"),
    ("typo", "line 1: SyntaxError", "failed"),
]


@pytest.mark.parametrize(("slug", "words", "status"), TOLD, ids=[slug for slug, *_ in TOLD])
def test_other_trouble_is_told_too(bad: Bad, slug: str, words: str, status: str) -> None:
    result = bad[1][slug].result
    assert result.status == status
    assert words in "\n".join(result.messages)


@pytest.mark.parametrize("slug", ["aaa_fine", "zzz_fine"])
def test_every_other_source_is_finished(bad: Bad, slug: str) -> None:
    rig, ended, _ = bad
    assert (ended[slug].result.status, ended[slug].result.new) == ("ok", 3)
    assert set(rig.statuses(slug).values()) == {Status.OPEN.value}


def test_a_huge_body_is_not_read_to_its_end(bad: Bad) -> None:
    assert bad[0].site.sent < 200_000_000


def test_no_run_is_left_open(bad: Bad) -> None:
    with bad[0].store.reading() as session:
        assert session.scalars(sa.select(CrawlRun).where(CrawlRun.status == RunStatus.RUNNING)).all() == []


def test_the_batch_ends_although_one_adapter_never_does(bad: Bad) -> None:
    assert bad[2] < 40


def test_who_asks_is_named_and_robots_txt_is_asked_for_once(bad: Bad) -> None:
    site = bad[0].site
    assert site.count("/robots.txt") == 1
    agent = site.last("/fine")["User-Agent"]
    assert agent.startswith("ClearingHouse/")
    assert "/contact; contact@" in agent


def test_only_a_failing_answer_is_asked_for_again(bad: Bad) -> None:
    site = bad[0].site
    assert [site.count(path) for path in ("/server", "/short", "/missing", "/page", "/hang")] == [3, 3, 1, 1, 1]


def test_a_failure_puts_the_next_run_off(bad: Bad) -> None:
    with bad[0].store.reading() as session:
        fine, server = session.get_one(SourceRow, "aaa_fine"), session.get_one(SourceRow, "server")
        assert fine.next_due
        assert server.next_due
        assert fine.next_due < server.next_due


@dataclass
class Rounds:
    """Three runs of the same sources, what changed between them, and what each brought."""

    rig: Rig
    results: list[dict[str, batch.Ended]]
    conditions: list[str | None]  # the If-None-Match that each run sent for /jobs

    def of(self, slug: str, *names: str) -> list[tuple[object, ...]]:
        """These counts of each run of `slug`."""
        runs = [each[slug].result for each in self.results if slug in each]
        return [tuple(getattr(run, name) for name in names) for run in runs]


@pytest.fixture(scope="module")
def rounds(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rounds]:
    folder = tmp_path_factory.mktemp("rounds")
    (folder / "store.sqlite3").write_bytes(sqlite_template.read_bytes())
    with pytest.MonkeyPatch.context() as monkeypatch:
        for rig in _rig(f"sqlite:///{folder / 'store.sqlite3'}", folder, monkeypatch):
            monkeypatch.setenv("CLEARINGHOUSE_HTTPS_PROXY", rig.site.base)
            settings.cache_clear()
            yield _rounds(rig)


def _rounds(rig: Rig) -> Rounds:
    site, done = rig.site, Rounds(rig, [], [])
    away = "http://jobs.anytown.example"
    site.pages[f"{away}/rss"] = Reply(rss(site.base, 1))  # as a proxy is asked for it
    rig.source("away", "http://Jobs.Anytown.example/rss", options="")
    site.pages["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /private\n")
    site.feed("/private/jobs", 1)
    rig.source("private", "/private/jobs")
    site.pages["/jobs"] = Reply(rss(site.base, 1, 2, 3), headers={"ETag": '"one"'})
    rig.source("jobs")
    site.pages["/few"] = Reply(rss(site.base, 1), headers={"ETag": '"few"'})
    rig.source("few", options="loopback=True, expect=Expect(minimum=2)")
    site.pages["/busy"] = [Reply(b"", 429, {"Retry-After": "1"}), Reply(b"", 503), Reply(rss(site.base, 1))]
    rig.source("busy")
    urls = "".join(f"<url><loc>{site.base}/job/{number}</loc></url>" for number in range(1, 6))
    site.pages["/sitemap.xml"] = Reply(f"<urlset>{urls}</urlset>".encode())
    for number in range(1, 6):
        site.pages[f"/job/{number}"] = Reply(ADVERT.format(title=f"Post {number}").encode())
    rig.source("pages", "/sitemap.xml", adapter="Sitemap")

    def crawl(*slugs: str) -> None:
        done.results.append(rig.crawl(*slugs))
        done.conditions.append(site.last("/jobs").get("If-None-Match"))

    crawl("private", "jobs", "few", "busy", "pages", "away")
    site.pages["/job/2"] = Reply(b"", 500)
    site.pages["/job/3"] = Reply(b"", 410)
    crawl("jobs", "few", "pages")
    rig.source("jobs", options="loopback=True, every_hours=2")
    crawl("jobs")
    return done


def test_an_unchanged_feed_is_not_fetched_again_until_it_or_its_source_changes(rounds: Rounds) -> None:
    assert rounds.conditions == [None, '"one"', None]
    assert rounds.of("jobs", "status", "postings", "new", "changed", "withdrawn") == [
        ("ok", 3, 3, 0, 0),
        ("unchanged", 3, 0, 0, 0),
        ("ok", 3, 0, 0, 0),
    ]


def test_validators_of_a_refused_run_are_not_kept(rounds: Rounds) -> None:
    assert rounds.of("few", "status") == [("refused",), ("refused",)]
    assert "If-None-Match" not in rounds.rig.site.last("/few")


def test_a_detail_page_fails_or_goes_alone(rounds: Rounds) -> None:
    assert rounds.of("pages", "status", "new", "unconfirmed", "withdrawn", "unchanged") == [
        ("ok", 5, 0, 0, 0),
        ("ok", 0, 1, 1, 3),
    ]
    assert any("/job/2: answered 500" in message for message in rounds.results[1]["pages"].result.messages)
    by_page = {key.rpartition("/")[2]: status for key, status in rounds.rig.statuses("pages").items()}
    assert by_page == {"1": "open", "2": "unconfirmed", "3": "withdrawn", "4": "open", "5": "open"}


def test_a_site_that_asks_us_to_wait_is_asked_again_after_a_while(rounds: Rounds) -> None:
    assert rounds.of("busy", "status") == [("ok",)]
    times = [at for path, _, at in rounds.rig.site.asked if path == "/busy"]
    assert len(times) == 3
    assert times[1] - times[0] >= 0.19  # Retry-After, bounded by ten back-offs on this machine


def test_other_sites_are_read_through_the_proxy_and_no_faster_than_one_page_a_second(rounds: Rounds) -> None:
    assert rounds.of("away", "status", "postings") == [("ok", 1)]
    asked = [(path, at) for path, _, at in rounds.rig.site.asked if path.startswith("http://jobs.anytown.example")]
    assert [path.rpartition("/")[2] for path, _ in asked] == ["robots.txt", "rss"]
    assert asked[1][1] - asked[0][1] >= 0.99


def test_robots_txt_is_obeyed(rounds: Rounds) -> None:
    assert "robots.txt does not allow it" in rounds.results[0]["private"].result.messages[0]
    assert rounds.rig.site.count("/private/jobs") == 0


def test_a_source_without_a_file_is_crawled_where_a_person_says(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEARINGHOUSE_DEMO", "true")
    settings.cache_clear()
    for path, number in (("/old", 1), ("/new", 2)):
        rig.site.feed(path, number)
        rig.site.pages[path] = replace(rig.site.pages[path], headers={"ETag": f'"{number}"'})  # type: ignore[type-var]
    source = Source("Anytown Council", Feed(f"{rig.site.base}/old"))
    with rig.store.writing() as session:
        told = {"facts": facts_as_json(registry.facts("anytown", source, "browser")), "override": {}}
        session.add(SourceRow(slug="anytown", adapter_fields=as_fields(source.adapter), **told))
    told_of = [rig.crawl("anytown")["anytown"].result]
    override(rig.store, "anytown", {"url": f"{rig.site.base}/new", "expect": Expect(0, 9, ill_formed=True)})
    told_of += [rig.crawl("anytown")["anytown"].result for _ in range(2)]
    assert [(one.status, one.new) for one in told_of] == [("ok", 1), ("ok", 1), ("unchanged", 0)]
    assert [rig.site.count(path) for path in ("/old", "/new")] == [1, 2]
    with rig.store.reading() as session:
        assert not session.get_one(SourceRow, "anytown").public


def test_a_runner_that_is_stopped_or_killed_ends_its_run_and_the_next_may_begin(rig: Rig) -> None:
    rig.site.feed("/jobs", 1, after=1.2)
    rig.source("jobs")
    store, _ = open_store(settings(), utc_now())
    store.close()
    asked, killed = batch.Stop(), batch.Stop()
    told = list(batch.crawl(["jobs"], limits=LIMITS, begun=lambda _: asked.ask(), stop=asked))
    told += batch.crawl(["jobs"], limits=LIMITS, begun=lambda _: killed._running[0].kill(), stop=killed)
    assert {message for ended in told for message in ended.result.messages} == {
        "source jobs: its runner ended before it did"
    }
    with rig.store.reading() as session:
        runs = session.scalars(sa.select(CrawlRun).order_by(CrawlRun.id)).all()
        assert [run.status for run in runs] == [RunStatus.FAILED, RunStatus.FAILED]
        assert session.get_one(SourceRow, "jobs").failures == 2
    assert rig.crawl("jobs")["jobs"].result.status == "ok"
