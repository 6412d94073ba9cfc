"""Ashby: the Job Postings API, among its jobs one that is on no list; the board stands in a page by a script."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import Document, Format, Reply, Told, View, json
from crawlers.partners.formats.pages import advert_page
from crawlers.partners.formats.request import Request
from crawlers.partners.formats.values import (
    COUNTRY,
    COUNTY,
    board_script,
    careers,
    opened,
    plain,
    sums,
    town,
    uuid_of,
)

BOARD = "Wolds%20Enterprise"  # an organisation's name may have a space
LIST = f"/posting-api/job-board/{BOARD}"
ENTRY = f"{LIST}?includeCompensation=true"
FORM = "/application"
SCRIPT = f"/{BOARD}/embed"
INTERVALS = {"DAY": "1 DAY", "HOUR": "1 HOUR", "YEAR": "1 YEAR"}
UNLISTED = "00000000-0000-4000-8000-000000000001"


def _path(advert: Advert) -> str:
    return f"/{BOARD}/{uuid_of(advert)}"


def _listings(view: View) -> Mapping[str, Document]:
    jobs = [_job(view, advert) for advert in view.adverts]
    if jobs:
        jobs.append({**jobs[0], "id": UNLISTED, "title": "Speculative application", "isListed": False})
    bare = [{name: value for name, value in job.items() if name != "compensation"} for job in jobs]
    return {ENTRY: json({"jobs": jobs, "apiVersion": "1"}), LIST: json({"jobs": bare, "apiVersion": "1"})}


def _job(view: View, advert: Advert) -> dict[str, Any]:
    part = advert.terms.pattern.startswith("Part time")
    url = view.base + _path(advert)
    address = {"addressRegion": COUNTY, "addressCountry": COUNTRY[0], "addressLocality": town(advert)}
    return {
        "id": uuid_of(advert),
        "title": advert.title,
        "department": advert.department,
        "team": advert.family.title(),
        "employmentType": "PartTime" if part else "FullTime",
        "location": advert.place.text,
        "shouldDisplayCompensationOnJobPostings": advert.pay.text is not None,
        "secondaryLocations": [],
        "publishedAt": opened(advert).astimezone(dt.UTC).isoformat(timespec="milliseconds"),
        "isListed": True,
        "isRemote": False,
        "workplaceType": "OnSite",
        "address": {"postalAddress": address},
        "jobUrl": url,
        "applyUrl": url + FORM,
        "descriptionHtml": advert.html,
        "descriptionPlain": plain(advert.html),
        "compensation": _compensation(advert),
    }


def _compensation(advert: Advert) -> dict[str, Any]:
    paid, words = sums(advert), advert.pay.text
    component = {
        "compensationType": "Salary",
        "interval": INTERVALS[advert.pay.unit],
        "currencyCode": "GBP",
        "minValue": paid[0] if paid else None,
        "maxValue": paid[1] if paid else None,
    }
    components = [component] if paid else []
    tier = {"id": uuid_of(advert), "tierSummary": words, "title": None, "additionalInformation": None}
    return {
        "compensationTierSummary": words,
        "scrapeableCompensationSalarySummary": words,
        "compensationTiers": [{**tier, "components": [{"summary": words, **component}]}] if paid else [],
        "summaryComponents": components,
    }


def _answers(view: View, request: Request) -> Reply | None:
    return Reply(board_script(view, _path), listing=False) if request.path == SCRIPT else None


def _front(view: View) -> Document:
    script = f'<script src="{view.base}{SCRIPT}?version=2" defer></script>'
    return careers(view, f'<div id="ashby_embed"></div>\n{script}')


def _told(advert: Advert) -> Told:
    return Told(uuid_of(advert), None, advert.pay.text)


ASHBY = Format(
    "ashby",
    "Ashby job postings API",
    ENTRY,
    _path,
    advert_page,
    _listings,
    _answers,
    _front,
    adapter="ashby",
    form_below=FORM,
    told=_told,
)
