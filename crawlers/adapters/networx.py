"""networx (current-vacancies.com): RSS whose items hold a <Vacancy> record in a10:content, /RSSFeeds/Vacancies/CODE.

https://github.com/DFE-Digital/teaching-vacancies has its fields. One answer holds every vacancy; the address needs the
employer's feedID. It is often not well formed (end tags in other letters than their start tags). Words in a place stand
with underscores for spaces, and some employers put a code of their own there ("at_one_school").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar

from crawlers.adapters.claim import Claim
from crawlers.adapters.text import joined, plain
from crawlers.adapters.vendor_feed import VendorFeed, names_in, recognised
from crawlers.adapters.xmltree import Element, local
from crawlers.source import Page, Posting

ADDRESS = re.compile(r"/RSSFeeds/Vacancies/\w", re.IGNORECASE)
DOCUMENT = ("name", "extension", "size", "url")  # of each attached file
NO_PLACES = frozenset({"at one school", "at multiple schools", "central office", "central trust"})


@dataclass(frozen=True)
class Networx(VendorFeed):
    """An employer's feed of networx."""

    name: ClassVar[str] = "networx"
    system: ClassVar[str] = "networx"

    def owns(self, entry: Element) -> bool:
        """True for an item with a record."""
        return names_in(entry, ("Vacancy", "VacancyID")) == {"Vacancy", "VacancyID"}

    def refine(self, entry: Element, posting: Posting) -> Posting:
        """The posting with the names of its files in one value, no code for a place, and each sort of contract once."""
        files = joined(plain(e.findtext("{*}name")) for e in entry.iter() if local(e.tag) == "document")
        extra = {key: value for key, value in posting.extra.items() if key not in DOCUMENT}
        places = tuple(place for place in posting.locations if place.lower() not in NO_PLACES)
        sorts = {sort.casefold(): sort for sort in (posting.employment_type or "").split(", ") if sort}
        return replace(
            posting,
            locations=places,
            employment_type=joined(sorts.values()),
            extra=extra | ({"documents": files} if files else {}),
        )


def recognise(page: Page) -> Claim | None:
    """By the record in its items, or by its address."""
    return recognised(Networx, page, ADDRESS, b"<Vacancy", b"<VacancyID>", b":content")
