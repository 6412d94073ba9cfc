"""A report as a value: a title, a few sentences, and tables. What it looks like in a format: formats.py."""

from __future__ import annotations

import datetime as dt
import enum
import re
from dataclasses import dataclass

Cell = str | int | float | None
NOT_KNOWN = "–"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Unit(enum.Enum):
    """What a column's values are. A share is between 0 and 1, and shown per cent."""

    WORDS = enum.auto()
    NUMBER = enum.auto()
    SHARE = enum.auto()
    HOURS = enum.auto()


@dataclass(frozen=True)
class Column:
    """One column of a table."""

    heading: str
    unit: Unit = Unit.WORDS

    @property
    def numeric(self) -> bool:
        """True when its values stand to the right."""
        return self.unit is not Unit.WORDS


@dataclass(frozen=True)
class Table:
    """Rows of as many cells as there are columns; a cell is None where the value isn't known."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Report:
    """Tables under a title, made at a time; `about` are sentences that say what they are, a paragraph each."""

    title: str
    made: dt.datetime
    about: tuple[str, ...]
    tables: tuple[Table, ...] = ()


def shown(cell: Cell, column: Column) -> str:
    """The cell as people read it: 12,345, 97%, 3.5; a dash where it isn't known."""
    if cell is None:
        return NOT_KNOWN
    if isinstance(cell, str):
        return plain(cell)
    if column.unit is Unit.SHARE:
        return f"{cell:.0%}"
    return f"{cell:,.1f}" if column.unit is Unit.HOURS else f"{cell:,}"


def plain(text: str) -> str:
    """The text without the control characters that no document may hold."""
    return _CONTROL.sub("", text)


def safe(value: object) -> object:
    """The value, with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
