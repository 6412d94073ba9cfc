"""Jobvite: boards at jobs.jobvite.com/{company}; pages of HTML, nowhere described.

/{company}/search lists 50 jobs a page, counted by `p` from nought, and says "1-50 of 266". A place such as
"2 Locations" is none; the places are on the job's own page, which has a schema.org JobPosting too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar

from crawlers.adapters.claim import Claim
from crawlers.adapters.html import NOTHING, Html
from crawlers.adapters.html_vendor import HtmlVendor
from crawlers.adapters.json_api import Paging
from crawlers.source import Page, Posting

ADDRESS = re.compile(r"https?://jobs\.jobvite\.com/(?:careers/)?(?!careers|support|__)[\w-]+", re.IGNORECASE)
BOARD = re.compile(r"(https?://[^/?#]+)/(?:careers/)?([\w-]+)(?:/(?:jobs?|search)\b.*|/?)", re.IGNORECASE)
NUMBER = re.compile(r"/job/(\w+)")
SEVERAL = re.compile(r"\d+ Locations?", re.IGNORECASE)
ROW = ".jv-job-list tr, .jv-job-list li, tr:has(> .jv-job-list-location)"
FIELDS = {
    "reference": r"a[href*='/job/']@href =~ /job/(\w+)",
    "title": ".jv-job-list-name | a[href*='/job/']",
    "url": "a[href*='/job/']",
    "locations": ".jv-job-list-location",
}
DETAIL = {
    "title": ".jv-header",
    "locations": ".jv-job-detail-meta .location | .jv-job-detail-meta =~ [|·]\\s*(.+)",
    "description_html": ".jv-job-detail-description",
}


@dataclass(frozen=True)
class Jobvite(HtmlVendor):
    """A company's board on Jobvite."""

    name: ClassVar[str] = "jobvite"

    def html(self) -> Html:
        """The company's search, 50 jobs a page."""
        board = BOARD.fullmatch(self.url)
        return Html(
            f"{board[1]}/{board[2]}/search?p=0" if board else self.url,
            rows=ROW,
            fields=FIELDS,
            detail=DETAIL,
            paging=Paging(parameter="p", first=0),
            total=".jv-pagination-text =~ of\\s+(\\d[\\d,]*)",
            none=NOTHING,
        )

    def refine(self, posting: Posting, page: Page) -> Posting:
        """The posting with its number, without a place that is only a count of places."""
        number = NUMBER.search(posting.url or page.url)
        places = tuple(place for place in posting.locations if not SEVERAL.fullmatch(place))
        return replace(posting, reference=number[1] if number else posting.reference, locations=places)


def recognise(page: Page) -> Claim | None:
    """By its address, or by the names in its pages."""
    if b"jv-job-list-name" in page.body or b"jv-job-list-location" in page.body:
        return Claim(Jobvite(page.url), 1.0, "a list such as Jobvite's")
    if b"jv-job-detail-description" in page.body:
        return Claim(Jobvite(page.url), 0.5, "an advert such as Jobvite's")
    return Claim(Jobvite(page.url), 0.9, "an address of Jobvite") if ADDRESS.match(page.url) else None
