"""Eightfold: ten positions a page by `start`, without their text, which each position's own answer has."""

from __future__ import annotations

from typing import Any

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import Document, Format, Reply, Told, View, json
from crawlers.partners.formats.pages import advert_page
from crawlers.partners.formats.request import Request
from crawlers.partners.formats.values import careers, opened, with_facts

API = "/api/apply/v2/jobs"
DOMAIN = "trentpathology.example"
ENTRY = f"{API}?domain={DOMAIN}"
ROWS = 10
FIRST = 446_700_000_000  # from which positions are numbered


def _path(advert: Advert) -> str:
    return f"/careers/job/{FIRST + advert.number}"


def _answers(view: View, request: Request) -> Reply | None:
    if request.path == API:
        first, rows = request.number("start", 0), request.number("num", ROWS, ROWS)
        shown = view.adverts[first : first + rows]
        listed = [_position(view, advert) for advert in shown]
        return Reply(json({"domain": DOMAIN, "positions": listed, "count": len(view.adverts)}))
    found = next((a for a in view.adverts if request.path == f"{API}/{FIRST + a.number}"), None)
    whole = found and _position(view, found) | {"job_description": with_facts(found)}
    return Reply(json(whole), listing=False) if whole else None


def _position(view: View, advert: Advert) -> dict[str, Any]:
    return {
        "id": FIRST + advert.number,
        "name": advert.title,
        "location": advert.place.text,
        "locations": [advert.place.text],
        "department": advert.department,
        "t_create": int(opened(advert).timestamp()),
        "ats_job_id": advert.reference,
        "display_job_id": advert.reference,
        "type": "ATS",
        "job_description": "",
        "canonicalPositionUrl": view.base + _path(advert),
        "isPrivate": False,
    }


def _front(view: View) -> Document:
    script = f"""<div id="eightfold-jobs"></div>
<script>
fetch("{view.base}{ENTRY}&start=0&num={ROWS}").then((answer) => answer.json()).then(show)
function show(found) {{ document.querySelector("#eightfold-jobs").textContent = found.count + " vacancies" }}
</script>"""
    return careers(view, script)


def _told(advert: Advert) -> Told:
    return Told(advert.reference, None, None)


EIGHTFOLD = Format(
    "eightfold", "Eightfold", ENTRY, _path, advert_page, answers=_answers, front=_front, adapter="eightfold", told=_told
)
