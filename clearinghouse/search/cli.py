"""`clearinghouse index`: the search index of this machine."""

from __future__ import annotations

import sqlalchemy as sa
import typer

from clearinghouse.db import store, utc_now
from clearinghouse.publish.models import Change
from clearinghouse.search.generation import Generation, Reader
from clearinghouse.search.indexer import Indexer, ask_for_rebuild, lock
from clearinghouse.settings import settings
from clearinghouse.vacancies.draft import london

app = typer.Typer(help="The search index of this machine.", no_args_is_help=True)


@app.command()
def rebuild() -> None:
    """Build the index anew from the store; the old one serves meanwhile."""
    index_dir = settings().index_dir
    held = lock(index_dir)
    if held is None:
        ask_for_rebuild(index_dir)
        typer.echo("An indexer is running: it rebuilds the index now.", err=True)
        return
    indexer = Indexer(store(), index_dir)
    try:
        written = indexer.rebuild(utc_now())
    finally:
        indexer.close()
        held.close()
    typer.echo(f"{written} vacancies indexed")


@app.command()
def status() -> None:
    """Say which generation serves and whether it is level with the store; exit 1 when it is not."""
    with store().reading() as session:
        last = session.scalar(sa.select(sa.func.max(Change.id))) or 0
    generation = Reader(settings().index_dir).current()
    typer.echo(sentence(generation, last))
    raise typer.Exit(0 if generation and generation.change_id == last else 1)


def sentence(generation: Generation | None, last: int) -> str:
    """The state of the index in words; `last` is the store's last change."""
    if generation is None:
        return f"no index yet; the store is at change {last}"
    level = "level with the store" if generation.change_id == last else f"the store is at change {last}"
    built = london(generation.built_at)
    return f"{len(generation.columns)} vacancies, change {generation.change_id} of {built}; {level}"
