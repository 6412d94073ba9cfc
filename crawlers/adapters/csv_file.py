"""A table of vacancies: CSV (commas, semicolons, tabs or bars; UTF-8, UTF-16 or Windows-1252), or an XLSX workbook.

RFC 4180 as far as anybody keeps to it. One file holds every vacancy. What each column is, `columns` says, or its name
is known from the tables of `jobwords` and `jobnames`. Titles above the header are passed over, and so is a row of one
cell. A quotation mark that never closes and a row with more cells than names are told as a shortfall.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from clearinghouse.errors import BadBodyError
from crawlers.adapters import jobnames as names
from crawlers.adapters import jobwords as words
from crawlers.adapters.advert import is_known
from crawlers.adapters.claim import Claim, counted
from crawlers.adapters.json_api import posting_of
from crawlers.adapters.opening import opening
from crawlers.adapters.records import read_record
from crawlers.adapters.tables import DELIMITERS, Row, best_delimiter, is_workbook, read_table
from crawlers.source import Follow, Page, Parsed, Posting

ENDING = re.compile(r"\.(?:csv|tsv|xlsx)(?:[?#]|$)", re.IGNORECASE)
TYPES = ("text/csv", "text/tab-separated-values", "spreadsheetml")
TITLES = frozenset({*names.TITLES})
TELLING = frozenset({*words.NAMES["url"], *words.NAMES["reference"], *words.NAMES["employer"], *names.NUMBERS, "link"})


@dataclass(frozen=True)
class CsvFile:
    """The table at `url`. `columns` maps the names of Posting (and `extra.NAME`, `identifiers.NAME`) to columns."""

    url: str
    columns: Mapping[str, str] = field(default_factory=dict, hash=False)

    name: ClassVar[str] = "csv_file"
    identity: ClassVar[tuple[str, ...]] = ("reference", "url", "content")

    def __post_init__(self) -> None:
        """Refuses a column for a field that no posting has."""
        for name in self.columns:
            if not is_known(name):
                raise ValueError(f"{name!r} is no field of a posting")

    def start(self) -> tuple[Follow, ...]:
        """The file."""
        return (Follow(self.url, role="listing"),)

    def parse(self, page: Page) -> Parsed:
        """Each row as a Posting. Raises BadBodyError for a body that is no table of vacancies, saying what it is."""
        table = read_table(page, self._score)
        return Parsed(
            postings=tuple(self._posting(table.header, row, page.url) for row in table.rows),
            shortfall=table.shortfall,
        )

    def _score(self, row: Row) -> int:
        """How many names of columns a row holds; 0 unless a title is among them, and what tells jobs apart."""
        declared = {_folded(column) for column in self.columns.values()}
        cells = [_folded(cell) for cell in row]
        known = {names.meant(cell) for cell in cells if cell} & names.KNOWN
        told = declared & set(cells)
        if declared and told:
            return len(known) + len(told)
        return len(known) if known & TITLES and known & TELLING else 0

    def _posting(self, header: Row, row: Row, base: str) -> Posting:
        cells = dict[str, list[str]]()
        for name, cell in zip(header, row, strict=True):
            cells.setdefault(name, []).append(cell)
        by_name = {_folded(name): name for name in reversed(list(cells))}
        own = {f: by_name[_folded(column)] for f, column in self.columns.items() if _folded(column) in by_name}
        numbered = {f: f"c{number}" for number, f in enumerate(own)}
        declared = posting_of(
            {numbered[f]: cells[own[f]] for f in own}, {f: f"{c}[]" for f, c in numbered.items()}, base
        )
        rest = {name: found for name, found in cells.items() if name not in own.values()}
        return declared.over(read_record(rest, base))


def recognise(page: Page) -> Claim | None:
    """By a row of column names, one of them a title's, and one a link's, a reference's or an employer's."""
    if is_workbook(page.body):
        return _claimed(page, "a workbook (XLSX)", 0.9)
    start = opening(page)
    if start.lstrip()[:1] in b"<{[" or not any(name.encode() in start for name in DELIMITERS):
        return None
    text = start.decode("utf-8", "replace").lstrip("\ufeff")
    if best_delimiter(text, CsvFile(page.url)._score) is None:
        return None
    said = ENDING.search(page.url) or page.headers.get("content-type", "").startswith(TYPES)
    return Claim(CsvFile(page.url), 0.9 if said else 0.7, "a table with names of columns that vacancies have")


def _claimed(page: Page, what: str, sure: float) -> Claim | None:
    try:
        found = len(read_table(page, CsvFile(page.url)._score).rows)
    except BadBodyError:
        return None
    return Claim(CsvFile(page.url), sure, f"{what} with {counted(found, 'vacancy', 'vacancies')}")


def _folded(name: str) -> str:
    return names.folded(" ".join(name.split()))
