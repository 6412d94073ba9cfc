"""One table in five formats, and the periods that a report can be about."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable

import pytest
from docx import Document
from lxml import html
from openpyxl import load_workbook

from clearinghouse.reporting.formats import Format, written
from clearinghouse.reporting.period import BadPeriodError, month, period
from clearinghouse.reporting.table import Column, Report, Table, Unit

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
COLUMNS = (
    Column("Name"),
    Column("Adverts", Unit.NUMBER),
    Column("Read", Unit.SHARE),
    Column("Lag", Unit.HOURS),
)
ROWS = (("Café <Müller> & Söhne", 12345, 0.965, 3.25), ("=1+1", 0, None, None), ("a\x00b", 1, 1.0, 0.0))
REPORT = Report("A report", NOW, ("What it is about.",), (Table("First", COLUMNS, ROWS), Table("2/3", COLUMNS, ())))
SHOWN = [
    ["Name", "Adverts", "Read", "Lag"],
    ["Café <Müller> & Söhne", "12,345", "96%", "3.2"],
    ["=1+1", "0", "–", "–"],
    ["ab", "1", "100%", "0.0"],
]


def of_html(body: bytes) -> list[list[str]]:
    table = html.fromstring(body.decode()).xpath("//table")[0]
    return [[cell.text_content() for cell in row.xpath("th|td")] for row in table.xpath(".//tr")]


def of_docx(body: bytes) -> list[list[str]]:
    table = Document(io.BytesIO(body)).tables[0]
    return [[cell.text for cell in row.cells] for row in table.rows]


def of_text(body: bytes) -> list[list[str]]:
    lines = body.decode().split("First\n\n")[1].splitlines()[:4]
    return [[part.strip() for part in line.rsplit(maxsplit=3)] for line in lines]


@pytest.mark.parametrize(
    ("kind", "read"),
    [(Format.HTML, of_html), (Format.DOCX, of_docx), (Format.TEXT, of_text)],
    ids=["html", "docx", "text"],
)
def test_what_people_read_says_the_same_in_each_format(kind: Format, read: Callable[[bytes], list[list[str]]]) -> None:
    assert read(written(REPORT, kind)) == SHOWN


def test_a_csv_file_has_values_as_they_are_and_nothing_that_a_spreadsheet_would_run() -> None:
    rows = list(csv.reader(io.StringIO(written(REPORT, Format.CSV).decode())))
    assert rows == [
        ["Name", "Adverts", "Read", "Lag"],
        ["Café <Müller> & Söhne", "12345", "0.965", "3.25"],
        ["'=1+1", "0", "", ""],
        ["ab", "1", "1.0", "0.0"],
        [],
        ["Name", "Adverts", "Read", "Lag"],
    ]


def test_a_workbook_has_a_sheet_a_table_numbers_as_numbers_and_no_formula() -> None:
    book = load_workbook(io.BytesIO(written(REPORT, Format.XLSX)))
    assert book.sheetnames == ["About", "First", "2 3"]
    assert [row[0] for row in book["About"].values] == ["A report", "What it is about."]
    rows = list(book["First"].values)
    assert rows[1:] == [("Café <Müller> & Söhne", 12345, 0.965, 3.25), ("=1+1", 0, None, None), ("ab", 1, 1, 0)]
    assert book["First"]["A3"].data_type == "s"
    assert book["First"]["C2"].number_format == "0%"


def test_a_word_document_says_when_it_was_made_and_repeats_its_headings() -> None:
    document = Document(io.BytesIO(written(REPORT, Format.DOCX)))
    assert document.core_properties.created == NOW
    assert [one.text for one in document.paragraphs if one.text] == ["A report", "What it is about.", "First", "2/3"]
    assert document.tables[0].rows[0]._tr.trPr is not None


def test_a_web_page_of_a_report_has_a_language_a_title_and_headings_for_rows_and_columns() -> None:
    page = html.fromstring(written(REPORT, Format.HTML).decode())
    assert (page.get("lang"), page.findtext(".//title")) == ("en-GB", "A report")
    assert len(page.xpath("//th[@scope='col']")) == 8
    assert len(page.xpath("//th[@scope='row']")) == 3


@pytest.mark.parametrize(
    ("text", "first", "last", "name"),
    [
        ("2026-11", dt.date(2026, 11, 1), dt.date(2026, 11, 30), "November 2026"),
        ("2024-02", dt.date(2024, 2, 1), dt.date(2024, 2, 29), "February 2024"),
        ("2026-12", dt.date(2026, 12, 1), dt.date(2026, 12, 31), "December 2026"),
        ("2026", dt.date(2026, 1, 1), dt.date(2026, 12, 31), "2026"),
        ("2026-27", dt.date(2026, 4, 1), dt.date(2027, 3, 31), "April 2026 to March 2027"),
        ("2009-10", dt.date(2009, 4, 1), dt.date(2010, 3, 31), "April 2009 to March 2010"),
        ("1999-00", dt.date(1999, 4, 1), dt.date(2000, 3, 31), "April 1999 to March 2000"),
    ],
)
def test_a_period_is_a_month_a_year_or_a_financial_year(text: str, first: dt.date, last: dt.date, name: str) -> None:
    found = period(text)
    assert (found.first, found.last, found.name) == (first, last, name)


@pytest.mark.parametrize("text", ["", "26", "2026-13", "2026-00", "2026-28", "2026-1", "11-2026", "2026-11-01", "٢٠٢٦"])
def test_anything_else_is_no_period_and_is_named(text: str) -> None:
    with pytest.raises(BadPeriodError, match="is no period") as found:
        period(text)
    assert repr(text) in str(found.value)


def test_the_month_of_a_day_ends_with_its_last() -> None:
    assert month(dt.date(2026, 1, 31)) == period("2026-01")
