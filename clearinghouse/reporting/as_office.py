"""A report as a workbook (one sheet a table) and as a Word document."""

from __future__ import annotations

import datetime as dt
import io
import re

from docx import Document
from docx.document import Document as Written
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from clearinghouse.reporting.table import Report, Table, Unit, plain, shown

NUMBER_FORMATS = {Unit.NUMBER: "#,##0", Unit.SHARE: "0%", Unit.HOURS: "#,##0.0"}
WIDEST = 60  # characters of a column
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")


def as_xlsx(report: Report) -> bytes:
    """A first sheet with what it is about, then a sheet a table; words are never formulas."""
    book = Workbook()
    first = book.active
    assert first is not None  # noqa: S101 - a new workbook has one
    first.title = "About"
    for number, sentence in enumerate((report.title, *report.about), 1):
        first.cell(number, 1, plain(sentence)).data_type = "s"
    first["A1"].font = Font(bold=True)
    for table in report.tables:
        _sheet(book, table)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(book: Workbook, table: Table) -> None:
    sheet = book.create_sheet(_NOT_IN_A_NAME.sub(" ", table.title)[:31])
    for place, column in enumerate(table.columns, 1):
        head = sheet.cell(1, place, column.heading)
        head.font = Font(bold=True)
        texts = [column.heading, *(shown(row[place - 1], column) for row in table.rows)]
        sheet.column_dimensions[get_column_letter(place)].width = min(WIDEST, max(map(len, texts)) + 2)
        for line, row in enumerate(table.rows, 2):
            value = row[place - 1]
            cell = sheet.cell(line, place, plain(value) if isinstance(value, str) else value)
            if isinstance(value, str):
                cell.data_type = "s"
            elif value is not None:
                cell.number_format = NUMBER_FORMATS.get(column.unit, "General")
    sheet.freeze_panes = "B2"


def as_docx(report: Report) -> bytes:
    """Headings, paragraphs and tables whose first row is repeated on each page."""
    document = Document()
    document.core_properties.title = plain(report.title)
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.created = report.made.astimezone(dt.UTC).replace(tzinfo=None)  # which it takes for UTC
    document.core_properties.language = "en-GB"
    document.add_heading(plain(report.title), 1)
    for sentence in report.about:
        document.add_paragraph(plain(sentence))
    for table in report.tables:
        document.add_heading(plain(table.title), 2)
        _grid(document, table)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _grid(document: Written, table: Table) -> None:
    grid = document.add_table(rows=0, cols=len(table.columns), style="Light Grid Accent 1")
    headings = [column.heading for column in table.columns]
    for number, row in enumerate((headings, *table.rows)):
        line = grid.add_row()
        for cell, value, column in zip(line.cells, row, table.columns, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.add_run(shown(value, column)).bold = number == 0
            if column.numeric:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if number == 0:
            line._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # python-docx has no word for it
