"""Greenhouse: the Job Board API, https://developers.greenhouse.io/job-board.html. One answer holds every job.

`content` is HTML that was escaped once; a closing time is stated only where the employer fills `application_deadline`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from crawlers.adapters.claim import Claim
from crawlers.adapters.json_api import JsonApi, posting_of
from crawlers.adapters.json_vendor import JsonVendor
from crawlers.adapters.jsonbody import json_body
from crawlers.source import Page, Parsed

BOARD = re.compile(
    r"//(?:boards|job-boards)(?:\.eu)?\.greenhouse\.io/(?:embed/job_board(?:/js)?\?(?:[^#]*&)?for=)?([\w-]+)"
    r"|//boards-api\.greenhouse\.io/v1/boards/([\w-]+)",
    re.IGNORECASE,
)
OWN = re.compile(
    rb'"internal_job_id"|"absolute_url"\s*:\s*"https?:(?:/|\\/){2}(?:job-)?boards(?:\.eu)?\.greenhouse\.io'
)
FIELDS = {
    "reference": "id",
    "url": "absolute_url",
    "title": "title",
    "employer": "company_name",
    "locations": "location.name",
    "posted": "first_published",
    "closes": "application_deadline",
    "description_html": "content",
    "occupation": "departments[].name",
    "identifiers.requisition": "requisition_id",
    "extra.updated": "updated_at",
    "extra.language": "language",
    "extra.offices": "offices[].name",
}


@dataclass(frozen=True)
class Greenhouse(JsonVendor):
    """A board on Greenhouse."""

    name: ClassVar[str] = "greenhouse"

    def api(self) -> JsonApi:
        """The board's list with its jobs' whole text."""
        found = BOARD.search(self.url)
        board = next(filter(None, found.groups())) if found else None
        url = f"https://boards-api.greenhouse.io/v1/boards/{board}/jobs?content=true" if board else self.url
        return JsonApi(url, "jobs", FIELDS, total="meta.total")

    def parse(self, page: Page) -> Parsed:
        """Each job of a list, or the job that the page is. Raises BadBodyError for a body that isn't Greenhouse's."""
        body = json_body(page)
        if isinstance(body, dict) and "absolute_url" in body:
            return Parsed(postings=(posting_of(body, FIELDS, page.url),))
        return self.api().read(body, page)


def recognise(page: Page) -> Claim | None:
    """By its address, or by what stands in every job of its API and nowhere else."""
    if BOARD.search(page.url):
        return Claim(Greenhouse(page.url), 0.9, "an address of Greenhouse")
    if b'"absolute_url"' in page.body and OWN.search(page.body):
        return Claim(Greenhouse(page.url), 1.0, "jobs as Greenhouse's API lists them")
    return None
