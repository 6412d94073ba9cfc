"""Paylocity: a page of all jobs whose script holds them as `window.pageData`; each text stands on its own page."""

from __future__ import annotations

import json
from typing import Any

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import Document, Format, Reply, Told, View, xml
from crawlers.partners.formats.pages import apply_path, shell
from crawlers.partners.formats.request import Request
from crawlers.partners.formats.values import careers, opened, town, with_facts

BOARD = "4c8de1f0-7a52-4d0b-9a63-2f1b6f6a9d11"
ENTRY = f"/Recruiting/Jobs/All/{BOARD}/Careers"
MODULE = 8123


def _path(advert: Advert) -> str:
    return f"/Recruiting/Jobs/Details/{_number(advert)}"


def _number(advert: Advert) -> int:
    return 3_100_000 + advert.number


def _answers(view: View, request: Request) -> Reply | None:
    begins = "/recruiting/jobs/"
    path = request.path.lower()
    if path.startswith(f"{begins}all/{BOARD}"):
        return Reply(_board(view))
    if path.startswith((f"{begins}all/", f"{begins}details/")) and all(_path(a).lower() != path for a in view.adverts):
        return Reply(_not_found(view), listing=False)  # with status 200, as the system does
    return None


def _board(view: View) -> Document:
    """The page: CRLF, and a script that is no JSON before the one that holds it."""
    data = {
        "CookieBannerScriptSource": "",
        "Departments": ["All Departments", *sorted({advert.department for advert in view.adverts})],
        "IsLeadJoinEnabled": True,
        "Jobs": [_job(advert) for advert in view.adverts],
        "LeadJoinUrl": f"/Recruiting/PublicLeads/New/{BOARD}",
        "Locations": ["All Locations", *sorted({town(advert) for advert in view.adverts})],
        "ModuleId": str(MODULE),
        "ModuleTitle": view.partner.name,
    }
    held = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    scripts = f"""<script>var settings = {{locale: 'en', columns: [1, 2,], show: () => true}};</script>
<div id="app"></div>
<script>
    window.pageData = {held};
</script>"""
    page = shell(view, f"{view.partner.name} - Jobs", scripts)
    return Document(page.content.replace(b"\n", b"\r\n"), page.type)


def _job(advert: Advert) -> dict[str, Any]:
    place = {
        "LocationId": 40_000 + advert.number % 7,
        "ModuleId": MODULE,
        "Name": town(advert),
        "Address": advert.place.text,
        "Address2": None,
        "Metro": None,
        "City": "",
        "State": "",
        "Zip": None,
        "Country": "GBR",
        "County": None,
    }
    return {
        "JobId": _number(advert),
        "JobTitle": advert.title,
        "LocationName": town(advert),
        "ShouldDisplayLocation": True,
        "PublishedDate": opened(advert).isoformat(),
        "Description": "",
        "IsInternal": False,
        "HiringDepartment": advert.department,
        "JobLocation": place,
        "IsRemote": False,
        "IndeedRemoteType": 2,
    }


def _page(view: View, advert: Advert) -> Document:
    rows = [("Job Type", advert.terms.contract), ("Salary", advert.pay.text)]
    told = "\n".join(
        f'<div class="job-listing-header">{name}</div><div>{xml(said)}</div>' for name, said in rows if said
    )
    body = f"""<span class="job-preview-title">{xml(advert.title)}</span>
<div class="job-preview-details">
{told}
<div class="job-listing-header">Description</div>
<div>{with_facts(advert)}</div>
</div>
<div class="preview-bottom-apply-btn"><a href="{view.base}{apply_path(advert)}">Apply</a></div>"""
    return shell(view, f"{view.partner.name} - {advert.title}", body)


def _not_found(view: View) -> Document:
    words = "<h1>Job Not Found</h1>\n<p>Sorry, that job does not exist or is not currently active.</p>"
    return shell(view, "Job Not Found", words)


def _front(view: View) -> Document:
    return careers(view, f'<a href="{view.base}{ENTRY}">See our jobs</a>')


def _told(advert: Advert) -> Told:
    return Told(str(_number(advert)), None, advert.pay.text)


PAYLOCITY = Format(
    "paylocity", "Paylocity", ENTRY, _path, _page, answers=_answers, front=_front, adapter="paylocity", told=_told
)
