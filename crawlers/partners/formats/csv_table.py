"""A table of vacancies as a small employer keeps it: CSV with a title above the header, or an XLSX workbook."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Mapping

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import Document, Format, Told, View
from crawlers.partners.formats.pages import advert_page
from crawlers.partners.formats.values import last_moment, plain

CSV_ENTRY, XLSX_ENTRY = "/vacancies.csv", "/files/current-vacancies.xlsx"
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOM = "\ufeff"
COLUMNS = (
    *("Vacancy ref", "Job title", "Employer", "Location", "Postcode", "Salary", "Contract type", "Hours per week"),
    *("Date posted", "Closing date", "Link", "Job description"),
)
STAMP = re.compile(rb">\d{4}-\d\d-\d\dT[\d:]+Z<")
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file knows


def _path(advert: Advert) -> str:
    return f"/vacancies/{advert.number}"


def _row(view: View, advert: Advert) -> list[object]:
    closes, place = last_moment(advert), advert.place
    return [
        *(advert.reference, advert.title, advert.employer, place.text, place.postcode, advert.pay.text),
        *(advert.terms.contract, advert.terms.hours, advert.posted, closes.date() if closes else None),
        *(view.base + _path(advert), plain(advert.html)),
    ]


def _csv(view: View) -> Mapping[str, Document]:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([f"{view.partner.name}: current vacancies", *[""] * (len(COLUMNS) - 1)])
    writer.writerow(COLUMNS)
    for advert in view.adverts:
        *first, posted, closes, url, words = _row(view, advert)
        writer.writerow([*first, f"{posted:%d/%m/%Y}", f"{closes:%d/%m/%Y}" if closes else "Ongoing", url, words])
    return {CSV_ENTRY: Document(f"{BOM}{text.getvalue()}".encode(), CSV_TYPE)}


def _xlsx(view: View) -> Mapping[str, Document]:
    book = openpyxl.Workbook()
    notes = book.create_sheet("Notes", 0)
    notes.append(["How to use this file"])
    notes.append(["Questions", "Ask the HR team"])
    sheet = book["Sheet"]
    sheet.title = "Vacancies"
    _fill(sheet, view)
    made = io.BytesIO()
    book.save(made)
    return {XLSX_ENTRY: Document(_settled(made.getvalue(), view), XLSX_TYPE)}


def _fill(sheet: Worksheet, view: View) -> None:
    sheet.append([f"{view.partner.name}: current vacancies"])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(COLUMNS))
    sheet.append([])
    sheet.append(list(COLUMNS))
    for advert in view.adverts:
        sheet.append(_row(view, advert))
    sheet.append([])
    sheet.append([f"{len(view.adverts)} vacancies"])


def _settled(content: bytes, view: View) -> bytes:
    """The workbook without the moment of its writing, so that the same adverts make the same bytes."""
    settled = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as kept:
        for part in made.infolist():
            data = STAMP.sub(f">{view.now:%Y-%m-%dT%H:%M:%SZ}<".encode(), made.read(part))
            kept.writestr(zipfile.ZipInfo(part.filename, EPOCH), data, zipfile.ZIP_DEFLATED)
    return settled.getvalue()


def _told(advert: Advert) -> Told:
    return Told(advert.reference, last_moment(advert), advert.pay.text)


CSV_TABLE = Format("csv", "Table (CSV)", CSV_ENTRY, _path, advert_page, _csv, adapter="csv_file", told=_told)
XLSX_TABLE = Format("xlsx", "Table (XLSX)", XLSX_ENTRY, _path, advert_page, _xlsx, adapter="csv_file", told=_told)
