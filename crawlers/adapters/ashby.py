"""Ashby: the Job Postings API, https://developers.ashbyhq.com/docs/public-job-posting-api. One answer holds every job.

A job with `isListed: false` can be reached by its link alone: it isn't on the public list, and is left out. No closing
date is stated. `compensation` is told where `shouldDisplayCompensationOnJobPostings` lets the advert show it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar

from crawlers.adapters.board import Board, paid, recognised, site_of
from crawlers.adapters.claim import Claim
from crawlers.adapters.json_api import JsonApi
from crawlers.adapters.jsonbody import Object, objects_at, words
from crawlers.source import Page, Posting

ADDRESS = re.compile(
    r"//jobs\.ashbyhq\.com/([\w.%-]+)|//[^/?#]+/posting-api/job-board/([\w.%-]+)|//[^/?#]+/([\w.%-]+)/embed\?version=\d",
    re.IGNORECASE,
)
HOST = re.compile(r"//[\w.-]*\bashbyhq\.com/", re.IGNORECASE)
API = "https://api.ashbyhq.com"
FIELDS = {
    "reference": "id",
    "url": "jobUrl",
    "apply_url": "applyUrl",
    "title": "title",
    "locations": "location & secondaryLocations[].location",
    "salary": "compensation.compensationTierSummary | compensation.scrapeableCompensationSalarySummary",
    "employment_type": "employmentType",
    "posted": "publishedAt",
    "description_html": "descriptionHtml | descriptionPlain",
    "occupation": "department & team",
    "extra.address": "address.postalAddress.streetAddress & address.postalAddress.addressLocality"
    " & address.postalAddress.addressRegion & address.postalAddress.postalCode",
    "extra.country": "address.postalAddress.addressCountry",
    "extra.job_location_type": "workplaceType",
}
SUMS = {"minimum": "minValue", "maximum": "maxValue", "unit": "interval", "currency": "currencyCode"}
NUMBER = re.compile(r"/([0-9a-f]{8}-[0-9a-f-]{27})(?:[/?# ]|$)")
EMPTY = (b'"jobs"', b'"apiVersion"')
ONE_OF = re.compile(r"^1 (?=[A-Z])")  # "1 YEAR": a multiple of a unit


@dataclass(frozen=True)
class Ashby(Board):
    """A board on Ashby."""

    name: ClassVar[str] = "ashby"
    own: ClassVar = ("isListed", "publishedAt")
    fields: ClassVar = FIELDS

    def api(self) -> JsonApi:
        """The board's list with its jobs' whole text and pay."""
        found = ADDRESS.search(self.url)
        board = next(filter(None, found.groups())) if found else None
        site = API if HOST.search(self.url) else site_of(self.url)
        url = f"{site}/posting-api/job-board/{board}?includeCompensation=true" if board and site else self.url
        return JsonApi(url, "jobs", FIELDS)

    def refine(self, item: Object, posting: Posting) -> Posting | None:
        """The posting with its pay's sums; None for one that isn't on the public list."""
        if words(item, "isListed") == "false":
            return None
        if words(item, "shouldDisplayCompensationOnJobPostings") == "false":
            return replace(posting, salary=None)
        number = posting.reference or next(iter(NUMBER.findall(f"{posting.url} {posting.apply_url}")), None)
        posting = replace(posting, reference=number)
        told = objects_at(item, "compensation.summaryComponents") or []
        pay = next((one for one in told if words(one, "compensationType") == "Salary"), {})
        sums = {f"salary_{name}": ONE_OF.sub("", text) for name, path in SUMS.items() if (text := words(pay, path))}
        return paid(replace(posting, extra={**posting.extra, **sums}))


def recognise(page: Page) -> Claim | None:
    """By its address, or by keys that each of its jobs has."""
    return recognised(Ashby, page, ADDRESS, "Ashby's API", b'"jobUrl"', b'"applyUrl"', empty=EMPTY)
