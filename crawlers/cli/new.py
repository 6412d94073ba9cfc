"""`clearinghouse sources new`: a web address becomes a source."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer

from clearinghouse.db import utc_now
from clearinghouse.errors import BadSourceError
from clearinghouse.settings import settings
from clearinghouse.vacancies.draft import LONDON
from crawlers import requests
from crawlers.adapters.text import link
from crawlers.addresses import is_local
from crawlers.batch import Stop
from crawlers.cli.naming import wrong
from crawlers.new import Written, check_name, slug_for, to_check, write


def new(
    url: Annotated[str, typer.Argument(help="A page of the employer's, its list of vacancies, or a feed.")],
    slug: Annotated[str | None, typer.Option(help="The source's name; without it, after the organisation.")] = None,
    into: Annotated[Path | None, typer.Option(help="The folder for it; without it, SOURCES_DIR.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Find out what a web address is, write the source that reads it, and say what a person must check.

    Follows feeds, frames, scripts and links to where the vacancies stand. Exit 1 when there is nothing to read.
    """
    folder = into or settings().sources_dir
    if link(url, "") is None:
        wrong(f"{url!r} is no web address such as https://jobs.anytown.example/")
    if folder is None:
        wrong("CLEARINGHOUSE_SOURCES_DIR is not set: say with --into where sources stand")
    if slug is not None:
        try:  # before anybody's site is asked for pages
            check_name(slug, folder)
        except BadSourceError as error:
            wrong(str(error))
    typer.echo(f"{url}: looking", err=True)
    with tempfile.TemporaryDirectory() as pages:
        local = is_local(urlsplit(url).hostname or "")
        result = requests.attempt(url, Stop(), pages=pages, local=local)
        if result["state"] != "found":
            typer.echo(
                f"clearinghouse: {result['message']}" + (f"\n{result['why']}" if result["why"] else ""), err=True
            )
            raise typer.Exit(1)
        name = slug or slug_for(result["organisation"], result["homepage"] or result["url"])
        written = write(result, Path(pages), folder, name, utc_now().astimezone(LONDON).date())
    if as_json:
        typer.echo(json.dumps(_told(result, written), ensure_ascii=False))
        return
    _explain(result, written)


def _told(result: dict[str, Any], written: Written) -> dict[str, Any]:
    kept = ("url", "adapter", "sure", "why", "organisation", "homepage", "postings", "stated", "partial", "fill")
    return {
        "source": written.slug,
        "file": str(written.file),
        "fixtures": str(written.fixtures),
        **{name: result[name] for name in kept},
        "check": to_check(result, written),
    }


def _explain(result: dict[str, Any], written: Written) -> None:
    typer.echo(f"{written.slug}: {written.file}")
    typer.echo(f"{result['why']} {result['message']}")
    for name, count in result["fill"].items():
        typer.echo(f"  {name:18} {count:6} {count / result['postings']:>5.0%}")
    typer.echo("Check:")
    for sentence in to_check(result, written):
        typer.echo(f"- {sentence}")
