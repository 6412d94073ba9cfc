"""How a body begins, told cheaply: recognisers look at every page, and most pages are another system's."""

from __future__ import annotations

import re
import zlib

from crawlers.adapters.body import GZIP
from crawlers.source import Page

LENGTH = 4000  # bytes
FIRST = re.compile(
    rb"(?>\s|\xef\xbb\xbf|<\?[^<>]*>|<!--.{0,2000}?-->|<!DOCTYPE[^<>\[]*>)*+<([A-Za-z_][^\s/>]{0,100})", re.S
)


def opening(page: Page) -> bytes:
    """The first bytes of the page, gzip undone and UTF-16 as if it were ASCII."""
    start = page.body[:LENGTH]
    if start.startswith(GZIP):
        try:
            start = zlib.decompressobj(wbits=31).decompress(start, LENGTH)
        except zlib.error:
            return b""
    return start.lstrip(b"\xff\xfe").replace(b"\0", b"") if b"\0" in start[:4] else start


def root_in(start: bytes) -> str:
    """The element that an opening of XML begins with: its name in lower case, without prefix. Empty for others."""
    first = FIRST.match(start)
    return first[1].rpartition(b":")[2].decode("ascii", "replace").lower() if first else ""
