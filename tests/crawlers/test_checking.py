"""`sources check`: a dry run beside what was there last time."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from clearinghouse.settings import settings
from crawlers.cli import crawl, sources

sys.path.insert(0, str(Path(__file__).parent))

from site_under_test import Reply, Site, rss, serving

SOURCE = """
from crawlers.adapters.feed import Feed
from crawlers.source import Source
source = Source(organisation="Goodtown", adapter=Feed(url="{url}"), loopback=True)
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A partner with four vacancies, which are in the store."""
    folder = tmp_path / "sources"
    folder.mkdir()
    monkeypatch.setenv("CLEARINGHOUSE_DATABASE_URL", f"sqlite:///{tmp_path}/store.sqlite3")
    monkeypatch.setenv("CLEARINGHOUSE_SOURCES_DIR", str(folder))
    settings.cache_clear()
    with serving() as site:
        site.feed("/good", 1, 2, 3, 4)
        (folder / "good.py").write_text(SOURCE.format(url=f"{site.base}/good"))
        yield site
    settings.cache_clear()


def check(*more: str) -> str:
    done = CliRunner().invoke(sources.app, ["check", "good", *more])
    assert done.exit_code == 0, done.stderr
    return done.stdout


def test_a_check_says_what_differs_from_last_time(site: Site) -> None:
    first = check()
    assert first.startswith("good: ok, 4 postings from 1 pages\n  reference ")
    assert "last time" not in first
    assert CliRunner().invoke(crawl.app, ["good"]).exit_code == 0
    body = rss(site.base, 2, 3, 4, 5).replace(b"Closing date: 1 March 2027.", b"", 1)
    site.pages["/good"] = Reply(body, headers={"Content-Type": "application/rss+xml"})
    told = check().splitlines()
    assert told[1] == "  last time 4: 1 new, 1 changed, 1 no longer there"
    assert [line.split() for line in told if line.startswith("  closes")] == [["closes", "3", "75%", "was", "100%"]]
    assert [line.split() for line in told if line.startswith("  title")] == [["title", "4", "100%"]]
    as_json = json.loads(check("--json"))
    assert (as_json["fill"]["closes"], as_json["last_time"]["fill"]["closes"]) == (3, 4)
    assert as_json["last_time"]["postings"] == 4
