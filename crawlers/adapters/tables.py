"""Tables as rows of text: CSV in its dialects, told by what its header row says, and XLSX workbooks."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from clearinghouse.errors import BadBodyError
from crawlers.adapters.body import decoded, is_html, what_it_is
from crawlers.adapters.jsonbody import word
from crawlers.adapters.shortfall import ILL_FORMED, TRUNCATED, because
from crawlers.source import Page

ZIP = b"PK\x03\x04"
PART = b"PK\x01\x02"  # an entry of the list of parts at the end: a million of them take seconds to be read
WORKBOOK = b"xl/workbook.xml"
DELIMITERS = ",;\t|"
HINT = "sep="  # Excel's own word on the delimiter, in a first line
LOOKED_AT = 30  # rows in which the header may stand
MOST_ROWS = 10_000
MOST_COLUMNS = 200
LARGEST_CELL = 1_000_000  # characters
LARGEST_WORKBOOK = 6_000_000  # bytes unpacked: up to three seconds' work and 160 MB
MOST_PARTS = 500  # files in a workbook
MOST_SHEETS = 20
LONGEST_LINE = 2 * LARGEST_CELL
LINE = re.compile(r"[^\n]*\n|[^\n]+")
Row = Sequence[str]
Score = Callable[[Row], int]


@dataclass(frozen=True)
class Table:
    """A header and the rows under it that say something, each of the header's length. `shortfall` as in Parsed."""

    header: Row
    rows: tuple[Row, ...]
    shortfall: str | None = None


def read_table(page: Page, score: Score) -> Table:
    """The page's table. Its header is the row that `score` gives most, and more than nothing.

    Raises BadBodyError for a body that is no table, or has no such row: it says what the body is.
    """
    return _workbook(page, score) if is_workbook(page.body) else _text(page, score)


def is_workbook(body: bytes) -> bool:
    """True for an XLSX file."""
    return body.startswith(ZIP) and WORKBOOK in body


def header_in(rows: Iterable[Row], score: Score) -> tuple[int, int]:
    """What the best row scores, and its number."""
    scored = [(score(row), -number) for number, row in enumerate(islice(rows, LOOKED_AT))]
    best, number = max(scored, default=(0, 0))
    return best, -number


def _text(page: Page, score: Score) -> Table:
    text = decoded(page)
    if is_html(text) or text[0] in "<{[":
        raise BadBodyError(page.url, f"{what_it_is(text)}, not a table")
    first, _, rest = text.partition("\n")
    if first.lower().startswith(HINT):
        text = rest
    delimiter = best_delimiter(text, score)
    if delimiter is None:
        raise BadBodyError(page.url, f"{what_it_is(text)} without a row of column names")
    rows, problem = _rows(text, delimiter)
    if not rows:
        raise BadBodyError(page.url, f"plain text, not a table ({problem})")
    table = _table(rows, score)
    ends_early = len(rows[-1]) < len(table.header) <= max(map(len, rows[:-1]), default=0) and text[-1] not in "\r\n"
    if ends_early and not problem:
        whole = table.rows[:-1] if _says_something(rows[-1]) else table.rows
        return Table(table.header, whole, because(TRUNCATED, "its last row ends early"))
    return Table(table.header, table.rows, problem or table.shortfall)


def best_delimiter(text: str, score: Score) -> str | None:
    """The delimiter by which the first rows hold the best header; None when none holds one."""
    found = []
    for delimiter in DELIMITERS:
        try:
            rows = list(islice(_reader(text[:200_000], delimiter, strict=False), LOOKED_AT))
            found.append((header_in(rows, score)[0], delimiter))
        except csv.Error:
            continue
    best, delimiter = max(found, key=lambda one: one[0], default=(0, ""))
    return delimiter if best else None


def _rows(text: str, delimiter: str) -> tuple[list[Row], str | None]:
    """The rows of a CSV, and what is wrong with it. A cell whose quotation mark never closes ends the table."""
    rows: list[Row] = []
    try:
        for row in islice(_reader(text, delimiter, strict=True), MOST_ROWS + LOOKED_AT):
            rows.append(row)  # noqa: PERF402  what came before an error is kept
    except csv.Error as error:
        if "unexpected end" in str(error) and rows:
            return rows, because(TRUNCATED, "a cell in quotation marks never ends")
        lenient = islice(_reader(text, delimiter, strict=False), MOST_ROWS + LOOKED_AT)
        return _until_error(lenient), because(ILL_FORMED, str(error))
    stray = any(cell.endswith('"') and cell.count('"') == 1 for row in rows for cell in row)
    return rows, because(ILL_FORMED, "a quotation mark that opens nothing") if stray else None


