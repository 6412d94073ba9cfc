"""`clearinghouse parse`: saved bodies to postings, with no network and no database."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from pathlib import Path
from typing import Annotated, Any

import typer

from clearinghouse.errors import BadBodyError, BadSourceError, ClearingHouseError
from clearinghouse.vacancies.draft import LONDON, Draft
from clearinghouse.vacancies.posting import Posting, SourceFacts
from crawlers.adapters.body import LIMIT
from crawlers.adapters.known import ADAPTERS
from crawlers.adapters.text import link
from crawlers.cassettes import is_cassette, pages_in
from crawlers.detect import best
from crawlers.registry import Registered, load
from crawlers.source import Adapter, Page, Parsed

AUTO = "auto"
UNKNOWN_URL = "about:blank"  # no base: relative links stay unknown
NO_SOURCE = SourceFacts(slug="", organisation=None, origin="operator", adapter="", fingerprint="")

app = typer.Typer(add_completion=False, rich_markup_mode=None)


def _known(name: str) -> str:
    if name not in (*ADAPTERS, AUTO):
        raise typer.BadParameter(f"{name!r} is no adapter; there are {', '.join(sorted(ADAPTERS))} and {AUTO}")
    return name


def _day(text: str | None) -> str | None:
    try:
        dt.date.fromisoformat(text or "2000-01-01")
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no date such as 2026-11-21") from error
    return text


def _address(text: str | None) -> str | None:
    if text is not None and link(text, "") is None:
        raise typer.BadParameter(f"{text!r} is no web address such as https://jobs.anytown.example/rss")
    return text


@app.command()
def parse(
    files: Annotated[list[Path], typer.Argument(help="Saved bodies; each is read as a page of its own.")],
    adapter: Annotated[str, typer.Option(callback=_known, help=f"{', '.join(sorted(ADAPTERS))} or {AUTO}.")],
    source: Annotated[str | None, typer.Option(help="A source of the registry, for its adapter's fields.")] = None,
    url: Annotated[
        str | None, typer.Option(callback=_address, help="The page's address; without it relative links are unknown.")
    ] = None,
    interpret: Annotated[bool, typer.Option("--interpret", help="Add how each posting is read.")] = False,
    today: Annotated[str | None, typer.Option(callback=_day, help="The day to read dates on, YYYY-MM-DD.")] = None,
) -> None:
    """Read saved bodies: a JSON line for each posting and for each page to follow."""
    declared = _registered(source)
    facts = declared.facts if declared else NO_SOURCE
    now = _noon(today) if interpret else None
    failed = False
    for file in files:
        try:
            for page in _pages(file, url):
                _print(file, _adapter(adapter, declared, page).parse(page), facts, now)
        except ClearingHouseError as error:
            failed = True
            reason = error.reason if isinstance(error, BadBodyError) else str(error)
            typer.echo(f"{file}: {reason}", err=True)
    if failed:
        raise typer.Exit(1)


def _pages(file: Path, url: str | None) -> list[Page]:
    """The page that a file is, or the pages of the exchanges that it recorded."""
    body = _bytes(file)
    return pages_in(body, url) if is_cassette(body) else [Page(url or UNKNOWN_URL, body)]


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as body:
            return body.read(LIMIT + 1)  # of what is longer than any adapter reads, enough to say so
    except OSError as error:
        raise ClearingHouseError(f"can't be read: {error.strerror}") from error


def _adapter(name: str, declared: Registered | None, page: Page) -> Adapter:
    """The adapter of that name: the source's own where it has it, else one that knows nothing but the page."""
    if declared and name in (declared.source.adapter.name, AUTO):
        return declared.source.adapter
    if name == AUTO:
        return best(page).adapter
    kind, needed = ADAPTERS[name], _needed(ADAPTERS[name])
    if needed:
        raise ClearingHouseError(f"adapter {name} needs {', '.join(needed)}: say which source's with --source")
    made: Adapter = kind(page.url)
    return made


def _needed(kind: type[Any]) -> list[str]:
    """The fields besides the address that an adapter can't do without."""
    every = (dataclasses.MISSING, dataclasses.MISSING)
    return [f.name for f in dataclasses.fields(kind) if (f.default, f.default_factory) == every and f.name != "url"]


def _registered(slug: str | None) -> Registered | None:
    """The source of that slug, shipped or the operator's. Settings are read for this alone."""
    if slug is None:
        return None
    from clearinghouse.settings import settings  # plain parsing does without it

    registry = load(settings().sources_dir)
    if slug in registry.problems:
        raise registry.problems[slug]
    if slug not in registry.sources:
        raise BadSourceError(slug, "there is no source of that name")
    return registry.sources[slug]


def _noon(today: str | None) -> dt.datetime:
    """The middle of that London day; without one, now."""
    if today is None:
        return dt.datetime.now(dt.UTC)
    return dt.datetime.combine(dt.date.fromisoformat(today), dt.time(12), LONDON).astimezone(dt.UTC)


def _print(file: Path, parsed: Parsed, facts: SourceFacts, now: dt.datetime | None) -> None:
    cards = (follow.card for follow in parsed.follows if follow.card)
    for posting in (*parsed.postings, *cards):
        reading = _reading(posting, facts, now) if now else {}
        _line(posting.as_json() | reading)
    for follow in parsed.follows:
        _line({"follow": follow.url, **follow.carried})
    if parsed.shortfall:
        typer.echo(f"{file}: {parsed.shortfall}", err=True)
    if not parsed.postings and not parsed.follows:
        why = "it says that there are 0 vacancies" if parsed.stated_total == 0 else "a list without an entry"
        typer.echo(f"{file}: no posting in it: {why}", err=True)


def _reading(posting: Posting, facts: SourceFacts, now: dt.datetime) -> dict[str, Any]:
    from clearinghouse.normalise.draft import normalise  # its tables are slow to load and seldom wanted

    result = normalise(posting, facts, now)
    return {"draft" if isinstance(result, Draft) else "refused": result.as_json()}


def _line(value: dict[str, Any]) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False))
