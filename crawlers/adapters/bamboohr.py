"""BambooHR: the list behind a careers page, {company}.bamboohr.com/careers/list, and /careers/{id}/detail for each job.

Neither is officially described; shapes are those of recorded answers. One answer lists every job, `meta.totalCount` of
them. `location` and `atsLocation` may disagree: the first is where the work is, the other is kept beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar

from crawlers.adapters.board import Board, at_site, paid, recognised
from crawlers.adapters.claim import Claim
from crawlers.adapters.json_api import JsonApi
from crawlers.adapters.jsonbody import Object, words
from crawlers.adapters.text import joined, link
from crawlers.source import Page, Posting

ADDRESS = re.compile(r"//(?!www\.|api\.)[\w-]+\.bamboohr\.com(?:[/?#]|$)", re.IGNORECASE)
EMBEDDED = re.compile(rb"""data-domain=["']([\w.:-]{3,200})["']""")
FIELDS = {
    "reference": "id",
    "url": "{id}",
    "title": "jobOpeningName",
    "salary": "compensation",
    "employment_type": "employmentStatusLabel | employmentType",
    "posted": "datePosted",
    "description_html": "description",
    "level": "minimumExperience",
    "occupation": "departmentLabel",
    "extra.country": "location.addressCountry | atsLocation.country",
}
DETAILS = FIELDS | {"url": "jobOpeningShareUrl"}
PLACES = {
    "location": ("street1", "street2", "city", "state", "postalCode"),
    "atsLocation": ("city", "province", "state", "country"),
}
ASKED = {"accept": "application/json"}  # else it may answer with the page that people see
EMPTY = (b'"meta"', b'"totalCount"', b'"result"')
WHERE = {"1": "remote", "2": "hybrid"}  # locationType; 0 = at the place


@dataclass(frozen=True)
class BambooHr(Board):
    """A careers site on BambooHR."""

    name: ClassVar[str] = "bamboohr"
    own: ClassVar = ("jobOpeningName",)
    fields: ClassVar = FIELDS
    details: ClassVar = DETAILS
    single: ClassVar[str] = "result.jobOpening"

    def api(self) -> JsonApi:
        """The site's list; its jobs' text is on their own pages."""
        return JsonApi(at_site(self.url, "/careers/list"), "result", FIELDS, "meta.totalCount", headers=ASKED)

    def refine(self, item: Object, posting: Posting) -> Posting:
        """The posting with its place."""
        here, ats = (joined(words(item, f"{key}.{part}") for part in parts) for key, parts in PLACES.items())
        remote = words(item, "isRemote") in ("true", "yes")
        said = words(item, "locationType") or "0"
        where = "remote" if remote else WHERE.get(said, None if said.isdigit() else said)
        extra = {**posting.extra, **({"job_location_type": where} if where else {})}
        if here and ats and here != ats:
            extra["ats_location"] = ats
        places = tuple(place for place in (here or ats or words(item, "location"),) if place)
        reference = posting.reference or (posting.url or "").rpartition("/")[2] or None
        return paid(replace(posting, reference=reference, locations=places, extra=extra))

    def detail(self, posting: Posting, page: Page) -> str | None:
        """The job's own page, beside the list."""
        return link(f"{posting.reference}/detail", page.url) if posting.reference else None


def recognise(page: Page) -> Claim | None:
    """By its address, by keys that each of its jobs has, or by what its customers paste into their pages."""
    domain = EMBEDDED.search(page.body) if b'"BambooHR"' in page.body else None
    if domain and (board := link(f"//{domain[1].decode()}/careers/list", page.url)):
        return Claim(BambooHr(board), 0.9, "a page with BambooHR's list inside")
    return recognised(BambooHr, page, ADDRESS, "BambooHR", b'"jobOpeningName"', b'"result"', empty=EMPTY)
