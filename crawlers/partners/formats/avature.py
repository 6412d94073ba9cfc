"""Avature: a justice board's JSON, whose closing dates are bare days and whose pay is numbers, seldom words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import Document, Format, Told, View, json
from crawlers.partners.formats.pages import advert_page
from crawlers.partners.formats.values import careers, last_moment, sums, town

ENTRY = "/api/vacancies"


def _path(advert: Advert) -> str:
    return f"/careers/JobDetail/{advert.number}"


def _listings(view: View) -> Mapping[str, Document]:
    return {ENTRY: json({"jobs": [_job(view, advert) for advert in view.adverts]})}


def _job(view: View, advert: Advert) -> dict[str, Any]:
    paid, closes = sums(advert), advert.closing.at
    worded = _worded(advert)
    return {
        "id": advert.number,
        "title": advert.title,
        "url": view.base + _path(advert),
        "availablePositions": 1 + advert.number % 4,
        "grade": "Band 3",
        "organisation": advert.employer,
        "businessGroup": advert.department,
        "description": advert.html,
        "startDate": (view.today + dt.timedelta(days=60)).isoformat(),
        "closingDate": closes.date().isoformat() if closes else None,
        "salaryMin": paid[0] if paid else None,
        "salaryMax": paid[1] if paid else None,
        "salaryLondonWeighting": None,
        "salaryRange": [advert.pay.text] if worded else [],
        "addresses": [advert.place.text],
        "cities": [town(advert)],
        "regions": ["East Midlands"],
        "roleTypes": [advert.family.title()],
        "contractTypes": [advert.terms.contract],
        "prisonNames": [],
    }


def _worded(advert: Advert) -> bool:
    """True for an advert that words its pay beside the numbers."""
    return advert.pay.text is not None and advert.number % 2 == 0


def _front(view: View) -> Document:
    feed = f'<link rel="alternate" type="application/json" title="Vacancies" href="{view.base}{ENTRY}">'
    return careers(view, "<p>Search and apply.</p>", feed)


def _told(advert: Advert) -> Told:
    pay = advert.pay.text if _worded(advert) else sums(advert)
    return Told(str(advert.number), last_moment(advert), pay)


AVATURE = Format(
    "avature", "Avature JSON", ENTRY, _path, advert_page, _listings, front=_front, adapter="avature", told=_told
)
