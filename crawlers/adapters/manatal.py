"""Manatal: the list behind a career page, careers-page.com/api/v1.0/c/{client}/jobs/, which the page's script asks for.

Not officially described; shapes are those of recorded answers. Pages of 20 at most by `next`, all counted. `hash` names
a job in its link. Pay is told only where `is_salary_visible`, without its interval; no date is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar

from crawlers.adapters.board import Board, paid, recognised, site_of
from crawlers.adapters.claim import Claim
from crawlers.adapters.json_api import JsonApi, Paging
from crawlers.adapters.jsonbody import Object, words
from crawlers.adapters.text import joined, link
from crawlers.source import Page, Posting

ADDRESS = re.compile(
    r"//(?:www\.)?careers-page\.com/(?!api/)([\w-]+)|//(?!www\.)([\w-]+)\.careers-page\.com(?:[/?#]|$)"
    r"|//[^/?#]+/api/v\d[\d.]*/c/([\w-]+)|//(?:core\.)?api\.manatal\.com/open/v\d/career-page/([\w-]+)",
    re.IGNORECASE,
)
HOST = re.compile(r"//(?:[\w-]+\.)*(?:careers-page|manatal)\.com(?:[/?#]|$)", re.IGNORECASE)
SITE = "https://www.careers-page.com"
CLIENT = re.compile(rb"""clientSlug\s{0,9}[:=]\s{0,9}["']([\w-]{1,100})["']""")
SERVED = re.compile(rb"""baseUrl\s{0,9}[:=]\s{0,9}["'](https?://[\w.:-]{1,100})["']""")
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
    "extra.salary_currency": "currency_code | currency",
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
        url = f"{self._site()}/api/v1.0/c/{client}/jobs/" if client else self.url
        return JsonApi(url, "results", FIELDS, total="count", paging=Paging(next="next"))

    def refine(self, item: Object, posting: Posting) -> Posting:
        """The posting with its place and link, and its pay where the advert shows it."""
        whole = joined(words(item, part) for part in PLACE) if words(item, "address | zipcode") else None
        place = whole or words(item, "location_display") or joined(words(item, part) for part in PLACE)
        client = self._client()
        page = f"{self._site()}/{client}/job/{posting.reference}" if posting.reference else ""
        shown = words(item, "is_salary_visible") != "false"
        extra = {name: said for name, said in posting.extra.items() if shown or not name.startswith("salary_")}
        places = (place,) if place else ()
        return paid(replace(posting, locations=places, url=link(page, "") if client else None, extra=extra))

    def _client(self) -> str | None:
        found = ADDRESS.search(self.url)
        return next(filter(None, found.groups())) if found else None

    def _site(self) -> str | None:
        return SITE if HOST.search(self.url) else site_of(self.url)


def recognise(page: Page) -> Claim | None:
    """By its address, by keys that each of its jobs has, or by the script of its pages."""
    client = CLIENT.search(page.body) if b"/api/v1.0/c/" in page.body else None
    if client:
        base = SERVED.search(page.body)
        board = link(f"/api/v1.0/c/{client[1].decode()}/jobs/", base[1].decode() if base else page.url)
        return Claim(Manatal(board), 0.95, "a career page of Manatal") if board else None
    return recognised(Manatal, page, ADDRESS, "Manatal", b'"position_name"', b'"location_display"')
