"""Paylocity: a careers page whose script holds every job, `window.pageData = {"Jobs": […]}`; one page, no paging.

Not officially described; shapes as recorded. The list has the beginning of a description or none, each job's own page
all of it, and a JobPosting too. A job's LocationName is the employer's word for an office ("Hybrid", "Head Office"),
its address stands beside it. No closing date is stated anywhere. A board or job that isn't there is a page "Job Not
Found" with status 200.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from clearinghouse.errors import BadBodyError
from crawlers.adapters.advert import advert_on
from crawlers.adapters.board import Board, paid, site_of
from crawlers.adapters.body import decoded
from crawlers.adapters.claim import Claim
from crawlers.adapters.json_api import JsonApi
from crawlers.adapters.jsonbody import Object, raw, words
from crawlers.adapters.scriptjson import script_value
from crawlers.adapters.text import joined, markup
from crawlers.source import Page, Parsed, Posting

ADDRESS = re.compile(r"/recruiting/jobs/(?:all/[0-9a-f]{8}-[0-9a-f-]{27}|list/\d)", re.IGNORECASE)
SITE = "https://recruiting.paylocity.com"  # where all boards are
FIELDS = {
    "reference": "JobId",
    "title": "JobTitle",
    "posted": "PublishedDate",
    "occupation": "HiringDepartment",
    "extra.office": "LocationName",
    "extra.country": "JobLocation.Country",
}
PLACE = ("Address", "Address2", "City", "State", "Zip")
ADVERT = b'class="job-preview-details'
DETAIL = {
    "title": ".job-preview-title",
    "description_html": ".job-preview-details",
    "salary": ".job-preview-details label(Salary, Pay, Salary Range)",
    "employment_type": ".job-preview-details label(Job Type, Employment Type)",
}


@dataclass(frozen=True)
class Paylocity(Board):
    """A board on Paylocity: `url` is its page of all jobs."""

    name: ClassVar[str] = "paylocity"
    own: ClassVar = ("JobId",)
    fields: ClassVar = FIELDS

    def api(self) -> JsonApi:
        """The page, whose script holds the list."""
        return JsonApi(self.url, "Jobs", FIELDS)

    def parse(self, page: Page) -> Parsed:
        """Each job of the list, or the advert that the page is. Raises BadBodyError for what is neither."""
        text = decoded(page)
        if page.role == "detail":
            return advert_on(page, DETAIL)
        if page.asked is None and ADVERT in page.body:
            return advert_on(page, {**DETAIL, "locations": ".preview-location"})  # no card says the whole address
        if text[0] in "{[":
            return super().parse(page)
        body = script_value(text, "pageData")
        if body is None:
            raise BadBodyError(page.url, "a page without the data of Paylocity's list (window.pageData)")
        return self.listed(body, page)

    def listed(self, body: Any, page: Page) -> Parsed:
        """Each job, by the employer that the page names."""
        parsed, employer = super().listed(body, page), words(body, "ModuleTitle")
        cards = tuple(replace(f, card=replace(f.card, employer=employer)) if f.card else f for f in parsed.follows)
        return replace(
            parsed, postings=tuple(replace(each, employer=employer) for each in parsed.postings), follows=cards
        )

    def refine(self, item: Object, posting: Posting) -> Posting | None:
        """The posting with its link and place; None for a job that only the employer's own people see."""
        if words(item, "IsInternal") == "true":
            return None
        place = joined(words(item, f"JobLocation.{part}") for part in PLACE) or words(item, "LocationName")
        shown, site = words(item, "ShouldDisplayLocation") != "false", site_of(self.url) or SITE
        remote = {"job_location_type": "remote"} if words(item, "IsRemote") == "true" else {}
        return paid(
            replace(
                posting,
                url=f"{site}/Recruiting/Jobs/Details/{posting.reference}" if posting.reference else None,
                locations=(place,) if shown and place else (),
                description_html=markup(raw(item, "Description")),
                extra={**posting.extra, **remote} if shown else remote,
            )
        )

    def detail(self, posting: Posting, page: Page) -> str | None:
        """The job's own page, for its whole description."""
        return posting.url if site_of(self.url) else None


def recognise(page: Page) -> Claim | None:
    """By its address, or by keys of the data in its page."""
    if b"pageData" in page.body and b'"JobId"' in page.body and b'"JobTitle"' in page.body:
        return Claim(Paylocity(page.url), 1.0, "jobs in a page's script as Paylocity lists them")
    if b"pageData" in page.body and b'"Jobs"' in page.body and b'"LeadJoinUrl"' in page.body:
        return Claim(Paylocity(page.url), 0.6, "an empty list such as Paylocity gives")
    if ADVERT in page.body:
        return Claim(Paylocity(page.url), 0.4, "an advert as Paylocity shows it")
    return Claim(Paylocity(page.url), 0.9, "an address of Paylocity") if ADDRESS.search(page.url) else None
