"""XML as sites really send it: read strictly first, then mended, with a word on what was wrong.

No DTD is read, no entity of a document's own expanded, nothing fetched.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

from lxml import etree

from clearinghouse.errors import BadBodyError
from crawlers.adapters.body import FIRST_TAG
from crawlers.adapters.shortfall import ILL_FORMED, TRUNCATED, because

Element = Any  # lxml's element

DECLARATION = re.compile(r"<\?xml[^<>]*\?>")
DOCTYPE = re.compile(
    r"""<!DOCTYPE(?:[^\[>"']|"[^"]*"|'[^']*')*+(?:\[(?>[^\]"'<]|"[^"]*"|'[^']*'|<!--.*?-->|<)*+\]\s*)?>""", re.I | re.S
)
TROUBLE = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?:(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{0,31});)?|<(?![A-Za-z_/!?])",
    re.DOTALL,
)
XML_OWN = frozenset({"amp", "lt", "gt", "quot", "apos"})
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Tree:
    """A document's root, and the shortfall that a mended one has. `cut` is True when the root never closed."""

    root: Element
    shortfall: str | None = None
    cut: bool = False
    source: str = ""

    def open_at_end(self, element: Element) -> bool:
        """True when the last element of that name in the text never closes."""
        name = f"{element.prefix}:{local(element.tag)}" if element.prefix else local(element.tag)
        starts = [m.start() for m in re.finditer(rf"<{re.escape(name)}[\s>]", self.source)]
        return bool(starts) and self.source.find(f"</{name}", starts[-1]) < 0


def local(name: object) -> str:
    """An element's or attribute's name without its namespace or prefix; empty for a comment."""
    return name.rpartition("}")[2].rpartition(":")[2] if isinstance(name, str) else ""


def namespace(element: Element) -> str:
    """The URI of an element's namespace; empty when it has none."""
    return str(element.tag[1:].partition("}")[0]) if str(element.tag).startswith("{") else ""


def read_xml(text: str, url: str) -> Tree:
    """The document in `text`, mended where need be. Raises BadBodyError when no element can be read at all."""
    source, had_doctype = _without_prolog(text)
    if had_doctype:
        source = _mended(source)  # the names that its DTD may have defined: HTML's are known, others stay as words
    try:
        return Tree(_parse(source, recover=False))
    except etree.XMLSyntaxError as error:
        complaint = f"line {error.lineno}, {str(error.msg).partition(', line ')[0]}"
    try:
        root = _parse(_mended(source), recover=True)
    except etree.XMLSyntaxError as error:
        raise BadBodyError(url, f"XML that can't be read ({complaint})") from error
    if root is None:
        raise BadBodyError(url, f"XML that can't be read ({complaint})")
    first = FIRST_TAG.search(source)
    name = first[1] if first else local(root.tag)
    if _closes(source, name):
        return Tree(root, because(ILL_FORMED, complaint))
    return Tree(root, because(TRUNCATED, f"its root <{name}> never closes"), cut=True, source=source)


def _without_prolog(text: str) -> tuple[str, bool]:
    """The text without XML declaration (its encoding is settled) and without DTD; True when it had a DTD."""
    declaration = DECLARATION.match(text)
    source = text[declaration.end() :] if declaration else text
    first = FIRST_TAG.search(source)
    at = source[: first.start() if first else 0].upper().find("<!DOCTYPE")
    doctype = DOCTYPE.match(source, at) if at >= 0 else None
    return (source[:at] + source[doctype.end() :], True) if doctype else (source, False)


def _parse(source: str, *, recover: bool) -> Element:
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        remove_comments=True,
        remove_pis=True,
        strip_cdata=True,
        huge_tree=False,
    )
    return etree.fromstring(source.encode("utf-8", "replace"), parser)


def _mended(source: str) -> str:
    """The text with bare ampersands and angle brackets escaped, HTML's entities read, forbidden characters off."""
    return FORBIDDEN.sub("", TROUBLE.sub(_mend, source))


def _mend(found: re.Match[str]) -> str:
    whole, name = found[0], found[1]
    if whole.startswith("<!"):
        return whole
    if whole == "<":
        return "&lt;"
    if name is None:
        return "&amp;"
    if name in XML_OWN:
        return whole
    read = html.unescape(whole)
    return html.escape(read, quote=False) if read != whole else f"&amp;{name};"


def _closes(source: str, name: str) -> bool:
    """True when the root's end tag stands in the text with no further element after it."""
    at = source.rfind(f"</{name}")
    if at < 0:
        return False
    end = re.compile(rf"</{re.escape(name)}\s*>").match(source, at)
    return end is not None and FIRST_TAG.search(source, end.end()) is None
