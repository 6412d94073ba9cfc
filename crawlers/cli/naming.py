"""What the commands share: which sources are meant, and how tables are printed."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Sequence
from typing import NoReturn

import typer
from rich.console import Console

from crawlers.registry import Registry

WIDE = 300  # characters


def chosen(registry: Registry, slugs: Sequence[str], *, every: bool, retired: Collection[str] = ()) -> list[str]:
    """The slugs meant, each once; files that can't be loaded among them, so that the run names what is wrong.

    `retired` are the slugs that only the store still knows, where these will do. Exits with 2 and a sentence when a
    slug doesn't exist, or when neither slugs nor `every` are given.
    """
    known = sorted({*registry.sources, *registry.problems, *retired})
    if every:
        return known
    if not slugs:
        wrong("name the sources to crawl, or say --all")
    for slug in slugs:
        if slug not in known:
            nearest = difflib.get_close_matches(slug, known, n=1, cutoff=0)
            wrong(f"no source is called {slug!r}" + (f"; the nearest is {nearest[0]!r}" if nearest else ""))
    return list(dict.fromkeys(slugs))


def printer() -> Console:
    """Standard output for tables: as wide as the terminal, and wide enough for every column where it is none."""
    console = Console()
    return console if console.is_terminal else Console(width=WIDE)


def wrong(sentence: str) -> NoReturn:
    """Say on standard error how the command was misused, and exit with 2."""
    typer.echo(f"clearinghouse: {sentence}", err=True)
    raise typer.Exit(2)
