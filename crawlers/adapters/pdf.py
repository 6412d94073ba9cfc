"""Adverts that are PDF files: their text, where they have any that a program can read, within bounds.

A scanned, locked or damaged file has none: its card on the listing is then all that is known of the vacancy.
"""

from __future__ import annotations

import html
import io
import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

PDF = b"%PDF-"
WITHIN = 1024  # bytes at a file's start, in which a reader looks for that
LARGEST = 8 * 1024 * 1024  # bytes; an advert with its pictures has one or two
MOST_PAGES = 25
MOST_DRAWN = 400_000  # bytes of one page's drawing instructions: about a second's work
MOST_STROKES = 150_000  # instructions of the whole file, those of its forms too
LONGEST = 100_000  # characters

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # every oddity of a file would else be a line in our log


def is_pdf(body: bytes) -> bool:
    """True for a file that says it is one, whatever it was served as."""
    return PDF in body[:WITHIN]


def text_of_pdf(body: bytes) -> str | None:
    """The words of a PDF as simple HTML, a paragraph a line of print; None where there are none to be read."""
    if len(body) > LARGEST:
        return None
    from pypdf import PdfReader  # here, since it takes a while, and few sources have PDFs

    try:
        lines = _lines(PdfReader(io.BytesIO(body), strict=False))
    except Exception:  # noqa: BLE001  a damaged file makes the library fail in any way; the card stands all the same
        return None
    return "\n".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines) or None


def _lines(reader: PdfReader) -> list[str]:
    if reader.is_encrypted and not reader.decrypt(""):
        return []
    found: list[str] = []
    patience = _Patience()
    for page in reader.pages[:MOST_PAGES]:
        if _is_light(page):
            text = page.extract_text(visitor_operand_before=patience)
            found += [" ".join(line.split()) for line in text.splitlines()]
        if sum(map(len, found)) > LONGEST:
            break
    return [line for line in found if line]


class _Patience:
    """Ends the reading of a file that draws on and on: forms within forms make much of few bytes."""

    def __init__(self) -> None:
        self.left = MOST_STROKES

    def __call__(self, *_: object) -> None:
        """One more instruction. Raises ValueError when there were too many."""
        self.left -= 1
        if self.left < 0:
            raise ValueError(f"over {MOST_STROKES} drawing instructions")


def _is_light(page: PageObject) -> bool:
    """True for a page that can be read soon: some are drawings of a million strokes."""
    from pypdf.generic import ContentStream

    contents = page.get_contents()
    return isinstance(contents, ContentStream) and len(contents.get_data()) <= MOST_DRAWN
