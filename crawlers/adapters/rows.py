"""What a row of a list says of its vacancy: in labelled lines, or in cells under their headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from clearinghouse.vacancies.posting import Posting
from crawlers.adapters.facts import pay, places
from crawlers.adapters.jobwords import NAMES, squeezed
from crawlers.adapters.labels import labelled
from crawlers.adapters.markup import inner_html
from crawlers.adapters.picks import text_of, words
from crawlers.adapters.said import Said
from crawlers.adapters.text import joined, link
from crawlers.adapters.webpage import WebPage
from crawlers.adapters.xmltree import Element
from crawlers.source import Follow, Parsed

WHOLE = ("body", "form", "html", "main", "ol", "table", "tbody", "ul")  # a list, never one row of it
Headings = Mapping[Element, tuple[str, ...]]  # of each table
NO_HEADINGS: Headings = {}
MORE = re.compile(r"(?:read|find out|view|see|more|details?|apply)\b", re.IGNORECASE)  # no title, but a button


def adverts_on(web: WebPage, advert: re.Pattern[str], name: Callable[[Element], str | None] = text_of) -> list[Posting]:
    """Each advert that a page links to, with what the piece of the page around the link says of it.

    `advert` finds its number in a link, in any of its groups; `name` reads a heading of a table.
    """
    found: dict[str, list[Element]] = {}
    for a in web.root.iter("a"):
        number = advert.search(a.get("href") or "")
        if number:
            found.setdefault(next(filter(None, number.groups())), []).append(a)
    heads = headings(web.root, name) if found else {}
    return [_card(number, found[number], row, heads, web) for number, row in _around(found).items()]


def opened(cards: Sequence[Posting]) -> Parsed:
    """The cards with the pages of their own to follow; those without a link as they are."""
    follows = tuple(Follow(card.url, card=card) for card in cards if card.url)
    return Parsed(postings=tuple(card for card in cards if not card.url), follows=follows)


def _card(number: str, links: Sequence[Element], row: Element, heads: Headings, web: WebPage) -> Posting:
    said = [text for a in links if (text := text_of(a))]
    title = next((text for text in said if not MORE.match(text)), None)
    return replace(
        posting_of(told := facts_in(row, heads)),
        title=title or words(row, "h1 | h2 | h3 | h4") or next(iter(said), None),
        url=link(links[0].get("href"), web.base),
        reference=told.first(NAMES["reference"]) or number,
        identifiers={"vacancy": number},
    )


def _around(links: Mapping[str, Sequence[Element]]) -> dict[str, Element]:
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


def headings(root: Element, name: Callable[[Element], str | None] = text_of) -> Headings:
    """The headings of each table of a page, from left to right; none for a table without a row of them."""
    found: dict[Element, tuple[str, ...]] = {}
    for table in root.iter("table"):
        first = next(table.iter("th"), None)
        heads = () if first is None else tuple(first.getparent().iterchildren("th"))
        found[table] = tuple(name(head) or "" for head in heads)
    return found


def facts_in(element: Element, headings: Headings = NO_HEADINGS) -> Said:
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
