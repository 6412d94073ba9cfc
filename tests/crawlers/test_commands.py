"""`crawl` and `sources` as people type them: what is printed where, and the exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner, Result

from clearinghouse.accounts.models import AuditEvent
from clearinghouse.accounts.tags import Tag
from clearinghouse.db import Store
from clearinghouse.ingest.models import CrawlRun, SourceCheck
from clearinghouse.ingest.runs import RunResult
from clearinghouse.settings import settings
from crawlers.cli import crawl, sources

sys.path.insert(0, str(Path(__file__).parent))

from site_under_test import Reply, Site, serving

KEYS = [
    "source", "status", "pages", "postings", "new", "changed", "unchanged", "unconfirmed", "withdrawn", "reopened",
    "refused", "seconds", "messages",
]  # fmt: skip
SOURCE = """
from crawlers.adapters.feed import Feed
from crawlers.source import Source
source = Source(organisation="{name}", adapter=Feed(url="{url}"), loopback=True)
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A partner with a good feed, a bad one, and a source file that can't be loaded; no store yet."""
    folder = tmp_path / "sources"
    folder.mkdir()
    monkeypatch.setenv("CLEARINGHOUSE_DATABASE_URL", f"sqlite:///{tmp_path}/var/store.sqlite3")
    monkeypatch.setenv("CLEARINGHOUSE_SOURCES_DIR", str(folder))
    settings.cache_clear()
    with serving() as site:
        site.feed("/good", 1, 2, 3)
        site.pages["/bad"] = Reply(b"oops", 500)
        (folder / "good.py").write_text(SOURCE.format(name="Goodtown", url=f"{site.base}/good"))
        (folder / "bad.py").write_text(SOURCE.format(name="Badtown", url=f"{site.base}/bad"))
        (folder / "typo.py").write_text("source = Sauce()\n")
        yield site
    settings.cache_clear()


def clearinghouse(name: str, *arguments: str) -> Result:
    """Run a command of ours within this process: starting one takes seconds."""
    return CliRunner().invoke({"crawl": crawl.app, "sources": sources.app}[name], arguments)


def test_crawl_prints_a_json_object_a_source_and_one_bad_source_stops_no_other(site: Site) -> None:
    command = [
        sys.executable,
        "-c",
        "from clearinghouse.cli import main; main()",
        "crawl",
        "good",
        "bad",
        "typo",
        "--json",
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 1
    rows = {row["source"]: row for row in map(json.loads, done.stdout.splitlines())}
    assert [list(row) for row in rows.values()] == [KEYS] * 3
    assert {slug: row["status"] for slug, row in rows.items()} == {"good": "ok", "bad": "failed", "typo": "failed"}
    assert rows["good"]["new"] == 3
    assert "NameError: name 'Sauce' is not defined" in rows["typo"]["messages"][0]
    assert "typo.py, line 1" in rows["typo"]["messages"][0]
    assert "good: crawling" in done.stderr
    listed = clearinghouse("sources", "list", "--json")
    told = {row["source"]: row for row in map(json.loads, listed.stdout.splitlines())}
    assert (told["good"]["count"], told["good"]["verified"]) == (3, "operator: public")
    assert told["good"]["last_good_run"].endswith(("+00:00", "+01:00"))
    assert told["typo"]["problem"]
    assert told["nottinghamshire_county_council"]["verified"] == "not verified: shown to staff only"


def test_crawl_prints_a_table_for_people_and_a_dry_run_stores_nothing(site: Site) -> None:
    done = clearinghouse("crawl", "good", "--dry-run")
    assert done.exit_code == 0
    head, row = (line.split() for line in done.stdout.splitlines())
    assert head == [name for name in KEYS if name != "messages"]
    assert row[:5] == ["good", "ok", "1", "3", "3"]
    store = Store(settings().database_url)
    with store.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(CrawlRun)) == 0
    store.close()


def test_a_source_without_its_file_is_listed_and_shown_as_retired(site: Site) -> None:
    folder = Path(str(settings().sources_dir))
    assert clearinghouse("sources", "list").exit_code == 0
    (folder / "good.py").unlink()
    listed = clearinghouse("sources", "list", "--json")
    told = {row["source"]: row for row in map(json.loads, listed.stdout.splitlines())}
    assert {slug: row["retired"] for slug, row in told.items() if slug in ("good", "bad", "typo")} == {
        "good": True, "bad": False, "typo": False,
    }  # fmt: skip
    assert "source good: retired: no file names it any more" in clearinghouse("sources", "list").stdout
    assert "retired" in clearinghouse("sources", "show", "good").stdout
    assert clearinghouse("crawl", "good").exit_code == 2


def test_a_narrow_table_leaves_out_what_is_zero_everywhere() -> None:
    results = [RunResult("anytown", "ok", pages=1, postings=3, unchanged=3)]
    heads = [str(column.header) for column in crawl.table(results, wide=False).columns]
    assert heads == ["source", "status", "pages", "postings", "unchanged", "seconds"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("crawl", "goood"), "no source is called 'goood'; the nearest is 'good'"),
        (("crawl",), "name the sources to crawl, or say --all"),
        (("sources", "show", "goood"), "no source is called 'goood'; the nearest is 'good'"),
        (("sources", "verify", "elsewhere"), "no source is called 'elsewhere'"),
    ],
)
def test_wrong_usage_is_told_with_exit_2(site: Site, arguments: tuple[str, ...], words: str) -> None:
    done = clearinghouse(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert words in done.stderr
    assert site.asked == []


def test_check_tells_how_full_each_field_is(site: Site) -> None:
    done = clearinghouse("sources", "check", "good")
    assert done.exit_code == 0
    assert "good: ok, 3 postings from 1 pages" in done.stdout
    rows = [line.split() for line in done.stdout.splitlines()[1:]]
    assert ["title", "3", "100%"] in rows
    assert ["starts", "0", "0%"] in rows


def test_verify_makes_a_shipped_source_public_and_show_tells(site: Site) -> None:
    slug = "nottinghamshire_county_council"
    assert clearinghouse("sources", "verify", slug).exit_code == 0
    shown = json.loads(clearinghouse("sources", "show", slug, "--json").stdout)
    assert shown["override"] == {"verified": shown["verified"]}
    assert shown["file"]["verified"] is None
    assert shown["result"]["verified"] == shown["verified"]
    assert shown["last_run"] is None


def test_verify_tells_who_compared_what(site: Site) -> None:
    slug = "nottinghamshire_county_council"
    done = clearinghouse("sources", "verify", slug, "--by", "Ada Vane", "--compared", "Ten titles and closing dates")
    assert done.exit_code == 0, done.stderr
    with Store(settings().database_url).reading() as session:
        check = session.scalars(sa.select(SourceCheck)).one()
        audited = session.scalars(sa.select(AuditEvent)).one()
    assert (check.source, check.by, check.compared) == (slug, "Ada Vane", "Ten titles and closing dates")
    assert (audited.tag, audited.by, audited.about) == (Tag.SOURCE_VERIFIED_ON, "Ada Vane", slug)
    blank = clearinghouse("sources", "verify", slug, "--compared", " ")
    assert (blank.exit_code, str(blank.exception)) == (1, "Say what you compared with the originals")
