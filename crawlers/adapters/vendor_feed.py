"""What the recruitment systems that publish RSS or Atom have in common: a feed read as any, and then put right."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from clearinghouse.errors import BadBodyError
from crawlers.adapters.claim import Claim
from crawlers.adapters.entries import entry_posting
from crawlers.adapters.feed import entries_of, feed_tree, read_feed
from crawlers.adapters.xmltree import Element, local
from crawlers.source import Follow, Page, Parsed, Posting

ENOUGH = 100  # entries of which none is a system's own: neither are the others


@dataclass(frozen=True)
class VendorFeed:
    """A system's feed at `url`. Its class says which entries are its own, and what it tells in a way of its own."""

    url: str

    name: ClassVar[str]
    system: ClassVar[str]
    identity: ClassVar[tuple[str, ...]] = ("reference", "url", "content")

    def feed(self) -> str:
        """The feed's address."""
        return self.url

    def start(self) -> tuple[Follow, ...]:
        """The feed."""
        return (Follow(self.feed(), role="listing"),)

    def owns(self, entry: Element) -> bool:
        """True for an entry that this system wrote."""
        raise NotImplementedError

    def refine(self, entry: Element, posting: Posting) -> Posting:
        """The posting, with what this system tells in a way of its own."""
        return posting

    def parse(self, page: Page) -> Parsed:
        """Each entry as a Posting. Raises BadBodyError for a body that is no feed, or another system's."""
        tree = feed_tree(page)
        entries = entries_of(tree)
        if entries and not any(self.owns(entry) for entry in entries[:ENOUGH]):
            raise BadBodyError(page.url, f"a feed of {len(entries)} entries, none of them as {self.system} writes it")
        return read_feed(tree, page.url, (self.refine(entry, entry_posting(entry, page.url)) for entry in entries))


def recognised(vendor: type[VendorFeed], page: Page, address: re.Pattern[str], *marks: bytes) -> Claim | None:
    """A claim by the body, in which all the `marks` stand, or by the page's address."""
    if marks and all(mark in page.body for mark in marks):
        return Claim(vendor(page.url), 1.0, f"vacancies as {vendor.system} tells them")
    return Claim(vendor(page.url), 0.9, f"an address of {vendor.system}") if address.search(page.url) else None


def names_in(entry: Element, wanted: Iterable[str]) -> set[str]:
    """Those of the local names that an element somewhere inside the entry has."""
    sought = set(wanted)
    return sought & {local(element.tag) for element in entry.iter()}
