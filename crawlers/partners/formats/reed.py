"""Reed: the Jobseeker API, 100 jobs a page at most, for those who have a key; its list cuts descriptions short."""

from __future__ import annotations

import datetime as dt
from typing import Any

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import Document, Format, Reply, Told, View, json
from crawlers.partners.formats.pages import advert_page
from crawlers.partners.formats.request import Request
from crawlers.partners.formats.values import careers, last_moment, plain, sums, town

API = "/api/1.0"
ENTRY = f"{API}/search"
LONG = 51_000_000
MOST = 100
SHORT = 453  # characters of a description in the list
PERIODS = {"DAY": "per day", "HOUR": "per hour", "YEAR": "per annum"}


def _id(advert: Advert) -> int:
    return LONG + advert.number


def _path(advert: Advert) -> str:
    return f"/jobs/{advert.slug}/{_id(advert)}"


def _answers(view: View, request: Request) -> Reply | None:
    if not request.path.startswith(f"{API}/"):
        return None
    if not request.header("Authorization").startswith("Basic "):
        return Reply(json({"Message": "Authorization has been denied for this request."}), 401)
    if request.path == ENTRY:
        skip, take = request.number("resultsToSkip", 0), request.number("resultsToTake", MOST, MOST)
        shown = [_result(view, advert) for advert in view.adverts[skip : skip + take]]
        return Reply(json({"results": shown, "ambiguousLocations": [], "totalResults": len(view.adverts)}))
    found = next((each for each in view.adverts if f"{API}/jobs/{_id(each)}" == request.path), None)
    return Reply(json(_detail(view, found)), listing=False) if found else None


def _result(view: View, advert: Advert) -> dict[str, Any]:
    paid = sums(advert)
    words = plain(advert.html)
    return {
        "jobId": _id(advert),
        "employerId": 400_000,
        "employerName": advert.employer,
        "employerProfileId": None,
        "employerProfileName": None,
        "jobTitle": advert.title,
        "locationName": town(advert),
        "minimumSalary": paid[0] if paid else None,
        "maximumSalary": paid[1] if paid else None,
        "currency": "GBP" if paid else None,
        "expirationDate": _day(last_moment(advert)),
        "date": f"{advert.posted:%d/%m/%Y}",
        "jobDescription": f" {words[:SHORT]}... " if len(words) > SHORT else words,
        "applications": advert.number % 20,
        "jobUrl": view.base + _path(advert),
    }


def _detail(view: View, advert: Advert) -> dict[str, Any]:
    listed = _result(view, advert)
    paid = sums(advert)
    part = advert.terms.pattern.startswith("Part time")
    kept = {name: value for name, value in listed.items() if name not in ("date", "employerProfileId")}
    return kept | {
        "externalUrl": None,
        "yearlyMinimumSalary": paid[0] if paid and advert.pay.unit == "YEAR" else None,
        "yearlyMaximumSalary": paid[1] if paid and advert.pay.unit == "YEAR" else None,
        "salaryType": PERIODS[advert.pay.unit] if paid else None,
        "salary": advert.pay.text,
        "datePosted": listed["date"],
        "jobDescription": advert.html,
        "contractType": "Permanent" if advert.terms.contract == "Permanent" else "Contract",
        "partTime": part,
        "fullTime": not part,
    }


def _day(moment: dt.datetime | None) -> str | None:
    return f"{moment:%d/%m/%Y}" if moment else None


def _front(view: View) -> Document:
    return careers(view, f'<a href="{view.base}{ENTRY}?locationName=Nottingham">Jobseeker API</a>')


def _told(advert: Advert) -> Told:
    return Told(str(_id(advert)), last_moment(advert), advert.pay.text)


REED = Format(
    "reed", "Reed jobseeker API", ENTRY, _path, advert_page, answers=_answers, front=_front, adapter="reed", told=_told
)
