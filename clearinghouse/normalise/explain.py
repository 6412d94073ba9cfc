"""`clearinghouse explain`: how one string of an advert is read. Starts without settings, database or rich.

Each reader is imported when it is asked for, and the arguments are read by argparse: Typer alone takes longer than the
half second that the whole command has.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Callable, Sequence
from typing import Any

from clearinghouse.vacancies.draft import LONDON, DerivedSalary, Salary, plain

ABOUT = "Say how one string of an advert is read: one JSON object on a line. What can't be read is null."


def main(arguments: Sequence[str]) -> int:
    """Print what is read, and return 0; wrong usage exits with 2 and names the value."""
    asked = _parser().parse_args(arguments)
    values: dict[str, Any] = asked.read(asked.text, asked.today or dt.datetime.now(LONDON).date())
    print(json.dumps(plain_values(values), ensure_ascii=False))  # noqa: T201  the result is what it is for
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="clearinghouse explain", description=ABOUT)
    commands = parser.add_subparsers(required=True, metavar="WHAT")
    for read in READERS:
        command = commands.add_parser(read.__name__, help=read.__doc__, description=read.__doc__)
        command.add_argument("text", metavar="TEXT", help="the advert's words; put -- before words that begin with -")
        command.add_argument(
            "--today", type=_day, metavar="DATE", help="the day to read it on, as 2026-09-23; today without"
        )
        command.set_defaults(read=read)
    return parser


def _day(today: str) -> dt.date:
    try:
        return dt.datetime.strptime(today, "%Y-%m-%d").replace(tzinfo=LONDON).date()
    except ValueError:
        raise argparse.ArgumentTypeError(f"{today!r} is not a date such as 2026-09-23") from None


def plain_values(values: dict[str, Any]) -> dict[str, Any]:
    """The values as JSON has them: money as decimal text, times in London's offset."""
    return {name: plain(value) for name, value in values.items()}


def salary(text: str, day: dt.date) -> dict[str, Any]:
    """Pay: figures in pounds, their period and basis, and what a pay table gives for a band or point."""
    from clearinghouse.normalise.salary import read_salary, stated

    found = read_salary(text)
    derived = None if stated(found) else _derived(text, day)
    return {**plain(found or Salary()), "salary_derived": derived}


def _derived(text: str | None, day: dt.date) -> DerivedSalary | None:
    from clearinghouse.normalise.tables import derive

    return derive(text, day)


def closing(text: str, day: dt.date) -> dict[str, Any]:
    """The closing time, in London's offset."""
    from clearinghouse.normalise.dates import read_closing

    found = read_closing(text, day)
    return {"closes_at": found.closes_at, "closes_text": found.closes_text, "flags": found.flags}


def place(text: str, day: dt.date) -> dict[str, Any]:  # noqa: ARG001  every reader takes the day
    """The places named: postcode, district and position."""
    from clearinghouse.normalise.place import find_place

    return {"places": find_place(text)}


def title(text: str, day: dt.date) -> dict[str, Any]:
    """The title, and what it says of the kind, contract, pattern, level, kind of work and pay."""
    from clearinghouse.normalise.contract import read_contract, read_kind
    from clearinghouse.normalise.hours import read_patterns
    from clearinghouse.normalise.level import read_apprenticeship_level
    from clearinghouse.normalise.occupation import clue
    from clearinghouse.normalise.salary import read_salary, stated
    from clearinghouse.normalise.title import read_title
    from clearinghouse.vacancies.vocabulary import Kind

    words = read_title(text)
    kind = read_kind(None, words or "")
    pay = read_salary(words) if words and "£" in words else None
    work = clue(words) if words else None
    return {
        "title": words,
        "kind": kind if words else None,
        "contract": read_contract(words),
        "pattern": read_patterns(words),
        "apprenticeship_level": read_apprenticeship_level(words) if kind is Kind.APPRENTICESHIP else None,
        "occupation": work and work.kind,
        "occupation_words": work and work.words,
        "salary": pay,
        "salary_derived": None if stated(pay) else _derived(words, day),
    }


def hours(text: str, day: dt.date) -> dict[str, Any]:  # noqa: ARG001  every reader takes the day
    """Hours a week, and the working pattern."""
    from clearinghouse.normalise.hours import read_hours, read_patterns

    return {"hours_per_week": read_hours(text), "pattern": read_patterns(text)}


def terms(text: str, day: dt.date) -> dict[str, Any]:  # noqa: ARG001  every reader takes the day
    """What a description's words say of when, experience, driving, age, checks, levels and the like, and which do."""
    from clearinghouse.normalise.terms.clauses import Words
    from clearinghouse.normalise.terms.read import read_terms
    from clearinghouse.normalise.terms.unpaid import read_kind_said

    said = Words(text)
    found, kind = read_terms("", said), read_kind_said(said)
    values = {name: getattr(found, name) for name in TERMS}
    told = {name: {"value": plain(value), "words": found.because.get(name)} for name, value in values.items()}
    return {"kind": {"value": kind and kind.value, "words": kind and kind.words}, **told}


TERMS = ("when", "experience", "driving", "min_age", "remote", "level", "dbs", "flags")
READERS: tuple[Callable[[str, dt.date], dict[str, Any]], ...] = (salary, closing, place, title, hours, terms)
