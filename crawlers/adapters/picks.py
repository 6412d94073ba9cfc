"""Where a value stands on a page, told in a small language over CSS selectors.

    h3 a                       the words of the first such element that has any
    time@datetime              its attribute; where a link is wanted, href goes without saying
    a.job closest(tr, li)      the nearest element around it of one of these names
    li.place[]                 every such element, not the first alone
    label(Closing date)        what is printed beside these words: in a list, a table, or a line "Closing date: 1 May"
    column(Closing date)       what stands in the column of a table that is headed so
    .facts label(Pay, Salary)  the same within an element; several wordings of one label
    .closes =~ Closes : (.+)   of those words the part that a regular expression finds: its group, if it has one
    .ref | td:nth-child(2)     the first of several that says anything (a space on both sides of the bar)

Before `@`, `=~`, `label(` or `column(` an empty selector is the element at hand itself: a row, or the page.
Letter case doesn't count in an expression. Selectors meet a page as it was sent: no browser has put a tbody in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from cssselect import HTMLTranslator, SelectorError, parse
from lxml import etree

from crawlers.adapters.jobwords import squeezed
from crawlers.adapters.labels import beside
from crawlers.adapters.markup import inner_html
from crawlers.adapters.text import link, markup, plain
from crawlers.adapters.xmltree import Element

GRAMMAR = re.compile(
    r"""(?P<css>.*?)\s*
    (?:closest\((?P<around>[a-z0-9,\ ]+)\)\s*)?
    (?:(?P<where>label|column)\((?P<labels>[^()]+)\))?
    (?P<every>\[\])?
    (?:@(?P<attribute>[A-Za-z][\w:-]*))?
    (?:\s*=~\s*(?P<cut>.+))?""",
    re.VERBOSE,
)
CSS = HTMLTranslator()  # lxml's own fails on :contains (6.1: UnicodeDecodeError)
NUMBER = re.compile(r"\d[\d,]*", re.ASCII)
LONGEST = 100_000  # characters in which an expression is looked for
# What runs on within a line; every other element begins one of its own.
INLINE = frozenset(
    (
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i"),
        *("ins", "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup"),
        *("time", "tt", "u", "var", "wbr"),
    )
)


@dataclass(frozen=True)
class Pick:
    """One of the alternatives of a selector."""

    css: tuple[etree.XPath, ...]
    around: tuple[str, ...]
    labels: tuple[str, ...]
    is_column: bool
    every: bool
    attribute: str | None
    cut: re.Pattern[str] | None

    def elements(self, root: Element) -> list[Element]:
        """The elements that it means, `root` itself where it names none."""
        found = self._selected(root) if self.css else [root]
        if not self.around:
            return found
        outer = (next(element.iterancestors(*self.around), None) for element in found)
        return list(dict.fromkeys(element for element in outer if element is not None))

    def _selected(self, root: Element) -> list[Element]:
        """What its selectors find, in order. One by one: libxml2 takes the square of the time for all at once."""
        found: list[Any] = [css(root) for css in self.css]
        if len(found) == 1:
            return list(found[0])
        among = {element for each in found for element in each}
        return [element for element in root.iter() if element in among] if among else []

    def said(self, root: Element) -> Iterator[str]:
        """What each of its elements says."""
        for element in self.elements(root):
            text = self._raw(element)
            if self.cut is not None and text:
                found = self.cut.search(text, 0, LONGEST)
                text = plain(found[1] if found.re.groups else found[0]) if found else None
            if text:
                yield text

    def _raw(self, element: Element) -> str | None:
        if self.is_column:
            return _under(element, self.labels)
        if self.labels:
            return beside(inner_html(element), self.labels)
        return plain(element.get(self.attribute)) if self.attribute else text_of(element)


@cache
def picks(selector: str) -> tuple[Pick, ...]:
    """The alternatives of a selector. Raises ValueError, which names it, where it can't be read."""
    return tuple(_pick(part.strip(), selector) for part in selector.split(" | "))


def elements(root: Element, selector: str) -> list[Element]:
    """The elements that the first of its alternatives finds which finds any."""
    return next((found for pick in picks(selector) if (found := pick.elements(root))), [])


def words(root: Element, selector: str) -> str | None:
    """What the selector finds, in one line of words; where it asks for every one, these joined by commas."""
    return ", ".join(every(root, selector, first=True)) or None


def every(root: Element, selector: str, *, first: bool = False) -> tuple[str, ...]:
    """What the selector finds, each once; the `first` alone unless it asks for every one."""
    for pick in picks(selector):
        found = pick.said(root)
        kept = [one for one in (next(found, None),) if one] if first and not pick.every else list(found)
        if kept:
            return tuple(dict.fromkeys(kept))
    return ()


