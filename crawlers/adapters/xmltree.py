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
from crawlers.adapters.body import FIRST_TAG, MOST_ENTRIES
from crawlers.adapters.shortfall import ILL_FORMED, TRUNCATED, because

Element = Any  # lxml's element

DECLARATION = re.compile(r"<\?xml[^<>]*\?>")
DOCTYPE = re.compile(
    r"""<!DOCTYPE(?:[^\[>"']|"[^"]*"|'[^']*')*+(?:\[(?>[^\]"'<]|"[^"]*"|'[^']*'|<!--.*?-->|<)*+\]\s*)?>""", re.I | re.S
)
TROUBLE = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?:(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{0,31});)?|<(?![A-Za-z_/!?])|\]\]>",
    re.DOTALL,
)
START_TAG = re.compile(r"""<!\[CDATA\[.*?(?:\]\]>|\Z)|<[A-Za-z_](?:[^<>"']|"[^"<]*"|'[^'<]*')*+>""", re.DOTALL)
UNQUOTED = re.compile(r"""("[^"]*"|'[^']*')|(?<==)\s*+([^\s"'<>/]++(?:/++[^\s"'<>/]++)*+)(?=[\s/>])""")
# Elements whose words are HTML: where a site forgot to escape these, their tags are no part of the document.
RAW_HTML = re.compile(
    r"<((?:\w{1,20}:)?(?:description|encoded|summary))((?:\s[^<>]*)?)(?<!/)>"
    r"(?!\s*<!\[CDATA\[)([^<]*+<(?:(?!</?\1[\s>]).)*+)(?=</\1\s*>)",
    re.DOTALL | re.IGNORECASE,
)
XML_OWN = frozenset({"amp", "lt", "gt", "quot", "apos"})
AROUND = re.compile(
    r"""<(?:rss|channel|feed|(?:\w{1,20}:)?RDF|urlset|sitemapindex)(?:[^<>"']|"[^"]*"|'[^']*')*+>""", re.IGNORECASE
)
ENTRY = re.compile(r"<(?:\w{1,20}:)?(?:item|entry|url|sitemap)[\s/>]", re.IGNORECASE)
MOST_PIECES = 20_000  # about two seconds' work
MOST_TAGS = 1_200_000  # and attributes, of some 250 bytes of memory each; a sitemap of 50,000 addresses has 500,000
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Tree:
    """A document's root; for a mended one also its shortfall and `source`, the mended text.

    `cut` is True when the root never closed.
    """

    root: Element
    shortfall: str | None = None
    cut: bool = False
    source: str = ""
    url: str = ""

    def elements(self, *names: str, most: int = MOST_ENTRIES) -> list[Element]:
        """Every element of these local names (lower case), in order.

        In a mended document each is read from its own piece of the text: one stray end tag would else close the
        elements around it and lose all that follow. The last is left out where the body ends inside it. Raises
        BadBodyError for more than `most` of them, or MOST_PIECES where it was mended.
        """
        if not self.source:
            found = [element for element in self.root.iter() if local(element.tag).lower() in names]
            if len(found) > most:
                raise BadBodyError(self.url, f"XML with over {most} elements <{names[0]}>")
            return found
        read = [_first(piece, names) for piece in self._pieces(names)]
        return [element for element in read if element is not None]

    def _pieces(self, names: tuple[str, ...]) -> list[str]:
        """A document for each of the elements, with the start tags that declare its namespaces around it."""
        prefix = f"(?:{re.escape(self.root.prefix)}:)?" if self.root.prefix else ""
        tags = re.compile(
            rf"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<(/?){prefix}(?:{'|'.join(names)})(?=[\s/>])",
            re.DOTALL | re.IGNORECASE,
        )
        around = "".join(tag[0] for tag in AROUND.finditer(self.source[:5000]))
        marks = [(m.start(), m[1] == "/") for m in tags.finditer(self.source) if m[1] is not None]
        if len(marks) > 2 * MOST_PIECES:
            raise BadBodyError(self.url, f"XML that is not well formed, with over {MOST_PIECES} elements <{names[0]}>")
        pieces = []
        for n, (start, closing) in enumerate(marks):
            last = n + 1 == len(marks)
            if not closing and not (last and self.cut):
                end = len(self.source) if last else marks[n + 1][0]
                pieces.append(around + self.source[start:end])
        return pieces


