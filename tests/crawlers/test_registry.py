"""The registry: files in, sources out, and each bad file told by name and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearinghouse.errors import BadSettingError
from crawlers import fingerprint, organisations, registry

GOOD = """
from crawlers.adapters.feed import Feed
from crawlers.source import Expect, Source

source = Source(
    organisation="Anytown Borough Council",
    adapter=Feed(url="https://jobs.anytown.example/rss"),
    every_hours=2,
    expect=Expect(minimum=1, maximum=200),
)
"""

BAD = [
    ("syntax", GOOD + "source = Source(organisation=\n", "line 11: SyntaxError"),
    ("name", GOOD.replace("adapter=Feed", "adapter=Fede"), "line 7: NameError: name 'Fede' is not defined"),
    ("argument", GOOD.replace("every_hours", "every_hour"), "line 5: TypeError"),
    ("import", GOOD.replace("adapters.feed", "adapters.fede"), "line 2: ModuleNotFoundError"),
    ("exit", "import sys\nsys.exit('bye')\n", "line 2: SystemExit: bye"),
    ("nothing", "from crawlers.source import Source\n", "declares no `source = Source(...)`"),
    ("kind", "source = 'https://jobs.anytown.example/rss'\n", "`source` is a str, not a Source"),
    ("adapter", GOOD.replace('Feed(url="https://jobs.anytown.example/rss")', '"rss"'), "has no name, identity"),
    ("hours", GOOD.replace("every_hours=2", "every_hours=0"), "every_hours 0 is not more than 0"),
    ("hours", GOOD.replace("every_hours=2", "every_hours='4'"), "every_hours '4' is not a number"),
    ("hours", GOOD.replace("every_hours=2", "every_hours=float('nan')"), "every_hours nan is not a number"),
    ("hours", GOOD.replace("every_hours=2", "every_hours=1e300"), "every_hours 1e+300 is over a year"),
    ("class", GOOD.replace('Feed(url="https://jobs.anytown.example/rss")', "Feed"), "adapter is the class Feed"),
    ("expect", GOOD.replace("Expect(minimum=1, maximum=200)", "None"), "expect None is not an Expect(...)"),
    ("expect", GOOD.replace("minimum=1", "minimum='1'"), "has a minimum or maximum that is no whole number"),
    ("expect", GOOD.replace("minimum=1", "minimum=201"), "has a maximum under its minimum"),
    ("verified", GOOD.replace("every_hours=2", "verified='2026-11-21'"), "verified '2026-11-21' is neither a date"),
    ("terms", GOOD.replace("every_hours=2", "terms='free'"), "terms 'free' is none of facts_only, none, open_licence"),
    ("loopback", GOOD.replace("every_hours=2", "loopback='no'"), "loopback 'no' is neither True nor False"),
    ("homepage", GOOD.replace("every_hours=2", "homepage='www.x.example'"), "homepage 'www.x.example' is no http"),
    ("whose", GOOD.replace('"Anytown Borough Council"', "3"), "organisation 3 is neither a name nor None"),
]


def test_a_files_name_is_its_slug_and_an_operators_word_is_public(tmp_path: Path) -> None:
    (tmp_path / "anytown.py").write_text(GOOD)
    loaded = registry.load(tmp_path, shipped=None)
    assert not loaded.problems
    facts = loaded.sources["anytown"].facts
    assert (facts.slug, facts.organisation, facts.adapter, facts.every_hours) == (
        "anytown", "Anytown Borough Council", "feed", 2,
    )  # fmt: skip
    assert facts.origin == "operator"
    assert facts.public


@pytest.mark.parametrize(("name", "text", "reason"), BAD, ids=[f"{name}-{n}" for n, (name, *_) in enumerate(BAD)])
def test_a_file_with_a_mistake_is_named_with_its_line_and_leaves_the_others(
    tmp_path: Path, name: str, text: str, reason: str
) -> None:
    (tmp_path / f"{name}.py").write_text(text)
    (tmp_path / "well.py").write_text(GOOD)
    loaded = registry.load(tmp_path, shipped=None)
    assert set(loaded.sources) == {"well"}
    problem = loaded.problems[name]
    assert problem.slug == name
    assert f"{name}.py" in str(problem)
    assert reason in str(problem)


def test_a_file_whose_name_is_no_slug_is_told(tmp_path: Path) -> None:
    (tmp_path / "Any Town.py").write_text(GOOD)
    assert "a file's name may hold" in str(registry.load(tmp_path, shipped=None).problems["Any Town"])


def test_other_files_are_not_sources(tmp_path: Path) -> None:
    for name in ("_shared.py", "notes.txt", "anytown.py~"):
        (tmp_path / name).write_text("this is no Python")
    assert registry.load(tmp_path, shipped=None) == registry.Registry()


def test_an_edit_is_seen_at_once(tmp_path: Path) -> None:
    file = tmp_path / "anytown.py"
    file.write_text(GOOD)
    before = registry.load(tmp_path, shipped=None).sources["anytown"].facts
    file.write_text(GOOD.replace("every_hours=2", "every_hours=3"))
    after = registry.load(tmp_path, shipped=None).sources["anytown"].facts
    assert (before.every_hours, after.every_hours) == (2, 3)
    assert before.fingerprint != after.fingerprint


def test_a_missing_folder_is_a_bad_setting(tmp_path: Path) -> None:
    with pytest.raises(BadSettingError, match=r"CLEARINGHOUSE_SOURCES_DIR.*nowhere"):
        registry.load(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("top", "about"),
    [
        ("", None),
        ("'''Known from their site.\n\n    Doubtful.\n'''\n", "Known from their site.\n\nDoubtful."),
        (f'"{"x" * 9_000}"\n', "x" * 4_000),
        ("# a remark is nobody's to read\n", None),
    ],
)
def test_what_a_file_says_on_top_is_told_of_its_source(tmp_path: Path, top: str, about: str | None) -> None:
    (tmp_path / "anytown.py").write_text(top + GOOD)
    facts = registry.load(tmp_path, shipped=None).sources["anytown"].facts
    assert facts.about == about


def test_an_operators_file_stands_for_the_shipped_one_of_its_name(tmp_path: Path) -> None:
    shipped, own = tmp_path / "shipped", tmp_path / "own"
    for folder in (shipped, own):
        folder.mkdir()
        (folder / "anytown.py").write_text(GOOD)
    (shipped / "bytown.py").write_text(GOOD)
    loaded = registry.load(own, shipped=shipped)
    assert {slug: one.origin for slug, one in loaded.sources.items()} == {"anytown": "operator", "bytown": "shipped"}


def test_every_shipped_source_loads_and_waits_for_a_person_to_verify_it() -> None:
    loaded = registry.load()
    assert not loaded.problems
    assert loaded.sources
    assert [slug for slug, one in loaded.sources.items() if one.facts.public] == []


def test_the_members_are_listed_once_each_with_links_that_can_be_followed() -> None:
    members = organisations.members()
    assert len(members) == len({entry.name for entry in members}) >= 40
    links = [link for entry in members for link in (entry.homepage, entry.recruitment_url) if link]
    assert [link for link in links if not link.startswith("https://")] == []


def test_equal_declarations_have_equal_fingerprints(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text(GOOD)
    (tmp_path / "two.py").write_text(GOOD)
    (tmp_path / "other.py").write_text(GOOD.replace("/rss", "/atom"))
    marks = {s: fingerprint.fingerprint(r.source) for s, r in registry.load(tmp_path, shipped=None).sources.items()}
    assert marks["one"] == marks["two"] != marks["other"]
