"""Tribepad: boards at {slug}.tribepad-gro.com, {slug}.tribepad.com and employers' own domains; nowhere described.

Two templates are about. The newer one (/v2/job/search, or /v2/ and a name) has ten cards a page, counted by `page` up
to the number in "18 Search Results"; the older one (/jobs/search) links to its next page. What a card says is told by
icons, not by words, and its closing date has a countdown behind it ("25/09/26 (In 5 days)") that is no part of it. An
advert's page gives that date with its whole year, and older ones have a schema.org JobPosting.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar
from urllib.parse import urlsplit

from crawlers.adapters.board import site_of
from crawlers.adapters.claim import Claim
from crawlers.adapters.html import NOTHING, Html
from crawlers.adapters.html_vendor import HtmlVendor
from crawlers.adapters.json_api import Paging, with_parameter
from crawlers.adapters.picks import elements, text_of
from crawlers.adapters.text import link
from crawlers.adapters.webpage import read_page
from crawlers.source import Follow, Page, Parsed, Posting

ADDRESS = re.compile(
    r"^https?://(?:(?!www\.|insights\.|help\.|support\.)[\w-]+\.tribepad(?:-gro)?\.com(?:[/?#]|$)"
    r"|[^/]+/members/modules/job/detail\.php\?(?:[^#]*&)?record=\d|[^/]+/v2/job/search\b)",
    re.IGNORECASE,
)
NUMBER = re.compile(r"(?:[?&]record=|/jobs?/job/[^?#]*/)(\d+)", re.IGNORECASE)
SEARCH = "/v2/job/search"
OLDER = "/jobs/search"
ROWS = 10
NEXT = re.compile(r"\bnext\b", re.IGNORECASE)
DATE = r"=~ (\d{1,2}/\d{1,2}/\d{2,4}(?:,? \d{1,2}:\d\d)?)"


def _icon(*names: str) -> str:
    """What stands beside an icon: in a span after it, else in the element around it."""
    return " | ".join(f"i.fa-{name} ~ span | :has(> i.fa-{name})" for name in names)


FIELDS = {
    "title": ".sitebuilder-job-results-item-title | .job-list-title | h3 | h2 | a",
    "url": "a[href*='record='] | a[href*='/job/'] | a",
    "reference": f"{_icon('list-alt')} | a[href*='record=']@href =~ [?&]record=(\\d+)",
    "locations": f"{_icon('map-marker-alt', 'map-marker')} | [itemprop='address']",
    "salary": _icon("wallet"),
    "occupation": _icon("tag"),
    "employment_type": f"{_icon('clock')} | [itemprop='employmentType']",
    "posted": "[itemprop='datePosted'] =~ (?:posted(?: on)?:?)?\\s*(.+)",
    "closes": f"i.fa-calendar-times ~ span {DATE} | :has(> i.fa-calendar-times) {DATE} | :has(> i.fa-calendar) {DATE}",
}
DETAIL = {
    "title": "h1",
    "reference": "label(Job reference, Reference) | " + _icon("list-alt"),
    "locations": f"{_icon('map-marker-alt')} | label(Location)",
    "salary": f"{_icon('wallet')} | label(Salary)",
    "employment_type": f"{_icon('clock')} | label(Contract type, Job type)",
    "occupation": _icon("tag"),
    "closes": f":has(> i.fa-calendar-check) {DATE} | :has(> i.fa-calendar-times) {DATE} | label(Closing date) {DATE}",
    "description_html": "section.job-details-section",
}


@dataclass(frozen=True)
class Tribepad(HtmlVendor):
    """A board on Tribepad, by any of its addresses; /v2/ and a name narrow it to a part of the board."""

    name: ClassVar[str] = "tribepad"

    def html(self) -> Html:
        """The board's search, ten jobs a page."""
        return Html(
            _search(self.url),
            rows=".sitebuilder-job-results-item | ul.jobs > li:has(a)",
            fields=FIELDS,
            detail=DETAIL,
            paging=Paging(parameter="page") if OLDER not in self.url else None,
            total="h2 =~ (\\d[\\d,]*)\\s+(?:search )?results? | h1 =~ (\\d[\\d,]*)\\s+(?:search )?results?",
            none=NOTHING,
        )

    def parse(self, page: Page) -> Parsed:
        """Each card with its advert's page to follow, or the advert. Raises BadBodyError for a body that is neither."""
        parsed = super().parse(page)
        following = () if page.role == "detail" or b"sitebuilder-job" in page.body else _next(page)
        return replace(parsed, follows=(*following, *parsed.follows)) if parsed.follows or parsed.postings else parsed

    def refine(self, posting: Posting, page: Page) -> Posting:
        """The posting with its number and its link without the visit's own marks.

        An advert's page says no other reference than its card.
        """
        card = page.card or posting
        number = NUMBER.search(posting.url or page.url)
        before, asks, _ = (posting.url or "").partition("?")
        return replace(
            posting,
            url=f"{before}?record={number[1]}" if asks and number and "record=" in number[0] else posting.url,
            reference=card.reference or posting.reference or (number[1] if number else None),
        )


def recognise(page: Page) -> Claim | None:
    """By its address, or by its template's own names."""
    if b"sitebuilder-job-results-item" in page.body:
        return Claim(Tribepad(page.url), 1.0, "cards as Tribepad shows them")
    if b"Tribepad Talent Acquisition" in page.body and b"job-list-title" in page.body:
        return Claim(Tribepad(page.url), 1.0, "a list that says it is Tribepad's")
    if ADDRESS.search(page.url):
        return Claim(Tribepad(page.url), 0.9, "an address of Tribepad")
    if b"sitebuilder-job" in page.body and b"Search Results" in page.body:
        return Claim(Tribepad(page.url), 0.6, "a list without jobs such as Tribepad's")
    if b"job-details-section" in page.body and b"/members/modules/" in page.body:
        return Claim(Tribepad(page.url), 0.5, "an advert such as Tribepad's")
    return None


def _search(url: str) -> str:
    """The first page of the list that an address of the board belongs to."""
    site = site_of(url)
    path = urlsplit(url).path.rstrip("/") if site else ""
    if site is None or path.startswith(OLDER):
        return url
    if path.startswith("/jobs/"):
        return f"{site}{OLDER}"
    begins = url if path.startswith("/v2/") else f"{site}{SEARCH}"
    return with_parameter(with_parameter(begins, "page", 1), "records_per_page", ROWS)


def _next(page: Page) -> tuple[Follow, ...]:
    """The older template's next page, which only the words of its link tell."""
    web = read_page(page)
    links = elements(web.root, ".pagination a[href], a[rel='next'][href]")
    urls = [link(a.get("href"), web.base) for a in links if NEXT.search(text_of(a) or a.get("rel") or "")]
    return tuple(Follow(url, role="listing") for url in urls[:1] if url and url != page.url)
