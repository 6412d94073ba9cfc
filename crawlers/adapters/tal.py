"""Oleeo (TAL.net): a board's Atom, /candidate/jobboard/vacancy/N/feed, and the same with more facts at feed/structured.

https://github.com/ministryofjustice/feed-parser reads both. One answer holds the whole board, but one narrowed by `ftq`
50 at most. The plain feed prints "Label:value" lines, places with " ," between them; the structured one has a span for
each fact, its label as itemprop, one more for each further value. `published` is midnight in London told in UTC. Links
may hold segments of the visit (xf-…, user-…).
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, replace
from typing import ClassVar

from lxml import etree

from crawlers.adapters.board import headed
from crawlers.adapters.claim import Claim
from crawlers.adapters.entries import entry_posting
from crawlers.adapters.pay import SUM
from crawlers.adapters.said import Said, inner, said_in
from crawlers.adapters.shortfall import TOTAL_NOT_REACHED, because
from crawlers.adapters.text import absolute_links, joined, markup
from crawlers.adapters.vendor_feed import VendorFeed
from crawlers.adapters.xmltree import Element, local
from crawlers.source import Page, Parsed, Posting

ADDRESS = re.compile(r"/candidate/jobboard/vacancy/\d+/feed\b", re.IGNORECASE)
VISIT = re.compile(r"/(?:xf-[0-9a-f]+|user-\d+)(?=/)", re.IGNORECASE)
NARROWED = re.compile(r"[?&]ftq=[^&]")
MOST = 50  # entries of a narrowed feed
TEXTS = ("Job description Additional Information", "Additional Information")


@dataclass(frozen=True)
class Tal(VendorFeed):
    """A board's feed, plain or structured."""

    name: ClassVar[str] = "tal"
    system: ClassVar[str] = "Oleeo"

    def feed(self) -> str:
        """The feed, by an address that belongs to no visit."""
        return VISIT.sub("", self.url)

    def owns(self, entry: Element) -> bool:
        """True for an entry that names a page of Oleeo's."""
        return any(local(e.tag) in ("id", "link") and "/candidate/" in (e.text or e.get("href") or "") for e in entry)

    def refine(self, entry: Element, posting: Posting) -> Posting:
        """The posting with the facts of a structured entry, by a link that belongs to no visit."""
        facts = _spans(entry)
        whole = _structured(entry, facts, posting.url or "") if facts else posting
        return replace(whole, url=VISIT.sub("", whole.url) if whole.url else None)

    def parse(self, page: Page) -> Parsed:
        """Each entry as a Posting. Raises BadBodyError for a body that is no feed, or another system's."""
        parsed = super().parse(page)
        if NARROWED.search(page.url) and len(parsed.postings) >= MOST and not parsed.shortfall:
            return replace(parsed, shortfall=because(TOTAL_NOT_REACHED, f"a feed with ftq has {MOST} entries at most"))
        return parsed


def _spans(entry: Element) -> list[tuple[str, Element]]:
    """The facts of a structured entry: label and element; none in a plain one."""
    return [(e.get("itemprop"), e) for e in entry.iter() if local(e.tag) == "span" and e.get("itemprop")]


def _structured(entry: Element, facts: list[tuple[str, Element]], base: str) -> Posting:
    """The posting that an entry tells whose facts are its own elements, each called by its label."""
    flat = etree.Element("entry")
    flat.extend(copy.copy(child) for child in entry if local(child.tag) != "content")
    labels = {_name(label): label for label, _ in facts if label not in TEXTS}
    for label, span in facts:
        if label not in TEXTS:
            etree.SubElement(flat, _name(label)).text = " ".join(span.itertext())
    posting, said = entry_posting(flat, base), said_in(flat, [])
    texts = [(heading, inner(span)) for heading in TEXTS for label, span in facts if label == heading]
    lowest = said.first(("salaryminimum",))
    salary = lowest if lowest and not SUM.fullmatch(lowest) else joined(said.all(("salaryrange",)))
    return replace(
        posting,
        salary=salary or posting.salary,
        locations=_places(said) or posting.locations,
        description_html=absolute_links(markup(headed(texts)), base),
        identifiers={labels.get(name, name): value for name, value in posting.identifiers.items()},
        extra={labels.get(name, name): value for name, value in posting.extra.items() if value != salary},
    )


def _name(label: str) -> str:
    """A label as the name of an element."""
    name = re.sub("[^A-Za-z0-9]+", "_", label).strip("_")
    return name if name[:1].isalpha() else f"_{name}"


def _places(said: Said) -> tuple[str, ...]:
    """The places of a post that is open in several towns, each with its building where there are as many."""
    towns, sites = said.all(("citytown",)), said.all(("buildingsite",))
    if len(towns) < 2:
        return ()
    both = zip(sites, towns, strict=True) if len(sites) == len(towns) else ((None, town) for town in towns)
    return tuple(place for pair in both if (place := joined(pair)))


def recognise(page: Page) -> Claim | None:
    """By the addresses of its pages in Atom, or by its own."""
    body = page.body
    if b"<entry" in body and b"/candidate/" in body and b"/opp/" in body and b"2005/Atom" in body:
        return Claim(Tal(page.url), 1.0, "vacancies as Oleeo's feed tells them")
    if b"/candidate/jobboard/vacancy/" in body and b"2005/Atom" in body and b"<feed" in body[:2000]:
        return Claim(Tal(page.url), 0.9, "an empty feed such as Oleeo gives")
    return Claim(Tal(page.url), 0.9, "an address of Oleeo's feed") if ADDRESS.search(page.url) else None
