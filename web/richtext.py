"""The advert's description made ready for our page: only harmless HTML, below our headings, with numbers to ring."""

from __future__ import annotations

import re

import nh3
from markupsafe import Markup, escape

TAGS = frozenset(
    {"a", "b", "blockquote", "br", "em", "h3", "h4", "i", "li", "ol", "p", "strong", "u", "ul"}
    | {"table", "tbody", "td", "th", "thead", "tr"}
)
HEADINGS = re.compile(r"(</?)h[1-6](?=[\s>])", re.IGNORECASE)
TAG = re.compile(r"""(<(?:"[^"]*"|'[^']*'|[^>"'])*>)""")
PHONE = re.compile(
    r"(?<![\w£.,/+-])(?:\+44[ ]?(?:\(0\)[ ]?)?\(?|\(?0)[123478]\d{1,4}\)?(?:[ -]?\d{2,6}){1,3}(?![\w/]|[.,-]?\d)"
)

LONG_WORD = re.compile(r"\S{20,}")
AFTER_A_PART = re.compile(r"([/?&=@._:,;-]+|[^/?&=@._:,;-]{24})(?=[^/?&=@._:,;-])")


def description(html: str | None) -> Markup:
    """The advert's own HTML, cleaned again at the door, headings as h3, telephone numbers as links."""
    clean = nh3.clean(
        HEADINGS.sub(r"\1h3", html or ""),
        tags=set(TAGS),
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="nofollow noopener",
    )
    return Markup(with_phones(clean))  # noqa: S704 - cleaned in the line before


def with_phones(html: str) -> str:
    """Well-formed HTML with each British telephone number outside a link made a tel: link."""
    inside, out = 0, []
    for piece in TAG.split(html):
        if piece.startswith("<a ") or piece == "<a>":
            inside += 1
        elif piece == "</a>":
            inside -= 1
        out.append(piece if inside or piece.startswith("<") else PHONE.sub(_link, piece))
    return "".join(out)


def _link(match: re.Match[str]) -> str:
    said = match.group()
    digits = re.sub(r"\D", "", said.replace("(0)", ""))
    national = digits.removeprefix("44") if said.lstrip("(").startswith("+44") else digits.removeprefix("0")
    if len(national) not in (9, 10):
        return said
    return f'<a href="tel:+44{national}">{said}</a>'


def breakable(words: object) -> Markup:
    """Text that a narrow cell may break between the parts of a long address, or in a word of more than 24 characters.

    What is copied from the page is the text itself.
    """
    safe, last, text = Markup(), 0, str(words)
    for long in LONG_WORD.finditer(text):
        parts = AFTER_A_PART.sub("\\1 ", long.group()).split(" ")
        safe += escape(text[last : long.start()]) + Markup("<wbr>").join(parts)
        last = long.end()
    return safe + escape(text[last:])
