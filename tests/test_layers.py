"""The two import rules of the design, read from the source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("crawlers", "clearinghouse", "web")
ORDER = (
    "reporting", "mail", "accounts", "reference", "vacancies", "normalise", "ingest", "publish", "search", "alerts",
    "casework", "redundancy", "placements", "members", "events", "operations",
)  # fmt: skip
ANYWHERE = ("errors", "settings", "db", "leases", "dialect", "logs", "sealing")


def imports(path: Path) -> Iterator[str]:
    """Every module that the file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert not node.level, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def files(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


@pytest.mark.parametrize("package", PACKAGES)
def test_crawlers_and_web_meet_only_in_the_clearing_house(package: str) -> None:
    allowed = {package, "clearinghouse"}
    for path in files(package):
        tops = {name.split(".")[0] for name in imports(path)} & set(PACKAGES)
        assert tops <= allowed, f"{path.relative_to(ROOT)} imports {sorted(tops - allowed)}"


@pytest.mark.parametrize("package", ORDER)
def test_a_package_of_the_clearing_house_imports_only_those_to_its_left(package: str) -> None:
    left = {*ANYWHERE, *ORDER[: ORDER.index(package) + 1]}
    for path in files(f"clearinghouse/{package}"):
        ours = {name.split(".")[1] for name in imports(path) if name.startswith("clearinghouse.")} - {"__version__"}
        assert ours <= left, f"{path.relative_to(ROOT)} imports {sorted(ours - left)}"


def test_every_package_of_the_clearing_house_has_its_place_in_the_order() -> None:
    found = {path.parent.name for path in (ROOT / "clearinghouse").glob("*/__init__.py")}
    assert found <= {*ORDER, "commands", "migrations"}


def test_the_rules_would_notice_a_breach(tmp_path: Path) -> None:
    breach = tmp_path / "breach.py"
    breach.write_text("def f():\n    from crawlers.source import Page\n", "utf-8")
    assert "crawlers.source.Page" in set(imports(breach))
