"""The repository tests itself: lint, types, locks, settings, the commands of the README."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from commanding import told

from clearinghouse.settings import PREFIX, Settings

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_ruff_finds_nothing() -> None:
    result = run(str(BIN / "ruff"), "check", ".")
    assert result.returncode == 0, result.stdout


def test_the_code_is_formatted() -> None:
    result = run(str(BIN / "ruff"), "format", "--check", ".")
    assert result.returncode == 0, result.stdout


@pytest.mark.slow
def test_mypy_strict_finds_nothing_in_the_library() -> None:
    result = run(str(BIN / "mypy"))
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("name", ["requirements.lock", "package-lock.json"])
def test_a_lock_names_no_host(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert not re.search(r"https?://|index-url|\"resolved\"", text)


def test_every_locked_requirement_has_a_hash() -> None:
    lines = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    pinned = [number for number, line in enumerate(lines) if re.match(r"[a-z0-9].*==", line)]
    assert len(pinned) > 50
    assert all("--hash=sha256:" in lines[number + 1] for number in pinned)


def test_the_lock_holds_every_declared_dependency() -> None:
    locked = {
        line.split("==")[0] for line in (ROOT / "requirements.lock").read_text("utf-8").splitlines() if "==" in line
    }
    declared = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    names = {re.split(r"[\[><=; ]", entry)[0].lower() for entry in declared}
    assert names <= locked


def test_the_assets_are_pinned_alike() -> None:
    wanted = json.loads((ROOT / "package.json").read_text("utf-8"))
    locked = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"][""]
    assert locked["dependencies"] == wanted["dependencies"]


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs" / "settings.md").read_text("utf-8")
    names = {PREFIX + name.upper() for name in Settings.model_fields if name != "demo"}
    assert {name for name in names if f"`{name}`" not in text} == set()


def test_the_readme_needs_exactly_two_commands() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert "make run" in text
    assert "make test" in text


@pytest.mark.parametrize("name", sorted(PROJECT["project"]["entry-points"]["clearinghouse.commands"]))
def test_every_command_explains_itself(name: str) -> None:
    result = told(name, "--help")
    assert result.returncode == 0, result.stderr
    assert "usage:" in result.stdout.lower()


def test_wrong_usage_exits_with_two() -> None:
    assert run(str(BIN / "clearinghouse"), "no-such-command").returncode == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PUBLIC_URL", "http://jobs.example.org"),
        ("PUBLIC_URL", "not an address"),
        ("SECRET_KEY", "short"),
        ("LOG_FORMAT", "xml"),
    ],
)
def test_an_unsafe_setting_is_refused_by_name(name: str, value: str) -> None:
    result = told("db", "check", **{name: value})
    assert result.returncode == 1
    assert PREFIX + name in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert ("short" in result.stderr) is False, "a key is never printed"
