"""Manatal: a career page's list, https://developers.manatal.com/reference/career-page. Pages by `next`, all counted.

`hash` names a job in its link. Pay is told only where `is_salary_visible`. No closing date is stated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar

from crawlers.adapters.board import Board, paid, recognised
from crawlers.adapters.claim import Claim
from crawlers.adapters.json_api import JsonApi, Paging
from crawlers.adapters.jsonbody import Object, words
from crawlers.adapters.text import joined, link
from crawlers.source import Page, Posting

ADDRESS = re.compile(
    r"//(?:www\.)?careers-page\.com/([\w-]+)|//(?!www\.)([\w-]+)\.careers-page\.com(?:[/?#]|$)"
    r"|//(?:core\.)?api\.manatal\.com/open/v\d/career-page/([\w-]+)",
    re.IGNORECASE,
)
FIELDS = {
    "reference": "hash",
    "title": "position_name",
    "employer": "organization_name | organization.name",
    "employment_type": "contract_details",
    "posted": "published_at | created_at",
    "description_html": "description",
    "identifiers.id": "id",
    "extra.country": "country",
    "extra.salary_minimum": "salary_min",
    "extra.salary_maximum": "salary_max",
    "extra.salary_currency": "currency",
}
PLACE = ("address", "city", "state", "zipcode", "country")


@dataclass(frozen=True)
class Manatal(Board):
    """A career page on Manatal."""

    name: ClassVar[str] = "manatal"
    own: ClassVar = ("position_name",)
    fields: ClassVar = FIELDS

    def api(self) -> JsonApi:
        """The page's list with its jobs' whole text."""
        client = self._client()
        url = f"https://api.manatal.com/open/v3/career-page/{client}/jobs/" if client else self.url
        return JsonApi(url, "results", FIELDS, total="count", paging=Paging(next="next"))

    def refine(self, item: Object, posting: Posting) -> Posting:
        """The posting with its place and link, and its pay where the advert shows it."""
        whole = joined(words(item, part) for part in PLACE) if words(item, "address | zipcode") else None
        place = whole or words(item, "location_display") or joined(words(item, part) for part in PLACE)
        client = self._client()
        page = f"https://www.careers-page.com/{client}/job/{posting.reference}" if posting.reference else ""
        shown = words(item, "is_salary_visible") != "false"
        extra = {name: said for name, said in posting.extra.items() if shown or not name.startswith("salary_")}
        places = (place,) if place else ()
        return paid(replace(posting, locations=places, url=link(page, "") if client else None, extra=extra))

    def _client(self) -> str | None:
        found = ADDRESS.search(self.url)
        return next(filter(None, found.groups())) if found else None


def recognise(page: Page) -> Claim | None:
    """By its address, or by keys that each of its jobs has."""
    return recognised(Manatal, page, ADDRESS, "Manatal", b'"position_name"', b'"location_display"')
