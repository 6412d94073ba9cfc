"""The formats that a report is written in."""

from __future__ import annotations

import enum

from clearinghouse.reporting import as_office, as_words
from clearinghouse.reporting.table import Report


class Format(enum.StrEnum):
    """A format by the ending of its files."""

    TEXT = "text"
    CSV = "csv"
    XLSX = "xlsx"
    HTML = "html"
    DOCX = "docx"

    @property
    def is_words(self) -> bool:
        """True when a terminal can show it."""
        return self in (Format.TEXT, Format.CSV, Format.HTML)


def written(report: Report, kind: Format) -> bytes:
    """The report in that format; words are UTF-8."""
    writers = {
        Format.TEXT: as_words.as_text,
        Format.CSV: as_words.as_csv,
        Format.HTML: as_words.as_html,
        Format.XLSX: as_office.as_xlsx,
        Format.DOCX: as_office.as_docx,
    }
    return writers[kind](report)
