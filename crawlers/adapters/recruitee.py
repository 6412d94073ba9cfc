"""Recruitee (Tellent): the Careers Site API, https://docs.recruitee.com/reference/offers. One answer holds every offer.

A kind of employment is told by a code ("parttime_fixed_term"), whose words are given apart. `status` "internal" marks
an offer for the employer's own staff: left out. `close_at` is seldom filled.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar

from crawlers.adapters.board import Board, at_site, paid, recognised, shown
from crawlers.adapters.claim import Claim
from crawlers.adapters.json_api import JsonApi
from crawlers.adapters.jsonbody import Object, objects_at, words
from crawlers.adapters.text import joined
from crawlers.source import Page, Posting

ADDRESS = re.compile(r"//(?!www\.|docs\.|api\.)[\w-]+\.recruitee\.com(?:[/?#]|$)", re.IGNORECASE)
SHOWN = re.compile(rb"""href=["']([^"'<>\s]{0,200}/o/[\w-]+)""")
FIELDS = {
    "reference": "id",
    "url": "careers_url | careers_apply_url",
    "apply_url": "careers_apply_url",
    "title": "title",
    "employer": "company_name",
    "employment_type": "employment_type_code | employment_type",
    "posted": "published_at | created_at",
    "closes": "close_at",
    "starts": "start_date",
    "description_html": "description & requirements",
    "level": "experience_code",
    "occupation": "department",
    "identifiers.guid": "guid",
    "identifiers.slug": "slug",
    "extra.category": "category_code",
    "extra.education": "education_code",
    "extra.country": "country",
    "extra.updated": "updated_at",
    "extra.salary_minimum": "salary.min",
    "extra.salary_maximum": "salary.max",
    "extra.salary_unit": "salary.period",
    "extra.salary_currency": "salary.currency",
}
PLACE = ("street", "city", "postal_code", "state", "country")


@dataclass(frozen=True)
class Recruitee(Board):
    """A careers site on Recruitee, at its own address or the employer's."""

    name: ClassVar[str] = "recruitee"
    own: ClassVar = ("careers_url", "careers_apply_url")
    fields: ClassVar = FIELDS

    def api(self) -> JsonApi:
        """The site's list with its offers' whole text."""
        return JsonApi(at_site(self.url, "/api/offers/"), "offers", FIELDS)

    def refine(self, item: Object, posting: Posting) -> Posting | None:
        """The posting with its places, hours and pay; None for an internal offer."""
        if words(item, "status") == "internal":
            return None
        listed = [joined(words(place, part) for part in PLACE) for place in objects_at(item, "locations") or []]
        whole = words(item, "location") or joined(words(item, part) for part in ("city", "state_name", "country"))
        places = [place for place in (*listed, None if any(listed) else whole) if place]
        low, high = (words(item, f"{end}_hours_per_week | {end}_hours") for end in ("min", "max"))
        hours = joined((low, high), " - ")
        modes = [mode for mode in ("remote", "hybrid") if words(item, mode) == "true"]
        extra = {**posting.extra, **({"job_location_type": ", ".join(modes)} if modes else {})}
        hours = f"{hours} hours a week" if hours else None
        kind = (posting.employment_type or "").replace("_", " ") or None
        told = replace(posting, locations=tuple(dict.fromkeys(places)), hours=hours, employment_type=kind, extra=extra)
        return paid(told)


def recognise(page: Page) -> Claim | None:
    """By its address, by keys that each of its offers has, or by how its careers sites link to them."""
    if offer := shown(page, b"recruitee", SHOWN):
        return Claim(Recruitee(offer), 0.85, "a page that shows offers as Recruitee's careers sites do")
    mark = b'"careers_apply_url"' if b'"careers_apply_url"' in page.body else b'"offer'
    return recognised(Recruitee, page, ADDRESS, "Recruitee's API", b'"careers_url"', mark, empty=(b'{"offers"',))
