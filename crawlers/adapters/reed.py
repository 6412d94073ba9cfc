"""Reed: the Jobseeker API, https://www.reed.co.uk/developers/jobseeker, and rows of a search saved as JSON.

The API's pages have 100 jobs at most (`resultsToTake`), the next by `resultsToSkip`, until `totalResults`; it wants a
key. Its list cuts a description short: the whole is in each job's own answer. Dates are day/month/year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar

from crawlers.adapters.board import Board, paid
from crawlers.adapters.claim import Claim
from crawlers.adapters.json_api import JsonApi, Paging, with_parameter
from crawlers.adapters.jsonbody import Object, words
from crawlers.adapters.text import joined
from crawlers.source import Page, Posting

API = re.compile(r"^(https?://[^/]+/api/1\.0)/search\b", re.IGNORECASE)
ROWS = 100
FIELDS = {
    "reference": "jobId | id",
    "url": "jobUrl",
    "apply_url": "externalUrl",
    "title": "jobTitle | title",
    "employer": "employerName | employer",
    "locations": "locationName | locality",
    "salary": "salary",
    "employment_type": "contractType | employment_type",
    "working_pattern": "jobType",
    "posted": "datePosted | date | posting_date",
    "closes": "expirationDate",
    "description_html": "jobDescription",
    "extra.salary_minimum": "minimumSalary | yearlyMinimumSalary",
    "extra.salary_maximum": "maximumSalary | yearlyMaximumSalary",
    "extra.salary_currency": "currency",
    "extra.salary_unit": "salaryType",
    "extra.skills": "required_skills[]",
}
TIMES = {"fullTime": "full time", "partTime": "part time"}
SHAPES = ((b'"jobTitle"', b'"locationName"', b'"employerName"'), (b'"posting_date"', b'"locality"', b'"employer"'))


@dataclass(frozen=True)
class Reed(Board):
    """A search of Reed's, by its API's address with whatever it is narrowed by."""

    name: ClassVar[str] = "reed"
    own: ClassVar = ("jobId", "posting_date")
    fields: ClassVar = FIELDS

    def api(self) -> JsonApi:
        """The search, 100 jobs a page."""
        url = with_parameter(self.url, "resultsToTake", ROWS) if API.match(self.url) else self.url
        paging = Paging(parameter="resultsToSkip", rows=ROWS)
        return JsonApi(url, "results|", FIELDS, total="totalResults", paging=paging)

    def refine(self, item: Object, posting: Posting) -> Posting:
        """The posting with where and how much of the week the work is."""
        remote = {"job_location_type": "remote"} if words(item, "is_remote") == "true" else {}
        times = joined(said for key, said in TIMES.items() if words(item, key) == "true")
        pattern = posting.working_pattern or times
        return paid(replace(posting, working_pattern=pattern, extra={**posting.extra, **remote}))

    def detail(self, posting: Posting, page: Page) -> str | None:
        """The job's own answer of the API."""
        found = API.match(page.url)
        return f"{found[1]}/jobs/{posting.reference}" if found and posting.reference else None


def recognise(page: Page) -> Claim | None:
    """By the API's address, or by keys that each job of either shape has."""
    if any(all(mark in page.body for mark in shape) for shape in SHAPES):
        return Claim(Reed(page.url), 1.0, "jobs as Reed lists them")
    if b'"ambiguousLocations"' in page.body and b'"totalResults"' in page.body:
        return Claim(Reed(page.url), 0.6, "an empty list such as Reed gives")
    return Claim(Reed(page.url), 0.9, "an address of Reed's API") if API.match(page.url) else None
