"""Words as sources send them, made readable: tidy lines, safe HTML, and HTML as plain paragraphs."""

from __future__ import annotations

import html
import re

import nh3

LONGEST = 100_000
"""Characters of a description that are kept; the rest is cut with a notice."""

NOTICE = "The advert is longer than this. The rest is on the employer's own page."

TAGS = frozenset(
    "a abbr b blockquote br caption code dd dl dt em h3 h4 hr i li ol p pre strong sub sup table tbody td th thead tr u ul".split()
)
ATTRIBUTES = {"a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
SILENT = frozenset({"script", "style", "noscript", "template", "iframe", "object", "svg", "head", "title", "form"})

_TAG = re.compile(r"<[/!?a-zA-Z][^<>]{0,2000}>")
_SPACE = re.compile(r"[\s\u00a0\u2007\u202f]+")
_INVISIBLE = re.compile(r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b-\u200f\u2060\ufeff]")
_ESCAPED = re.compile(r"&lt;\s*/?\s*(?:p|br|div|ul|ol|li|strong|b|em|span|h[1-6]|table)\b", re.IGNORECASE)
_MARKUP = re.compile(r"<\s*/?\s*(?:p|br|div|ul|ol|li|strong|b|em|i|span|h[1-6]|table|a|section|article)\b", re.IGNORECASE)
_HEADING = re.compile(r"<(/?)h([1-6])\b[^<>]{0,2000}>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>|</?(?:ul|ol|tr|dt|dd|div|caption|thead|tbody)\b[^<>]{0,2000}>", re.IGNORECASE)
_PARAGRAPH = re.compile(r"</?(?:p|h3|h4|table|blockquote|pre|hr)\b[^<>]{0,2000}>", re.IGNORECASE)
_ITEM = re.compile(r"<li\b[^<>]{0,2000}>", re.IGNORECASE)
_CELL = re.compile(r"</t[dh]>\s*(?=<t[dh])", re.IGNORECASE)
_GARBLED = re.compile(r"[Â-ô][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,3}")


def tidy(text: str | None) -> str | None:
    """One line of plain words: entities read, tags and invisible characters off, spaces single; None when empty."""
    if not text:
        return None
    line = text
    for _ in range(2):  # feeds escape twice: &amp;amp;
        if "&" not in line:
            break
        line = html.unescape(line)
    if "<" in line:
        line = _TAG.sub(" ", line)
    return _SPACE.sub(" ", _INVISIBLE.sub("", mended(line))).strip() or None


def mended(text: str) -> str:
    """The text with UTF-8 that was once read as Windows-1252 put right ("Â£9" becomes "£9")."""
    if not any(sign in text for sign in ("Â", "â", "Ã", "ï")):
        return text
    return _GARBLED.sub(_ungarbled, text)


def _ungarbled(match: re.Match[str]) -> str:
    raw = b"".join(_byte(character) for character in match.group())
    for length in range(len(raw), 1, -1):
        try:
            return raw[:length].decode("utf-8") + match.group()[length:]
        except UnicodeDecodeError:
            continue
    return match.group()


def _byte(character: str) -> bytes:
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")


def safe_html(source: str | None) -> str | None:
    """The description as HTML that is safe to show: no images, styles, scripts, ids or classes.

    Links are http, https, mailto and tel only, with rel="nofollow noopener". Headings become h3 and h4. HTML that was
    escaped once too often is read as HTML; plain text gets paragraphs. None when nothing readable is left.
    """
    if not source or not source.strip():
        return None
    raw, cut = _shortened(_INVISIBLE.sub("", mended(source)))
    raw = _as_markup(raw)
    raw = _HEADING.sub(lambda m: f"<{m[1]}h{3 if m[2] in '123' else 4}>", raw)
    clean = nh3.clean(
        raw,
        tags=set(TAGS),
        clean_content_tags=set(SILENT),
        attributes=ATTRIBUTES,
        url_schemes=set(SCHEMES),
        link_rel="nofollow noopener",
        strip_comments=True,
    ).strip()
    if not _SPACE.sub("", _TAG.sub("", clean).replace("&nbsp;", "")):
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
    """Sanitised HTML as plain words: paragraphs apart by an empty line, list items on lines of their own with a dash."""
    if not clean:
        return None
    text = clean.replace("\r", "\n").replace("\n", " ")
    text = _CELL.sub(" \u2013 ", text)
    text = _ITEM.sub("\n- ", _PARAGRAPH.sub("\n\n", _BREAK.sub("\n", text)))
    text = html.unescape(_TAG.sub("", text))
    lines = [_SPACE.sub(" ", line).strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() or None
