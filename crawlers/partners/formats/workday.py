"""Workday: its careers site's API, asked by POST, 20 jobs at most, the total only on the first page; and its shell."""

from __future__ import annotations

from typing import Any

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import Document, Format, Reply, Told, View, json
from crawlers.partners.formats.pages import advert_page
from crawlers.partners.formats.request import Request
from crawlers.partners.formats.values import COUNTRY, careers, last_moment, town, uuid_of, with_facts

TENANT, SITE = "forestcare", "Careers_External"
API = f"/wday/cxs/{TENANT}/{SITE}"
ENTRY = f"{API}/jobs"
SHELL = f"/en-GB/{SITE}"
MOST = 20


def _job(advert: Advert) -> str:
    """The part of its address that a list tells."""
    words = "-".join(advert.title.split()).replace("/", "-").replace("&", "-")
    return f"/job/{'-'.join(town(advert).split())}/{words}_{advert.reference}"


def _path(advert: Advert) -> str:
    return f"/{SITE}{_job(advert)}"


def _answers(view: View, request: Request) -> Reply | None:
    if request.path == SHELL:
        return Reply(_shell(view), listing=False)
    if request.path == ENTRY:
        return Reply(json(_list(view, request.json()))) if request.method == "POST" else _not_found()
    found = next((advert for advert in view.adverts if f"{API}{_job(advert)}" == request.path), None)
    return Reply(json(_detail(view, found)), listing=False) if found else None


def _not_found() -> Reply:
    error = {"errorCode": "HTTP_405", "errorCaseId": "4F1", "httpStatus": 405, "message": "", "messageParams": {}}
    return Reply(json(error), 405)


def _list(view: View, asked: Any) -> dict[str, Any]:
    limit, offset = (asked.get(name) if isinstance(asked, dict) else None for name in ("limit", "offset"))
    first = offset if isinstance(offset, int) else 0
    shown = view.adverts[first : first + min(limit if isinstance(limit, int) else MOST, MOST)]
    return {
        "total": 0 if first else len(view.adverts),
        "jobPostings": [_posting(view, advert) for advert in shown],
        "facets": [{"facetParameter": "timeType", "values": []}] if not first else [],
        "userAuthenticated": False,
    }


def _posting(view: View, advert: Advert) -> dict[str, Any]:
    return {
        "title": advert.title,
        "externalPath": _job(advert),
        "locationsText": "2 Locations" if _second(advert) else advert.place.text,
        "postedOn": _ago((view.today - advert.posted).days),
        "bulletFields": [advert.reference],
    }


def _second(advert: Advert) -> list[str]:
    return ["Nottingham"] if advert.number % 4 == 0 else []


def _ago(days: int) -> str:
    known = {0: "Posted Today", 1: "Posted Yesterday"}
    return known.get(days) or ("Posted 30+ Days Ago" if days > 30 else f"Posted {days} Days Ago")


def _detail(view: View, advert: Advert) -> dict[str, Any]:
    closes = advert.closing.at
    info: dict[str, Any] = {
        "id": uuid_of(advert).replace("-", ""),
        "title": advert.title,
        "jobDescription": with_facts(advert),
        "location": advert.place.text,
        "postedOn": _ago((view.today - advert.posted).days),
        "startDate": advert.posted.isoformat(),
        "timeType": "Part time" if advert.terms.pattern.startswith("Part time") else "Full time",
        "jobReqId": advert.reference,
        "jobPostingId": _job(advert).rpartition("/")[2],
        "jobPostingSiteId": SITE,
        "country": {"descriptor": COUNTRY[0], "id": "29247e57dbaf46fb855b224e03170bc7"},
        "canApply": True,
        "posted": True,
        "includeResumeParsing": True,
        "jobRequisitionLocation": {"descriptor": advert.place.text, "country": {"descriptor": COUNTRY[0]}},
        "externalUrl": view.base + _path(advert),
        "questionnaireId": uuid_of(advert)[:8],
    }
    if closes:
        info |= {"endDate": closes.date().isoformat(), "timeLeftToApply": f"End Date: {closes:%d %B %Y}"}
    if _second(advert):
        info["additionalLocations"] = _second(advert)
    employer = {"name": advert.employer, "url": ""}
    return {"jobPostingInfo": info, "hiringOrganization": employer, "similarJobs": [], "userAuthenticated": False}


def _shell(view: View) -> Document:
    """The page that people see, which a script fills."""
    settings = f'tenant: "{TENANT}", siteId: "{SITE}", locale: "en-GB", requestLocale: "en-GB"'
    script = f"<script>window.workday = {{ {settings}, clientOrigin: '{view.base}' }};</script>"
    return careers(view, '<div id="root"></div>', script)


def _front(view: View) -> Document:
    return careers(view, f'<a href="{view.base}{SHELL}">Current vacancies</a>')


def _told(advert: Advert) -> Told:
    return Told(advert.reference, last_moment(advert), None)


WORKDAY = Format(
    "workday", "Workday", ENTRY, _path, advert_page, answers=_answers, front=_front, adapter="workday", told=_told
)
