"""Descriptions: HTML made safe to show, and the same as plain paragraphs."""

from __future__ import annotations

import html
import re

import nh3

from clearinghouse.normalise.text import INVISIBLE, TAG, mended

LONGEST = 100_000
"""Characters of a description that are kept; the rest is cut with a notice."""

NOTICE = "The advert is longer than this. The rest is on the employer's own page."

TAGS = frozenset(
    {"a", "abbr", "b", "blockquote", "br", "caption", "code", "dd", "dl", "dt", "em", "h3", "h4", "hr", "i", "li", "ol",
     "p", "pre", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul"}
)  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
SILENT = frozenset({"script", "style", "noscript", "template", "iframe", "object", "svg", "head", "title", "form"})

_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags=set(SILENT),
    attributes=ATTRIBUTES,
    url_schemes=set(SCHEMES),
    link_rel="nofollow noopener",
    strip_comments=True,
)

_ESCAPED = re.compile(r"&lt;\s*/?\s*(?:p|br|div|ul|ol|li|strong|b|em|span|h[1-6]|table)\b", re.IGNORECASE)
_MARKUP = re.compile(
    r"<\s*/?\s*(?:p|br|div|ul|ol|li|strong|b|em|i|span|h[1-6]|table|a|section|article)\b", re.IGNORECASE
)
_HEADING = re.compile(r"<(/?)h([1-6])\b[^<>]{0,2000}>", re.IGNORECASE)
_TAG = re.compile(r"<(/?[a-z][a-z0-9]*)[^<>]{0,2000}>")
_BREAKS = ("br", "caption", "dd", "div", "dt", "ol", "tbody", "thead", "tr", "ul")
_PARAGRAPHS = ("blockquote", "h3", "h4", "hr", "p", "pre", "table")
_IN_WORDS = {
    **{f"{end}{name}": "\n" for name in _BREAKS for end in ("", "/")},
    **{f"{end}{name}": "\n\n" for name in _PARAGRAPHS for end in ("", "/")},
    "li": "\n- ",
}
"""What stands for a tag in plain words; nothing for the others."""
_WORDS = re.compile(r"(?:\A|>)\s{0,20}[^\s<>&]")
"""Text outside tags, in clean HTML: a quick look that finds nearly all of it."""
_CELL = re.compile(r"</t[dh]>\s*(?=<t[dh])", re.IGNORECASE)


def safe_html(source: str | None) -> str | None:
    """The description as HTML that is safe to show: no images, styles, scripts, ids or classes.

    Links are http, https, mailto and tel only, with rel="nofollow noopener". Headings become h3 and h4. HTML that was
    escaped once too often is read as HTML; plain text gets paragraphs. None when nothing readable is left.
    """
    if not source or not source.strip():
        return None
    raw, cut = _shortened(INVISIBLE.sub("", mended(source)))
    raw = _as_markup(raw)
    if "<h" in raw or "<H" in raw:
        raw = _HEADING.sub(lambda m: f"<{m[1]}h{3 if m[2] in '123' else 4}>", raw)
    clean = _CLEANER.clean(raw).strip()
    if not _WORDS.search(clean) and not html.unescape(TAG.sub("", clean)).strip():
        return None
    return f"{clean}<p>{html.escape(NOTICE, quote=False)}</p>" if cut else clean


def _shortened(text: str) -> tuple[str, bool]:
    return (text[:LONGEST], True) if len(text) > LONGEST else (text, False)


def _as_markup(raw: str) -> str:
    if _MARKUP.search(raw):
        return raw
    if _ESCAPED.search(raw):
        return html.unescape(raw)
    paragraphs = re.split(r"\n[ \t\r]*\n", html.escape(html.unescape(raw), quote=False).replace("\r\n", "\n"))
    return "".join(f"<p>{part.strip().replace(chr(10), '<br>')}</p>" for part in paragraphs if part.strip())


def plain_text(clean: str | None) -> str | None:
    """Sanitised HTML as plain words: an empty line between paragraphs, a line and a dash for each item of a list."""
    if not clean:
        return None
    text = clean.replace("\r", " ").replace("\n", " ")
    if "</t" in text:
        text = _CELL.sub(" \u2013 ", text)
    parts = _TAG.split(text)
    parts[1::2] = [_IN_WORDS.get(name, "") for name in parts[1::2]]
    lines = [" ".join(line.split()) for line in html.unescape("".join(parts)).split("\n")]
    words = "\n".join(lines)
    while "\n\n\n" in words:
        words = words.replace("\n\n\n", "\n\n")
    return words.strip() or None
