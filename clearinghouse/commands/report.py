"""`clearinghouse report`: what the store says over a period, as a table in one of several formats."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from clearinghouse.commands.migrate import upgrade
from clearinghouse.db import store, utc_now
from clearinghouse.errors import ClearingHouseError
from clearinghouse.ingest.quality_report import quality_report
from clearinghouse.reporting.formats import Format, written
from clearinghouse.reporting.period import BadPeriodError, Period, month, period
from clearinghouse.settings import settings
from clearinghouse.vacancies.draft import LONDON

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)

Asked = Annotated[
    str,
    typer.Option("--period", metavar="PERIOD", help="2026-11, 2026, or 2026-27 from April; without it, this month."),
]
Kind = Annotated[Format, typer.Option("--format", help="What it is written as.")]
Output = Annotated[
    Path | None,
    typer.Option("--output", metavar="FILE", help="Where to; without it, standard output.", show_default=False),
]


class ReportError(ClearingHouseError):
    """A report can't be written where it should go."""


@app.callback()
def report() -> None:
    """Reports over a month, a year or a financial year."""


@app.command()
def quality(asked: Asked = "", kind: Kind = Format.TEXT, output: Output = None) -> None:
    """How well each source is read: filled, read, unsure and refused by field, duplicates, lag and endings."""
    now = utc_now()
    days, sink = _period(asked, now), _sink(kind, output)
    upgrade(settings().database_url)
    with store().reading() as session:
        made = quality_report(session, days, now)
    if not made.tables:
        typer.echo(made.about[0], err=True)
    sink(written(made, kind))


def _period(asked: str, now: dt.datetime) -> Period:
    if not asked:
        return month(now.astimezone(LONDON).date())
    try:
        return period(asked)
    except BadPeriodError as error:
        raise typer.BadParameter(str(error), param_hint="--period") from error


def _sink(kind: Format, output: Path | None) -> Callable[[bytes], object]:
    """What takes the report: the file, else standard output, which is no terminal where the format has no words."""
    if output is not None:
        return lambda report: _save(output, report)
    if not kind.is_words and sys.stdout.isatty():
        raise typer.BadParameter(
            f"{kind.value!r} can't be shown on a terminal: add --output FILE", param_hint="--format"
        )
    return sys.stdout.buffer.write


def _save(output: Path, report: bytes) -> None:
    try:
        output.write_bytes(report)
    except OSError as error:
        raise ReportError(f"{output} can't be written: {error.strerror}") from error
