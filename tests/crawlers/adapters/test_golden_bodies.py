"""Each body of ours beside what a person has agreed that it says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from crawlers.adapters.known import ADAPTERS
from crawlers.source import Page, Parsed

BODIES = Path(__file__).parent.parent / "bodies"
NAMES = sorted(
    file.name for file in BODIES.iterdir() if file.suffix in (".xml", ".html", ".txt") or "bare" in file.stem
)
ADAPTER_OF = {"feed": "feed", "jsonld": "jsonld", "microdata": "jsonld", "rdfa": "jsonld", "sitemap": "sitemap"}
URL = "https://jobs.anytown.example/listing"


def read(name: str) -> Parsed:
    adapter = ADAPTERS[ADAPTER_OF[name.partition("_")[0].partition(".")[0]]]
    return adapter(URL).parse(Page(URL, (BODIES / name).read_bytes()))


def as_json(parsed: Parsed) -> dict[str, Any]:
    return {
        "postings": [posting.as_json() for posting in parsed.postings],
        "follows": [{"url": f.url, "role": f.role, "carried": dict(f.carried)} for f in parsed.follows],
        "shortfall": parsed.shortfall,
        "stated_total": parsed.stated_total,
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_body_reads_as_its_golden_file_says(name: str) -> None:
    golden = BODIES / "golden" / f"{name}.json"
    assert as_json(read(name)) == json.loads(golden.read_text(encoding="utf-8"))


def test_every_golden_file_has_its_body() -> None:
    assert sorted(file.name.removesuffix(".json") for file in (BODIES / "golden").iterdir()) == NAMES
