"""What Oleeo's pages say of a vacancy: the cells of a row, the lines of a tile, the form that an advert's page is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape

from crawlers.adapters.advert import advert_on
from crawlers.adapters.board import headed
from crawlers.adapters.markup import inner_html
from crawlers.adapters.picks import elements, text_of, words
from crawlers.adapters.records import read_record
from crawlers.adapters.tal import VISIT
from crawlers.adapters.text import absolute_links, markup
from crawlers.adapters.webpage import read_page
from crawlers.adapters.xmltree import Element
from crawlers.source import Page, Parsed

NUMBER = re.compile(r"/opp/(\d+)")
BLOCKS = ("dd", "div", "li", "p")
LONGEST_LABEL = 60
PROSE = 300  # characters; a longer field is a part of the text
TEXTS = re.compile(r"description|information|summary|about|responsibilit|requirement|criteria|benefit", re.IGNORECASE)
OTHERWISE = {"description_html": "main | [role='main'] | #main | #content"}


def cells(row: Element) -> Iterator[tuple[str, str]]:
    """The cells of a row, each under its column's heading; the one with the link left out."""
    table = next(row.iterancestors("table"), None)
    head_row = next(table.iter("tr"), None) if table is not None else None
    heads = [text_of(head) or "" for head in head_row.iterchildren("th")] if head_row is not None else []
    for head, cell in zip(heads, row.iterchildren("td", "th"), strict=False):
        text = text_of(cell)
        if head and text and next(cell.iter("a"), None) is None:
            yield head, text


def lines(tile: Element) -> Iterator[tuple[str, str]]:
    """The labelled lines of a tile."""
    for block in tile.iter(*BLOCKS):
        inside = any(child.tag in (*BLOCKS, "a") for child in block.iterdescendants())
        label, colon, value = (text_of(block) or "").partition(":") if not inside else ("", "", "")
        if colon and value.strip() and len(label) <= LONGEST_LABEL:
            yield label, value


def form_on(page: Page) -> Parsed:
    """The advert whose page this is: the fields of its form, else all that its main part says."""
    web = read_page(page)
    facts: dict[str, str] = {}
    texts: list[tuple[str, str]] = []
    for group in elements(web.root, ".form-group"):
        label, value = (
            words(group, ".hform_lbl_text | label"),
            next(iter(elements(group, ".form-control-static")), None),
        )
        said = text_of(value) if value is not None else None
        if label and value is not None and said:
            if len(said) > PROSE or TEXTS.search(label):
                texts.append((escape(label, quote=False), markup(inner_html(value)) or ""))
            else:
                facts.setdefault(label.rstrip(": "), said)
    if not facts and not texts:
        return advert_on(page, OTHERWISE)
    posting = read_record(facts, web.base)
    url = page.card.url if page.card else VISIT.sub("", page.url)
    reference = NUMBER.search(page.url)
    told = replace(posting, description_html=absolute_links(headed(texts), web.base), url=url)
    return Parsed(postings=(replace(told, reference=reference[1]) if reference else told,), shortfall=web.shortfall)
