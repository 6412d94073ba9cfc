"""jobs.ac.uk: RSS by subject, sort of work or place (/feeds/subject-areas/NAME, /feeds/type-roles/NAME, ?format=rss).

https://www.jobs.ac.uk/feeds lists them; names that are guessed are not there. An item's description is
"Employer - Department", then "Label: value" lines; its link holds the job's code. Each advert has a page with JSON-LD,
which is followed for the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar

from clearinghouse.errors import BadBodyError
from crawlers.adapters.claim import Claim
from crawlers.adapters.jsonld import JsonLd
from crawlers.adapters.rows import opened
from crawlers.adapters.text import plain
from crawlers.adapters.vendor_feed import VendorFeed, recognised
from crawlers.adapters.xmltree import Element
from crawlers.source import Page, Parsed, Posting

ADDRESS = re.compile(
    r"/feeds/(?:subject-areas|type-roles|locations|employers)/[\w-]+|//www\.jobs\.ac\.uk/.*[?&]format=rss\b", re.I
)
CODE = re.compile(r"/job/([A-Z]{3}\d{3})(?:[/?#]|$)", re.IGNORECASE)
CODES = re.compile(rb"/job/[A-Z]{3}\d{3}[/?<]")
BREAK = re.compile(r"<br\s*/?>|</?p>|</?div>|\n", re.IGNORECASE)


@dataclass(frozen=True)
class JobsAcUk(VendorFeed):
    """A feed of jobs.ac.uk, and each advert's own page."""

    name: ClassVar[str] = "jobs_ac_uk"
    system: ClassVar[str] = "jobs.ac.uk"

    def owns(self, entry: Element) -> bool:
        """True for an item that links to a job by its code."""
        return CODE.search(entry.findtext("link") or entry.findtext("guid") or "") is not None

    def refine(self, entry: Element, posting: Posting) -> Posting:
        """The posting by the job's code, with employer and department from its first line."""
        code = CODE.search(posting.url or "")
        first = next((said for line in BREAK.split(posting.description_html or "") if (said := plain(line))), "")
        employer, _, department = first.partition(" - ") if ":" not in first else ("", "", "")
        told = {"department": department.strip()} if department.strip() else {}
        return replace(
            posting,
            reference=code[1].upper() if code else posting.reference,
            employer=posting.employer or employer.strip() or None,
            extra={**posting.extra, **told},
        )

    def parse(self, page: Page) -> Parsed:
        """The feed's jobs as cards of follows, or the advert on a page. Raises BadBodyError for any other body."""
        if page.role == "detail":
            found = JsonLd(page.url).parse(page)
            if not found.postings:
                raise BadBodyError(page.url, "a page without an advert marked up as JobPosting")
            return Parsed(postings=(_beside(page, found.postings[0]),), shortfall=found.shortfall)
        parsed = super().parse(page)
        cards = opened(parsed.postings)
        return replace(parsed, postings=cards.postings, follows=(*cards.follows, *parsed.follows))


def _beside(page: Page, posting: Posting) -> Posting:
    """The page's posting by the job's code, and in the feed's words where the page has codes and sums alone."""
    card = page.card
    if card is None:
        return posting
    return replace(
        posting,
        reference=card.reference or posting.reference,
        salary=card.salary or posting.salary,
        employment_type=card.employment_type or posting.employment_type,
        working_pattern=posting.employment_type if card.employment_type else posting.working_pattern,
    )


def recognise(page: Page) -> Claim | None:
    """By the codes in a feed's links, or by its address."""
    if b"<channel" in page.body and CODES.search(page.body) and b"<item" in page.body:
        return Claim(JobsAcUk(page.url), 1.0, "jobs as the feeds of jobs.ac.uk tell them")
    return recognised(JobsAcUk, page, ADDRESS)
