"""Recruitee (Tellent): the Careers Site API's offers, and the careers site itself with a link to each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import Document, Format, Told, View, json, xml
from crawlers.partners.formats.pages import advert_page
from crawlers.partners.formats.values import COUNTRY, COUNTY, careers, opened, sums, town, uuid_of

ENTRY = "/api/offers/"
FORM = "/c/new"
PERIODS = {"DAY": "day", "HOUR": "hour", "YEAR": "year"}


def _path(advert: Advert) -> str:
    return f"/o/{_slug(advert)}"


def _slug(advert: Advert) -> str:
    return f"{advert.slug}-{advert.number}"


def _listings(view: View) -> Mapping[str, Document]:
    offers = json({"offers": [_offer(view, advert) for advert in view.adverts]})
    return {ENTRY: offers, ENTRY.rstrip("/"): offers}


def _offer(view: View, advert: Advert) -> dict[str, Any]:
    url = view.base + _path(advert)
    closes = advert.closing.at
    first, rest = advert.blocks[0], "".join(advert.blocks[1:])
    words = {"title": advert.title, "description": first, "requirements": rest, "highlight": None}
    return {
        **words,
        "id": 2_700_000 + advert.number,
        "guid": uuid_of(advert)[:5],
        "slug": _slug(advert),
        "position": advert.number,
        "status": "published",
        "company_name": advert.employer,
        "department": advert.department,
        "careers_url": url,
        "careers_apply_url": url + FORM,
        "mailbox_email": f"job.{uuid_of(advert)[:5]}@mail.example",
        "employment_type_code": _kind(advert),
        "category_code": "public_administration",
        "experience_code": "mid_level",
        "education_code": None,
        "min_hours": None,
        "max_hours": None,
        "min_hours_per_week": None,
        "max_hours_per_week": None,
        "salary": _salary(advert),
        "location": f"{town(advert)}, {COUNTY}, {COUNTRY[0]}",
        "locations": [_place(advert)],
        "city": town(advert),
        "postal_code": advert.place.postcode,
        "state_code": None,
        "state_name": COUNTY,
        "country": COUNTRY[0],
        "country_code": COUNTRY[1],
        "remote": False,
        "hybrid": False,
        "on_site": True,
        "tags": [],
        "dynamic_fields": [],
        "open_questions": [],
        "options_cv": "required",
        "options_cover_letter": "optional",
        "options_phone": "required",
        "options_photo": "off",
        "translations": {"en": words},
        "created_at": _utc(opened(advert)),
        "published_at": _utc(opened(advert)),
        "updated_at": _utc(opened(advert) + dt.timedelta(hours=3)),
        "close_at": _utc(closes) if closes else None,
    }


def _kind(advert: Advert) -> str:
    time = "parttime" if advert.terms.pattern.startswith("Part time") else "fulltime"
    return f"{time}_{'permanent' if advert.terms.contract == 'Permanent' else 'fixed_term'}"


def _salary(advert: Advert) -> dict[str, Any]:
    paid = sums(advert)
    if paid is None:
        return {"min": None, "max": None, "period": None, "currency": None}
    low, high = map(str, paid)
    return {"min": low, "max": high, "period": PERIODS[advert.pay.unit], "currency": "GBP"}


def _place(advert: Advert) -> dict[str, Any]:
    return {
        "id": 29_000 + advert.number,
        "name": advert.place.text,
        "street": advert.place.street,
        "city": town(advert),
        "postal_code": advert.place.postcode,
        "state": COUNTY,
        "country": COUNTRY[0],
        "country_code": COUNTRY[1],
        "note": None,
        "translations": {"en": {"name": advert.place.text, "city": town(advert)}},
    }


def _utc(moment: dt.datetime) -> str:
    return f"{moment.astimezone(dt.UTC):%Y-%m-%d %H:%M:%S} UTC"


def _front(view: View) -> Document:
    links = "\n".join(f'<a href="{_path(advert)}">{xml(advert.title)}</a>' for advert in view.adverts)
    made = '<a rel="nofollow" href="https://recruitee.com/?utm_source=careers">Hiring with Recruitee</a>'
    return careers(view, f'<div data-component="OffersList">\n{links}\n</div>\n{made}')


def _told(advert: Advert) -> Told:
    return Told(str(2_700_000 + advert.number), advert.closing.at, sums(advert))


RECRUITEE = Format(
    "recruitee",
    "Recruitee offers API",
    ENTRY,
    _path,
    advert_page,
    _listings,
    front=_front,
    adapter="recruitee",
    form_below=FORM,
    told=_told,
)
