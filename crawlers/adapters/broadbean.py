"""Broadbean: the list of items that it distributes, as Teaching Vacancies' importer reads it.

https://github.com/DFE-Digital/teaching-vacancies. One answer holds every advert. Its XML declaration may be broken
(quotes with backslashes), offsets of times have no colon, and what isn't said is an empty element.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from clearinghouse.errors import BadBodyError
from crawlers.adapters.claim import Claim
from crawlers.adapters.entries import entry_posting
from crawlers.adapters.vendor_feed import names_in
from crawlers.adapters.xml_records import xml_list
from crawlers.source import Follow, Page, Parsed

OWN = frozenset({"advertUrl", "jobTitle"})


@dataclass(frozen=True)
class Broadbean:
    """A feed of Broadbean's."""

    url: str

    name: ClassVar[str] = "broadbean"
    identity: ClassVar[tuple[str, ...]] = ("reference", "url", "content")

    def start(self) -> tuple[Follow, ...]:
        """The feed."""
        return (Follow(self.url, role="listing"),)

    def parse(self, page: Page) -> Parsed:
        """Each item as a Posting. Raises BadBodyError for a body that is no list of Broadbean's."""
        tree = xml_list(page, "items", "a list of Broadbean's")
        items = tree.elements("item")
        if items and not any(names_in(item, OWN) == OWN for item in items):
            raise BadBodyError(page.url, f"a list of {len(items)} items without advertUrl: another system's")
        postings = tuple(entry_posting(item, page.url) for item in items)
        return Parsed(postings=postings, shortfall=tree.shortfall)


def recognise(page: Page) -> Claim | None:
    """By names that each of its items has."""
    if b"<items" in page.body and b"<advertUrl" in page.body and b"<jobTitle" in page.body:
        return Claim(Broadbean(page.url), 1.0, "adverts as Broadbean lists them")
    return None
