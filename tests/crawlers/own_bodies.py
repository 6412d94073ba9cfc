"""The bodies of our own making: which adapter reads each, as what page, and what a person agreed that it says.

A body's name begins with its adapter's: `greenhouse_board.json`. One whose name holds "detail" is an advert's own
page. Where the address is not enough, `declared/NAME.json` has the adapter's fields, and the page's url, role or what
it carries. `python tests/crawlers/own_bodies.py` writes the golden files that are missing, for a person to read.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from crawlers.adapters.known import ADAPTERS
from crawlers.declared import adapter_from
from crawlers.source import Adapter, Follow, Page, Parsed

BODIES = Path(__file__).parent / "bodies"
GOLDEN = BODIES / "golden"
DECLARED = BODIES / "declared"
NAMES = sorted(file.name for file in BODIES.iterdir() if file.is_file())
OTHER_NAMES = {"microdata": "jsonld", "rdfa": "jsonld"}
# A system's bodies that the reader of any feed, or of any list, is tried on as well.
ITS_SYSTEM = {
    "feed_bare_channel.xml": "vacancy_poster",
    "feed_escaped_cdata.xml": "wp_job_manager",
    "feed_nested_record.xml": "networx",
    "job_list_eightfold.json": "eightfold",
    "job_list_phenom.html": "phenom",
}
URL = "https://jobs.anytown.example/listing"


@cache
def adapter_name(name: str) -> str:
    """The adapter that the body called `name` is for."""
    begins = [known for known in (*ADAPTERS, *OTHER_NAMES) if re.match(rf"{known}[_.]", name)]
    found = max(begins, key=len)
    return OTHER_NAMES.get(found, found)


@cache
def declared(name: str) -> dict[str, Any]:
    """What stands beside the body called `name` in `declared/`."""
    file = DECLARED / f"{name}.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}  # type: ignore[no-any-return]


@cache
def adapter_of(name: str) -> Adapter:
    """The adapter, with its fields, that the body called `name` is for."""
    said = declared(name)
    fields = {"url": said.get("url", URL), **said.get("fields", {})}
    return adapter_from({"adapter": adapter_name(name), "fields": fields})


@cache
def page_of(name: str) -> Page:
    """The page that the body called `name` is."""
    said = declared(name)
    url = said.get("url", URL)
    role = said.get("role", "detail" if "detail" in name else "listing")
    return Page(url, (BODIES / name).read_bytes(), asked=Follow(url, role=role, carried=said.get("carried", {})))


@cache
def example(kind: str) -> Adapter:
    """One adapter called `kind` with all the fields that it needs."""
    return next((adapter_of(name) for name in NAMES if adapter_name(name) == kind), None) or ADAPTERS[kind](URL)


def as_json(parsed: Parsed) -> dict[str, Any]:
    """All that was read, as a golden file holds it."""
    return {
        "postings": [posting.as_json() for posting in parsed.postings],
        "follows": [_follow(follow) for follow in parsed.follows],
        "shortfall": parsed.shortfall,
        "stated_total": parsed.stated_total,
    }


def _follow(follow: Follow) -> dict[str, Any]:
    more = {
        "card": follow.card.as_json() if follow.card else None,
        "method": follow.method if follow.method != "GET" else None,
        "headers": dict(follow.headers),
        "body": follow.body.decode(),
    }
    told = {"url": follow.url, "role": follow.role, "carried": dict(follow.carried)}
    return told | {name: value for name, value in more.items() if value}


if __name__ == "__main__":
    for each in NAMES:
        file = GOLDEN / f"{each}.json"
        if not file.exists():
            said = as_json(adapter_of(each).parse(page_of(each)))
            file.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            print(f"{file}: read it")  # noqa: T201 - said to whoever runs this
