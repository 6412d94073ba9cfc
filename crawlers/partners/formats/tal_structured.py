"""Oleeo (TAL.net), the structured feed: a span for each fact, its label as itemprop; links of one visit."""

from __future__ import annotations

from collections.abc import Mapping

from crawlers.partners.adverts import Advert
from crawlers.partners.closing import MONTHS
from crawlers.partners.formats.base import Document, Format, View, document, element, midnight, xml
from crawlers.partners.formats.pages import advert_page
from crawlers.partners.formats.tal import ENTRY as PLAIN
from crawlers.partners.formats.tal import TAL

ENTRY = f"{PLAIN}/structured"


def _listings(view: View) -> Mapping[str, Document]:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        element("id", view.base + ENTRY),
        f'<link rel="self" href="{view.base}{ENTRY}" type="application/atom+xml"/>',
        element("title", "External Opportunities"),
        element("updated", f"{view.now:%Y-%m-%dT%H:%M:%SZ}"),
        *(_entry(view, advert) for advert in view.adverts),
        "</feed>",
    ]
    return {ENTRY: document(lines, "application/atom+xml; charset=utf-8")}


def _entry(view: View, advert: Advert) -> str:
    url = xml(view.base + TAL.path(advert))
    visit = url.replace("/candidate/", f"/xf-{view.today:%Y%m%d}c0de/candidate/", 1)
    day = f"{midnight(advert.posted):%Y-%m-%dT%H:%M:%SZ}"
    spans = "\n".join(f'<span itemprop="{label}">{xml(said)}</span>' for label, said in _facts(advert))
    about = f'<span itemprop="Job description Additional Information">{advert.html}</span>'
    return "\n".join(
        [
            f'<entry xml:base="{url}">',
            f"<id>{url}</id>",
            f'<link rel="alternate" href="{visit}" type="text/html"/>',
            element("title", advert.title),
            element("updated", day),
            element("published", day),
            f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{spans}\n{about}</div></content>',
            "</entry>",
        ]
    )


def _facts(advert: Advert) -> list[tuple[str, str]]:
    closes = TAL.told(advert).closes
    day = f"{closes.day} {MONTHS[closes.month - 1][:3]} {closes.year} {closes:%H:%M %Z}" if closes else None
    town = advert.place.town
    rows = [
        ("Vacancy ID", str(advert.number)),
        ("Number of positions available", str(1 + advert.number % 4)),
        ("Organisation", advert.employer),
        ("Business Group", advert.department),
        ("Closing Date", day),
        ("Salary Range", advert.pay.text),
        ("Building/Site", advert.place.street if town else advert.place.text),
        ("City/Town", town),
        ("Role Type", advert.department),
        ("Role Type", advert.family.title()),
        ("Working Pattern", advert.terms.pattern),
    ]
    return [(label, said) for label, said in rows if said]


TAL_STRUCTURED = Format(
    "tal_structured",
    "Atom, Oleeo (TAL), structured",
    ENTRY,
    TAL.path,
    advert_page,
    _listings,
    adapter="tal",
    told=TAL.told,
)
