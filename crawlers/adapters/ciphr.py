"""CIPHR iRecruit: boards at {slug}.ciphr-irecruit.com/applicants/vacancy; nowhere described.

The list is a table, ten jobs a page, with a link to the next page; its columns are the employer's choice, and what one
holds is told by its heading's title ("LocationColumnHeaderTooltip") whatever its words. The links of the pager begin as
the adverts' do (/Applicants/vacancy/10-2-1/ beside /Applicants/vacancy/9059/Porter). The server fails where no language
is asked for. An advert's page has labelled lines and no schema.org markup.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar

from clearinghouse.errors import BadBodyError
from crawlers.adapters import rows
from crawlers.adapters.advert import advert_on
from crawlers.adapters.board import site_of
from crawlers.adapters.claim import Claim
from crawlers.adapters.html import NOTHING
from crawlers.adapters.picks import holds, text_of
from crawlers.adapters.text import link
from crawlers.adapters.webpage import WebPage, read_page
from crawlers.adapters.xmltree import Element
from crawlers.source import Follow, Page, Parsed

ADDRESS = re.compile(r"^https?://(?!www\.)[\w-]+\.ciphr-irecruit\.com(?:[/?#]|$)", re.IGNORECASE)
ADVERT = re.compile(r"/vacancy/(\d+)(?=[/?#]|$)", re.IGNORECASE)
PAGER = re.compile(r"/vacancy/\d+-\d+-\d+\b", re.IGNORECASE)
NEXT = re.compile(r"\bnext\b", re.IGNORECASE)
LIST = "/applicants/vacancy"
TOOLTIP = "ColumnHeaderTooltip"
ENGLISH = {"accept-language": "en-GB,en"}
DETAIL = {
    "title": "h1 | h2",
    "reference": "label(Job reference, Reference, Vacancy reference, Ref)",
    "locations": "label(Location)",
    "salary": "label(Salary)",
    "employment_type": "label(Contract type, Employment type, Contract)",
    "hours": "label(Hours per week, Hours, Working hours)",
    "closes": "label(Application deadline, Closing date)",
    "description_html": "[id*='escription'] | [class*='escription'] | main | .body-content",
}


@dataclass(frozen=True)
class Ciphr:
    """A board on CIPHR iRecruit, by any of its addresses."""

    url: str

    name: ClassVar[str] = "ciphr"
    identity: ClassVar[tuple[str, ...]] = ("reference", "url", "content")

    def start(self) -> tuple[Follow, ...]:
        """The first page of the table."""
        site = site_of(self.url)
        return (Follow(f"{site}{LIST}" if site else self.url, role="listing", headers=ENGLISH),)

    def parse(self, page: Page) -> Parsed:
        """Each row with its advert's page to follow, or the advert. Raises BadBodyError for a body that is neither."""
        if page.role == "detail":
            return self._advert(page)
        web = read_page(page)
        cards = rows.opened(rows.adverts_on(web, ADVERT, _column))
        if not (cards.follows or cards.postings or holds(web.root, NOTHING)):
            raise BadBodyError(page.url, web.instead("no link to a vacancy"))
        follows = tuple(replace(follow, headers=ENGLISH) for follow in cards.follows)
        return replace(cards, follows=(*_next(web, page), *follows), shortfall=web.shortfall)

    def _advert(self, page: Page) -> Parsed:
        """The advert; it says no other reference than its card, whose number is its own where none is printed."""
        read = advert_on(page, DETAIL)
        number = ADVERT.search(page.url)
        card = page.card
        own = (card and card.reference) or (number and number[1])
        told = [replace(one, reference=own if card else one.reference or own) for one in read.postings]
        return replace(read, postings=tuple(told))


def recognise(page: Page) -> Claim | None:
    """By its address, or by the headings of its table."""
    if TOOLTIP.encode() in page.body:
        return Claim(Ciphr(page.url), 1.0, "a table with CIPHR's headings")
    if ADDRESS.search(page.url):
        return Claim(Ciphr(page.url), 0.9, "an address of CIPHR iRecruit")
    if b"/applicants/vacancy/" in page.body or b"/Applicants/vacancy/" in page.body:
        return Claim(Ciphr(page.url), 0.5, "links to adverts such as CIPHR's")
    return None


def _column(heading: Element) -> str | None:
    """What a column holds: by its heading's title, else by its words."""
    title = (heading.get("title") or "").strip()
    return title.removesuffix(TOOLTIP) if title.endswith(TOOLTIP) else text_of(heading)


def _next(web: WebPage, page: Page) -> tuple[Follow, ...]:
    pager = [a for a in web.root.iter("a") if PAGER.search(a.get("href") or "")]
    url = next((link(a.get("href"), web.base) for a in pager if NEXT.search(text_of(a) or "")), None)
    return (Follow(url, role="listing", headers=ENGLISH),) if url and url != page.url else ()
