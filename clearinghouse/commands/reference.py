"""`clearinghouse reference`: the official files on postcodes, deprivation and apprenticeship standards."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clearinghouse.commands import migrate
from clearinghouse.db import store, utc_now
from clearinghouse.normalise.district_file import is_changes
from clearinghouse.normalise.postcodes import district_names
from clearinghouse.publish.district_changes import load_changes
from clearinghouse.reference.load import Loaded, sign
from clearinghouse.reference.load import load as loaded
from clearinghouse.reference.models import ReferenceFile
from clearinghouse.reference.opening import BadReferenceError, digest
from clearinghouse.settings import settings

LONGEST = 1000  # bytes of a first line that may be that of changes
LARGEST = 10**7  # bytes of a file of changes

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)


@app.callback()
def reference() -> None:
    """Official reference files: postcodes, deprivation, apprenticeship standards."""


@app.command()
def load(
    file: Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, readable=True)],
    fewer: Annotated[
        bool, typer.Option("--fewer", help="Take it though it has less than half of what is loaded.")
    ] = False,
) -> None:
    """Load an official file: its newer edition takes the older one's place, and nothing is done twice.

    Its first line tells which it is: ONSPD (a CSV or its ZIP), IoD2019 or IoD2025 File 7, or the list of apprenticeship
    standards (JSON or CSV), or your own changes of districts. A bad file changes nothing.
    """
    migrate.check(settings().database_url)
    if is_changes(_first_line(file)):
        typer.echo(f"Changes of districts: {_changes(file):,} kept")
        return
    typer.echo(sentence(loaded(store(), file, frozenset(district_names()), utc_now(), fewer=fewer)))


def _first_line(file: Path) -> str:
    with file.open("rb") as opened:
        return opened.readline(LONGEST).decode("utf-8-sig", "replace").strip()


def _changes(file: Path) -> int:
    """Put the changes of districts in force, and say how many there are."""
    if file.stat().st_size > LARGEST:
        raise BadReferenceError(f"{file.name} has {file.stat().st_size:,} bytes: changes have {LARGEST:,} or fewer")
    now, made = utc_now(), load_changes(store(), file.read_bytes().decode("utf-8-sig", "replace"))
    sign(store(), ReferenceFile(
        kind="districts", name=file.name, edition=None, digest=digest(file, frozenset()), rows=made, kept=made,
        loaded_at=now,
    ))  # fmt: skip
    return made


def sentence(done: Loaded) -> str:
    """What a load did, in one line."""
    edition = f", edition {done.edition}" if done.edition else ""
    kept = f"{done.kept:,} of {done.counted:,} {done.things} kept"
    return f"{done.title}{edition}: {kept}" if done.fresh else f"{done.title}{edition}: already loaded, {kept}"
