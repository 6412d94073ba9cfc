"""Avature: the justice board's JSON feed, as https://github.com/ministryofjustice/feed-parser reads it.

It wants a sign-in agreed with its owner; one answer holds every job. A closing date is a bare day: applications end
at 23:55 on it. Pay is stated in numbers, a London weighting beside them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from crawlers.adapters.board import Board, paid
from crawlers.adapters.claim import Claim
from crawlers.adapters.json_api import JsonApi
from crawlers.adapters.jsonbody import Object, words
from crawlers.adapters.text import joined
from crawlers.source import Page, Posting

FIELDS = {
    "reference": "id",
    "url": "url | link",
    "apply_url": "applyUrl | applicationUrl",
    "title": "title | jobTitle | name",
    "employer": "organisation",
    "locations": "addresses[] | cities[] | regions[]",
    "salary": "salaryRange[]",
    "employment_type": "contractTypes[]",
    "working_pattern": "workingPatterns[]",
    "closes": "closingDate",
    "starts": "startDate",
    "description_html": "description",
    "level": "grade",
    "occupation": "roleTypes[]",
    "extra.business_group": "businessGroup",
    "extra.positions": "availablePositions",
    "extra.prisons": "prisonNames[]",
    "extra.regions": "regions[]",
    "extra.salary_minimum": "salaryMin",
    "extra.salary_maximum": "salaryMax",
    "extra.salary_london_weighting": "salaryLondonWeighting",
}


@dataclass(frozen=True)
class Avature(Board):
    """A feed of Avature's."""

    name: ClassVar[str] = "avature"
    own: ClassVar = ("roleTypes", "businessGroup")
    fields: ClassVar = FIELDS

    def api(self) -> JsonApi:
        """The feed with all its jobs."""
        return JsonApi(self.url, "jobs", FIELDS)

    def refine(self, item: Object, posting: Posting) -> Posting:
        """The posting; one without a title goes by its kind of work and its prisons, as the board shows it."""
        title = posting.title or joined((words(item, "roleTypes[]"), words(item, "prisonNames[]")), " - ")
        return paid(replace(posting, title=title))


def recognise(page: Page) -> Claim | None:
    """By keys that each of its jobs has."""
    if b'"businessGroup"' in page.body and b'"roleTypes"' in page.body:
        return Claim(Avature(page.url), 1.0, "jobs as Avature's feed tells them")
    return None
