"""`clearinghouse parse` as a user types it."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from commanding import told

BODIES = Path(__file__).parent / "bodies"
KEYS = [
    *("reference", "url", "apply_url", "title", "employer", "locations", "salary", "employment_type"),
    *("working_pattern", "hours", "posted", "closes", "starts", "description_html", "kind", "level", "occupation"),
    *("identifiers", "extra"),
]


def run(*words: str | Path) -> tuple[int, list[dict[str, Any]], str]:
    """The exit code, the JSON lines and the standard error of one call."""
    done = told("parse", *words)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def test_a_posting_is_a_line_with_every_key_in_order() -> None:
    code, lines, _ = run("--adapter", "feed", BODIES / "feed_bare_channel.xml")
    assert code == 0
    assert [list(line) for line in lines] == [KEYS]
    assert (lines[0]["locations"], lines[0]["employer"], lines[0]["extra"]) == ([], None, {})


def test_pages_to_follow_are_lines_with_what_they_carry() -> None:
    code, lines, _ = run("--adapter", "sitemap", BODIES / "sitemap_urls.xml")
    assert code == 0
    assert lines[0] == {"follow": "https://jobs.example/vacancy/1?a=1&b=2", "lastmod": "2026-11-01"}


def test_relative_links_are_unknown_without_the_pages_address() -> None:
    _, without, _ = run("--adapter", "feed", BODIES / "feed_job_namespace.xml")
    _, given, _ = run("--adapter", "feed", "--url", "https://a.example/rss", BODIES / "feed_job_namespace.xml")
    assert without[0]["url"] is None
    assert given[0]["url"] == "https://a.example/vacancy/101?utm_source=rss&id=101"


def test_a_bad_file_among_good_ones_is_named_and_the_rest_are_read(tmp_path: Path) -> None:
    bad = tmp_path / "error.xml"
    bad.write_text("<html><body>503</body></html>")
    missing = tmp_path / "missing.xml"
    code, lines, err = run("--adapter", "feed", bad, missing, BODIES / "feed_bare_channel.xml")
    assert code == 1
    assert [line["title"] for line in lines] == ["Site Manager"]
    assert f"{bad}: an HTML page, not a feed" in err
    assert f"{missing}: can't be read: No such file or directory" in err


def test_a_shortfall_and_an_empty_body_are_told_on_standard_error() -> None:
    code, lines, err = run("--adapter", "auto", BODIES / "feed_truncated.xml", BODIES / "feed_empty.xml")
    assert (code, len(lines)) == (0, 1)
    assert "feed_truncated.xml: it stops before its end" in err
    assert "feed_empty.xml: no posting in it: a list without an entry" in err


def test_auto_finds_each_files_adapter() -> None:
    _, lines, _ = run(
        "--adapter", "auto", BODIES / "microdata.html", BODIES / "feed_rdf.xml", BODIES / "sitemap_lines.txt"
    )
    assert [line.get("title") for line in lines] == ["Planning Enforcement Officer", "Research Technician", None, None]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--adapter", "telex"], "'telex' is no adapter; there are "),
        (["--adapter", "feed", "--today", "2026-02-31"], "'2026-02-31' is no date"),
        (["--adapter", "feed", "--url", "anytown"], "'anytown' is no web address"),
        ([], "adapter"),
    ],
)
def test_wrong_usage_is_exit_2_and_names_the_value(words: list[str], named: str) -> None:
    code, lines, err = run(*words, BODIES / "feed_empty.xml")
    assert (code, lines) == (2, [])
    assert named in " ".join(err.split())


def test_an_unknown_source_is_named() -> None:
    code, _, err = run("--adapter", "feed", "--source", "no-such-source", BODIES / "feed_empty.xml")
    assert code == 1
    assert "source no-such-source: there is no source of that name" in err


def test_interpreting_adds_the_draft_or_the_refusal(tmp_path: Path) -> None:
    untitled = tmp_path / "untitled.xml"
    untitled.write_text("<rss><channel><item><link>https://a.example/1</link></item></channel></rss>")
    body = BODIES / "feed_escaped_cdata.xml"
    code, lines, _ = run("--adapter", "feed", "--interpret", "--today", "2026-11-20", body, untitled)
    assert code == 0
    assert list(lines[0]) == [*KEYS, "draft"]
    assert lines[0]["draft"]["title"] == "Lecturer in Plumbing"
    assert list(lines[1]) == [*KEYS, "refused"]
    assert lines[1]["refused"]["reason"] == "no_title"


def test_parsing_needs_neither_database_nor_settings() -> None:
    body = BODIES / "feed_rdf.xml"
    code = (
        "import sys; from crawlers.cli.parse import app\n"
        f"try: app(['--adapter', 'auto', {str(body)!r}])\n"
        "except SystemExit as end: assert not end.code\n"
        "found = {'sqlalchemy', 'clearinghouse.settings', 'scrapy', 'clearinghouse.db'} & set(sys.modules)\n"
        "sys.exit(f'imported: {found}' if found else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr.decode()


CASSETTE = """---
http_interactions:
- request:
    method: get
    uri: https://www.seaton.example/jobs.rss
  response:
    status: {code: 200, message: OK}
    headers: {Content-Type: [application/rss+xml]}
    body:
      encoding: UTF-8
      string: %s
"""


def test_a_recorded_exchange_is_read_as_the_page_of_its_address(tmp_path: Path) -> None:
    words = (BODIES / "feed_bare_channel.xml").read_bytes()
    ruby, python = tmp_path / "ruby.yml", tmp_path / "python.yaml"
    ruby.write_text(CASSETTE % f"!binary {base64.b64encode(words).decode()}")
    told = CASSETTE.replace("http_interactions", "interactions").replace("---\n", "") % json.dumps(words.decode())
    python.write_text(told)
    code, lines, _ = run("--adapter", "auto", ruby, python)
    assert (code, [line["title"] for line in lines]) == (0, ["Site Manager", "Site Manager"])


@pytest.mark.parametrize(
    "text",
    [
        "http_interactions:\n- a",
        "http_interactions: [",
        "http_interactions: 7",
        "interactions:\n- {request: {}}",
        CASSETTE % "!ruby/object:Thing {}",
        CASSETTE % "!binary a",
    ],
)
def test_a_cassette_that_can_not_be_read_is_named(text: str, tmp_path: Path) -> None:
    file = tmp_path / "odd.yml"
    file.write_text(text)
    code, lines, err = run("--adapter", "auto", file)
    assert (code, lines) == (1, [])
    assert f"{file}: a cassette that can't be read" in err
    assert "Traceback" not in err
