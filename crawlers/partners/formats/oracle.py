"""Oracle Recruiting Cloud: a careers site's page, and its REST resources, where one item holds the whole list."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import Document, Format, Reply, Told, View, json
from crawlers.partners.formats.pages import advert_page
from crawlers.partners.formats.request import Request
from crawlers.partners.formats.values import COUNTRY, COUNTY, careers, opened, town, with_facts

SITE, NAME = "CX_1", "trentvale"
RESOURCE = "/hcmRestApi/resources/latest/recruitingCEJobRequisition"
PLACE = f"/hcmUI/CandidateExperience/en/sites/{NAME}"
ENTRY = f"{PLACE}/requisitions"
USUAL, MOST = 25, 200


def _path(advert: Advert) -> str:
    return f"{PLACE}/job/{advert.number}"


def _answers(view: View, request: Request) -> Reply | None:
    asked = dict(re.findall(r"[;,](\w+)=([^;,]*)", request.value("finder")))
    if request.path in (PLACE, ENTRY):
        return Reply(_shell(view), listing=False)
    if request.path == f"{RESOURCE}s":
        return Reply(json(_list(view, asked)))
    if request.path == f"{RESOURCE}Details":
        number = asked.get("Id", "").strip('"')
        items = [_detail(advert) for advert in view.adverts if str(advert.number) == number]
        return Reply(json({"items": items, "count": len(items), "hasMore": False}), listing=False)
    return None


def _list(view: View, asked: dict[str, str]) -> dict[str, Any]:
    limit, offset = min(_number(asked, "limit", USUAL), MOST), _number(asked, "offset", 0)
    known = asked.get("siteNumber") == SITE
    shown = view.adverts[offset : offset + limit] if known else ()
    item = {
        "SearchId": 1,
        "Keyword": None,
        "CorrectedKeyword": None,
        "TotalJobsCount": len(view.adverts) if known else 0,
        "Limit": limit,
        "Offset": offset,
        "SortBy": "POSTING_DATES_DESC",
        "SiteNumber": asked.get("siteNumber"),
        "requisitionList": [_requisition(advert) for advert in shown],
    }
    # Of items, not of jobs: always one, and never more
    return {"items": [item], "count": 1, "hasMore": False, "limit": 25, "offset": 0, "links": []}


def _number(asked: dict[str, str], name: str, otherwise: int) -> int:
    text = asked.get(name, "")
    return int(text) if text.isdecimal() else otherwise


def _requisition(advert: Advert) -> dict[str, Any]:
    several = advert.number % 6 == 0
    return {
        "Id": str(advert.number),
        "Title": advert.title,
        "PostedDate": advert.posted.isoformat(),
        "PostingEndDate": None,
        "Language": "US",
        "PrimaryLocation": f"{town(advert).upper()}, {COUNTY}, {COUNTRY[0]}",
        "PrimaryLocationCountry": COUNTRY[1],
        "Distance": 0,
        "HotJobFlag": False,
        "WorkplaceType": "On-site",
        "WorkplaceTypeCode": "ORA_ON_SITE",
        "ShortDescriptionStr": "",
        "secondaryLocations": [{"Name": f"NOTTINGHAM, {COUNTRY[0]}", "CountryCode": COUNTRY[1]}] if several else [],
    }


def _detail(advert: Advert) -> dict[str, Any]:
    closes = advert.closing.at
    prompts = (("Salary", advert.pay.text), ("Hours", advert.terms.hours))
    return _requisition(advert) | {
        "RequisitionId": 300_000_000_000_000 + advert.number,
        "Category": advert.family.title(),
        "ContractType": advert.terms.contract,
        "JobSchedule": advert.terms.pattern,
        "Organization": advert.department,
        "ExternalPostedStartDate": _utc(opened(advert)),
        "ExternalPostedEndDate": _utc(closes) if closes else None,
        "ExternalDescriptionStr": with_facts(advert),
        "ExternalResponsibilitiesStr": None,
        "ExternalQualificationsStr": "",
        "CorporateDescriptionStr": None,
        "ShortDescriptionStr": advert.blocks[0],
        "workLocation": [{"AddressLine1": advert.place.street, "TownOrCity": town(advert), "PostalCode": None}],
        "requisitionFlexFields": [{"Prompt": name, "Value": said} for name, said in prompts if said],
    }


def _utc(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds")


def _shell(view: View) -> Document:
    """The page that people see, which a script fills; it names the site by its number."""
    config = f"{{app: {{apiBaseUrl: '{view.base}', siteNumber: '{SITE}', siteLang: 'en', siteName: 'Careers'}}}}"
    return careers(view, "<div></div>", f"<script>var CX_CONFIG = {config};</script>")


def _front(view: View) -> Document:
    return careers(view, f'<a href="{view.base}{ENTRY}">Search our vacancies</a>')


def _told(advert: Advert) -> Told:
    return Told(str(advert.number), advert.closing.at, advert.pay.text)


ORACLE = Format(
    "oracle",
    "Oracle Recruiting Cloud",
    ENTRY,
    _path,
    advert_page,
    answers=_answers,
    front=_front,
    adapter="oracle",
    fields={"site": SITE},
    told=_told,
)
