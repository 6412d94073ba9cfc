"""`clearinghouse db`: the store's tables, backups and their way back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clearinghouse import backup as copies
from clearinghouse.commands import migrate
from clearinghouse.search.indexer import ask_for_rebuild
from clearinghouse.settings import settings

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)

File = Annotated[Path, typer.Argument(metavar="FILE", show_default=False)]
Yes = Annotated[bool, typer.Option("--yes", help="Overwrite what is there.")]


@app.callback()
def db() -> None:
    """The store: its tables, backup and restore."""


@app.command()
def upgrade() -> None:
    """Bring the store's tables to what this version needs. Nothing is lost, and nothing is done twice."""
    migrate.upgrade(settings().database_url)
    typer.echo(f"{migrate.shown(settings().database_url)}: up to date, revision {migrate.newest()}")


@app.command()
def check() -> None:
    """Say whether the store's tables are what this version needs: exit 0 if they are, 1 if not."""
    migrate.check(settings().database_url)
    typer.echo(f"{migrate.shown(settings().database_url)}: up to date, revision {migrate.newest()}")


@app.command()
def backup(file: File, yes: Yes = False) -> None:
    """Copy the whole store into FILE, while it is in use. The search index is no part of it: it is rebuilt."""
    size = copies.backup(settings().database_url, file, overwrite=yes)
    typer.echo(f"{file}: {size} bytes")


@app.command()
def restore(file: File, yes: Yes = False) -> None:
    """Put the backup FILE in place of the store, and bring it to what this version needs. Stop the site first.

    This machine's search index is made anew at the next start; on others, say `clearinghouse index rebuild`.
    """
    url = settings().database_url
    copies.restore(url, file, overwrite=yes)
    migrate.upgrade(url)
    ask_for_rebuild(settings().index_dir)
    typer.echo(f"{migrate.shown(url)}: restored from {file}, revision {migrate.newest()}")
