"""Find an apprenticeship: the Display Advert API, version 2, which wants a key and gives 100 adverts a page at most."""

from __future__ import annotations

import datetime as dt
from typing import Any

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import Document, Format, Reply, Told, View, json
from crawlers.partners.formats.pages import advert_page
from crawlers.partners.formats.request import Request
from crawlers.partners.formats.values import careers, last_moment, opened, sums, town

ENTRY = "/vacancies/vacancy"
KEY = "Ocp-Apim-Subscription-Key"
LONG = 2_000_000_000
USUAL, MOST = 10, 100
UNITS = {"DAY": ("Weekly", 5), "HOUR": ("Weekly", 37), "YEAR": ("Annually", 1)}
NATIONAL = 9  # one advert in so many recruits all over England, and gives no address
DENIED = "Access denied due to missing subscription key. Make sure to include subscription key when making requests."


def _number(advert: Advert) -> str:
    return str(LONG + advert.number)


def _path(advert: Advert) -> str:
    return f"/apprenticeship/VAC{_number(advert)}"


def _answers(view: View, request: Request) -> Reply | None:
    if not f"{request.path}/".startswith(f"{ENTRY}/"):
        return None
    if not request.header(KEY):
        return Reply(json({"statusCode": 401, "message": DENIED}), 401)
    if request.path == ENTRY:
        return Reply(json(_list(view, request)))
    found = next((each for each in view.adverts if f"{ENTRY}/{_number(each)}" == request.path), None)
    if found is None:
        return Reply(json({"type": "about:blank", "title": "Not Found", "status": 404}), 404, listing=False)
    return Reply(json(_vacancy(view, found) | _details(found)), listing=False)


def _list(view: View, request: Request) -> dict[str, Any]:
    size, page = max(1, request.number("PageSize", USUAL, MOST)), max(1, request.number("PageNumber", 1))
    whole = request.value("IncludeDetails").lower() == "true"
    shown = view.adverts[(page - 1) * size : page * size]
    total = len(view.adverts)
    vacancies = [_vacancy(view, each) | (_details(each) if whole else {}) for each in shown]
    return {"vacancies": vacancies, "total": total, "totalFiltered": total, "totalPages": -(-total // size)}


def _vacancy(view: View, advert: Advert) -> dict[str, Any]:
    closes = last_moment(advert)
    national = advert.number % NATIONAL == 0
    return {
        "title": advert.title[:100],
        "description": f"{advert.employer} is looking for an apprentice."[:350],
        "numberOfPositions": 1 + advert.number % 3,
        "postedDate": f"{opened(advert).astimezone(dt.UTC):%Y-%m-%dT%H:%M:%S}Z",
        # The last second of the day in London, called Z all the same
        "closingDate": f"{closes:%Y-%m-%dT%H:%M:%S}Z" if closes else None,
        "startDate": f"{view.today + dt.timedelta(days=90)}T00:00:00Z",
        "wage": _wage(advert),
        "hoursPerWeek": 37.0,
        "expectedDuration": "18 months",
        "addresses": [] if national else [_address(advert)],
        "applicationUrl": None,
        "distance": None,
        "employerName": advert.employer,
        "employerWebsiteUrl": view.base,
        "employerContactName": None,
        "employerContactPhone": None,
        "employerContactEmail": None,
        "course": {
            "larsCode": 196,
            "title": "Business administrator (level 3)",
            "level": 3,
            "route": "Business and administration",
            "type": "apprenticeship",
        },
        "apprenticeshipLevel": "advanced",
        "providerName": "Sherwood Forest Training",
        "ukprn": 10000001,
        "isDisabilityConfident": advert.number % 2 == 0,
        "vacancyUrl": view.base + _path(advert),
        "vacancyReference": _number(advert),
        "isNationalVacancy": national,
        "isNationalVacancyDetails": "Work at any of our sites in England." if national else None,
    }


def _details(advert: Advert) -> dict[str, Any]:
    return {
        "employerDescription": f"{advert.employer} serves the people of its area.",
        "trainingDescription": "<p>One day a week at college.</p>",
        "additionalTrainingDescription": None,
        "outcomeDescription": "<p>A permanent post may follow.</p>",
        "fullDescription": advert.html,
        "skills": ["Communication skills", "Attention to detail"],
        "qualifications": [],
        "thingsToConsider": "",
        "companyBenefitsInformation": "",
    }


def _wage(advert: Advert) -> dict[str, Any]:
    amount, unit = _amount(advert)
    return {
        "wageType": "CompetitiveSalary" if amount is None else "Custom",
        "wageAmount": amount,
        "wageUnit": unit,
        "wageAdditionalInformation": advert.pay.text,
        "workingWeekDescription": advert.terms.pattern,
    }


def _amount(advert: Advert) -> tuple[float | None, str]:
    """One sum, a week's or a year's: the API has no other units."""
    paid = sums(advert)
    unit, times = UNITS[advert.pay.unit]
    return (round(paid[0] * times, 2) if paid else None, unit if paid else "Unspecified")


def _address(advert: Advert) -> dict[str, Any]:
    lines = {"addressLine1": advert.place.street, "addressLine2": None, "addressLine3": town(advert)}
    spot = {"latitude": 52.95, "longitude": -1.15}
    return {**lines, "addressLine4": "Nottinghamshire", "postcode": advert.place.postcode, **spot}


def _front(view: View) -> Document:
    return careers(view, f'<a href="{view.base}{ENTRY}">Apprenticeships for developers: the Display Advert API</a>')


def _told(advert: Advert) -> Told:
    amount, _ = _amount(advert)
    pay = "Competitive salary" if amount is None else (amount, amount)
    return Told(_number(advert), last_moment(advert), pay)


FIND_AN_APPRENTICESHIP = Format(
    "find_an_apprenticeship",
    "Find an apprenticeship API",
    ENTRY,
    _path,
    advert_page,
    answers=_answers,
    front=_front,
    adapter="find_an_apprenticeship",
    told=_told,
)
