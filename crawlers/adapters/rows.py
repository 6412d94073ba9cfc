"""What a row of a list says of its vacancy: in labelled lines, or in cells under their headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from clearinghouse.vacancies.posting import Posting
from crawlers.adapters.facts import pay, places
from crawlers.adapters.jobwords import NAMES, squeezed
from crawlers.adapters.labels import labelled
from crawlers.adapters.markup import inner_html
from crawlers.adapters.picks import text_of
from crawlers.adapters.said import Said
from crawlers.adapters.text import joined
from crawlers.adapters.xmltree import Element

WHOLE = ("body", "form", "html", "main", "ol", "table", "tbody", "ul")  # a list, never one row of it
NO_HEADINGS: Mapping[Element, tuple[str, ...]] = {}


def around(links: Mapping[str, Sequence[Element]]) -> dict[str, Element]:
    """For each number, the largest piece of the page that links to no advert but the one of that number."""
    owners: dict[Element, str | None] = {}
    for number, own in links.items():
        for a in own:
            for element in (a, *a.iterancestors()):
                if element in owners and owners[element] in (None, number):
                    break  # so is everything around it
                owners[element] = None if element in owners else number
    return {number: _row(number, own[0], owners) for number, own in links.items()}


def _row(number: str, link: Element, owners: Mapping[Element, str | None]) -> Element:
    row = link
    for element in link.iterancestors():
        if owners[element] != number or element.tag in WHOLE:
            break
        row = element
    return row


def headings(root: Element) -> dict[Element, tuple[str, ...]]:
    """The headings of each table of a page, from left to right; none for a table without a row of them."""
    found = {}
    for table in root.iter("table"):
        first = next(table.iter("th"), None)
        heads = () if first is None else tuple(first.getparent().iterchildren("th"))
        found[table] = tuple(text_of(head) or "" for head in heads)
    return found


def facts_in(element: Element, headings: Mapping[Element, tuple[str, ...]] = NO_HEADINGS) -> Said:
    """The facts printed in an element: those of its cells where it is a row of a table with `headings`."""
    heads = headings.get(next(element.iterancestors("table"), None), ())
    cells = zip(heads, element.iterchildren("td", "th"), strict=False)
    told = [(heading, text) for heading, cell in cells if heading and (text := text_of(cell))]
    printed = told or list(labelled(inner_html(element)).values())
    values: dict[str, tuple[str, ...]] = {}
    names: dict[str, str] = {}
    for label, value in printed:
        values.setdefault(squeezed(label), (value,))
        names.setdefault(squeezed(label), label)
    return Said(values, names)


def posting_of(said: Said) -> Posting:
    """The facts as a posting, each under the first of the names that jobwords knows for it."""
    salary, sums = pay(said, said.first(NAMES["salary"]))
    return Posting(
        reference=said.first(NAMES["reference"]),
        employer=said.first(NAMES["employer"]),
        locations=places(said),
        salary=salary,
        employment_type=joined(said.every(NAMES["employment_type"])),
        working_pattern=said.first(NAMES["working_pattern"]),
        hours=said.first(NAMES["hours"]),
        posted=said.first(NAMES["posted"]),
        closes=said.first(NAMES["closes"]),
        starts=said.first(NAMES["starts"]),
        kind=said.first(NAMES["kind"]),
        level=said.first(NAMES["level"]),
        occupation=said.first(NAMES["occupation"]),
        extra=sums,
    )
