"""`explain` among the other commands, so that their list is whole; `clearinghouse.cli` calls it directly."""

from __future__ import annotations

import typer

from clearinghouse.normalise.explain import main

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []})
def explain(context: typer.Context) -> None:
    """Say how one string of an advert is read: salary, closing, place, title or hours."""
    raise typer.Exit(main(context.args))
