"""`clearinghouse explain`: how one string of an advert is read. Starts without settings, database or rich.

Each command imports its own reader when it is called, so that it loads what it needs and no more.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Annotated, Any

import typer

from clearinghouse.vacancies.draft import LONDON, DerivedSalary, Salary, plain

app = typer.Typer(
    help="Say how one string of an advert is read: one JSON object on a line. What can't be read is null.",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Text = Annotated[str, typer.Argument(help="The advert's words. Put -- before words that begin with a dash.")]
Today = Annotated[str | None, typer.Option(metavar="DATE", help="The day to read it on, as 2026-09-23; today without.")]


def _day(today: str | None) -> dt.date:
    if today is None:
        return dt.datetime.now(LONDON).date()  # the outermost caller: the one place that asks the clock
    try:
        return dt.datetime.strptime(today, "%Y-%m-%d").replace(tzinfo=LONDON).date()
    except ValueError:
        raise typer.BadParameter(f"{today!r} is not a date such as 2026-09-23", param_hint="--today") from None


def _show(values: dict[str, Any]) -> None:
    typer.echo(json.dumps(plain_values(values), ensure_ascii=False))


def plain_values(values: dict[str, Any]) -> dict[str, Any]:
    """The values as JSON has them: money as decimal text, times in London's offset."""
    return {name: plain(value) for name, value in values.items()}


@app.command()
def salary(text: Text, today: Today = None) -> None:
    """Pay: figures in pounds, their period and basis, and what a pay table gives for a band or point."""
    from clearinghouse.normalise.salary import read_salary, stated

    day = _day(today)
    found = read_salary(text)
    derived = None if stated(found) else _derived(text, day)
    _show({**plain(found or Salary()), "salary_derived": derived})


def _derived(text: str | None, day: dt.date) -> DerivedSalary | None:
    from clearinghouse.normalise.tables import derive

    return derive(text, day)


@app.command()
def closing(text: Text, today: Today = None) -> None:
    """The closing time, in London's offset."""
    from clearinghouse.normalise.dates import read_closing

    found = read_closing(text, _day(today))
    _show({"closes_at": found.closes_at, "closes_text": found.closes_text, "flags": found.flags})


@app.command()
def place(text: Text, today: Today = None) -> None:
    """The places named: postcode, district and position."""
    from clearinghouse.normalise.place import find_place

    _day(today)
    _show({"places": find_place(text)})


@app.command()
def title(text: Text, today: Today = None) -> None:
    """The title, and what it says of the kind, contract, pattern, level and pay."""
    from clearinghouse.normalise.contract import read_contract, read_kind
    from clearinghouse.normalise.hours import read_patterns
    from clearinghouse.normalise.level import read_apprenticeship_level
    from clearinghouse.normalise.salary import read_salary, stated
    from clearinghouse.normalise.title import read_title
    from clearinghouse.vacancies.vocabulary import Kind

    day = _day(today)
    words = read_title(text)
    kind = read_kind(None, words or "")
    pay = read_salary(words) if words and "£" in words else None
    _show(
        {
            "title": words,
            "kind": kind if words else None,
            "contract": read_contract(words),
            "pattern": read_patterns(words),
            "apprenticeship_level": read_apprenticeship_level(words) if kind is Kind.APPRENTICESHIP else None,
            "salary": pay,
            "salary_derived": None if stated(pay) else _derived(words, day),
        }
    )


@app.command()
def hours(text: Text, today: Today = None) -> None:
    """Hours a week, and the working pattern."""
    from clearinghouse.normalise.hours import read_hours, read_patterns

    _day(today)
    _show({"hours_per_week": read_hours(text), "pattern": read_patterns(text)})
