"""Fusion: a schools' system whose feed is a bare JSON list, with times that are London's and say no zone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import Document, Format, Told, View, json
from crawlers.partners.formats.pages import advert_page
from crawlers.partners.formats.values import careers

ENTRY = "/feeds/vacancies.json"


def _path(advert: Advert) -> str:
    return f"/vacancy/{advert.number}/{advert.slug}"


def _listings(view: View) -> Mapping[str, Document]:
    return {ENTRY: json([_vacancy(view, advert) for advert in view.adverts])}


def _vacancy(view: View, advert: Advert) -> dict[str, Any]:
    url, closes = view.base + _path(advert), advert.closing.at
    part = advert.terms.pattern.startswith("Part time")
    return {
        "reference": advert.reference,
        "advertUrl": url,
        "applicationUrl": f"{view.base}/apply/{advert.number}",
        "publishedAt": f"{advert.posted}T09:00:00",
        "expiresAt": f"{closes:%Y-%m-%dT%H:%M:%S}" if closes else None,
        "startDate": f"{view.today + dt.timedelta(days=45)}T00:00:00",
        "jobTitle": advert.title,
        "jobAdvert": advert.html,
        "salary": advert.pay.text,
        "schoolName": advert.employer,
        "schoolUrns": [str(123_000 + advert.number % 5)],
        "keyStages": "ks1,ks2",
        "jobRole": "other_support",
        "workingPatterns": "part_time" if part else "full_time",
        "contractType": "permanent" if advert.terms.contract == "Permanent" else "fixed_term",
        "phase": "primary",
        "trustUID": "16644",
        "visaSponsorshipAvailable": False,
    }


def _front(view: View) -> Document:
    feed = f'<link rel="alternate" type="application/json" title="Vacancies" href="{view.base}{ENTRY}">'
    return careers(view, "<p>Our vacancies are also on Teaching Vacancies.</p>", feed)


def _told(advert: Advert) -> Told:
    return Told(advert.reference, advert.closing.at, advert.pay.text)


FUSION = Format(
    "fusion", "Fusion JSON", ENTRY, _path, advert_page, _listings, front=_front, adapter="fusion", told=_told
)
