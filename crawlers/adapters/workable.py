"""Workable: the widget's list, https://help.workable.com/hc/en-us/articles/115012771647. One answer holds every job.

A job in several places may stand in it once for each, with the same `shortcode` and link: told once here, with all its
places. No closing date is stated, and no pay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from crawlers.adapters.board import Board, recognised, site_of
from crawlers.adapters.claim import Claim
from crawlers.adapters.json_api import JsonApi
from crawlers.adapters.jsonbody import Object, objects_at, words
from crawlers.adapters.text import joined
from crawlers.source import Page, Parsed, Posting

ADDRESS = re.compile(
    r"//apply\.workable\.com/(?!api/|j/)([\w-]+)|//[^/?#]+/api/v\d/(?:widget/)?accounts/([\w-]+)"
    r"|//(?:www\.)?workable\.com/api/accounts/([\w-]+)|//(?!apply\.|www\.|jobs\.|help\.)([\w-]+)\.workable\.com",
    re.IGNORECASE,
)
HOST = re.compile(r"//[\w.-]*\bworkable\.com(?:[/?#]|$)", re.IGNORECASE)
API = "https://apply.workable.com"
FIELDS = {
    "reference": "shortcode",
    "url": "url | shortlink",
    "apply_url": "application_url",
    "title": "title",
    "employment_type": "employment_type",
    "posted": "published_on | created_at",
    "description_html": "description",
    "level": "experience",
    "occupation": "department & function",
    "identifiers.code": "code",
    "extra.created": "created_at",
    "extra.education": "education",
    "extra.industry": "industry",
}
PLACES = (("city", "region", "country"), ("city", "state", "country"))


@dataclass(frozen=True)
class Workable(Board):
    """An account on Workable."""

    name: ClassVar[str] = "workable"
    own: ClassVar = ("shortcode",)
    fields: ClassVar = FIELDS

    def api(self) -> JsonApi:
        """The account's list with its jobs' whole text."""
        found = ADDRESS.search(self.url)
        account = next(filter(None, found.groups())) if found else None
        site = API if HOST.search(self.url) else site_of(self.url)
        api = f"{site}/api/v1/widget/accounts/{account}?details=true"
        return JsonApi(api if account else self.url, "jobs", FIELDS)

    def listed(self, body: Any, page: Page) -> Parsed:
        """Each job once, its employer the account's name. Raises BadBodyError for the list of another system."""
        parsed = super().listed(body, page)
        employer = words(body, "name")
        jobs: dict[object, Posting] = {}
        for posting in parsed.postings:
            key = (posting.reference, posting.url) if posting.reference else object()
            places = (*jobs[key].locations, *posting.locations) if key in jobs else posting.locations
            jobs[key] = replace(jobs.get(key, posting), employer=employer, locations=tuple(dict.fromkeys(places)))
        return replace(parsed, postings=tuple(jobs.values()))

    def refine(self, item: Object, posting: Posting) -> Posting:
        """The posting with its places; those that the employer hides left out."""
        listed = objects_at(item, "locations") or []
        shown = [joined(words(p, n) for n in PLACES[0]) for p in listed if words(p, "hidden") != "true"]
        places = [place for place in shown if place]
        if not listed:
            places = [place] if (place := joined(words(item, n) for n in PLACES[1])) else []
        remote = {"job_location_type": "remote"} if words(item, "telecommuting") == "true" else {}
        return replace(posting, locations=tuple(dict.fromkeys(places)), extra={**posting.extra, **remote})


def recognise(page: Page) -> Claim | None:
    """By its address, or by keys that each of its jobs has."""
    return recognised(Workable, page, ADDRESS, "Workable's widget", b'"shortcode"', b'"shortlink"')
