"""A new source from a web address: its file, the pages that it was made from, and what a person must check.

The pages and what is read in them stand in `fixtures/SLUG` beside the source's file.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from clearinghouse.errors import BadSourceError
from crawlers import captured
from crawlers.as_code import source_text
from crawlers.declared import adapter_from
from crawlers.registry import SLUG, is_doubtful, load
from crawlers.source import Expect, Source

FIXTURES = "fixtures"
OWN_WORD = "The file is your own word: what it brings is public from its first crawl."
GUESSED = (
    "No system is known here: the columns and fields were guessed from their names. What it brings is for staff alone"
    " until somebody has compared it: then put the date in the file as verified, or run `sources verify {slug}`."
)
NEEDED = ("title", "url", "closes", "salary", "locations", "description_html")  # what an advert usually states


@dataclass(frozen=True)
class Written:
    """A source as it was written: its file, the folder of its pages, and its declaration."""

    slug: str
    file: Path
    fixtures: Path
    source: Source


def slug_for(organisation: str | None, url: str) -> str:
    """The name of a source's file: after the organisation, else after the site's host."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    words = re.findall(r"[a-z0-9]+", (organisation or host).lower().replace("'", "").replace("’", ""))
    return "_".join(words)[:60].strip("_") or "source"


def check_name(slug: str, into: Path) -> None:
    """Raise BadSourceError when the folder `into` can't have a source of that name."""
    if not SLUG.fullmatch(slug):
        raise BadSourceError(slug, "a source's name may hold a-z, 0-9, - and _ only")
    known = load(into)
    if slug in known.sources or slug in known.problems or any(path.exists() for path in _places(slug, into)):
        raise BadSourceError(slug, "there is one of that name already: give the new one another with --slug")


def write(result: Mapping[str, Any], pages: Path, into: Path, slug: str, today: dt.date) -> Written:
    """Write what a trial found as the source `slug` in the folder `into`, with the `pages` that the trial read.

    Raises BadSourceError, and leaves nothing behind, when there is such a source already or its file can't be used.
    """
    check_name(slug, into)
    file, fixtures = _places(slug, into)
    source = source_from(result)
    into.mkdir(parents=True, exist_ok=True)
    file.write_text(source_text(source, result["why"], today), encoding="utf-8")
    shutil.copytree(pages, fixtures)
    try:
        captured.expect(fixtures, source.adapter)
        _load_again(into, slug)
    except Exception:
        file.unlink()
        shutil.rmtree(fixtures)
        raise
    return Written(slug, file, fixtures, source)


def _places(slug: str, into: Path) -> tuple[Path, Path]:
    """Where a source's file and its fixtures stand."""
    return into / f"{slug}.py", into / FIXTURES / slug


def _load_again(into: Path, slug: str) -> None:
    problem = load(into, shipped=None).problems.get(slug)
    if problem:
        raise problem


def source_from(result: Mapping[str, Any]) -> Source:
    """The source that a trial's result declares; a board that has vacancies now is expected to have one."""
    return Source(
        organisation=result["organisation"],
        adapter=adapter_from(result["adapter"]),
        homepage=result["homepage"],
        expect=Expect(minimum=1),
        loopback=bool(result["facts"]["loopback"]),
    )


def to_check(result: Mapping[str, Any], written: Written) -> list[str]:
    """What a person must look at before the source is relied on, a sentence each."""
    fill, count = result["fill"], result["postings"]
    empty = [name for name in NEEDED if not fill.get(name)]
    some = [f"{name} ({fill[name]} of {count})" for name in NEEDED if 0 < fill.get(name, 0) < count]
    compared = written.fixtures / captured.EXPECTED
    said = [
        f"Compare {compared} with the site (titles, links, closing dates, pay), and put your name in it: reviewed_by.",
        f"Is {written.source.organisation!r} the organisation, as the members' list spells it?"
        if written.source.organisation
        else "No single organisation was found: name it in the file, unless this is a board of several employers.",
        f"Does the site really list {result['stated'] or count} vacancies"
        + (f"? Only {count} were read, as a sample." if result["partial"] else "?"),
        f"No advert has {', '.join(empty)}: does the site show it?" if empty else None,
        f"Only some adverts have {', '.join(some)}." if some else None,
        f"{len(result['refused'])} adverts can't be taken: {_reasons(result)}." if result["refused"] else None,
        f"The trial met with: {result['doubt']}" if result["doubt"] else None,
        "May we reuse its text? Say so as terms; without it only facts are shown.",
        GUESSED.format(slug=written.slug) if is_doubtful(written.source.adapter) else OWN_WORD,
    ]
    return [sentence for sentence in said if sentence]


def _reasons(result: Mapping[str, Any]) -> str:
    return ", ".join(sorted({row["reason"] for row in result["refused"]}))
