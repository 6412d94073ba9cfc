"""Oracle Recruiting Cloud: the careers site's own API, recruitingCEJobRequisitions of Oracle's HCM REST resources.

https://docs.oracle.com/en/cloud/saas/human-resources/farws/. The finder's commas and semicolons are syntax and stay as
they are. One item holds the whole list: its `TotalJobsCount` ends the paging (`count` and `hasMore` are of items, and
always 1 and false), without it a page of fewer than 100. The whole text is in each requisition's own answer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from crawlers.adapters.board import Board, paid
from crawlers.adapters.claim import Claim
from crawlers.adapters.json_api import JsonApi
from crawlers.adapters.jsonbody import Object, count, list_at, objects_at, values
from crawlers.adapters.oracle_site import declared_on, detail_of, from_row, is_address, list_of, page_of
from crawlers.adapters.own_fields import own_fields, with_own
from crawlers.adapters.text import link
from crawlers.source import Follow, Page, Parsed, Posting

ROWS = 100
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


@dataclass(frozen=True)
class Oracle(Board):
    """A careers site on Oracle Recruiting Cloud. `site` is its number (CX_1) where the address has a name instead."""

    site: str | None = None

    name: ClassVar[str] = "oracle"
    own: ClassVar = ("Title",)
    fields: ClassVar = FIELDS

    def api(self) -> JsonApi:
        """The site's list, 100 requisitions a page."""
        return JsonApi(
            list_of(self.url, self.site), "items[0].requisitionList", FIELDS, total="items[0].TotalJobsCount"
        )

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
        url = link(from_row(self.api().url, seen), "") if more else None
        following = (Follow(url, role="listing", carried={"seen": seen}),) if url else ()
        return replace(parsed, follows=(*following, *parsed.follows))

    def refine(self, item: Object, posting: Posting) -> Posting:
        """The posting with its link, and what the employer's own fields say."""
        url = link(page_of(self.url, self.site, posting.reference), "")
        return paid(with_own(replace(posting, url=url), own_fields(item, "requisitionFlexFields", "Prompt", "Value")))

    def detail(self, posting: Posting, page: Page) -> str | None:
        """The requisition's own answer."""
        return detail_of(self.url, self.site, posting.reference)


def _in_one(body: Any) -> Any:
    """The list with its requisitions under its first item, whatever number of items they stand in."""
    items = objects_at(body, "items") or []
    if len(items) < 2 or not any(list_at(item, "requisitionList") is not None for item in items):
        return body
    return {**body, "items": [{**items[0], "requisitionList": list(values(body, "items[].requisitionList[]"))}]}


def recognise(page: Page) -> Claim | None:
    """By its address, by its list's name for itself, or by the script of its pages."""
    if b'"requisitionList"' in page.body or b'"ExternalDescriptionStr"' in page.body:
        return Claim(Oracle(page.url), 1.0, "requisitions as Oracle Recruiting Cloud tells them")
    if told := declared_on(page):
        return Claim(Oracle(*told), 1.0, "a careers page of Oracle Recruiting Cloud")
    known = is_address(page.url)
    return Claim(Oracle(page.url), 0.9, "an address of Oracle Recruiting Cloud") if known else None
