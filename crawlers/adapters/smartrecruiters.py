"""SmartRecruiters: the Posting API, https://developers.smartrecruiters.com/docs/posting-api.

Pages of 100 by `offset`, the last when `totalFound` is reached. The list has no text: that is in each posting's own
answer, in sections. A posting that isn't PUBLIC is for the employer's own staff, and is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import escape
from typing import ClassVar

from crawlers.adapters.board import Board, headed, paid, recognised
from crawlers.adapters.claim import Claim
from crawlers.adapters.json_api import JsonApi, Paging, with_parameter
from crawlers.adapters.jsonbody import Object, raw, words
from crawlers.adapters.own_fields import own_fields, with_own
from crawlers.adapters.text import absolute_links, joined, link, markup
from crawlers.source import Page, Posting

ADDRESS = re.compile(
    r"//(?:careers|jobs|www)\.smartrecruiters\.com/([\w.%-]+)|//[^/?#]+/v1/companies/[\w.%-]+/postings",
    re.IGNORECASE,
)
API = "https://api.smartrecruiters.com/v1/companies"
ROWS = 100
FIELDS = {
    "reference": "id",
    "url": "postingUrl",
    "apply_url": "applyUrl",
    "title": "name",
    "employer": "company.name",
    "employment_type": "typeOfEmployment.label",
    "posted": "releasedDate",
    "level": "experienceLevel.label",
    "occupation": "department.label & function.label",
    "identifiers.refNumber": "refNumber",
    "extra.industry": "industry.label",
    "extra.language": "language.code",
    "extra.country": "location.country",
    "extra.latitude": "location.latitude",
    "extra.longitude": "location.longitude",
}
PLACE = ("address", "city", "region", "postalCode")
EMPTY = (b'"totalFound"', b'"content"', b'"offset"')
SECTIONS = ("companyDescription", "jobDescription", "qualifications", "additionalInformation")


@dataclass(frozen=True)
class SmartRecruiters(Board):
    """A company's jobs on SmartRecruiters."""

    name: ClassVar[str] = "smartrecruiters"
    own: ClassVar = ("releasedDate", "typeOfEmployment", "refNumber")
    fields: ClassVar = FIELDS

    def api(self) -> JsonApi:
        """The company's list of 100 jobs a page."""
        found = ADDRESS.search(self.url)
        listed = self.url if "/postings" in self.url else f"{API}/{found[1]}/postings" if found and found[1] else None
        url = with_parameter(listed, "limit", ROWS) if listed else self.url
        return JsonApi(url, "content", FIELDS, total="totalFound", paging=Paging(parameter="offset", rows=ROWS))

    def refine(self, item: Object, posting: Posting) -> Posting | None:
        """The posting with its place, link and text; None for one that isn't public."""
        if words(item, "visibility") not in (None, "PUBLIC"):
            return None
        place = joined(words(item, f"location.{part}") for part in PLACE) or words(item, "location.fullLocation")
        company, number = words(item, "company.identifier"), posting.reference
        url = posting.url or (link(f"https://jobs.smartrecruiters.com/{company}/{number}", "") if company else None)
        modes = [mode for mode in ("remote", "hybrid") if words(item, f"location.{mode}") == "true"]
        extra = {**posting.extra, **({"job_location_type": ", ".join(modes)} if modes else {})}
        text = absolute_links(_text(item), url or "")
        places = (place,) if place else ()
        whole = replace(posting, url=url, locations=places, description_html=text, extra=extra)
        return paid(with_own(whole, own_fields(item, "customField", "fieldLabel", "valueLabel")))

    def detail(self, posting: Posting, page: Page) -> str | None:
        """The posting in the API that the list came from."""
        listed = page.url.partition("?")[0].rstrip("/")
        return f"{listed}/{posting.reference}" if listed.endswith("/postings") and posting.reference else None


def _text(item: Object) -> str | None:
    sections = (f"jobAd.sections.{name}" for name in SECTIONS)
    return headed([(escape(words(item, f"{s}.title") or ""), markup(raw(item, f"{s}.text"))) for s in sections])


def recognise(page: Page) -> Claim | None:
    """By its address, or by keys that each of its postings has."""
    return recognised(
        SmartRecruiters, page, ADDRESS, "SmartRecruiters' API", b'"releasedDate"', b'"typeOfEmployment"', empty=EMPTY
    )
