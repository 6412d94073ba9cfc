"""Microdata and RDFa in a page, as the objects that JSON-LD would have for them."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from lxml import etree

from crawlers.adapters.body import MOST_ENTRIES
from crawlers.adapters.things import term
from crawlers.adapters.xmltree import Element

LINKS = {"a": "href", "area": "href", "link": "href", "audio": "src", "embed": "src", "iframe": "src", "img": "src"}
LINKS |= {"object": "data", "source": "src", "video": "src"}
TAGS = re.compile(
    r"<!--.*?(?:-->|(?P<comment>\Z))|<(?P<raw>script|style|textarea|title)\b.*?(?:</(?P=raw)\s*>|(?P<cut>\Z))"
    r"|<(?P<end>/?)(?P<name>[a-z][^\s/>]*)[^<>]*(?:>|(?P<tag>\Z))",
    re.DOTALL,
)
# Elements that have no end tag, or may leave it out (HTML Living Standard, 13.1.2.4).
ENDLESS = frozenset(
    {
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track"),
        "wbr",
        *("body", "colgroup", "dd", "dt", "head", "html", "li", "optgroup", "option", "p", "rp", "rt", "tbody"),
        *("td", "tfoot", "th", "thead", "tr"),
    }
)
DEEPEST = 30  # nested objects; deeper ones are left out


@dataclass(frozen=True)
class Syntax:
    """The attributes in which one of the two syntaxes marks objects, their types and their properties."""

    object: str
    type: str
    property: str


MICRODATA = Syntax("itemscope", "itemtype", "itemprop")
RDFA = Syntax("typeof", "typeof", "property")


def marked(tree: Element, syntax: Syntax, kind: str) -> list[dict[str, Any]]:
    """Every object of schema.org's type `kind` that the page marks up in this syntax, in order."""
    found = tree.iterfind(f".//*[@{syntax.type}]")
    own = [tree] if tree.get(syntax.type) else []
    wanted = (e for e in chain(own, found) if kind.lower() in map(term, e.get(syntax.type).split()))
    return [_object(element, syntax, tree, 0) for element in islice(wanted, MOST_ENTRIES + 1)]


def _object(element: Element, syntax: Syntax, tree: Element, depth: int) -> dict[str, Any]:
    node: dict[str, Any] = {"@type": (element.get(syntax.type) or "").split()}
    name = element.get("itemid") or element.get("resource") or element.get("about")
    if name:
        node["@id"] = name
    if depth > DEEPEST:
        return node
    for part in _parts(element, syntax, tree if depth == 0 else None):
        value = _value(part, syntax, tree, depth)
        for prop in part.get(syntax.property).split():
            node.setdefault(term(prop), []).append(value)
    return node


def _parts(element: Element, syntax: Syntax, tree: Element | None) -> Iterator[Element]:
    """The elements that state the object's own properties: below it, not in inner objects, and where itemref points.

    `tree` is None for an inner object, whose itemref counts for nothing: such references can run in circles.
    """
    named = set((element.get("itemref") or "").split()) if syntax is MICRODATA and tree is not None else set()
    referred = [e for e in tree.iterfind(".//*[@id]") if e.get("id") in named] if named and tree is not None else []
    waiting = [*reversed(referred), *reversed([c for c in element if isinstance(c.tag, str)])]
    while waiting:
        part = waiting.pop()
        if part is element:
            continue
        if part.get(syntax.property):
            yield part
        if part.get(syntax.object) is None:
            waiting += reversed([c for c in part if isinstance(c.tag, str)])


def _value(part: Element, syntax: Syntax, tree: Element, depth: int) -> Any:
    if part.get(syntax.object) is not None:
        return _object(part, syntax, tree, depth + 1)
    for attribute in ("content", "datetime", "value" if part.tag in ("data", "meter") else "", LINKS.get(part.tag, "")):
        if attribute and part.get(attribute) is not None:
            return part.get(attribute)
    if "description" in {term(prop) for prop in part.get(syntax.property).split()}:
        return inner_html(part)
    return "".join(part.itertext())


def inner_html(element: Element) -> str:
    """The markup inside an element."""
    pieces = [html.escape(element.text or "", quote=False)]
    pieces += [etree.tostring(child, encoding="unicode", method="html") for child in element]
    return "".join(pieces)


def still_open(page: str) -> list[str]:
    """The elements that are open where a page (in lower case) ends, though HTML wants them closed."""
    opened: Counter[str] = Counter()
    for found in TAGS.finditer(page):
        name = found["name"]
        if any(found[cut] is not None for cut in ("comment", "cut", "tag")):
            opened[name or found["raw"] or "!--"] += 1
        elif name and name not in ENDLESS and not found[0].endswith("/>"):
            opened[name] += -1 if found["end"] else 1
    return [name for name, balance in opened.items() if balance > 0]


def cut_object(page: str, kind: str) -> str | None:
    """The element in which the last object of type `kind` is marked up, where a page (in lower case) ends inside it."""
    marks = list(re.finditer(rf"""(?:itemtype|typeof)\s*=\s*["']?[^"'<>]{{0,200}}\b{kind}\b""", page))
    start = page.rfind("<", 0, marks[-1].start()) if marks else -1
    rest = page[start:] if start >= 0 else ""
    return next((name for name in still_open(rest) if rest.startswith(f"<{name}")), None)
