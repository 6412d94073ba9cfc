"""BambooHR: the list behind its careers pages, each job's own answer, and the embedding that its customers paste in."""

from __future__ import annotations

from typing import Any

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import Document, Format, Reply, Told, View, json
from crawlers.partners.formats.pages import advert_page
from crawlers.partners.formats.request import Request
from crawlers.partners.formats.values import COUNTRY, COUNTY, board_script, careers, town

ENTRY = "/careers/list"
SCRIPT = "/js/embed.js"
NOWHERE = {"country": None, "state": None, "province": None, "city": None}


def _path(advert: Advert) -> str:
    return f"/careers/{advert.number}"


def _answers(view: View, request: Request) -> Reply | None:
    if request.path == ENTRY:
        jobs = [{"id": str(advert.number), **_short(advert)} for advert in view.adverts]
        return Reply(json({"meta": {"totalCount": len(jobs)}, "result": jobs}))
    if request.path == SCRIPT:
        return Reply(board_script(view, _path), listing=False)
    found = next((each for each in view.adverts if f"{_path(each)}/detail" == request.path), None)
    return Reply(json(_detail(view, found)), listing=False) if found else None


def _short(advert: Advert) -> dict[str, Any]:
    return {
        "jobOpeningName": advert.title,
        "departmentId": "18244",
        "departmentLabel": advert.department,
        "employmentStatusLabel": advert.terms.contract,
        "employmentType": None,
        "location": {"city": town(advert), "state": COUNTY},
        # Some jobs have their place in the newer field too, for a head office elsewhere
        "atsLocation": NOWHERE if advert.number % 3 else {**NOWHERE, "country": COUNTRY[0], "city": "Nottingham"},
        "isRemote": None,
        "locationType": "0",
    }


def _detail(view: View, advert: Advert) -> dict[str, Any]:
    place = {
        "street1": advert.place.street,
        "city": town(advert),
        "state": COUNTY,
        "postalCode": advert.place.postcode,
        "addressCountry": COUNTRY[0],
    }
    job = {
        "jobOpeningShareUrl": view.base + _path(advert),
        "jobOpeningStatus": "Open",
        **_short(advert),
        "location": place,
        "description": advert.html,
        "compensation": advert.pay.text,
        "datePosted": advert.posted.isoformat(),
        "minimumExperience": None,
    }
    fields = {"firstName": {"isRequired": True}, "resumeFileId": {"isRequired": True}}
    return {"meta": {"totalCount": None}, "result": {"jobOpening": job, "formFields": fields}}


def _front(view: View) -> Document:
    host = view.base.partition("//")[2]
    place = f'<div id="BambooHR" data-domain="{host}" data-version="1.0.0" data-departmentId=""></div>'
    return careers(view, f'{place}\n<script src="{view.base}{SCRIPT}" type="text/javascript" async defer></script>')


def _told(advert: Advert) -> Told:
    return Told(str(advert.number), None, advert.pay.text)


BAMBOOHR = Format(
    "bamboohr",
    "BambooHR careers list",
    ENTRY,
    _path,
    advert_page,
    answers=_answers,
    front=_front,
    adapter="bamboohr",
    told=_told,
)
