"""SmartRecruiters: the Posting API, 100 postings a page at most and without text; a careers page that links to it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import Document, Format, Reply, Told, View, json
from crawlers.partners.formats.pages import advert_page
from crawlers.partners.formats.request import Request
from crawlers.partners.formats.values import COUNTY, careers, opened, town, uuid_of, with_facts

COMPANY = "SherwoodLeisure"
ENTRY = f"/v1/companies/{COMPANY}/postings"
FORM = "?oga=true"
LONG = 743_999_000_000_000
MOST, USUAL = 100, 10


def _id(advert: Advert) -> str:
    return str(LONG + advert.number)


def _path(advert: Advert) -> str:
    return f"/{COMPANY}/{_id(advert)}-{advert.slug}"


def _answers(view: View, request: Request) -> Reply | None:
    path = request.path.rstrip("/")
    if path == ENTRY:
        return Reply(json(_list(view, request)))
    folder, _, number = path.rpartition("/")
    found = next((advert for advert in view.adverts if _id(advert) == number), None)
    if found and folder == f"/{COMPANY}":  # the advert's own page, without its words in the address
        return Reply(advert_page(view, found), listing=False)
    return Reply(json(_detail(view, found)), listing=False) if found and folder == ENTRY else None


def _list(view: View, request: Request) -> dict[str, Any]:
    offset = request.number("offset", 0)
    limit = request.number("limit", USUAL, MOST)
    shown = [_posting(view, advert) for advert in view.adverts[offset : offset + limit]]
    return {"offset": offset, "limit": limit, "totalFound": len(view.adverts), "content": shown}


def _posting(view: View, advert: Advert) -> dict[str, Any]:
    part = advert.terms.pattern.startswith("Part time")
    return {
        "id": _id(advert),
        "name": advert.title,
        "uuid": uuid_of(advert),
        "jobAdId": uuid_of(advert)[::-1],
        "defaultJobAd": True,
        "refNumber": advert.reference,
        "company": {"identifier": COMPANY, "name": advert.employer},
        "releasedDate": f"{opened(advert).astimezone(dt.UTC):%Y-%m-%dT%H:%M:%S}.000Z",
        "location": {
            "city": town(advert),
            "region": COUNTY,
            "country": "gb",
            "address": advert.place.street or "",
            "postalCode": advert.place.postcode or "",
            "remote": False,
            "hybrid": False,
            "fullLocation": f"{town(advert)}, {COUNTY}, United Kingdom",
        },
        "industry": {"id": "government_administration", "label": "Government Administration"},
        "department": {"id": "1", "label": advert.department},
        "function": {},
        "typeOfEmployment": {"id": "part-time" if part else "permanent", "label": advert.terms.contract},
        "experienceLevel": {"id": "not_applicable", "label": "Not Applicable"},
        "customField": [
            {"fieldId": "COUNTRY", "fieldLabel": "Country/Region", "valueId": "gb", "valueLabel": "United Kingdom"}
        ],
        "visibility": "PUBLIC",
        "ref": f"{view.base}{ENTRY}/{_id(advert)}",
        "creator": {"name": "People Team"},
        "language": {"code": "en-GB", "label": "English - English (UK)", "labelNative": "English (UK)"},
    }


def _detail(view: View, advert: Advert) -> dict[str, Any]:
    url = view.base + _path(advert)
    texts = {
        "companyDescription": ("Company Description", f"<p>Work with {advert.employer}.</p>"),
        "jobDescription": ("Job Description", with_facts(advert)),
        "qualifications": ("Qualifications", ""),
        "additionalInformation": ("Additional Information", "<p>All your information is kept confidential.</p>"),
    }
    sections: dict[str, Any] = {name: {"title": title, "text": text} for name, (title, text) in texts.items()}
    more = {
        "applyUrl": url + FORM,
        "postingUrl": url,
        "referralUrl": f"{view.base}/referrals/{_id(advert)}",
        "active": True,
        "jobAd": {"sections": {**sections, "videos": {"title": "Videos", "urls": []}}},
    }
    return {**_posting(view, advert), **more}


def _front(view: View) -> Document:
    script = f"""<div id="srJobs"></div>
<script>
const company = {{ "company_code": "{COMPANY}", "api_url": "{view.base}", "bg_color_widget": "#ffffff" }}
fetch("{view.base}{ENTRY}?limit=20").then((answer) => answer.json()).then((list) => {{
  for (const job of list.content) {{
    const link = document.createElement("a")
    link.href = `{view.base}/${{company.company_code}}/${{job.id}}`
    link.textContent = job.name
    document.querySelector("#srJobs").append(link, document.createElement("br"))
  }}
}})
</script>"""
    return careers(view, script)


def _told(advert: Advert) -> Told:
    return Told(_id(advert), None, None)


SMARTRECRUITERS = Format(
    "smartrecruiters",
    "SmartRecruiters posting API",
    ENTRY,
    _path,
    advert_page,
    answers=_answers,
    front=_front,
    adapter="smartrecruiters",
    form_below=FORM,
    told=_told,
)
