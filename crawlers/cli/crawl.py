"""`clearinghouse crawl`: crawl now, whatever the schedule or a back-off says."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from rich.table import Table

from clearinghouse.db import utc_now
from clearinghouse.ingest.runs import RunResult
from clearinghouse.settings import settings
from crawlers import batch
from crawlers.cli.naming import chosen, printer
from crawlers.opening import open_store

app = typer.Typer(add_completion=False, rich_markup_mode=None)

COUNTS = ("pages", "postings", "new", "changed", "unchanged", "unconfirmed", "withdrawn", "reopened", "refused")
WIDTH = 120  # characters, where every count has room beside a long slug


@app.command()
def crawl(
    slugs: Annotated[
        list[str] | None, typer.Argument(help="The sources to crawl, by slug.", metavar="[SLUG]...")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Crawl every source of the registry.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a source.")] = False,
) -> None:
    """Crawl sources now and store what they bring.

    Exit 0 when every run was ok or unchanged, 1 when any was refused or failed, 2 for a slug that doesn't exist.
    """
    store, registry = open_store(settings(), utc_now())
    store.close()
    results = []
    for ended in batch.crawl(chosen(registry, slugs or [], every=every), dry_run=dry_run, begun=_begun):
        results.append(ended.result)
        _progress(ended.result)
        if as_json:
            typer.echo(json.dumps(ended.result.as_json(), ensure_ascii=False))
    if not as_json:
        console = printer()
        console.print(table(results, wide=console.width >= WIDTH))
    raise typer.Exit(1 if any(result.status in ("refused", "failed") for result in results) else 0)


def _begun(slug: str) -> None:
    typer.echo(f"{slug}: crawling", err=True)


def _progress(result: RunResult) -> None:
    said = f"{result.status}, {result.postings} postings, {result.seconds:.1f} s"
    typer.echo("\n  ".join((f"{result.source}: {said}", *result.messages)), err=True)


def table(results: list[RunResult], *, wide: bool) -> Table:
    """One row a source, in alphabetical order. Where it isn't `wide`, counts that are all zero are left out."""
    shown = Table("source", "status", box=None, pad_edge=False)
    names = [name for name in COUNTS if wide or any(getattr(result, name) for result in results)]
    for name in (*names, "seconds"):
        shown.add_column(name, justify="right")
    for result in sorted(results, key=lambda each: each.source):
        counts = [str(getattr(result, name)) for name in names]
        shown.add_row(result.source, result.status, *counts, f"{result.seconds:.1f}")
    return shown
