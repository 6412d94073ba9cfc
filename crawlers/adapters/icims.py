"""iCIMS: the job search of a careers site (careers-NAME.icims.com), which lives in a frame.

Without `in_iframe=1` a page holds that frame alone. Pages are counted by `pr` from 0; the last has no link to a next.
Which facts stand on a card is each employer's choice, and so are their labels: in one half of its header the place or
the date may stand, told apart by the label alone. A link's query holds marks of the visit and is cut off. The advert's
own page has a JobPosting.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar
from urllib.parse import urlsplit, urlunsplit

from crawlers.adapters.board import recognised, site_of
from crawlers.adapters.claim import Claim
from crawlers.adapters.html import NOTHING, Html
from crawlers.adapters.html_vendor import HtmlVendor
from crawlers.adapters.json_api import Paging, with_parameter
from crawlers.adapters.picks import html_at
from crawlers.adapters.text import absolute_links
from crawlers.adapters.webpage import read_page
from crawlers.source import Page, Posting

ADDRESS = re.compile(r"//(?!www\.|developer\.)[\w-]+\.icims\.com(?:[/?#]|$)", re.IGNORECASE)
JOB = re.compile(r"/jobs/(\d{1,12})/")
FACTS = {
    "reference": "label(Job ID, Requisition ID, Requisition Number, Req ID, Job Number, ID)",
    "locations": (
        ".field-label:contains('Location') ~ span:not([title])[] | dt:contains('Location') + dd[]"
        " | label(Job Locations, Job Location, Locations, Location) | .header span:contains('Location') + span[]"
    ),
    "salary": "label(Salary, Salary Range, Pay Range, Pay Rate, Pay, Compensation)",
    "employment_type": "label(Position Type, Employment Type, Job Type, Type, Employment Status)",
    "hours": "label(Hours, Hours per Week, Weekly Hours)",
    "posted": (
        ".field-label:contains('Posted') ~ span@title | dt:contains('Posted') + dd span@title"
        " | label(Posted Date, Date Posted) | .field-label ~ span[title]@title"
    ),
    "closes": "label(Closing Date, Close Date, Application Deadline, Closes)",
    "occupation": "label(Category, Job Category, Job Family)",
    "extra.department": "label(Department, Division)",
}
CARD = {
    **FACTS,
    "url": "a.iCIMS_Anchor | a[href*='/jobs/']",
    "title": (
        ".title h2, .title h3 | a.iCIMS_Anchor h2, a.iCIMS_Anchor h3"
        " | a.iCIMS_Anchor span:not(.field-label) | a.iCIMS_Anchor | a[href*='/jobs/']"
    ),
}
ADVERT = {**FACTS, "title": "h1.iCIMS_Header | .iCIMS_Header h1 | #iCIMS_Header h1"}
TEXT = ".iCIMS_InfoMsg_Job"


@dataclass(frozen=True)
class Icims(HtmlVendor):
    """A careers site on iCIMS, or any page of it."""

    name: ClassVar[str] = "icims"
    marks: ClassVar = (b"iCIMS_", b"icims_")

    def html(self) -> Html:
        """The site's search, as its frame shows it; of an address that searches already, that search."""
        site = site_of(self.url)
        searches = site is None or urlsplit(self.url).path.rstrip("/").endswith("/jobs/search")
        return Html(
            with_parameter(self.url if searches else f"{site}/jobs/search?ss=1", "in_iframe", 1),
            ".iCIMS_JobCardItem | .iCIMS_JobsTable > .row | .iCIMS_JobsTable a.iCIMS_Anchor",
            CARD,
            detail=ADVERT,
            next="link[rel=next]",
            paging=Paging(parameter="pr", first=0),
            pages=r"=~ Page \d+ of (\d+)",
            none=f".iCIMS_NoResults | .iCIMS_MainWrapper {NOTHING}",
        )

    def refine(self, posting: Posting, page: Page) -> Posting:
        """The posting with its lasting link, its number where no reference is stated, and its text."""
        url = _lasting(posting.url)
        number = JOB.search(url or "")
        text = posting.description_html
        if text is None and page.role == "detail":
            web = read_page(page)
            text = absolute_links(html_at(web.root, TEXT), web.base)
        places = tuple(place.strip() for said in posting.locations for place in said.split(" | ") if place.strip())
        reference = posting.reference or (number[1] if number else None)
        return replace(posting, url=url, reference=reference, locations=places, description_html=text)

    def detail(self, posting: Posting) -> str | None:
        """The advert's page as its frame shows it."""
        return with_parameter(posting.url, "in_iframe", 1) if posting.url else None


def recognise(page: Page) -> Claim | None:
    """By its address, or by the names of its page's parts; less surely by the frame in which they will be."""
    for mark in (b"iCIMS_JobsTable", b"iCIMS_JobCardItem", b"iCIMS_JobHeaderGroup"):
        if mark in page.body:
            return recognised(Icims, page, ADDRESS, "iCIMS", mark)
    if b"icims_content_iframe" in page.body:
        return Claim(Icims(page.url), 0.9, "the frame of an iCIMS careers site")
    return recognised(Icims, page, ADDRESS, "iCIMS")


def _lasting(url: str | None) -> str | None:
    """An advert's link without what the visit put behind it; any other as it stands."""
    return urlunsplit(urlsplit(url)._replace(query="", fragment="")) if url and JOB.search(url) else url
