"""Oleeo (TAL.net): Atom whose content is lines of "Label:value<br/>" in XHTML."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from html import unescape

from crawlers.partners.adverts import Advert
from crawlers.partners.closing import MONTHS, Closing
from crawlers.partners.formats.base import Document, Format, Told, View, document, element, midnight, xml
from crawlers.partners.formats.pages import advert_page

CENTRE = "/vx/mobile-0/appcentre-1/brand-2/candidate"
ENTRY = f"{CENTRE}/jobboard/vacancy/3/feed"


def _path(advert: Advert) -> str:
    return f"{CENTRE}/so/pm/1/pl/3/opp/{advert.number}-{advert.slug}/en-GB"


def _listing(view: View) -> Mapping[str, Document]:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        element("id", view.base + ENTRY),
        f'<link rel="self" href="{view.base}{ENTRY}" type="application/atom+xml"/>',
        element("title", "External Opportunities"),
        f"<author>{element('name', view.partner.name)}</author>",
        element("updated", f"{view.now:%Y-%m-%dT%H:%M:%SZ}"),
        f'<link rel="alternate" href="{view.base}{ENTRY.removesuffix("/feed")}" type="text/html"/>',
        *(_entry(view, advert) for advert in view.adverts),
        "</feed>",
    ]
    return {ENTRY: document(lines, "application/atom+xml")}


def _entry(view: View, advert: Advert) -> str:
    url = xml(view.base + _path(advert))
    day = f"{midnight(advert.posted):%Y-%m-%dT%H:%M:%SZ}"
    rows = "\n".join(f"{label}:{xml(value)}<br/>" for label, value in _rows(advert))
    return "\n".join(
        [
            f'<entry xml:base="{url}">',
            f"<id>{url}</id>",
            f'<link rel="alternate" href="{url}" type="text/html"/>',
            element("title", advert.title),
            element("updated", day),
            element("published", day),
            f'<content type="xhtml">\n<div xmlns="http://www.w3.org/1999/xhtml">{rows}\n</div>\n</content>',
            "</entry>",
        ]
    )


def _rows(advert: Advert) -> list[tuple[str, str]]:
    """The board's fields in its order; what the advert doesn't say has no line."""
    rows = [
        ("Vacancy Title", advert.title),
        ("Vacancy Id", str(advert.number)),
        ("Role Type", f"{advert.department},{advert.family.title()}"),
        ("Salary", advert.pay.text),
        ("Location", f"{advert.place.text} "),
        ("Contract Type", advert.terms.contract),
        ("Working Pattern", advert.terms.pattern),
        ("Hours", advert.terms.hours),
        ("Closing Date", closing_words(advert.closing)),
        ("Additional Information", _text(advert)),
    ]
    return [(label, value) for label, value in rows if value]


def _text(advert: Advert) -> str:
    """The advert's words without their markup, which the plain feed can't carry."""
    spaced = advert.html.replace("</li><li>", "; ").replace("</strong></p>", ": ")
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", spaced)).split())


def closing_words(closing: Closing) -> str | None:
    """When an advert closes, as these boards write it: 25 Oct 2026 23:55 BST."""
    at = _ends(closing)
    return f"{at.day} {MONTHS[at.month - 1][:3]} {at.year} {at:%H:%M %Z}" if at else None


def _ends(closing: Closing) -> dt.datetime | None:
    """The board's own end of a day is five minutes before midnight."""
    ends_the_day = closing.at and closing.at.time() == dt.time(23, 59, 59)
    return closing.at.replace(minute=55, second=0) if closing.at and ends_the_day else closing.at


def told(advert: Advert) -> Told:
    """What a board tells of an advert, whose reference is its number."""
    return Told(str(advert.number), _ends(advert.closing), advert.pay.text)


TAL = Format("tal", "Atom, Oleeo (TAL)", ENTRY, _path, advert_page, _listing, adapter="tal", told=told)
