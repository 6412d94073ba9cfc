"""Pinpoint: a careers site's /postings.json, whose deadlines have London's offset and whose texts are in parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import Document, Format, Told, View, json, xml
from crawlers.partners.formats.pages import advert_page
from crawlers.partners.formats.values import COUNTY, careers, sums, town, uuid_of

ENTRY = "/postings.json"
UNITS = {"DAY": "day", "HOUR": "hour", "YEAR": "year"}


def _path(advert: Advert) -> str:
    return f"/en/postings/{uuid_of(advert)}"


def _listings(view: View) -> Mapping[str, Document]:
    return {ENTRY: json({"data": [_posting(view, advert) for advert in view.adverts]})}


def _posting(view: View, advert: Advert) -> dict[str, Any]:
    paid, closes = sums(advert), advert.closing.at
    duties, asks, rest = (*advert.blocks[1:3], "".join(advert.blocks[3:]))
    return {
        "id": str(advert.number),
        "title": advert.title,
        "url": view.base + _path(advert),
        "path": _path(advert),
        "description": f"<div>{advert.blocks[0]}</div>",
        "key_responsibilities_header": "Key Responsibilities",
        "key_responsibilities": duties,
        "skills_knowledge_expertise_header": "Skills, Knowledge & Expertise",
        "skills_knowledge_expertise": asks,
        "benefits_header": "Benefits",
        "benefits": rest,
        "reporting_to": None,
        "employment_type": "permanent_full_time",
        "employment_type_text": f"{advert.terms.contract} - {advert.terms.pattern}",
        "workplace_type": "onsite",
        "workplace_type_text": "On site",
        "compensation": advert.pay.text,
        "compensation_minimum": paid[0] if paid else None,
        "compensation_maximum": paid[1] if paid else None,
        "compensation_currency": "GBP",
        "compensation_frequency": UNITS[advert.pay.unit],
        "compensation_visible": advert.pay.text is not None,
        "deadline_at": closes.isoformat() if closes else None,
        "job": {
            "id": str(advert.number + 9000),
            "requisition_id": advert.reference,
            "department": {"id": "4", "name": advert.department},
            "division": {"id": "1", "name": advert.family.title()},
            "structure_custom_group_one": None,
        },
        "location": {
            "id": "31",
            "city": town(advert),
            "name": advert.place.street or town(advert),
            "postal_code": advert.place.postcode,
            "province": COUNTY,
        },
    }


def _front(view: View) -> Document:
    links = "\n".join(f'<a href="{_path(advert)}">{xml(advert.title)}</a>' for advert in view.adverts)
    made = '<a href="https://www.pinpointhq.com/?utm_source=careers-site">Powered by Pinpoint</a>'
    return careers(view, f'<div data-controller="external--jobs">\n{links}\n</div>\n{made}')


def _told(advert: Advert) -> Told:
    return Told(str(advert.number), advert.closing.at, advert.pay.text)


PINPOINT = Format(
    "pinpoint", "Pinpoint postings", ENTRY, _path, advert_page, _listings, front=_front, adapter="pinpoint", told=_told
)
