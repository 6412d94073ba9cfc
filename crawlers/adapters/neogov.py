"""NEOGOV (governmentjobs.com): RSS of an employer's jobs, /SearchEngine/JobsFeed?agency=NAME, all of them at once.

https://www.neogov.com. Its own vocabulary has the system's number (jobId), a job's alone, beside the employer's
(jobNumberSingle), which may come again; closing as "Continuous" where it is open ended; and "Not Displayed" for pay
that the advert doesn't show, though what it would be paid per is told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar

from crawlers.adapters.claim import Claim
from crawlers.adapters.pay import SUM
from crawlers.adapters.vendor_feed import VendorFeed
from crawlers.adapters.xmltree import Element, namespace
from crawlers.source import Page, Posting

HOST = re.compile(r"^https?://(?:www|agency)\.((?:governmentjobs|schooljobs)\.com)/(.*)", re.IGNORECASE)
AGENCY = re.compile(r"(?:careers/)?(?!(?:account|careers|home|jobs|searchengine)\b)([\w-]+)(?:[/?#]|$)", re.IGNORECASE)
FEED = re.compile(r"/SearchEngine/JobsFeed\b|[?&]format=xml\b", re.IGNORECASE)
VOCABULARY = "neogov.com/namespaces/"
SUMS = ("salary_minimum", "salary_maximum")


@dataclass(frozen=True)
class Neogov(VendorFeed):
    """An employer's jobs on NEOGOV, by the feed's address or that of its page there."""

    name: ClassVar[str] = "neogov"
    system: ClassVar[str] = "NEOGOV"

    def feed(self) -> str:
        """The employer's feed."""
        host = None if FEED.search(self.url) else HOST.match(self.url)
        agency = AGENCY.match(host[2]) if host else None
        return f"https://www.{host[1]}/SearchEngine/JobsFeed?agency={agency[1]}" if host and agency else self.url

    def owns(self, entry: Element) -> bool:
        """True for an item with a field of NEOGOV's vocabulary."""
        return any(_is_own(child) for child in entry)

    def refine(self, entry: Element, posting: Posting) -> Posting:
        """The posting with its kinds of work, and sums only where there are any."""
        kept = {k: said for k, said in posting.extra.items() if k not in SUMS or SUM.fullmatch(said)}
        return replace(
            posting,
            occupation=posting.occupation or kept.pop("Category", None) or kept.pop("category", None),
            extra=kept,
        )


def _is_own(element: Element) -> bool:
    space = namespace(element).lower()
    return VOCABULARY in space or space == "joblisting"


def recognise(page: Page) -> Claim | None:
    """By its vocabulary in a feed, or by its address."""
    if b"<channel" in page.body and VOCABULARY.encode() in page.body:
        return Claim(Neogov(page.url), 1.0, "jobs as NEOGOV's feed tells them")
    host = HOST.match(page.url)
    ours = host is not None and bool(FEED.search(page.url) or AGENCY.match(host[2]))
    return Claim(Neogov(page.url), 0.9, "an address of NEOGOV") if ours else None
