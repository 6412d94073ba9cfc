"""Workday: the API behind a careers site, /wday/cxs/{tenant}/{site}/jobs; not officially described, shapes as recorded.

The list is asked for by POST, 20 jobs a page at most. `total` is right on the first page only: it is carried along, and
ends the paging. A place such as "3 Locations" is none; the places are in each job's own answer, `jobPostingInfo`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from crawlers.adapters.board import Board, paid
from crawlers.adapters.claim import Claim
from crawlers.adapters.json_api import JsonApi
from crawlers.adapters.jsonbody import Object, count, list_at, words
from crawlers.adapters.text import link
from crawlers.adapters.workday_site import ROWS, asked_from, board_of, declared_on, numbered
from crawlers.source import Follow, Page, Parsed, Posting

ACCEPT = {"accept": "application/json"}
ASKED = {**ACCEPT, "content-type": "application/json"}
NUMBER = re.compile(r"_([^_/?#]+)$")
SEVERAL = re.compile(r"\d+ \w+")
FIELDS = {
    "title": "title",
    "locations": "locationsText",
    "posted": "postedOn",
    "employment_type": "timeType",
    "extra.job_location_type": "remoteType",
    "extra.bullets": "bulletFields[]",
}
DETAILS = {
    "reference": "jobReqId",
    "url": "externalUrl",
    "title": "title",
    "locations": "location & additionalLocations[]",
    "employment_type": "timeType",
    "posted": "startDate | postedOn",
    "closes": "endDate",
    "description_html": "jobDescription",
    "identifiers.requisition": "jobReqId",
    "extra.country": "country.descriptor",
    "extra.job_location_type": "remoteType",
}


@dataclass(frozen=True)
class Workday(Board):
    """A careers site on Workday; facets in a person's address (`?locations=…`) narrow the list."""

    name: ClassVar[str] = "workday"
    own: ClassVar = ("externalPath", "bulletFields")
    fields: ClassVar = FIELDS
    details: ClassVar = DETAILS

    def api(self) -> JsonApi:
        """The list's shape; `start` asks for it."""
        return JsonApi(self.url, "jobPostings", FIELDS, headers=ACCEPT)

    def start(self) -> tuple[Follow, ...]:
        """The first 20 jobs."""
        return (self._from(0, None),)

    def job(self, body: Any) -> Object | None:
        """What a job's own answer says."""
        info = body.get("jobPostingInfo") if isinstance(body, dict) else None
        return info if isinstance(info, dict) else None

    def listed(self, body: Any, page: Page) -> Parsed:
        """Each job as the card of its own answer, and the next page."""
        parsed = super().listed(body, page)
        total = page.carried.get("total") or count(body, "total")
        seen = int(page.carried.get("seen", 0)) + (new := len(list_at(body, "jobPostings") or []))
        more = new and board_of(self.url) and (seen < total if total else new >= ROWS)
        following = (self._from(seen, total),) if more else ()
        return replace(parsed, follows=(*following, *parsed.follows), stated_total=total)

    def refine(self, item: Object, posting: Posting) -> Posting:
        """The posting with its number and link, without a place that is only a count of places."""
        path = words(item, "externalPath") or posting.url or ""
        text = posting.description_html
        number = NUMBER.search(path)
        places = tuple(place for place in posting.locations if not SEVERAL.fullmatch(place))
        counted = {"places": ", ".join(posting.locations)} if posting.locations and not places else {}
        board = board_of(self.url)
        return paid(
            replace(
                posting,
                reference=number[1] if number else posting.reference or numbered(item),
                url=posting.url or (link(f"{board[1]}{path}", "") if board and path else None),
                locations=places,
                description_html=text.replace("&amp;#xa;", "\n") if text else None,  # line ends, escaped twice
                extra={**posting.extra, **counted},
            )
        )

    def detail(self, posting: Posting, page: Page) -> str | None:
        """The job's own answer, where the site's address is known."""
        board = board_of(self.url)
        return f"{board[0]}{posting.url.removeprefix(board[1])}" if board and posting.url else None

    def _from(self, row: int, total: int | None) -> Follow:
        board = board_of(self.url)
        url = f"{board[0]}/jobs" if board else self.url
        carried = {"seen": row, "total": total} if row else {}
        return Follow(url, "listing", carried, method="POST", headers=ASKED, body=asked_from(self.url, row))


def recognise(page: Page) -> Claim | None:
    """By its address, by keys that its lists and jobs have, or by the script of its pages."""
    if b"window.workday" in page.body and (api := declared_on(page)):
        return Claim(Workday(api), 1.0, "a careers page of Workday")
    if (b'"jobPostings"' in page.body and b'"externalPath"' in page.body) or b'"jobPostingInfo"' in page.body:
        return Claim(Workday(page.url), 1.0, "jobs as Workday lists them")
    if b'"jobPostings"' in page.body and b'"userAuthenticated"' in page.body:
        return Claim(Workday(page.url), 0.6, "an empty list such as Workday gives")
    return Claim(Workday(page.url), 0.9, "an address of Workday") if board_of(page.url) else None
