"""Eightfold: {tenant}.eightfold.ai and employers' own domains; not officially described, shapes as others met.

/api/apply/v2/jobs lists ten positions a page by `start`, without their text, up to `count`; a newer site has the same
list inside `data` at /api/pcsx/search and refuses the older address. Each position's own answer has its text. Dates are
in seconds since 1970; no closing date is stated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar
from urllib.parse import urlsplit

from crawlers.adapters.board import Board, moment, recognised, site_of
from crawlers.adapters.claim import Claim
from crawlers.adapters.json_api import JsonApi, Paging
from crawlers.adapters.jsonbody import Object
from crawlers.source import Page, Posting

ADDRESS = re.compile(
    r"//(?!www\.|api\.|app\.)[\w-]+\.eightfold\.ai(?:[/?#]|$)|//[^/?#]+/api/(?:apply/v2/jobs|pcsx/search)\b"
)
LISTS = ("/api/apply/v2/jobs", "/api/pcsx/search")
DOMAIN = re.compile(r"[?&](domain=[\w.-]+)")
ROWS = 10
FIELDS = {
    "reference": "display_job_id | displayJobId | ats_job_id | atsJobId | id",
    "url": "canonicalPositionUrl | publicUrl | positionUrl",
    "title": "name | posting_name",
    "locations": "locations[] | location",
    "occupation": "department",
    "posted": "t_create | creationTs | postedTs",
    "description_html": "job_description | jobDescription",
    "identifiers.position": "id",
    "extra.job_location_type": "work_location_option | workLocationOption",
}


@dataclass(frozen=True)
class Eightfold(Board):
    """A careers site on Eightfold; `domain` in its address is the employer's."""

    name: ClassVar[str] = "eightfold"
    own: ClassVar = ("display_job_id", "displayJobId", "canonicalPositionUrl", "t_create")
    fields: ClassVar = FIELDS

    def api(self) -> JsonApi:
        """The site's list."""
        paging = Paging(parameter="start", rows=ROWS)
        return JsonApi(self._list(), "positions | data.positions", FIELDS, total="count | data.count", paging=paging)

    def refine(self, item: Object, posting: Posting) -> Posting:
        """The posting with its date written out."""
        return replace(posting, posted=moment(posting.posted))

    def detail(self, posting: Posting, page: Page) -> str | None:
        """The position's own answer, where the list has no text; a newer site gives none."""
        site, number = site_of(self.url), posting.identifiers.get("position")
        wanted = number and not posting.description_html and urlsplit(self._list()).path == LISTS[0]
        return f"{site}{LISTS[0]}/{number}" if site and wanted else None

    def _list(self) -> str:
        site = site_of(self.url)
        if site is None or urlsplit(self.url).path in LISTS:
            return self.url
        domain = DOMAIN.search(self.url)
        return f"{site}{LISTS[0]}?{f'{domain[1]}&' if domain else ''}start=0&num={ROWS}"


def recognise(page: Page) -> Claim | None:
    """By its address, or by keys that each of its positions has."""
    mark = b'"canonicalPositionUrl"' if b'"canonicalPositionUrl"' in page.body else b'"displayJobId"'
    return recognised(Eightfold, page, ADDRESS, "Eightfold", b'"positions"', mark)
