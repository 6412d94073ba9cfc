"""Eploy: the data feed of a careers site. Codes beside words, no closing date, often no employer and no reference."""

from __future__ import annotations

from collections.abc import Mapping

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import XML, Document, Format, Told, View, cdata, document, midnight, rfc822, xml
from crawlers.partners.formats.pages import advert_page

FEED = "/feeds/datafeed.ashx"
ENTRY = f"{FEED}?Format=xml"


def _path(advert: Advert) -> str:
    return f"/vacancies/{advert.number}/{advert.slug}.html"


def _reference(advert: Advert) -> str | None:
    return advert.reference if advert.number % 3 else None


def _listings(view: View) -> Mapping[str, Document]:
    items = [_item(view, advert) for advert in view.adverts]
    head = f'<Vacancies Type="Vacancies" Count="{len(items)}">'
    return {ENTRY: document(['<?xml version="1.0" encoding="utf-8"?>', head, *items, "</Vacancies>"], XML)}


def _item(view: View, advert: Advert) -> str:
    posted = rfc822(midnight(advert.posted))
    rows = [
        ("VacancyID", advert.number),
        ("Title", advert.title),
        ("Link", view.base + _path(advert)),
        ("Location", advert.place.text),
        ("LocationID", advert.number % 17),
        ("Position", advert.department),
        ("PositionID", advert.number % 11),
        ("Industry", advert.family.title()),
        ("IndustryID", advert.number % 7),
        ("VacancyType", advert.terms.contract if advert.number % 2 else ""),
        ("VacancyTypeID", advert.number % 2),
        ("DisplaySalary", advert.pay.text or ""),
        ("Company", advert.employer if view.partner.board else ""),
        ("DateCreated", posted),
        ("DatePosted", posted),
        ("Reference", _reference(advert) or ""),
    ]
    told = "\n".join(f"<{name}>{xml(value)}</{name}>" for name, value in rows)
    texts = f"<Description>{cdata(advert.html)}</Description>\n<Qualifications></Qualifications>\n<Benefits></Benefits>"
    return f"<Item>\n{told}\n{texts}\n</Item>"


def _told(advert: Advert) -> Told:
    return Told(_reference(advert) or str(advert.number), None, advert.pay.text)


EPLOY = Format("eploy", "Eploy data feed", ENTRY, _path, advert_page, _listings, adapter="eploy", told=_told)