def _reader(text: str, delimiter: str, *, strict: bool) -> Iterator[list[str]]:
    csv.field_size_limit(LARGEST_CELL)
    return csv.reader(_lines(text), delimiter=delimiter, strict=strict)


def _lines(text: str) -> Iterator[str]:
    """Each line with its end. Raises csv.Error for one that is too long to hold in cells."""
    if "\n" not in text:
        text = text.replace("\r", "\n")
    for found in LINE.finditer(text):
        if len(found[0]) > LONGEST_LINE:
            raise csv.Error(f"a line of over {LONGEST_LINE} characters")
        yield found[0]


def _until_error(rows: Iterator[list[str]]) -> list[Row]:
    found: list[Row] = []
    try:
        for row in rows:
            found.append(row)  # noqa: PERF402  what came before an error is kept
    except csv.Error:
        pass
    return found


def _table(rows: list[Row], score: Score) -> Table:
    """The table under the best header; a row of a single cell is a heading or a note, and none of it."""
    number = header_in(rows, score)[1]
    header = [" ".join(cell.split()) for cell in rows[number]]
    while header and not header[-1]:
        header.pop()
    told = [row for row in rows[number + 1 :] if _says_something(row)]
    longer = next((row for row in told if any(cell.strip() for cell in row[len(header) :])), None)
    problem = because(ILL_FORMED, f"a row of {len(longer)} cells under {len(header)} names") if longer else None
    over = because(TRUNCATED, f"over {MOST_ROWS} rows") if len(told) > MOST_ROWS else None
    padded = (tuple([*row, *[""] * len(header)][: len(header)]) for row in told[:MOST_ROWS])
    return Table(header, tuple(padded), over or problem)


def _says_something(row: Row) -> bool:
    return sum(1 for cell in row if cell.strip()) > 1


def _workbook(page: Page, score: Score) -> Table:
    """The first sheet that has a header."""
    _refuse_bomb(page)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that openpyxl doesn't know
            found = next((rows for rows in _sheets(page.body) if header_in(rows, score)[0]), None)
    except Exception as error:  # openpyxl and what it stands on raise whatever a damaged file makes them raise
        raise BadBodyError(page.url, f"an XLSX workbook that can't be read ({type(error).__name__})") from error
    if found is None:
        raise BadBodyError(page.url, "an XLSX workbook without a row of column names")
    return _table(found, score)


def _refuse_bomb(page: Page) -> None:
    if page.body.count(PART) > MOST_PARTS:
        raise BadBodyError(page.url, f"an XLSX workbook of over {MOST_PARTS} parts")
    try:
        with zipfile.ZipFile(io.BytesIO(page.body)) as parts:
            sizes = [part.file_size for part in parts.infolist() if part.filename.lower().endswith((".xml", ".rels"))]
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise BadBodyError(page.url, f"a damaged XLSX workbook ({error})") from error
    if sum(sizes) > LARGEST_WORKBOOK:
        raise BadBodyError(page.url, f"an XLSX workbook of over {LARGEST_WORKBOOK} bytes")


def _sheets(body: bytes) -> Iterator[list[Row]]:
    import openpyxl  # here, since it brings numpy: a quarter of a second, for the few sources that are workbooks

    book = openpyxl.load_workbook(io.BytesIO(body), read_only=True, data_only=True, keep_links=False)
    try:
        for sheet in book.worksheets[:MOST_SHEETS]:
            sheet.reset_dimensions()  # some state a million rows, others one
            cells = sheet.iter_rows(max_row=MOST_ROWS + LOOKED_AT, max_col=MOST_COLUMNS, values_only=True)
            yield [[_cell(value) for value in row] for row in cells if any(value is not None for value in row)]
    finally:
        book.close()


def _cell(value: Any) -> str:
    """A cell's value as text: dates in ISO form, whole numbers without a point."""
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return (value if isinstance(value, str) else word(value)) or ""
