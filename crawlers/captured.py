"""Pages as files: what a trial read, kept so that a person can look at it and a test can read it again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from crawlers import readings
from crawlers.source import Adapter, Follow, Page

INDEX = "pages.json"
EXPECTED = "expected.json"
ENDINGS = {"json": ".json", "xml": ".xml", "rss": ".xml", "atom": ".xml", "html": ".html", "csv": ".csv"}
PER_ROLE = 1  # pages of each role that are a fixture
LARGEST = 5_000_000  # bytes of one page of a fixture


def write(folder: Path, pages: Sequence[Page]) -> None:
    """The first page of each role that answered well, and what was asked for, into `folder`, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    kept: list[dict[str, Any]] = []
    for page in pages:
        alike = sum(1 for other in kept if other["role"] == page.role)
        if page.status == 200 and len(page.body) <= LARGEST and alike < PER_ROLE:
            file = page.role + _ending(page)
            (folder / file).write_bytes(page.body)
            said = {"content-type": page.headers.get("content-type", "")}
            kept.append(
                {"file": file, "url": page.url, "role": page.role, "carried": dict(page.carried), "headers": said}
            )
    _write(folder / INDEX, kept)


def read(folder: Path) -> dict[str, Page]:
    """The pages in `folder` by their files' names. Raises OSError or ValueError when they aren't what `write` left."""
    rows = json.loads((folder / INDEX).read_text(encoding="utf-8"))
    return {row["file"]: _page(folder, row) for row in rows}


def expect(folder: Path, adapter: Adapter) -> None:
    """Write beside the pages what `adapter` reads in them, for a person to compare and then to say so in it."""
    read_so = {file: readings.as_json(adapter.parse(page)) for file, page in read(folder).items()}
    _write(folder / EXPECTED, {"reviewed_by": None, "pages": read_so})


def differs(folder: Path, adapter: Adapter) -> list[str]:
    """The files in `folder` that `adapter` no longer reads as its expected file says."""
    said = json.loads((folder / EXPECTED).read_text(encoding="utf-8"))["pages"]
    pages = read(folder)
    now = {file: readings.as_json(adapter.parse(page)) for file, page in pages.items()}
    return [file for file in sorted({*said, *now}) if said.get(file) != json.loads(json.dumps(now.get(file)))]


def reviewer(folder: Path) -> str | None:
    """Who compared the expected file in `folder` with the site; None while nobody has. Raises as `read` does."""
    said = json.loads((folder / EXPECTED).read_text(encoding="utf-8"))["reviewed_by"]
    return str(said) if said else None


def _page(folder: Path, row: dict[str, Any]) -> Page:
    asked = Follow(row["url"], role=row["role"], carried=row["carried"])
    return Page(row["url"], (folder / row["file"]).read_bytes(), headers=row["headers"], asked=asked)


def _ending(page: Page) -> str:
    kind = page.headers.get("content-type", "").lower()
    return next((ending for word, ending in ENDINGS.items() if word in kind), ".body")


def _write(file: Path, value: Any) -> None:
    file.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", errors="replace")
