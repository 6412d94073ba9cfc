"""Words and links as an adapter hands them on: trimmed, unescaped once, absolute."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

from lxml.html.defs import tags

# "Teacher <maternity cover>" is no markup: a tag's name is one of HTML's, or has the prefix of a word processor's.
HTML_TAGS = tags | {
    *("bdi", "data", "dialog", "frame", "main", "nobr", "noframes", "picture", "search", "slot", "template"),
}
TAG = re.compile(
    rf"</?(?:{'|'.join(sorted(HTML_TAGS))}|[a-z][a-z0-9]{{0,9}}:[a-z]\w{{0,30}})(?:[\s/][^<>]*)?>|<!--[^<>]*-->|<!doctype\b[^<>]*>",
    re.IGNORECASE,
)
ESCAPED_TAG = re.compile(r"&lt;/?[A-Za-z!]")
LINKING = re.compile(r"""(<a\s[^<>]*?href\s*=\s*)(["'])([^"'<>]*)\2""", re.IGNORECASE)
# Controls and invisible marks go; half a surrogate pair, which no store takes, becomes the replacement character.
CONTROLS: dict[int, int | None] = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127, 0xFEFF, 0x200B])
CONTROLS |= dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)


def plain(value: object) -> str | None:
    """One line of plain words: entities read, tags off (escaped ones too where that is all there are), space collapsed.

    None when nothing is left.
    """
    if not isinstance(value, str):
        return None
    marked = "<" in value and TAG.search(value)
    text = html.unescape(TAG.sub(" ", value) if marked else value)
    if not marked and "<" in text and TAG.search(text):
        text = html.unescape(TAG.sub(" ", text))
    return " ".join(text.translate(CONTROLS).split()) or None


def markup(value: object) -> str | None:
    """A description as HTML, trimmed; one that was escaped once too often is unescaped. None when it is empty."""
    if not isinstance(value, str):
        return None
    text = value.translate(CONTROLS).strip()
    if ESCAPED_TAG.search(text) and not TAG.search(text):
        text = html.unescape(text).translate(CONTROLS).strip()
    return text or None


def link(value: object, base: str) -> str | None:
    """An absolute http(s) link, resolved against `base`; None for anything else, and for a relative one without base.

    A scheme-less "www." address is read as http, as browsers and mail programs do.
    """
    if not isinstance(value, str):
        return None
    text = "".join(value.translate(CONTROLS).split("\n")).replace("\t", "").replace("\r", "").strip()
    text = text.replace("&amp;", "&").replace(" ", "%20")
    if not text or "<" in text or ">" in text:
        return None
    try:
        whole = urljoin(base, f"http://{text}" if text[:4].lower() == "www." else text)
        parts = urlsplit(whole)
        known = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return None
    return whole if known else None


def absolute_links(text: str | None, base: str) -> str | None:
    """A description whose relative links are made absolute where `base` is known."""
    if not text or "href" not in text.lower():
        return text
    return LINKING.sub(lambda m: f"{m[1]}{m[2]}{link(m[3], base) or m[3]}{m[2]}", text)


def whole_number(said: str | None) -> int | None:
    """Digits as the number of things that they state; None for anything else, and for more than anybody lists."""
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 10 else None


def joined(values: Iterable[str | None], separator: str = ", ") -> str | None:
    """The stated values in their order, each once; None when there are none."""
    return separator.join(dict.fromkeys(value for value in values if value)) or None
