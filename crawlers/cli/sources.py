"""`clearinghouse sources`: the registry, what a person changed of it, and what came of it."""

from __future__ import annotations

import dataclasses
import json
from typing import Annotated, Any

import sqlalchemy as sa
import typer
from rich.table import Table

from clearinghouse.db import Store, utc_now
from clearinghouse.ingest import steering
from clearinghouse.ingest.models import CrawlRun, RunStatus
from clearinghouse.ingest.sources import effective, facts_as_json
from clearinghouse.settings import settings
from clearinghouse.vacancies.draft import LONDON, london
from clearinghouse.vacancies.models import SourceRow
from clearinghouse.vacancies.posting import SourceFacts
from crawlers import batch
from crawlers.cli.checking import before, lines, of_fixture
from crawlers.cli.naming import chosen, printer
from crawlers.cli.new import new
from crawlers.opening import open_store
from crawlers.registry import Registered, Registry

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)

LISTED = ("source", "organisation", "adapter", "verified", "last_good_run", "count", "next_due")
RETIRED = "retired: no file names it any more; it is not crawled, and what it brought stays as it was last seen"
UNVERIFIED = "not verified: shown to staff only"
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object a source.")]
Slug = Annotated[str, typer.Argument(help="The source, by slug.", metavar="SLUG")]


@app.callback()
def sources() -> None:
    """The registry of sources: list, show, check and verify them, and add new ones."""


app.command("new")(new)


@app.command("list")
def list_(as_json: Json = False) -> None:
    """Every source: whose it is, whether a person has verified it, its last good run and when it is due."""
    store, registry = open_store(settings(), utc_now())
    rows = [_row(store, slug, registry) for slug in chosen(registry, [], every=True, retired=_retired(store))]
    if as_json:
        _print(rows)
        return
    shown = Table(*(name.replace("_", " ") for name in LISTED), box=None, pad_edge=False)
    for row in rows:
        shown.add_row(*("" if row[name] is None else str(row[name]) for name in LISTED))
    printer().print(shown)
    for row in rows:
        if row["problem"]:
            typer.echo(row["problem"])


@app.command()
def show(slug: Slug, as_json: Json = False) -> None:
    """One source: its file, what a person changed, what results, and how its last run ended."""
    store, registry = open_store(settings(), utc_now())
    chosen(registry, [slug], every=False, retired=_retired(store))
    parts = _parts(store, slug, registry)
    if as_json:
        _print([parts])
        return
    for name, value in parts.items():
        typer.echo(f"{name}: {json.dumps(value, ensure_ascii=False, indent=2) if isinstance(value, dict) else value}")


@app.command()
def check(
    slugs: Annotated[list[str] | None, typer.Argument(help="The sources; none = all.", metavar="[SLUG]...")] = None,
    as_json: Json = False,
) -> None:
    """Crawl without storing, and say how many of the postings have each field, and what differs from last time.

    Exit 1 when any run isn't well.
    """
    store, registry = open_store(settings(), utc_now())
    meant = chosen(registry, slugs or [], every=not slugs)
    last = {slug: before(store, slug) for slug in meant}
    store.close()
    well = True
    for ended in batch.crawl(meant, dry_run=True, begun=_begun):
        slug = ended.result.source
        well, was = well and ended.result.status in ("ok", "unchanged"), last[slug]
        notes = of_fixture(registry.sources[slug]) if slug in registry.sources else []
        if as_json:
            told = dataclasses.asdict(was) if was else None
            _print([{**ended.result.as_json(), "fill": ended.fill, "last_time": told, "notes": notes}])
        else:
            typer.echo("\n".join(lines(ended, was, notes)))
    raise typer.Exit(0 if well else 1)


@app.command()
def verify(
    slug: Slug,
    by: Annotated[str, typer.Option("--by", help="Who checked it.")] = "whoever ran sources verify",
    compared: Annotated[str, typer.Option("--compared", help="What they compared.")] = "the live site",
) -> None:
    """Say that a person has checked the source live today: from now on everyone may see what it brings."""
    now = utc_now()
    store, registry = open_store(settings(), now)
    chosen(registry, [slug], every=False)
    steering.verify(store, slug, compared, by, now)
    typer.echo(f"{slug}: verified on {now.astimezone(LONDON).date().isoformat()}; what it brings is public")


def _begun(slug: str) -> None:
    typer.echo(f"{slug}: crawling", err=True)


def _print(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        typer.echo(json.dumps(row, ensure_ascii=False, default=str))


def _row(store: Store, slug: str, registry: Registry) -> dict[str, Any]:
    with store.reading() as session:
        stored = session.get(SourceRow, slug)
        facts = effective(stored) if stored else None
    return {
        "source": slug,
        "organisation": facts.organisation if facts else None,
        "adapter": facts.adapter if facts else None,
        "verified": _verified(facts) if facts else None,
        "retired": stored.retired if stored else False,
        "last_good_run": london(stored.last_good_run) if stored and stored.last_good_run else None,
        "count": stored.last_good_count if stored else None,
        "next_due": london(stored.next_due) if stored and stored.next_due else None,
        "problem": _problem(slug, stored, registry),
    }


def _retired(store: Store) -> list[str]:
    with store.reading() as session:
        return list(session.scalars(sa.select(SourceRow.slug).where(SourceRow.retired)))


def _problem(slug: str, stored: SourceRow | None, registry: Registry) -> str | None:
    if slug in registry.problems:
        return str(registry.problems[slug])
    return f"source {slug}: {RETIRED}" if stored and stored.retired else None


def _verified(facts: SourceFacts) -> str:
    if facts.withheld:
        return "taken from the public by a person: shown to staff only"
    if facts.verified:
        return facts.verified.isoformat()
    return UNVERIFIED if not facts.public else f"{facts.origin}: public"


def _parts(store: Store, slug: str, registry: Registry) -> dict[str, Any]:
    registered = registry.sources.get(slug)
    with store.reading() as session:
        stored = session.get(SourceRow, slug)
        if stored is None:
            return {"source": slug, "problem": _problem(slug, None, registry)}
        facts, changed = effective(stored), stored.override
        ended = sa.select(CrawlRun).where(CrawlRun.source == slug, CrawlRun.status != RunStatus.RUNNING)
        last = session.scalar(ended.order_by(CrawlRun.id.desc()).limit(1))
    return {
        "source": slug,
        "verified": _verified(facts),
        "problem": _problem(slug, stored, registry),
        "file": _declared(registered) if registered else None,
        "override": changed,
        "result": facts_as_json(facts),
        "last_run": _ran(last) if last else None,
    }


def _declared(registered: Registered) -> dict[str, Any]:
    fields = {field.name: getattr(registered.source, field.name) for field in dataclasses.fields(registered.source)}
    return {"path": str(registered.file) if registered.file else None} | {
        name: value if isinstance(value, (str, int, float, bool, type(None))) else repr(value)
        for name, value in fields.items()
    }


def _ran(run: CrawlRun) -> dict[str, Any]:
    counts = {name: getattr(run, name) for name in ("pages", "postings", "new", "changed", "withdrawn", "refused")}
    ended = london(run.ended) if run.ended else None
    return {"status": run.status.value, "ended": ended, **counts, "messages": run.messages}
