"""Greenhouse: the Job Board API, https://developers.greenhouse.io/job-board.html. One answer holds every job.

`content` is HTML that was escaped once; a closing time is stated only where the employer fills `application_deadline`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from crawlers.adapters.board import Board, recognised, site_of
from crawlers.adapters.claim import Claim
from crawlers.adapters.json_api import JsonApi
from crawlers.source import Page

ADDRESS = re.compile(
    r"//(?:boards|job-boards)(?:\.eu)?\.greenhouse\.io/(?!embed/)([\w-]+)"
    r"|//[^/?#]+/embed/job_(?:board|app)(?:/js)?\?(?:[^#]*&)?for=([\w-]+)|//[^/?#]+/v1/boards/([\w-]+)(?:/|$)",
    re.IGNORECASE,
)
HOST = re.compile(r"//[\w.-]*\bgreenhouse\.io/", re.IGNORECASE)
API = "https://boards-api.greenhouse.io"  # for boards of its European hosts too
LINKED = re.compile(rb'"absolute_url"\s*:\s*"https?:(?:\\?/){2}(?:job-)?boards(?:\.eu)?\.greenhouse\.io')
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
class Greenhouse(Board):
    """A board on Greenhouse."""

    name: ClassVar[str] = "greenhouse"
    own: ClassVar = ("absolute_url",)
    fields: ClassVar = FIELDS

    def api(self) -> JsonApi:
        """The board's list with its jobs' whole text."""
        found = ADDRESS.search(self.url)
        board = next(filter(None, found.groups())) if found else None
        site = API if HOST.search(self.url) else site_of(self.url)
        url = f"{site}/v1/boards/{board}/jobs?content=true" if board else self.url
        return JsonApi(url, "jobs", FIELDS, total="meta.total")


def recognise(page: Page) -> Claim | None:
    """By its address, or by what stands in every job of its API and nowhere else."""
    if LINKED.search(page.body):
        return Claim(Greenhouse(page.url), 1.0, "jobs as Greenhouse's API lists them")
    return recognised(Greenhouse, page, ADDRESS, "Greenhouse's API", b'"absolute_url"', b'"internal_job_id"')
