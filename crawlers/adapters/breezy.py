"""Breezy: a careers site's /json, its whole list without descriptions; not officially described, shapes as others met.

Each job's own page has its text and a schema.org JobPosting. No closing date is stated. A site that isn't there leads
to Breezy's own home page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar

from crawlers.adapters.advert import advert_on
from crawlers.adapters.board import Board, at_site, recognised, shown
from crawlers.adapters.claim import Claim
from crawlers.adapters.json_api import JsonApi
from crawlers.adapters.jsonbody import Object, words
from crawlers.adapters.text import joined
from crawlers.source import Page, Parsed, Posting

ADDRESS = re.compile(r"//(?!www\.|api\.|app\.|assets|help\.)[\w-]+\.breezy\.hr(?:[/?#]|$)", re.IGNORECASE)
SHOWN = re.compile(rb"""href=["']([^"'<>\s]{0,200}/p/[0-9a-f]{8,20}-)""")
NUMBER = re.compile(r"/p/([0-9a-f]+)(?:-|$)")
FIELDS = {
    "reference": "id",
    "url": "url",
    "title": "name",
    "employer": "company.name",
    "locations": "locations[].name | location.name",
    "salary": "salary",
    "employment_type": "type.name",
    "posted": "published_date | creation_date",
    "occupation": "department",
    "extra.country": "location.country.name",
}
PLACE = ("city", "state.name", "country.name")


@dataclass(frozen=True)
class Breezy(Board):
    """A careers site on Breezy."""

    name: ClassVar[str] = "breezy"
    own: ClassVar = ("friendly_id", "published_date")
    fields: ClassVar = FIELDS

    def api(self) -> JsonApi:
        """The site's list."""
        return JsonApi(at_site(self.url, "/json"), "", FIELDS)

    def parse(self, page: Page) -> Parsed:
        """Each job of the list, or the advert that a page is. Raises BadBodyError for what is neither."""
        if page.role == "detail":
            read = advert_on(page, {"description_html": ".description", "title": "h1"})
            number = NUMBER.search(page.url)
            told = (replace(one, reference=number[1] if number else one.reference) for one in read.postings)
            return replace(read, postings=tuple(told))
        return super().parse(page)

    def refine(self, item: Object, posting: Posting) -> Posting:
        """The posting with its place, put together where it isn't named."""
        place = joined(words(item, f"location.{part}") for part in PLACE)
        remote = {"job_location_type": "remote"} if words(item, "location.is_remote") == "true" else {}
        locations = posting.locations or ((place,) if place else ())
        return replace(posting, locations=locations, extra={**posting.extra, **remote})

    def detail(self, posting: Posting, page: Page) -> str | None:
        """The job's own page."""
        return posting.url


def recognise(page: Page) -> Claim | None:
    """By its address, by keys that each of its jobs has, or by how its careers sites link to jobs."""
    if job := shown(page, b"breezy", SHOWN):
        return Claim(Breezy(job), 0.85, "a page that shows jobs as Breezy's careers sites do")
    return recognised(Breezy, page, ADDRESS, "Breezy", b'"friendly_id"', b'"published_date"')
