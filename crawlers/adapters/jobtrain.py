"""Jobtrain: boards at www.jobtrain.co.uk/{tenant}/Home/Job and on employers' own domains; nowhere officially described.

The board's page lists nothing itself: it says "0 jobs" until a script has fetched `Home/_JobCard`, whose address stands
in `#requestUrl`. That is a piece of HTML with 12 cards from `Skip` on and `#totalMatchRecords`, which ends the paging;
older boards send every card at once, without a total. An advert's page has a schema.org JobPosting with its pay in
words: its closing time is cut to midnight (the page prints it whole), and year 1 stands for a date that isn't known.
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
from crawlers.adapters.json_api import Paging
from crawlers.adapters.picks import href
from crawlers.adapters.text import link
from crawlers.adapters.webpage import read_page
from crawlers.source import Follow, Page, Parsed, Posting

CARDS = re.compile(r"/Home/_JobCard(?=[/?#]|$)", re.IGNORECASE)
ADDRESS = re.compile(
    r"^https?://(?:www\.)?jobtrain\.co\.uk/[\w.%-]|/Home/_JobCard\b|/Job/JobDetail\?JobId=\d", re.IGNORECASE
)
TENANT = re.compile(r"(/[^/]+)?/(?:Home|Job)/\w+", re.IGNORECASE)
NUMBER = re.compile(r"[?&]JobId=(\d+)", re.IGNORECASE)
NEVER = re.compile(r"0001-01-01(?:T|$)")
MIDNIGHT = re.compile(r"\d{4}-\d\d-\d\dT00:00(?::00)?")
ROWS = 12
DEEPEST = 2  # pages that lead from a front page to the cards
SAID = r"=~ ^(?:[a-z][^:\d£]{0,40}:)?\s*(.+)"  # "Employer (NHS Board): NHS Fife" without its label
LINK = "a[href*='obDetail?'] | a[href*='obdetail?'] | a[href*='OBDETAIL?']"
PLACE = "[data-testid='span-vacancies-location-name'] | [data-testid='span-vacancies-loaction-name']"  # sic
TYPE = "[data-testid='span-vacancies-employment-type']"
FIELDS = {
    "reference": f".jobreference {SAID} | [data-testid='span-reference'] | @data-jobid",
    "url": LINK,
    "title": f"[data-testid='span-vacancies-title'] | .job-row__details a | h2 | h3 | h4 | {LINK}",
    "employer": f".school {SAID}",
    "locations": f".jobdetailsitem.location {SAID} | {PLACE} | .job-card__location =~ (?:location_on)?\\s*(.+)"
    " | label(Location)",
    "salary": f".jobdetailsitem.salary {SAID} | label(Salary)",
    "employment_type": f".employmenttype {SAID} | {TYPE} | label(Employment type)",
    "hours": f".jobdetailsitem.hours {SAID} | label(Hours per week, Hours)",
    "occupation": f".jobdetailsitem.department {SAID}",
    "posted": f".livedate {SAID}",
    "closes": f".closingdate {SAID} | label(Closing date)",
}
DETAIL = {
    "employer": "[data-testid='span-vacancies-school']",
    "hours": "[data-testid='span-sub-vacancies-hours']",
    "locations": PLACE,
    "salary": "[data-testid='span-vacancies-salary'] | [data-testid='span-salary']",
    "employment_type": TYPE,
    "closes": "[data-testid='strong-jt7-vacancies-close-date-external']"
    " | [data-testid='div-vacancies-close-date'] span",
    "reference": "[data-testid='span-reference']",
    "title": "h1",
}


@dataclass(frozen=True)
class Jobtrain(HtmlVendor):
    """A board on Jobtrain, at the vendor's address or the employer's own; any of its pages will do."""

    name: ClassVar[str] = "jobtrain"

    def html(self) -> Html:
        """The board's cards; where their address can't be told, the page that leads to them."""
        return Html(
            _cards(self.url) or self.url,
            rows=".job-card[data-jobid] | [data-jobid]:has(a) | [data-jobid] | .job-card",
            fields=FIELDS,
            detail=DETAIL,
            paging=Paging(parameter="Skip", rows=ROWS),
            total="#totalMatchRecords@value | #showTotalMatchCount",
            none=NOTHING,
        )

    def parse(self, page: Page) -> Parsed:
        """Each card with its advert's page to follow, or the advert. Raises BadBodyError for a body that is neither."""
        if page.role != "detail" and (leads := _leads(page)):
            return Parsed(follows=leads)
        return HtmlVendor.parse(replace(self, url=page.url), page)

    def refine(self, posting: Posting, page: Page) -> Posting:
        """The posting with its number, its link without the trace of where it was shown, and dates that are dates.

        An advert's page says no other reference or employer than its card.
        """
        card = page.card or posting
        url = posting.url or page.url
        number = NUMBER.search(url)
        closes = _date(posting.closes)
        if closes and MIDNIGHT.match(closes):
            closes = card.closes or closes
        return replace(
            posting,
            url=f"{url.partition('?')[0]}?JobId={number[1]}" if number and posting.url else posting.url,
            reference=card.reference or posting.reference or (number[1] if number else None),
            employer=card.employer or posting.employer,
            posted=_date(posting.posted),
            closes=closes,
        )


def recognise(page: Page) -> Claim | None:
    """By its address, or by what its cards, its boards and its adverts' pages hold."""
    body = page.body
    if (b"data-jobId" in body or b"data-jobid" in body) and (b"/JobDetail?" in body or b"/jobdetail?" in body):
        return Claim(Jobtrain(page.url), 1.0, "cards as Jobtrain shows them")
    if (b"/Home/_JobCard" in body and b"data-request-url" in body) or b'id="totalMatchRecords"' in body:
        return Claim(Jobtrain(page.url), 0.9, "a page that fetches Jobtrain's cards")
    if ADDRESS.search(page.url):
        return Claim(Jobtrain(page.url), 0.9, "an address of Jobtrain")
    if b"/Job/JobDetail?JobId=" in body and b"JobPosting" in body:
        return Claim(Jobtrain(page.url), 0.5, "an advert such as Jobtrain's")
    return None


def _cards(url: str) -> str | None:
    """Where the cards of the board with that page are; None when the address doesn't tell."""
    site, parts = site_of(url), urlsplit(url) if link(url, "") else None
    if site is None or parts is None:
        return None
    if CARDS.search(parts.path):
        return url
    tenant = TENANT.match(parts.path)
    if tenant is None and (parts.hostname or "").removeprefix("www.") != "jobtrain.co.uk":
        return None
    folder = (tenant[1] or "") if tenant else "/" + parts.path.strip("/").partition("/")[0]
    sought = f"?{parts.query}" if parts.query and "jobid=" not in parts.query.lower() else ""
    return f"{site}{folder}/Home/_JobCard{sought}"


def _leads(page: Page) -> tuple[Follow, ...]:
    """The cards that a board's page would fetch, or the board that a front page links to."""
    if b"data-jobId" in page.body or b"data-jobid" in page.body or CARDS.search(page.url):
        return ()
    led = int(page.carried.get("led", 0)) + 1
    web = read_page(page)
    url = href(web.root, "#requestUrl@data-request-url | a[href$='/Home/Job'] | a[href*='/Home/Job?']", web.base)
    return (Follow(url, "listing", {"led": led}),) if url and url != page.url and led <= DEEPEST else ()


def _date(text: str | None) -> str | None:
    return None if text and NEVER.match(text) else text
