"""Rippling: boards at ats.rippling.com/{slug}/jobs, and the API behind them; not officially described.

/api/v1/board/{slug}/jobs is the whole list; a job for several places is repeated, once for each. Each job's own answer
below it has its text, date and pay. The list of version 2 ({"items": …}) names a job's places together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from crawlers.adapters.board import Board, headed, paid, recognised, site_of
from crawlers.adapters.claim import Claim
from crawlers.adapters.json_api import JsonApi
from crawlers.adapters.jsonbody import Object, raw, words
from crawlers.adapters.text import absolute_links, markup
from crawlers.source import Page, Parsed, Posting

ADDRESS = re.compile(
    r"//ats(?:\.\w+)?\.rippling\.com/(?!api/)(?:[a-z]{2}-[A-Z]{2}/)?([\w.%-]+)|//[^/?#]+/(?:[\w-]+/)*board/([\w.%-]+)/jobs"
)
SITE = "https://ats.rippling.com"
JOB = re.compile(r"/jobs/[0-9a-f-]{36}")
FIELDS = {
    "reference": "uuid | id",
    "url": "url",
    "title": "name",
    "locations": "workLocation.label | workLocations[] | locations[].name",
    "occupation": "department.label | department.name",
}
DETAILS = {
    **FIELDS,
    "employer": "companyName",
    "employment_type": "employmentType.id | employmentType.label",
    "posted": "createdOn",
    "extra.salary_minimum": "payRangeDetails[0].rangeStart",
    "extra.salary_maximum": "payRangeDetails[0].rangeEnd",
    "extra.salary_unit": "payRangeDetails[0].frequency",
    "extra.salary_currency": "payRangeDetails[0].currency",
}


@dataclass(frozen=True)
class Rippling(Board):
    """A board on Rippling."""

    name: ClassVar[str] = "rippling"
    own: ClassVar = ("uuid", "name")
    fields: ClassVar = FIELDS
    details: ClassVar = DETAILS

    def api(self) -> JsonApi:
        """The board's list."""
        found = ADDRESS.search(self.url)
        slug = found and (found[1] or found[2])
        site = SITE if found and found[1] else site_of(self.url)
        return JsonApi(f"{site}/api/v1/board/{slug}/jobs" if slug and site else self.url, "", FIELDS)

    def owns(self, item: Object) -> bool:
        """True for a job with a name and a link such as Rippling's."""
        return "name" in item and bool(JOB.search(words(item, "url") or ""))

    def listed(self, body: Any, page: Page) -> Parsed:
        """Each job once, with all of its places."""
        items = body.get("items") if isinstance(body, dict) and isinstance(body.get("items"), list) else body
        parsed = super().listed(items, page)
        cards = [*parsed.postings, *(follow.card for follow in parsed.follows if follow.card)]
        places: dict[str | None, dict[str, None]] = {}
        for card in cards:
            places.setdefault(card.reference, {}).update(dict.fromkeys(card.locations))
        first = {card.reference: replace(card, locations=tuple(places[card.reference])) for card in reversed(cards)}
        return self.opened(Parsed(postings=tuple(reversed(first.values())), shortfall=parsed.shortfall), page)

    def refine(self, item: Object, posting: Posting) -> Posting:
        """The posting with its text put together."""
        parts = [(None, markup(raw(item, f"description.{part}"))) for part in ("role", "company")]
        return paid(replace(posting, description_html=absolute_links(headed(parts), posting.url or "")))

    def detail(self, posting: Posting, page: Page) -> str | None:
        """The job's own answer."""
        board = self.api().url
        return f"{board}/{posting.reference}" if "/api/v1/board/" in board and posting.reference else None


def recognise(page: Page) -> Claim | None:
    """By its address, or by keys that each of its jobs has."""
    marks = [b".rippling.com/", b'"totalItems"' if b'"items"' in page.body else b'"workLocation']
    if page.body[:100].lstrip().startswith(b"["):  # a whole list, whoever's domain its jobs' pages stand on
        marks = [b'"workLocation"', b'"uuid"', b"/jobs/"]
    return recognised(Rippling, page, ADDRESS, "Rippling", *marks)
