"""Rippling: a board's whole list, a job for each of its places, and each job's own answer; a page whose script asks."""

from __future__ import annotations

from typing import Any

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import Document, Format, Reply, Told, View, json
from crawlers.partners.formats.pages import advert_page
from crawlers.partners.formats.request import Request
from crawlers.partners.formats.values import careers, opened, sums, uuid_of

SITE = "trentenergy"
ENTRY = f"/api/v1/board/{SITE}/jobs"


def _path(advert: Advert) -> str:
    return f"/{SITE}/jobs/{uuid_of(advert)}"


def _answers(view: View, request: Request) -> Reply | None:
    if request.path == ENTRY:
        return Reply(json([_job(view, advert) for advert in view.adverts]))
    found = next((a for a in view.adverts if request.path == f"{ENTRY}/{uuid_of(a)}"), None)
    return Reply(json(_whole(view, found)), listing=False) if found else None


def _job(view: View, advert: Advert) -> dict[str, Any]:
    return {
        "uuid": uuid_of(advert),
        "name": advert.title,
        "department": {"id": advert.department, "label": advert.department},
        "url": view.base + _path(advert),
        "workLocation": {"id": advert.place.text, "label": advert.place.text},
    }


def _whole(view: View, advert: Advert) -> dict[str, Any]:
    paid = sums(advert)
    ranges = (
        [{"rangeStart": paid[0], "rangeEnd": paid[1], "currency": "GBP", "frequency": advert.pay.unit}] if paid else []
    )
    return {
        **_job(view, advert),
        "companyName": view.partner.name,
        "createdOn": opened(advert).isoformat(),
        "employmentType": {"label": "SALARIED_FT", "id": advert.terms.contract},
        "workLocations": [advert.place.text],
        "description": {"company": f"<p>{view.partner.name} is a simulated employer.</p>", "role": advert.html},
        "payRangeDetails": ranges,
    }


def _front(view: View) -> Document:
    script = f"""<div id="rippling-jobs"></div>
<script>
fetch("{view.base}{ENTRY}").then((answer) => answer.json()).then(show)
function show(jobs) {{ document.querySelector("#rippling-jobs").textContent = jobs.length + " vacancies" }}
</script>"""
    return careers(view, script)


def _told(advert: Advert) -> Told:
    return Told(uuid_of(advert), None, sums(advert))


RIPPLING = Format(
    "rippling", "Rippling", ENTRY, _path, advert_page, answers=_answers, front=_front, adapter="rippling", told=_told
)
