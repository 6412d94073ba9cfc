"""From a web address to a source that crawls, without a hand on it."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from clearinghouse.errors import BadSourceError
from clearinghouse.settings import Settings, settings
from crawlers import captured
from crawlers.adapters.feed import Feed
from crawlers.adapters.json_api import JsonApi, Paging
from crawlers.adapters.jsonld import JsonLd
from crawlers.adapters.sitemap import Sitemap
from crawlers.as_code import source_text
from crawlers.cli import sources
from crawlers.cli.checking import of_fixture
from crawlers.new import Written, slug_for, to_check, write
from crawlers.partners.members import PARTNERS
from crawlers.registry import load
from crawlers.source import Adapter, Expect, Source
from crawlers.trial import LIMITS, Trial

sys.path.insert(0, str(Path(__file__).parent))

from simulation import BASES, NOW, Simulation
from site_under_test import Reply, Site, serving

ROOT = Path(__file__).parent.parent.parent
RUFF = [sys.executable, "-m", "ruff"]
TODAY = NOW.date()


def made(fetcher: Simulation, url: str, folder: Path) -> tuple[Written, dict[str, Any]]:
    """The source that is written for an address, and what its trial found."""
    trial = Trial(url, Settings(), LIMITS, lambda: NOW)
    asyncio.run(trial.work(fetcher))  # type: ignore[arg-type]  # a fake that has what a trial uses
    captured.write(folder / "pages", trial.read)
    slug = slug_for(trial.result["organisation"], url)
    return write(trial.result, folder / "pages", folder / "sources", slug, TODAY), trial.result


ADAPTERS: list[Adapter] = [
    Feed("https://a.example/rss"),
    Feed("https://a.example/" + "long/" * 30),
    JsonLd(("https://a.example/1", "https://a.example/2")),
    JsonLd(("https://a.example/1",)),
    Sitemap("https://a.example/sitemap.xml", match=r'/jobs/\d+"\''),
    Sitemap("https://a.example/sitemap.xml", match=r"/jobs/\d+"),
    JsonApi(
        "https://a.example/api",
        items="jobs",
        fields={"title": "name", "url": "https://a.example/a/very/long/address/of/jobs/{slug}", "reference": "id"},
        paging=Paging(parameter="page", rows=20),
    ),
    JsonApi("https://a.example/api", items="", fields={"title": "name £"}, headers={"accept": "application/json"}),
]


def test_a_source_s_file_is_the_source_again_and_clean(tmp_path: Path) -> None:
    name = 'The "Anytown" Council’s \\ jobs'
    declared = [Source(name, adapter, homepage="https://a.example/", expect=Expect(minimum=1)) for adapter in ADAPTERS]
    for number, source in enumerate(declared):
        words = 'https://a.example/ leads to a """feed""", which is \\d a feed.'
        (tmp_path / f"s{number}.py").write_text(source_text(source, words, TODAY))
    registry = load(tmp_path, shipped=None)
    assert registry.problems == {}
    assert [registry.sources[f"s{number}"].source for number, _ in enumerate(declared)] == declared
    kept = [file for file in tmp_path.iterdir() if "long/long" not in file.read_text()]  # its address can't be shorter
    for call in (["format", "--check", "--line-length", "120"], ["check", "--config", ROOT / "pyproject.toml"]):
        command = [*RUFF, *call, "-q", "--no-cache", *kept]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


NAMES = [
    ("Anytown Borough Council", "https://x.example/", "anytown_borough_council"),
    ("St Mary's & St John’s College", "https://x.example/", "st_marys_st_johns_college"),
    (None, "https://www.jobs.anytown.example:8000/x", "jobs_anytown_example"),
    ("Żory", "https://x.example/", "ory"),
    ("中", "https://x.example/", "source"),
    ("A" * 90, "https://x.example/", "a" * 60),
]


@pytest.mark.parametrize(("organisation", "url", "slug"), NAMES)
def test_a_source_is_called_after_its_organisation_or_its_host(organisation: str | None, url: str, slug: str) -> None:
    assert slug_for(organisation, url) == slug


def test_a_source_that_exists_is_never_written_over(tmp_path: Path) -> None:
    fetcher = Simulation(PARTNERS[0])
    (tmp_path / "sources").mkdir()
    written, result = made(fetcher, BASES[PARTNERS[0].slug] + "/", tmp_path)
    before = written.file.read_bytes()
    for slug in (written.slug, "nottinghamshire_county_council"):
        with pytest.raises(BadSourceError, match="there is one of that name already"):
            write(result, tmp_path / "pages", tmp_path / "sources", slug, TODAY)
    with pytest.raises(BadSourceError, match="may hold a-z"):
        write(result, tmp_path / "pages", tmp_path / "sources", "../x", TODAY)
    assert written.file.read_bytes() == before
    assert sorted(file.name for file in (tmp_path / "sources").iterdir()) == ["fixtures", f"{written.slug}.py"]


def test_what_a_person_must_check_is_said(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    written, result = made(Simulation(PARTNERS[0]), BASES[PARTNERS[0].slug] + "/", tmp_path)
    odd = {**result, "fill": {"title": 3, "url": 2}, "postings": 3, "stated": 9, "partial": True}
    told = " ".join(to_check({**odd, "refused": [{"reason": "no_title"}], "doubt": "a page was late"}, written))
    for words in (
        "expected.json with the site",
        "list 9 vacancies? Only 3 were read",
        "No advert has closes, salary",
        "url (2 of 3)",
        "1 adverts can't be taken: no_title",
        "a page was late",
        "public from its first crawl",
    ):
        assert words in told


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty SOURCES_DIR."""
    made = tmp_path / "sources"
    made.mkdir()
    monkeypatch.setenv("CLEARINGHOUSE_SOURCES_DIR", str(made))
    monkeypatch.setenv("CLEARINGHOUSE_DATABASE_URL", f"sqlite:///{tmp_path}/store.sqlite3")
    settings.cache_clear()
    yield made
    settings.cache_clear()


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """An employer's site: a page of its own that names a feed, and one that leads nowhere."""
    with serving() as site:
        site.feed("/jobs.rss", 1, 2, 3)
        alternate = '<link rel="alternate" type="application/rss+xml" href="/jobs.rss" title="Jobs">'
        site.pages["/"] = Reply(f"<!doctype html><title>Anytown Council jobs</title>{alternate}".encode())
        site.pages["/nothing"] = Reply(b"<!doctype html><title>Nothing</title><p>Nothing here")
        yield site


