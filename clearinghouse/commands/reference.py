"""`clearinghouse reference`: the official files on postcodes, deprivation and apprenticeship standards."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clearinghouse.commands import migrate
from clearinghouse.db import store, utc_now
from clearinghouse.normalise.postcodes import district_names
from clearinghouse.reference.load import Loaded
from clearinghouse.reference.load import load as loaded
from clearinghouse.settings import settings

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)


@app.callback()
def reference() -> None:
    """Official reference files: postcodes, deprivation, apprenticeship standards."""


@app.command()
def load(
    file: Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, readable=True)],
) -> None:
    """Load an official file: its newer edition takes the older one's place, and nothing is done twice.

    Its first line tells which it is: ONSPD (a CSV or its ZIP), IoD2019 or IoD2025 File 7, or the list of apprenticeship
    standards (JSON or CSV). A bad file changes nothing.
    """
    migrate.check(settings().database_url)
    typer.echo(sentence(loaded(store(), file, frozenset(district_names()), utc_now())))


def sentence(done: Loaded) -> str:
    """What a load did, in one line."""
    edition = f", edition {done.edition}" if done.edition else ""
    kept = f"{done.kept:,} of {done.counted:,} {done.things} kept"
    return f"{done.title}{edition}: {kept}" if done.fresh else f"{done.title}{edition}: already loaded, {kept}"
