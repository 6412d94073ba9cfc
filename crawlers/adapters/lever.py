"""Lever: the Postings API, https://github.com/lever/postings-api. Pages of 100 by `skip`; a shorter one is the last.

No closing date is stated. `createdAt` is in milliseconds since 1970; a description is in four parts, its lists' items
without a list around them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import escape
from typing import Any, ClassVar

from crawlers.adapters.board import Board, headed, moment, paid, recognised
from crawlers.adapters.claim import Claim
from crawlers.adapters.json_api import JsonApi, Paging, with_parameter
from crawlers.adapters.jsonbody import Object, objects_at, raw, values, words
from crawlers.adapters.text import absolute_links, markup
from crawlers.source import Page, Parsed, Posting

ADDRESS = re.compile(
    r"//(?:jobs|api)(\.eu)?\.lever\.co/(?:v0/postings/)?([\w.%-]+)|//[^/?#]+/v0/postings/[\w.%-]+", re.IGNORECASE
)
ROWS = 100
FIELDS = {
    "reference": "id",
    "url": "hostedUrl",
    "apply_url": "applyUrl",
    "title": "text",
    "locations": "categories.allLocations[] | categories.location",
    "employment_type": "categories.commitment",
    "posted": "createdAt",
    "occupation": "categories.department & categories.team",
    "salary": "salaryDescriptionPlain",
    "extra.salary_minimum": "salaryRange.min",
    "extra.salary_maximum": "salaryRange.max",
    "extra.salary_unit": "salaryRange.interval",
    "extra.salary_currency": "salaryRange.currency",
    "extra.country": "country",
    "extra.job_location_type": "workplaceType",
}
SHORT = 150  # characters of words for pay; longer ones are about the pay, and belong to the description


@dataclass(frozen=True)
class Lever(Board):
    """A board on Lever, in America or Europe."""

    name: ClassVar[str] = "lever"
    own: ClassVar = ("hostedUrl",)
    fields: ClassVar = FIELDS

    def api(self) -> JsonApi:
        """The board's list of 100 jobs a page, each with its whole text."""
        found = ADDRESS.search(self.url)
        url = self.url
        if "/v0/postings/" in url:
            url = with_parameter(with_parameter(url, "mode", "json"), "limit", ROWS)
        elif found:
            url = f"https://api{found[1] or ''}.lever.co/v0/postings/{found[2]}?mode=json&limit={ROWS}"
        return JsonApi(url, "", FIELDS, paging=Paging(parameter="skip", rows=ROWS))

    def listed(self, body: Any, page: Page) -> Parsed:
        """Each posting, of a list in groups (`?group=team`) too. Raises BadBodyError for another system's list."""
        grouped = isinstance(body, list) and any(isinstance(each, dict) and "postings" in each for each in body)
        return super().listed(list(values(body, "[].postings[]")) if grouped else body, page)

    def refine(self, item: Object, posting: Posting) -> Posting:
        """The posting with its description put together and its date written out."""
        said = posting.salary or ""
        is_pay = len(said) <= SHORT and (any(map(str.isdigit, said)) or "salary_minimum" not in posting.extra)
        lists = [(words(one, "text"), markup(raw(one, "content"))) for one in objects_at(item, "lists") or []]
        body = headed(
            [
                (None, markup(raw(item, "description | descriptionPlain"))),
                *(
                    (escape(heading or "", quote=False), inside if inside.startswith("<ul") else f"<ul>{inside}</ul>")
                    for heading, inside in lists
                    if inside
                ),
                (None, markup(raw(item, "additional"))),
                (None, None if is_pay else markup(raw(item, "salaryDescription | salaryDescriptionPlain"))),
            ]
        )
        whole = absolute_links(body, posting.url or "")
        pay = posting.salary if is_pay or "salary_minimum" not in posting.extra else None
        return paid(replace(posting, salary=pay, description_html=whole, posted=moment(posting.posted)))


def recognise(page: Page) -> Claim | None:
    """By its address, or by the two links that each of its jobs has."""
    return recognised(Lever, page, ADDRESS, "Lever's API", b'"hostedUrl"', b'"categories"')
