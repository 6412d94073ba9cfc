"""The ways in which a simulated partner can fail, on demand."""

from __future__ import annotations

import enum
import gzip
import re
from dataclasses import replace

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import Document

GZIP = b"\x1f\x8b"
ENTRY_ENDS = re.compile(r"</(?:item|entry|url|sitemap)>")
SPOILT = "<note>Terms & conditions<br></note>"


class Fault(enum.StrEnum):
    """What is wrong with a partner. All but `not_found` and `wrong_charset` touch its listing only."""

    NONE = "none"
    DUPLICATES = "duplicates"  # every third vacancy twice, under one reference and two titles
    EMPTY = "empty"  # a listing that is well-formed and has nothing in it
    ERROR500 = "error500"
    ERROR_PAGE = "error_page"  # an HTML page with status 200
    HALF = "half"  # every other vacancy gone
    HUGE = "huge"  # two gigabytes
    MALFORMED = "malformed"  # a stray & and an unclosed element in the middle
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
    """`document` with its bytes changed as `fault` says; a gzipped one stays gzipped."""
    if fault not in (Fault.MALFORMED, Fault.WRONG_CHARSET):
        return document
    packed = document.content.startswith(GZIP)
    text = (gzip.decompress(document.content) if packed else document.content).decode("utf-8")
    content = _malformed(text).encode() if fault is Fault.MALFORMED else text.encode("cp1252", "xmlcharrefreplace")
    return replace(document, content=gzip.compress(content, mtime=0) if packed else content)


def _malformed(text: str) -> str:
    at = next((found.end() for found in ENTRY_ENDS.finditer(text) if found.end() > len(text) // 2), None)
    return text[:at] + SPOILT + text[at:] if at else SPOILT + text