def href(root: Element, selector: str, base: str) -> str | None:
    """The absolute link that the selector finds: an attribute's, or that of the element or the first link in it.

    A selector in braces is a part of a link: `https://jobs.example/{@data-id}`.
    """
    before, inside, after = braces(selector)
    if inside:
        part = words(root, inside)
        return link(f"{before}{part}{after}", base) if part else None
    return next((url for pick in picks(selector) for url in _links(pick, root, base)), None)


def braces(selector: str) -> tuple[str, str, str]:
    """What stands before, in and after the braces of a selector; all of it before them where it has none."""
    before, _, rest = selector.partition("{")
    inside, _, after = rest.rpartition("}")
    return before, inside, after


def html_at(root: Element, selector: str) -> str | None:
    """The markup inside each of the elements that the selector finds, one under the other."""
    for pick in picks(selector):
        inside = [markup(inner_html(element)) for element in pick.elements(root) if text_of(element)]
        if inside:
            return "\n".join(part for part in inside if part) or None
    return None


def number(root: Element, selector: str) -> int | None:
    """The first whole number in what the selector finds; None for one that no list could have."""
    found = NUMBER.search(words(root, selector) or "")
    digits = found[0].replace(",", "") if found else ""
    return int(digits) if digits and len(digits) < 10 else None


def holds(root: Element, selector: str) -> bool:
    """True when the page has an element that the selector means; where it cuts, one whose words have that part."""
    return any(any(p.said(root)) if p.cut or p.labels else bool(p.elements(root)) for p in picks(selector))


def says(element: Element, selector: str) -> bool:
    """True for an element in whose own words the selector's expression is found; without one, that it means."""
    text = text_of(element) or ""
    return any(p.cut.search(text, 0, LONGEST) if p.cut else p.elements(element) for p in picks(selector))


def text_of(element: Element) -> str | None:
    """The words of an element in one line, as a reader sees them: blocks don't run into one another."""
    pieces = [element.text or ""]
    for child in element.iterchildren():
        _gather(child, pieces)
    return plain("".join(pieces))


def _gather(top: Element, pieces: list[str]) -> None:
    """The words of an element and what follows it, without recursion: pages nest as deep as they like."""
    waiting: list[tuple[Element, bool]] = [(top, True)]
    while waiting:
        element, opens = waiting.pop()
        gap = "" if element.tag in INLINE else " "
        if opens:
            pieces += (gap, element.text or "")
            waiting.append((element, False))
            waiting += [(child, True) for child in reversed(element)]
        else:
            pieces += (gap, element.tail or "")


def _under(element: Element, labels: tuple[str, ...]) -> str | None:
    """What stands in an element's row of a table, in the column whose heading is one of these labels (squeezed)."""
    row = next(element.iter("tr"), None)
    table = next(element.iterancestors("table"), None)
    head = next(table.iter("tr"), None) if table is not None else None
    if row is None or head is None or head is row:
        return None
    columns = [at for at, cell in _cells(head) if squeezed(text_of(cell) or "") in labels]
    return next((text_of(cell) for at, cell in _cells(row) if at in columns), None)


def _cells(row: Element) -> Iterator[tuple[int, Element]]:
    """The cells of a row with the number of the column in which each begins."""
    at = 0
    for cell in row.iterchildren("td", "th"):
        yield at, cell
        span = cell.get("colspan") or ""
        at += int(span) if span.isdecimal() and len(span) < 4 else 1


def _links(pick: Pick, root: Element, base: str) -> Iterator[str]:
    if pick.attribute or pick.cut or pick.labels:
        yield from (url for text in pick.said(root) if (url := link(text, base)))
        return
    for element in pick.elements(root):
        inside = next(element.iter("a"), element)
        if url := link(inside.get("href"), base):
            yield url


def _pick(part: str, selector: str) -> Pick:
    found = GRAMMAR.fullmatch(part)
    if found is None or not part:
        raise ValueError(f"{selector!r} is no selector")
    try:
        selectors = parse(found["css"]) if found["css"] else ()
        css = tuple(etree.XPath(CSS.selector_to_xpath(one, translate_pseudo_elements=True)) for one in selectors)
        cut = re.compile(found["cut"], re.IGNORECASE | re.DOTALL) if found["cut"] else None
    except (SelectorError, ValueError, re.error) as error:
        raise ValueError(f"{selector!r} is no selector: {error}") from error
    labels = tuple(squeezed(one) for one in (found["labels"] or "").split(",") if squeezed(one))
    around = tuple(name.strip() for name in (found["around"] or "").split(",") if name.strip())
    return Pick(css, around, labels, found["where"] == "column", bool(found["every"]), found["attribute"], cut)
