"""Greenhouse: the Job Board API, https://developers.greenhouse.io/job-board.html. One answer holds every job.

`content` is HTML that was escaped once; a closing time is stated only where the employer fills `application_deadline`.
Pay stands in cents. The jobs may also be told by department or by office, where one may stand several times.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from crawlers.adapters.board import Board, paid, recognised, site_of
from crawlers.adapters.claim import Claim
from crawlers.adapters.json_api import JsonApi
from crawlers.adapters.jsonbody import Object, list_at, objects_at, values, words
from crawlers.adapters.own_fields import own_fields, with_own
from crawlers.source import Page, Parsed, Posting

ADDRESS = re.compile(
    r"//(?:boards|job-boards)(?:\.eu)?\.greenhouse\.io/(?!embed/)([\w-]+)"
    r"|//[^/?#]+/embed/job_(?:board|app)(?:/js)?\?(?:[^#]*&)?for=([\w-]+)|//[^/?#]+/v1/boards/([\w-]+)(?:/|$)",
    re.IGNORECASE,
)
HOST = re.compile(r"//[\w.-]*\bgreenhouse\.io/", re.IGNORECASE)
BOARDS = "https://job-boards.greenhouse.io"
API = "https://boards-api.greenhouse.io"  # for boards of its European hosts too
LINKED = re.compile(
    rb'"absolute_url"\s*:\s*"https?:(?:\\?/){2}(?:(?:job-)?boards(?:\.eu)?\.greenhouse\.io|[^"\s]{1,300}[?&]gh_jid=)'
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
GROUPS = ("departments", "offices")
GROUPED = "departments[].jobs[] | offices[].departments[].jobs[]"
PAY = {"minimum": "min_cents", "maximum": "max_cents", "currency": "currency_type"}
SYSTEM = "Greenhouse's API"
EMPTY = (b'{"jobs"', b'"meta"', b'"total"')
TREE = (b'"departments"', b'"parent_id"', b'"jobs"')
CENTS = ("minimum", "maximum")


@dataclass(frozen=True)
class Greenhouse(Board):
    """A board on Greenhouse."""

    name: ClassVar[str] = "greenhouse"
    own: ClassVar = ("absolute_url",)
    fields: ClassVar = FIELDS

    def api(self) -> JsonApi:
        """The board's list with its jobs' whole text."""
        board = self._board()
        site = API if HOST.search(self.url) else site_of(self.url)
        url = f"{site}/v1/boards/{board}/jobs?content=true" if board and site else self.url
        return JsonApi(url, "jobs", FIELDS, total="meta.total")

    def listed(self, body: Any, page: Page) -> Parsed:
        """Each job once. Raises BadBodyError for the list of another system."""
        if list_at(body, "jobs") is None and any(list_at(body, group) is not None for group in GROUPS):
            jobs = {words(job, "id") or object(): job for job in values(body, GROUPED) if isinstance(job, dict)}
            # Some groups have no more of a job than its number and title.
            body = {"jobs": [{"absolute_url": self._page_of(job)} | job for job in jobs.values()]}
        return super().listed(body, page)

    def _page_of(self, job: Object) -> str | None:
        board = self._board() if HOST.search(self.url) else None
        return f"{BOARDS}/{board}/jobs/{words(job, 'id')}" if board else None

    def _board(self) -> str | None:
        found = ADDRESS.search(self.url)
        return next(filter(None, found.groups())) if found else None

    def refine(self, item: Object, posting: Posting) -> Posting:
        """The posting with what its employer's own fields say, and its pay if one range is all that it states."""
        ranges = objects_at(item, "pay_input_ranges") or []
        told = {name: words(ranges[0], path) for name, path in PAY.items()} if len(ranges) == 1 else {}
        sums = {f"salary_{name}": in_whole(said) if name in CENTS else said for name, said in told.items() if said}
        own = own_fields(item, "metadata", "name", "value & value[]")
        return paid(with_own(replace(posting, extra={**posting.extra, **sums}), own))


def in_whole(cents: str) -> str:
    """A sum in cents as one in pounds or dollars; anything else as it stands."""
    if not re.fullmatch(r"\d{3,12}", cents, re.ASCII):
        return cents
    return cents[:-2] if cents.endswith("00") else f"{cents[:-2]}.{cents[-2:]}"


def recognise(page: Page) -> Claim | None:
    """By its address, or by what stands in every job of its API and nowhere else."""
    if LINKED.search(page.body):
        return Claim(Greenhouse(page.url), 1.0, "jobs as Greenhouse's API lists them")
    if found := recognised(Greenhouse, page, ADDRESS, SYSTEM, b'"absolute_url"', b'"internal_job_id"', empty=EMPTY):
        return found
    grouped = all(mark in page.body for mark in TREE)
    return Claim(Greenhouse(page.url), 0.6, "departments as Greenhouse's API lists them") if grouped else None
