"""Vacancy Poster: the feed that it writes for a job board, as Teaching Vacancies' importer reads it.

https://github.com/DFE-Digital/teaching-vacancies. One answer holds every advert: a bare <channel> without <rss> around
it, its items in names of their own, every value in CDATA with space around it. What is in CDATA is escaped all the
same, links too, and those have no scheme. Dates with 00:00:00 mean the day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from crawlers.adapters.claim import Claim
from crawlers.adapters.vendor_feed import VendorFeed, names_in, recognised
from crawlers.adapters.xmltree import Element
from crawlers.source import Page

ADDRESS = re.compile(r"//(?:www\.)?vprs\.co\.uk/|/vpxmloutput\.php", re.IGNORECASE)
OWN = frozenset({"advertUrl", "jobTitle", "expiresAt"})


@dataclass(frozen=True)
class VacancyPoster(VendorFeed):
    """A feed of Vacancy Poster's."""

    name: ClassVar[str] = "vacancy_poster"
    system: ClassVar[str] = "Vacancy Poster"

    def owns(self, entry: Element) -> bool:
        """True for an item with the names that the importer asks for."""
        return names_in(entry, OWN) == OWN


def recognise(page: Page) -> Claim | None:
    """By names that each of its items has, in a channel, or by its address."""
    return recognised(VacancyPoster, page, ADDRESS, b"<channel", b"<advertUrl", b"<jobTitle", b"<expiresAt")
