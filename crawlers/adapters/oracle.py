"""Oracle Recruiting Cloud: the careers site's own API, recruitingCEJobRequisitions of Oracle's HCM REST resources.

https://docs.oracle.com/en/cloud/saas/human-resources/farws/. The finder's commas and semicolons are syntax and stay as
they are. One item holds the whole list: its `TotalJobsCount` ends the paging (`count` and `hasMore` are of items, and
always 1 and false), without it a page of fewer than 100. The whole text is in each requisition's own answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from crawlers.adapters.board import Board, paid, site_of
from crawlers.adapters.claim import Claim
from crawlers.adapters.json_api import JsonApi
from crawlers.adapters.jsonbody import Object, count, list_at, objects_at, values, words
from crawlers.adapters.text import link
from crawlers.source import Follow, Page, Parsed, Posting

RESOURCE = "/hcmRestApi/resources/latest/recruitingCEJobRequisition"
LIST = "s?onlyData=true&expand=requisitionList.secondaryLocations&finder=findReqs;siteNumber={},limit=100,offset=0"
DETAIL = "Details?expand=all&onlyData=true&finder=ById;Id=%22{}%22,siteNumber={}"
ROWS = 100
API = re.compile(r"/hcmRestApi/resources/[^?]*recruitingCEJobRequisitions", re.IGNORECASE)
SITE = re.compile(r"/hcmUI/CandidateExperience/[\w-]+/sites/([\w-]+)", re.IGNORECASE)
NUMBER = re.compile(r"siteNumber(?:=|%3D)([\w-]+)", re.IGNORECASE)
DECLARED = (
    re.compile(rb"""apiBaseUrl["']?\s{0,9}:\s{0,9}["'](https?://[\w.:-]{1,200})"""),
    re.compile(rb"""siteNumber["']?\s{0,9}:\s{0,9}["']([\w-]{1,50})["']"""),
)
NUMBERED = re.compile(r"/sites/(CX(?:_\d+)?)(?:[/?#]|$)")
OFFSET = re.compile(r"((?:[;,]|%2C|%3B)offset(?:=|%3D))\d+", re.IGNORECASE)
TEXT = "ExternalDescriptionStr & ExternalResponsibilitiesStr & ExternalQualificationsStr & CorporateDescriptionStr"
FIELDS = {
    "reference": "Id",
    "title": "Title",
    "locations": "PrimaryLocation & secondaryLocations[].Name",
    "employment_type": "ContractType | JobType",
    "working_pattern": "JobSchedule",
    "hours": "WorkHours",
    "posted": "ExternalPostedStartDate | PostedDate",
    "closes": "ExternalPostedEndDate | PostingEndDate",
    "description_html": f"{TEXT} | ShortDescriptionStr",
    "occupation": "Category | JobFamily",
    "identifiers.requisition": "RequisitionId",
    "extra.country": "PrimaryLocationCountry",
    "extra.job_location_type": "WorkplaceType",
    "extra.organisation": "Organization | LegalEmployer",
    "extra.work_place": "workLocation[].AddressLine1 & workLocation[].TownOrCity & workLocation[].PostalCode",
}
MEANT = {"salary": re.compile(r"\b(?:salary|pay)\b", re.IGNORECASE), "closes": re.compile(r"\bclos", re.IGNORECASE)}


