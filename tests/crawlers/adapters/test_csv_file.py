"""Tables as offices send them: which are read, which are told to be damaged, and what is no table of vacancies."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import openpyxl
import pytest

from clearinghouse.errors import BadBodyError
from crawlers.adapters.csv_file import CsvFile, recognise
from crawlers.source import Page

URL = "https://www.seaton.example/vacancies.csv"
# A body, the titles in it, and the shortfall's words.
TABLES: Mapping[str, tuple[bytes, list[str], str | None]] = {
    "Excel's hint": (b"sep=;\r\ntitle;ref;link\r\nClerk;1;/1\r\n", ["Clerk"], None),
    "UTF-16 with tabs": ("Job Title\tReference\r\nCafé cook\t1\r\n".encode("utf-16"), ["Café cook"], None),
    "returns alone": (b"title,reference\rClerk,1\rCook,2\r", ["Clerk", "Cook"], None),
    "inches": (b'title,reference,link\nFitter of 6" pipes,1,/1\n', ['Fitter of 6" pipes'], None),
    "names alone": (b"title,reference,link\n", [], None),
    "a stray mark": (b'title,reference,link\nClerk,1,/1"\nCook,2,/2\n', ["Clerk", "Cook"], "opens nothing"),
    "an open mark": (b'title,reference,link\nClerk,1,/1\n"Cook,2,/2\nMaid,3,/3\n', ["Clerk"], "never ends"),
    "a cell too many": (b"title,reference\nClerk,1,extra\n", ["Clerk"], "3 cells under 2"),
    "cut in a row": (b"title,reference,link\nClerk,1,/1\nCook,2", ["Clerk"], "ends early"),
    "cut in its first cell": (b"title,reference,link\nClerk,1,/1\nCo", ["Clerk"], "ends early"),
    "a note below": (b"title,reference,link\nClerk,1,/1\nPrinted on Monday,,\n", ["Clerk"], None),
}
NONE: Mapping[str, tuple[bytes, str]] = {
    "a page": (b"<!doctype html><html><body><form>Sign in</form></body></html>", "an HTML page"),
    "a piece of a page": (b"<table><tr><td>title</td></tr></table>", "XML with root <table>"),
    "JSON": (b'{"title": 1}', "JSON"),
    "another table": (b"name of ward,population\nSeaton,9000\n", "without a row of column names"),
    "a zip file": (b"PK\x03\x04rest", "a zip file"),
    "half a workbook": (b"PK\x03\x04 xl/workbook.xml", "damaged"),
}


def page(body: bytes) -> Page:
    return Page(URL, body)


@pytest.mark.parametrize("what", sorted(TABLES))
def test_a_table_is_read_as_far_as_it_can_be_trusted(what: str) -> None:
    body, titles, problem = TABLES[what]
    claim = recognise(page(body))
    assert claim is not None
    assert claim.adapter == CsvFile(URL)
    parsed = claim.adapter.parse(page(body))
    assert [posting.title for posting in parsed.postings] == titles
    assert (problem or "None") in str(parsed.shortfall)


@pytest.mark.parametrize("what", sorted(NONE))
def test_what_is_no_table_of_vacancies_says_what_it_is(what: str) -> None:
    body, words = NONE[what]
    assert recognise(page(body)) is None
    with pytest.raises(BadBodyError, match=words):
        CsvFile(URL).parse(page(body))


def test_columns_that_are_declared_count_before_those_that_are_known() -> None:
    body = b"Opening;Nr;Wo;Title;Info\nClerk;9;Seaton;Ms;<p>Write</p>\n"
    columns = {
        "title": "opening",
        "reference": "Nr",
        "locations": "Wo",
        "description_html": "Info",
        "extra.form": "Title",
    }
    [posting] = CsvFile(URL, columns).parse(page(body)).postings
    assert (posting.title, posting.reference, posting.locations) == ("Clerk", "9", ("Seaton",))
    assert (posting.description_html, posting.extra) == ("<p>Write</p>", {"form": "Ms"})


def test_a_column_for_what_no_posting_has_is_refused() -> None:
    with pytest.raises(ValueError, match="'wages' is no field"):
        CsvFile(URL, {"wages": "Pay"})


def workbook(rows: int, cell: str) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Vacancies")
    sheet.append(["title", "reference", "link"])
    for number in range(rows):
        sheet.append([cell, number, f"/{number}"])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def test_a_workbook_that_unpacks_to_more_than_it_should_is_refused() -> None:
    made = io.BytesIO(workbook(1, "Clerk"))
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet9.xml", b" " * 50_000_000)
    assert len(made.getvalue()) < 100_000
    with pytest.raises(BadBodyError, match="over 6000000 bytes"):
        CsvFile(URL).parse(page(made.getvalue()))


def test_a_workbook_of_more_parts_than_it_should_have_is_refused() -> None:
    made = io.BytesIO(workbook(1, "Clerk"))
    with zipfile.ZipFile(made, "a") as parts:
        for number in range(600):
            parts.writestr(f"xl/media/{number}.png", b"")
    with pytest.raises(BadBodyError, match="over 500 parts"):
        CsvFile(URL).parse(page(made.getvalue()))


def test_a_cell_a_million_rows_down_makes_no_million_rows() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(2, "Clerk"))) as parts, zipfile.ZipFile(made, "w") as kept:
        for part in parts.infolist():
            data = parts.read(part).replace(b'<row r="3">', b'<row r="1048576">').replace(b'r="A3"', b'r="A1048576"')
            kept.writestr(part.filename, data)
    assert len(CsvFile(URL).parse(page(made.getvalue())).postings) == 1
