"""Pinpoint: a careers site's /postings.json, https://developers.pinpointhq.com. One answer holds every posting.

A description is in up to four parts, each with its heading. `compensation_visible: false` says that the advert shows no
pay: it is not told then.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import escape
from typing import Any, ClassVar

from crawlers.adapters.board import Board, at_site, headed, paid, recognised, shown
from crawlers.adapters.claim import Claim
from crawlers.adapters.json_api import JsonApi
from crawlers.adapters.jsonbody import Object, raw, values, words
from crawlers.adapters.text import absolute_links, joined, link, markup
from crawlers.source import Page, Parsed, Posting

ADDRESS = re.compile(r"//(?!www\.|developers\.|api\.)[\w-]+\.pinpointhq\.com(?:[/?#]|$)", re.IGNORECASE)
SHOWN = re.compile(rb"""href=["']([^"'<>\s]{0,200}/postings/[0-9a-f]{8}-)""")
FIELDS = {
    "reference": "id",
    "url": "url | path",
    "title": "title",
    "salary": "compensation",
    "employment_type": "employment_type_text | employment_type",
    "closes": "deadline_at",
    "occupation": "job.department.name | department.name",
    "identifiers.requisition": "job.requisition_id | requisition_id",
    "extra.division": "job.division.name | division.name",
    "extra.job_location_type": "workplace_type_text | workplace_type",
    "extra.reporting_to": "reporting_to",
    "extra.salary_minimum": "compensation_minimum",
    "extra.salary_maximum": "compensation_maximum",
    "extra.salary_unit": "compensation_frequency",
    "extra.salary_currency": "compensation_currency",
}
PLACE = ("name", "street_address", "city", "province", "postal_code")
PARTS = ("description", "key_responsibilities", "skills_knowledge_expertise", "benefits")


@dataclass(frozen=True)
class Pinpoint(Board):
    """A careers site on Pinpoint, at its own address or the employer's."""

    name: ClassVar[str] = "pinpoint"
    own: ClassVar = ("key_responsibilities", "compensation_visible", "deadline_at", "workplace_type_text")
    fields: ClassVar = FIELDS

    def api(self) -> JsonApi:
        """The site's list with its postings' whole text."""
        return JsonApi(at_site(self.url, "/postings.json"), "data", FIELDS)

    def listed(self, body: Any, page: Page) -> Parsed:
        """Each posting; a link without its site is on the site of the page, else of the other postings."""
        stated = (link(url, "") for url in values(body, "data[].url") if isinstance(url, str))
        site = link(page.url, "") or next(filter(None, stated), page.url)
        return super().listed(body, replace(page, url=site))

    def refine(self, item: Object, posting: Posting) -> Posting:
        """The posting with its place, its text, and its pay where the advert shows it."""
        place = joined(words(item, f"location.{part}") for part in PLACE)
        parts = [(escape(words(item, f"{p}_header") or "", quote=False), markup(raw(item, p))) for p in PARTS]
        text = absolute_links(headed(parts), posting.url or "")
        whole = replace(posting, locations=(place,) if place else (), description_html=text)
        if words(item, "compensation_visible") != "false":
            return paid(whole)
        kept = {name: said for name, said in whole.extra.items() if not name.startswith("salary_")}
        return replace(whole, salary=None, extra=kept)


def recognise(page: Page) -> Claim | None:
    """By its address, by keys that each of its postings has, or by how its careers sites link to them."""
    if posting := shown(page, b"pinpointhq", SHOWN):
        return Claim(Pinpoint(posting), 0.85, "a page that shows jobs as Pinpoint's careers sites do")
    marks = (b'"key_responsibilities"', b'"compensation_visible"')
    on_its_host = (b".pinpointhq.com/", b'"workplace_type')
    return next(filter(None, (recognised(Pinpoint, page, ADDRESS, "Pinpoint", *m) for m in (marks, on_its_host))), None)