@dataclass(frozen=True)
class Oracle(Board):
    """A careers site on Oracle Recruiting Cloud. `site` is its number (CX_1) where the address has a name instead."""

    site: str | None = None

    name: ClassVar[str] = "oracle"
    own: ClassVar = ("Title",)
    fields: ClassVar = FIELDS

    def api(self) -> JsonApi:
        """The site's list, 100 requisitions a page."""
        root = site_of(self.url)
        url = self.url if API.search(self.url) or not root else root + RESOURCE + LIST.format(self._number(self.url))
        return JsonApi(url, "items[0].requisitionList", FIELDS, total="items[0].TotalJobsCount")

    def job(self, body: Any) -> Object | None:
        """The requisition that the body is, by itself or as its only item."""
        found = (body, *values(body, "items[0]"))
        return next((one for one in found if isinstance(one, dict) and "Id" in one and self.owns(one)), None)

    def listed(self, body: Any, page: Page) -> Parsed:
        """Each requisition as the card of its own answer, and the next page."""
        if list_at(body, "items") == []:
            return Parsed()
        parsed = super().listed(_in_one(body), page)
        seen = int(page.carried.get("seen", 0)) + (new := sum(1 for _ in values(body, "items[].requisitionList[]")))
        total = count(body, "items[0].TotalJobsCount")
        more = new and (seen < total if total is not None else new >= ROWS)
        url = link(_offset(self.api().url, seen), "") if more else None
        following = (Follow(url, role="listing", carried={"seen": seen}),) if url else ()
        return replace(parsed, follows=(*following, *parsed.follows))

    def refine(self, item: Object, posting: Posting) -> Posting:
        """The posting with its link, and what the employer's own fields say."""
        root, place = site_of(self.url), SITE.search(self.url)
        path = f"/hcmUI/CandidateExperience/en/sites/{place[1] if place else self._number(self.url)}/job/"
        told = dict(_employers_own(item))
        said = {name: next((told[p] for p in told if sense.search(p)), None) for name, sense in MEANT.items()}
        return paid(
            replace(
                posting,
                url=link(f"{root}{path}{posting.reference}", "") if root and posting.reference else None,
                salary=posting.salary or said["salary"],
                closes=posting.closes or said["closes"],
                extra={**told, **posting.extra},
            )
        )

    def detail(self, posting: Posting, page: Page) -> str | None:
        """The requisition's own answer."""
        root = site_of(self.url)
        known = root and posting.reference
        return f"{root}{RESOURCE}{DETAIL.format(posting.reference, self._number(self.url))}" if known else None

    def _number(self, url: str) -> str:
        """The site's number; a name in its place belongs to the first site, mostly the only one."""
        found = NUMBER.search(url) or NUMBERED.search(url)
        return self.site or (found[1] if found else "CX_1")


def _in_one(body: Any) -> Any:
    """The list with its requisitions under its first item, whatever number of items they stand in."""
    items = objects_at(body, "items") or []
    if len(items) < 2 or not any(list_at(item, "requisitionList") is not None for item in items):
        return body
    return {**body, "items": [{**items[0], "requisitionList": list(values(body, "items[].requisitionList[]"))}]}


def _employers_own(item: Object) -> Iterator[tuple[str, str]]:
    """The fields that an employer added, by their prompts."""
    for each in objects_at(item, "requisitionFlexFields") or []:
        prompt, value = words(each, "Prompt"), words(each, "Value")
        if prompt and value:
            yield prompt, value


def _offset(url: str, rows: int) -> str:
    """The list's address with its finder starting at that row."""
    if OFFSET.search(url):
        return OFFSET.sub(rf"\g<1>{rows}", url)
    return url.replace("findReqs;", f"findReqs;offset={rows},")


def _declared(page: Page) -> Oracle | None:
    """The board as the script of a careers page tells it, where the address has only the site's name."""
    base, number = (name.search(page.body) for name in DECLARED)
    name = re.search(r"/sites/([\w-]+)", page.url)
    root = site_of(base[1].decode().removesuffix(":443")) if base else None
    if not root or not number or not name:
        return None
    return Oracle(f"{root}/hcmUI/CandidateExperience/en/sites/{name[1]}/requisitions", number[1].decode())


def recognise(page: Page) -> Claim | None:
    """By its address, or by its list's name for itself."""
    if b'"requisitionList"' in page.body or b'"ExternalDescriptionStr"' in page.body:
        return Claim(Oracle(page.url), 1.0, "requisitions as Oracle Recruiting Cloud tells them")
    if b"siteNumber" in page.body and b"apiBaseUrl" in page.body and (told := _declared(page)):
        return Claim(told, 1.0, "a careers page of Oracle Recruiting Cloud")
    found = SITE.search(page.url) or API.search(page.url)
    return Claim(Oracle(page.url), 0.9, "an address of Oracle Recruiting Cloud") if found else None
