"""The ways in which a simulated partner can fail, on demand."""

from __future__ import annotations

import enum
import gzip
import re
from dataclasses import replace

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import Document

GZIP = b"\x1f\x8b"
BINARY = (b"PK\x03\x04", b"%PDF")  # a table of XLSX, a PDF
ENTRY_ENDS = re.compile(
    r"</(?:entry|item|job|position|positionopening|sitemap|url|vacancy|vacancydetails)>", re.IGNORECASE
)
LINE_ENDS = re.compile(r"\n")
OBJECT_ENDS = re.compile(r"\}")
ROW_ENDS = re.compile(r"</(?:li|tr|article|div|p)>")
SPOILT = "<note>Terms & conditions<br></note>"
STRAYS = ((("<",), ENTRY_ENDS, SPOILT), (("{", "["), OBJECT_ENDS, '"'), ("", LINE_ENDS, '"'))  # by how a body starts
DIED = (
    "<br />\n<b>Fatal error</b>: Allowed memory size of 134217728 bytes exhausted in <b>list.php</b> on line 214<br />"
)


class Fault(enum.StrEnum):
    """What is wrong with a partner. All but `not_found` and `wrong_charset` touch its listing only."""

    NONE = "none"
    DUPLICATES = "duplicates"  # every third vacancy twice, under one reference and two titles
    EMPTY = "empty"  # a listing that is well-formed and has nothing in it
    ERROR500 = "error500"
    ERROR_PAGE = "error_page"  # an HTML page with status 200
    HALF = "half"  # every other vacancy gone
    HUGE = "huge"  # two gigabytes
    MALFORMED = "malformed"  # a stray & and an unclosed element in the middle; of JSON, a stray quote; HTML ends there
    NOT_FOUND = "not_found"  # the vacancies' own pages are 404
    REDIRECT_LOOP = "redirect_loop"
    SLOW = "slow"  # some bytes a second
    TIMEOUT = "timeout"  # no answer at all
    TRUNCATED = "truncated"  # less than the stated length, then the connection ends
    TWO_THIRDS = "two_thirds"  # two of three vacancies gone
    WRONG_CHARSET = "wrong_charset"  # Windows-1252 that says it is UTF-8


def advertised(adverts: tuple[Advert, ...], fault: Fault) -> tuple[Advert, ...]:
    """What the listing shows of `adverts` under `fault`."""
    match fault:
        case Fault.EMPTY:
            return ()
        case Fault.HALF:
            return adverts[::2]
        case Fault.TWO_THIRDS:
            return adverts[::3]
        case Fault.DUPLICATES:
            return (*adverts, *(replace(each, title=f"{each.title} (re-advertised)") for each in adverts[::3]))
        case _:
            return adverts


def spoilt(document: Document, fault: Fault) -> Document:
    """`document` with its bytes changed as `fault` says; gzip stays gzip, and what is no text is cut."""
    if fault not in (Fault.MALFORMED, Fault.WRONG_CHARSET):
        return document
    packed = document.content.startswith(GZIP)
    content = gzip.decompress(document.content) if packed else document.content
    if content.startswith(BINARY):
        return replace(document, content=content[: len(content) // 2]) if fault is Fault.MALFORMED else document
    text = content.decode("utf-8")
    content = (
        _malformed(text, document.type).encode()
        if fault is Fault.MALFORMED
        else text.encode("cp1252", "xmlcharrefreplace")
    )
    return replace(document, content=gzip.compress(content, mtime=0) if packed else content)


def _malformed(text: str, type_: str) -> str:
    """XML with a stray element, JSON or a table with a stray quote, a page of HTML that ends where its program did."""
    if "html" in type_:
        return text[: _past_half(text, ROW_ENDS) or len(text) // 2] + DIED
    ends, what = next((ends, what) for marks, ends, what in STRAYS if text.lstrip("\ufeff \r\n\t").startswith(marks))
    at = _past_half(text, ends) or 0
    return text[:at] + what + text[at:]


def _past_half(text: str, ends: re.Pattern[str]) -> int | None:
    return next((found.end() for found in ends.finditer(text) if found.end() > len(text) // 2), None)
