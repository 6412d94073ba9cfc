"""Phenom: careers sites on employers' own domains; nowhere described. A page's script holds its jobs, as `phApp.ddo`.

The list is at /{region}/{language}/search-results, ten jobs a page by `from`, in no order; `totalHits` ends it.
It has a teaser of each description; the whole stands in the job's own page, /job/{jobSeqNo}, in the same way, or as
schema.org JobPosting. No closing date is stated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar
from urllib.parse import urlsplit

from clearinghouse.errors import BadBodyError
from crawlers.adapters.advert import advert_on
from crawlers.adapters.board import Board, site_of
from crawlers.adapters.body import decoded
from crawlers.adapters.claim import Claim
from crawlers.adapters.json_api import JsonApi, Paging, posting_of
from crawlers.adapters.jsonbody import Object, words
from crawlers.adapters.scriptjson import script_value
from crawlers.adapters.text import link
from crawlers.source import Page, Parsed, Posting

LOCALE = re.compile(r"((?:/(?:[a-z]{2}|global|intl|international)(?=/|$)){0,2})", re.IGNORECASE)
SEARCH = "/search-results"
ROWS = 10
FIELDS = {
    "reference": "reqId | jobId | jobSeqNo",
    "title": "title",
    "apply_url": "applyUrl",
    "locations": "multi_location[] | cityStateCountry | cityState | location",
    "employment_type": "type",
    "posted": "postedDate | dateCreated",
    "occupation": "category | multi_category[]",
    "identifiers.job": "jobSeqNo",
    "extra.country": "country",
    "extra.teaser": "descriptionTeaser",
}
DETAILS = {**FIELDS, "description_html": "description"}


@dataclass(frozen=True)
class Phenom(Board):
    """A careers site on Phenom, by any page of it."""

    name: ClassVar[str] = "phenom"
    own: ClassVar = ("jobSeqNo", "jobId")
    fields: ClassVar = FIELDS
    details: ClassVar = DETAILS
    single: ClassVar[str] = "jobDetail.data.job"

    def api(self) -> JsonApi:
        """The search's pages, whose scripts hold the list."""
        lists = "eagerLoadRefineSearch.data.jobs | refineSearch.data.jobs"
        total = "eagerLoadRefineSearch.totalHits | refineSearch.totalHits"
        return JsonApi(self._search(), lists, FIELDS, total=total, paging=Paging(parameter="from", rows=ROWS))

    def parse(self, page: Page) -> Parsed:
        """Each job of the list, or the job that the page is. Raises BadBodyError for what is neither."""
        body = script_value(decoded(page), "phApp.ddo")
        job = self.job(body)
        if job is not None:
            return Parsed(postings=(self.refine(job, posting_of(job, DETAILS, page.url)),))
        if page.role == "detail":
            return advert_on(page, {})
        if body is None:
            raise BadBodyError(page.url, "a page without the data of Phenom's list (phApp.ddo)")
        return self.listed(body, page)

    def refine(self, item: Object, posting: Posting) -> Posting:
        """The posting with the link to its own page on the site."""
        number = words(item, "jobSeqNo | jobId")
        url = link(f"{self._search().partition(SEARCH)[0]}/job/{number}", "") if number else None
        return replace(posting, url=url or posting.apply_url)

    def detail(self, posting: Posting, page: Page) -> str | None:
        """The job's own page."""
        return posting.url if posting.url != posting.apply_url else None

    def _search(self) -> str:
        site = site_of(self.url)
        if site is None or SEARCH in self.url:
            return self.url
        locale = LOCALE.match(urlsplit(self.url).path)
        return f"{site}{locale[1] if locale else ''}{SEARCH}"


def recognise(page: Page) -> Claim | None:
    """By the data in its pages."""
    if b"phApp.ddo" not in page.body:
        return None
    surely = b'"eagerLoadRefineSearch"' in page.body
    return Claim(Phenom(page.url), 1.0 if surely else 0.9, "a page with Phenom's data in it")
