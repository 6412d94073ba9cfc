"""Phenom: pages whose script holds the jobs, ten at a time by `from`."""

from __future__ import annotations

from json import dumps
from typing import Any

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import Document, Format, Reply, Told, View
from crawlers.partners.formats.pages import apply_path, shell
from crawlers.partners.formats.request import Request
from crawlers.partners.formats.values import COUNTRY, careers, plain, with_facts

LOCALE = "/gb/en"
ENTRY = f"{LOCALE}/search-results"
ROWS = 10


def _sequence(advert: Advert) -> str:
    return f"TRENGB{advert.number}EXTERNAL"


def _path(advert: Advert) -> str:
    return f"{LOCALE}/job/{_sequence(advert)}"


def _answers(view: View, request: Request) -> Reply | None:
    if request.path != ENTRY:
        return None
    first = request.number("from", 0)
    shown = view.adverts[first : first + ROWS]
    jobs = [_job(view, advert) for advert in shown]
    search = {"status": 200, "hits": len(jobs), "totalHits": len(view.adverts), "data": {"jobs": jobs}}
    return Reply(_with_data(view, "search-results", {"siteConfig": {}, "eagerLoadRefineSearch": search}))


def _job(view: View, advert: Advert) -> dict[str, Any]:
    return {
        "title": advert.title,
        "jobId": advert.reference,
        "reqId": advert.reference,
        "jobSeqNo": _sequence(advert),
        "category": advert.family.title(),
        "type": advert.terms.contract,
        "country": COUNTRY[0],
        "location": advert.place.text,
        "multi_location": [advert.place.text],
        "postedDate": f"{advert.posted:%Y-%m-%d}T00:00:00.000+0000",
        "descriptionTeaser": plain(advert.blocks[0])[:200],
        "applyUrl": view.base + apply_path(advert),
    }


def _page(view: View, advert: Advert) -> Document:
    job = _job(view, advert) | {"description": with_facts(advert)}
    return _with_data(view, "job", {"siteConfig": {}, "jobDetail": {"status": 200, "data": {"job": job}}})


def _with_data(view: View, name: str, data: dict[str, Any]) -> Document:
    ddo = dumps(data, ensure_ascii=False).replace("</", "<\\/")
    script = f"""<div id="app"></div>
<script>var phApp = phApp || {{"pageName":"{name}"}};
phApp.ddo = {ddo};
phApp.experimentData = {{}};</script>"""
    return shell(view, f"{name} | {view.partner.name}", script)


def _front(view: View) -> Document:
    return careers(view, f'<p><a href="{ENTRY}">Search our jobs</a></p>')


def _told(advert: Advert) -> Told:
    return Told(advert.reference, None, None)


PHENOM = Format("phenom", "Phenom", ENTRY, _path, _page, answers=_answers, front=_front, adapter="phenom", told=_told)
