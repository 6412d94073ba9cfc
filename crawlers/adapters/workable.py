"""Workable: the widget's list, https://help.workable.com/hc/en-us/articles/115012771647. One answer holds every job.

A job in several places may stand in it once for each, with the same `shortcode` and link: told once here, with all its
places. No closing date is stated, and no pay. Saved answers of what its own pages ask for (/api/v3, /api/v2) are read
too: they count their jobs, and name them without a link.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from crawlers.adapters.board import Board, recognised, site_of
from crawlers.adapters.claim import Claim
from crawlers.adapters.json_api import JsonApi
from crawlers.adapters.jsonbody import Object, objects_at, words
from crawlers.adapters.text import joined, link
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
    "employment_type": "employment_type | type",
    "posted": "published_on | created_at | published",
    "description_html": "description & requirements & benefits",
    "level": "experience",
    "occupation": "department & department[] & function",
    "identifiers.code": "code",
    "extra.created": "created_at",
    "extra.education": "education",
    "extra.industry": "industry",
    "extra.job_location_type": "workplace | workplace_type | location.workplace_type",
}
PLACES = (("city", "region", "country"), ("city", "state", "country"))
REMOTE = "telecommuting & remote & location.telecommuting"
# One of which each of its shapes has.
MARKS = (b'"shortlink"', b'"accountUid"', b'"approvalStatus"', b'"full_title"', b"workable.com/")


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
        return JsonApi(api if account and site else self.url, "jobs|results", FIELDS, total="total")

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

    def refine(self, item: Object, posting: Posting) -> Posting | None:
        """The posting with its link and its places, hidden ones left out; None for one that is for staff alone."""
        if words(item, "isInternal") == "true":
            return None
        url = posting.url or link(f"{API}/j/{posting.reference}", "") if posting.reference else posting.url
        remote = {"job_location_type": "remote"} if "true" in (words(item, REMOTE) or "") else {}
        return replace(posting, url=url, locations=_places(item), extra={**posting.extra, **remote})


def _places(item: Object) -> tuple[str, ...]:
    listed = objects_at(item, "locations") or []
    if listed:
        shown = (joined(words(place, n) for n in PLACES[0]) for place in listed if words(place, "hidden") != "true")
        return tuple(dict.fromkeys(place for place in shown if place))
    own = item.get("location")
    whole = words(item, "location.location_str") or joined(words(own, n) for n in PLACES[0])
    place = whole or joined(words(item, n) for n in PLACES[1])
    return (place,) if place else ()


def recognise(page: Page) -> Claim | None:
    """By its address, or by keys that each of its jobs has."""
    mark = next((mark for mark in MARKS if mark in page.body), MARKS[0])
    return recognised(Workable, page, ADDRESS, "Workable", b'"shortcode"', mark)
