"""From a fetched body's bytes to text: gzip undone, characters decoded, and a name for what it is instead."""

from __future__ import annotations

import codecs
import re
import zlib

from clearinghouse.errors import BadBodyError
from crawlers.source import Page

GZIP = b"\x1f\x8b"
LIMIT = 32 * 1024 * 1024  # bytes of a body as it came; the fetcher takes 20 MB, a saved file may be anything
UNPACKED_LIMIT = 64 * 1024 * 1024  # bytes; a sitemap of 50,000 URLs has at most 50 MB by its own rules
MOST_ENTRIES = 25_000  # of one page, about two seconds' work: more whole adverts are over the fetcher's 20 MB

SIGNATURES = (
    (b"%PDF", "a PDF file"),
    (b"\x89PNG", "a PNG image"),
    (b"GIF8", "a GIF image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"PK\x03\x04", "a zip file or Office document"),
    (b"\xd0\xcf\x11\xe0", "an Office document"),
    (GZIP, "gzip data inside gzip data"),
    (b"7z\xbc\xaf", "a 7z archive"),
)
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
# Codecs that a web page may name; Python also knows some that are no character set (base64, punycode, rot13).
CHARACTER_SETS = ("iso8859-", "cp12", "koi8-", "mac-", "shift_jis", "euc", "gb", "big5", "cp932", "cp949")
DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{1,40})""")
CP1252 = "".join(bytes([n]).decode("cp1252", "ignore") or chr(n) for n in range(256))
FIRST_TAG = re.compile(r"<([A-Za-z_][^\s/>]{0,100})")
HTML_START = re.compile(
    r"(?>\s|<!--.{0,2000}?-->|<\?xml.{0,200}?\?>)*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)


def unpacked(page: Page) -> bytes:
    """The body's own bytes, gzip undone (told by its magic number, whatever the headers say).

    Raises BadBodyError for a body over LIMIT, and gzip data that ends early, is damaged, or unpacks to more than
    UNPACKED_LIMIT.
    """
    if len(page.body) > LIMIT:
        raise BadBodyError(page.url, f"a body of over {LIMIT} bytes")
    if not page.body.startswith(GZIP):
        return page.body
    data, rest = bytearray(), page.body
    while rest.startswith(GZIP):  # a file may hold several parts, one after another
        engine = zlib.decompressobj(wbits=31)
        try:
            data += engine.decompress(rest, UNPACKED_LIMIT + 1 - len(data))
        except zlib.error as error:
            raise BadBodyError(page.url, f"damaged gzip data ({error})") from error
        if len(data) > UNPACKED_LIMIT:
            raise BadBodyError(page.url, f"gzip data of over {UNPACKED_LIMIT} bytes")
        if not engine.eof:
            raise BadBodyError(page.url, "gzip data that ends early")
        rest = engine.unused_data
    return bytes(data)


def decoded(page: Page) -> str:
    """The body as text, without byte order mark and leading white space.

    Bytes decide before declarations: a byte order mark, then valid UTF-8, then the charset of the HTTP header and of
    the document itself, then UTF-8 with every stray byte read as Windows-1252. Raises BadBodyError for an empty body
    and for binary data, saying which.
    """
    data = unpacked(page)
    if not data.strip():
        raise BadBodyError(page.url, "an empty body")
    for signature, name in SIGNATURES:
        if data.startswith(signature):
            raise BadBodyError(page.url, name)
    text = _text(data, page.headers.get("content-type", "")).lstrip("\ufeff \t\r\n\f\v")
    if "\0" in text[:2000] and text[0] not in "<{[":
        raise BadBodyError(page.url, "binary data")
    if not text:
        raise BadBodyError(page.url, "an empty body")
    return text.replace("\0", "")


def _text(data: bytes, content_type: str) -> str:
    for mark, name in MARKS:
        if data.startswith(mark):
            return _mended(data, name) if name == "utf-8-sig" else data.decode(name, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = [*DECLARED.findall(content_type.encode("utf-8", "replace")), *DECLARED.findall(data[:4096])]
    for raw in declared:
        codec = _character_set(raw.decode("ascii"))
        if codec == "cp1252":
            return _all_cp1252(data)
        if codec:
            return data.decode(codec, "replace")
    return _mended(data, "utf-8")


def _character_set(declared: str) -> str | None:
    """Python's name for a declared character set that isn't UTF-8; None for UTF-8, unknown ones and non-sets."""
    try:
        name = codecs.lookup(declared).name
    except (LookupError, ValueError):
        return None
    if name in ("iso8859-1", "ascii", "cp1252"):
        return "cp1252"  # as browsers do: what calls itself Latin-1 holds Windows-1252's quotes and dashes
    return name if name.startswith(CHARACTER_SETS) else None


def _all_cp1252(data: bytes) -> str:
    return codecs.charmap_decode(data, "strict", CP1252)[0]


def _mended(data: bytes, codec: str) -> str:
    """UTF-8 in which stray bytes are Windows-1252; all of it Windows-1252 when strays are many."""
    text = data.decode(codec, "replace")
    strays = text.count("\ufffd")
    if not strays:
        return text
    if strays > 1000:
        return _all_cp1252(data)
    return data.decode(codec, "clearinghouse-cp1252")


def _stray(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)  # noqa: S101 - the codec machinery passes nothing else when decoding
    return _all_cp1252(error.object[error.start : error.end]), error.end


codecs.register_error("clearinghouse-cp1252", _stray)


def is_html(text: str) -> bool:
    """True for a text that starts as an HTML page does."""
    return HTML_START.match(text) is not None


def what_it_is(text: str) -> str:
    """A person's name for a text that isn't what was wanted: an HTML page, JSON, XML with its root, plain text."""
    if is_html(text):
        return "an HTML page"
    if text[0] in "{[":
        return "JSON"
    tag = FIRST_TAG.search(text) if text[0] == "<" else None
    return f"XML with root <{tag[1]}>" if tag else "plain text"
