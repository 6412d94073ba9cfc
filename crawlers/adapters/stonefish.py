"""Stonefish: vacancy sites of universities and others, pages of ASP.NET at addresses such as jobs.nottingham.ac.uk.

Not officially described; shapes as public readers of these sites tell them. vacancies.aspx?cat=-1 lists every vacancy
at once (another cat narrows it, and the search page answers nothing but a form). How a row looks each site chooses:
items under a department, lines with labels, a table, or bare links. What all have is the link, Vacancy.aspx?ref=…, in
any letter case; a block "latest vacancies" may show some of them a second time. Facts stand on an advert's own page. A
site's rss.aspx tells less, and is read by `feed`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar
from urllib.parse import unquote_plus

from clearinghouse.errors import BadBodyError
from crawlers.adapters.board import site_of
from crawlers.adapters.claim import Claim
from crawlers.adapters.html import NOTHING, Html
from crawlers.adapters.html_vendor import HtmlVendor
from crawlers.source import Page, Parsed, Posting

ADDRESS = re.compile(r"/vacancies\.aspx(?:\?(?:[^#]{0,200}&)?cat=|$)", re.IGNORECASE)
FOLDER = re.compile(r"^(https?://[^/?#]+(?:/[^?#]*)?/)(?:[^/?#]*\.aspx)?(?:[?#]|$)", re.IGNORECASE)
REFERENCE = re.compile(r"[?&](?:ref|vacancyid|id)=([^&#]+)", re.IGNORECASE)
LINKS = ("a[href*='acancy.aspx?ref=']", "a[href*='acancydetails.aspx?']", "a[href*='acancyDetails.aspx?']")
MAKER = b"Stonefish Software"
MARK = b"acancy.aspx?ref="
ROW = (".vacancyCategoryItem", ".vacancylistrow", "tr", ".vacancylist p", "li")
FIELDS = {
    "reference": "column(Reference, Ref, Vacancy reference) | label(Reference, Ref, Vacancy reference)",
    "url": " | ".join(LINKS),
    "title": " | ".join(LINKS),
    "locations": "column(Location, Campus) | label(Location, Campus)",
    "salary": "column(Salary, Salary range, Grade and salary) | label(Salary, Salary range)",
    "employment_type": "column(Contract type, Contract) | label(Contract Type, Contract)",
    "closes": "column(Closing date, Closes) | label(Closing Date, Closes)",
    "occupation": "column(Department, Faculty, School) | label(Department, School/Department)",
}
MAIN = "#maincontent | #mainContent | main | #content"
DETAIL = {
    "reference": "label(Reference, Ref, Reference number, Vacancy reference, Job reference)",
    "title": "#maincontent h1 | h1",
    "locations": "label(Location, Campus)",
    "salary": "label(Salary, Salary range)",
    "employment_type": "label(Contract Type, Job Type, Contract)",
    "hours": "label(Hours, Hours of work, Hours per week)",
    "posted": "label(Placed on, Date posted, Posted)",
    "closes": "label(Closing Date, Closing date and time, Closes)",
    "occupation": "label(Department, School/Department, Faculty)",
    "description_html": MAIN,
}


@dataclass(frozen=True)
class Stonefish(HtmlVendor):
    """A vacancy site by Stonefish: any of its pages will do."""

    name: ClassVar[str] = "stonefish"

    def html(self) -> Html:
        """The list of every vacancy, and each one's own page."""
        rows = " | ".join(f"{row}:has({link}):not(:has({row}))" for row in ROW for link in LINKS)
        return Html(self._list(), rows=f"{rows} | {' | '.join(LINKS)}", fields=FIELDS, detail=DETAIL, none=NOTHING)

    def parse(self, page: Page) -> Parsed:
        """Each vacancy as the card of its own page, or that page. Raises BadBodyError for a body that is neither."""
        if page.asked is None and MAKER not in page.body and MARK not in page.body:
            raise BadBodyError(page.url, "no link to a vacancy in it, nor the name of its maker")
        return super().parse(page)

    def refine(self, posting: Posting, page: Page) -> Posting:
        """The posting with its reference, which its link holds."""
        stated = REFERENCE.search(posting.url or page.url)
        held = unquote_plus(stated[1]).strip() if stated else None
        return replace(posting, reference=held or posting.reference)

    def _list(self) -> str:
        """The page of all vacancies, beside whichever page the address is."""
        folder = FOLDER.match(self.url if self.url != site_of(self.url) else f"{self.url}/")
        listed = ADDRESS.search(self.url)
        if folder is None or (listed and re.search(r"[?&]cat=", self.url, re.IGNORECASE)):
            return self.url
        return f"{folder[1]}vacancies.aspx?cat=-1"


def recognise(page: Page) -> Claim | None:
    """By its maker's name in a page with vacancies, or elsewhere on the site, or by its address."""
    if MAKER in page.body:
        listed = MARK in page.body
        return Claim(Stonefish(page.url), 1.0 if listed else 0.7, "a page that Stonefish's software made")
    return Claim(Stonefish(page.url), 0.9, "an address of Stonefish's") if ADDRESS.search(page.url) else None