def _first(piece: str, names: tuple[str, ...]) -> Element | None:
    try:
        root = _parse(piece, recover=True)
    except etree.XMLSyntaxError:
        return None
    return None if root is None else next((e for e in root.iter() if local(e.tag).lower() in names), None)


def local(name: object) -> str:
    """An element's or attribute's name without its namespace or prefix; empty for a comment."""
    return name.rpartition("}")[2].rpartition(":")[2] if isinstance(name, str) else ""


def namespace(element: Element) -> str:
    """The URI of an element's namespace, or a prefix that nothing declares; empty when it has neither."""
    tag = str(element.tag)
    return tag[1:].partition("}")[0] if tag.startswith("{") else tag.rpartition(":")[0]


def is_too_much(text: str) -> bool:
    """True for markup whose elements and attributes would take more memory than there is for them."""
    return text.count("<") + text.count("=") > MOST_TAGS


def read_xml(text: str, url: str) -> Tree:
    """The document in `text`, mended where need be.

    Raises BadBodyError when no element can be read at all, or their tags and attributes are more than MOST_TAGS.
    """
    if is_too_much(text):
        raise BadBodyError(url, f"XML with over {MOST_TAGS} tags and attributes")
    source, had_doctype = _without_prolog(text)
    if had_doctype:
        source = _mended(source)  # the names that its DTD may have defined: HTML's are known, others stay as words
    try:
        return Tree(_parse(source, recover=False), url=url)
    except etree.XMLSyntaxError as error:
        complaint = f"line {error.lineno}, {str(error.msg).partition(', line ')[0]}"
    mended = _mended(source)
    try:
        root = _parse(mended, recover=True)
    except etree.XMLSyntaxError as error:
        raise BadBodyError(url, f"XML that can't be read ({complaint})") from error
    if root is None:
        raise BadBodyError(url, f"XML that can't be read ({complaint})")
    first = FIRST_TAG.search(source)
    name = first[1] if first else local(root.tag)
    if _closes(source, name):
        return Tree(root, because(ILL_FORMED, complaint), source=mended, url=url)
    return Tree(root, because(TRUNCATED, f"its root <{name}> never closes"), cut=True, source=mended, url=url)


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
    """The text with bare ampersands and angle brackets escaped, HTML's entities read, forbidden characters off.

    Attributes are quoted, and HTML that stands unescaped in a description and is no XML is escaped.
    """
    quoted = START_TAG.sub(lambda m: UNQUOTED.sub(_quote, m[0]) if "=" in m[0] and m[0][1] != "!" else m[0], source)
    return FORBIDDEN.sub("", RAW_HTML.sub(_escaped, TROUBLE.sub(_mend, quoted)))


def _quote(found: re.Match[str]) -> str:
    return found[1] or f'"{found[2]}"'


def _escaped(found: re.Match[str]) -> str:
    tag, attributes, words = found[1], found[2], found[3]
    try:
        _parse(f"<x>{words}</x>", recover=False)
    except etree.XMLSyntaxError:
        words = html.escape(words, quote=False)
    return f"<{tag}{attributes}>{words}"


def _mend(found: re.Match[str]) -> str:
    whole, name = found[0], found[1]
    if whole.startswith("<!"):
        return whole
    if whole == "<":
        return "&lt;"
    if whole == "]]>":
        return "]]&gt;"
    if name is None:
        return "&amp;"
    if name in XML_OWN:
        return whole
    read = html.unescape(whole)
    return html.escape(read, quote=False) if read != whole else f"&amp;{name};"


def _closes(source: str, name: str) -> bool:
    """True when the root's end tag stands in the text, outside CDATA, and no entry after it (a printed warning may)."""
    at = source.rfind(f"</{name}")
    if at < 0 or source.rfind("<![CDATA[", 0, at) > source.rfind("]]>", 0, at):
        return False
    end = re.compile(rf"</{re.escape(name)}\s*>").match(source, at)
    return end is not None and ENTRY.search(source, end.end()) is None