def clearinghouse(*arguments: str) -> Result:
    return CliRunner().invoke(sources.app, arguments)


def test_the_command_writes_the_source_and_says_what_to_check(folder: Path, site: Site) -> None:
    done = clearinghouse("new", f"{site.base}/", "--json")
    assert done.exit_code == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["source"], told["postings"], told["fill"]["title"]) == ("anytown_council", 3, 3)
    assert Path(told["file"]) == folder / "anytown_council.py"
    assert load(folder, shipped=None).sources["anytown_council"].source == Source(
        "Anytown Council",
        Feed(f"{site.base}/jobs.rss"),
        homepage=f"{site.base}/",
        expect=Expect(minimum=1),
        loopback=True,
    )
    expected = json.loads((Path(told["fixtures"]) / captured.EXPECTED).read_text())
    assert expected["reviewed_by"] is None
    assert [p["title"] for p in expected["pages"]["listing.xml"]["postings"]] == [f"Post number {n}" for n in (1, 2, 3)]
    notes = json.loads(clearinghouse("check", "anytown_council", "--json").stdout)["notes"]
    assert [words.partition(" /")[0] for words in notes] == ["nobody has compared"]


def test_a_fixture_that_is_reviewed_changed_or_spoilt_is_told(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    written, _ = made(Simulation(PARTNERS[0]), BASES[PARTNERS[0].slug] + "/", tmp_path)
    registered = load(tmp_path / "sources", shipped=None).sources[written.slug]
    file = written.fixtures / captured.EXPECTED
    expected = json.loads(file.read_text())
    file.write_text(json.dumps({**expected, "reviewed_by": "Ada Vane"}))
    assert of_fixture(registered) == []
    listing = next(written.fixtures.glob("listing.*"))
    listing.write_bytes(listing.read_bytes().replace(b"<title>", b"<title>Senior ", 3))
    assert [words.partition(" is ")[2] for words in of_fixture(registered)] == ["no longer read as expected.json says"]
    file.write_text("{")
    assert "can't be read" in of_fixture(registered)[0]
    shutil.rmtree(written.fixtures)
    assert of_fixture(registered) == []


def test_the_command_writes_nothing_where_nothing_is(folder: Path, site: Site) -> None:
    done = clearinghouse("new", f"{site.base}/nothing")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "no adapter reads this" in done.stderr
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["anytown"], "'anytown' is no web address"),
        (["https://jobs.anytown.example/", "--slug", "Any Town"], "source Any Town: a source's name may hold a-z"),
        (["https://jobs.anytown.example/", "--slug", ""], "a source's name may hold a-z"),
        (["https://jobs.anytown.example/", "--slug", "nottingham_city_council"], "there is one of that name already"),
    ],
)
def test_wrong_usage_of_the_command_is_told_before_anything_is_asked(
    folder: Path, arguments: list[str], words: str
) -> None:
    done = clearinghouse("new", *arguments)
    assert done.exit_code == 2
    assert words in done.stderr
    assert "looking" not in done.stderr


def test_a_folder_for_sources_must_be_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLEARINGHOUSE_SOURCES_DIR", raising=False)
    settings.cache_clear()
    done = clearinghouse("new", "https://jobs.anytown.example/")
    assert done.exit_code == 2
    assert "say with --into where sources stand" in done.stderr
