"""Pages with schema.org JobPosting in them: JSON-LD as two systems write it, and microdata."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from html import escape
from typing import Any

from crawlers.partners.adverts import Advert
from crawlers.partners.closing import LONDON
from crawlers.partners.formats.base import Document, View, xml
from crawlers.partners.formats.pages import apply_link, facts, shell

TYPES = {
    "Permanent": "FULL_TIME",
    "Casual / bank": "Casual",  # not one of Google's words, as on many sites
    "Volunteer": "VOLUNTEER",
    "Work experience": "INTERN",
}


def nhs_page(view: View, advert: Advert) -> Document:
    """As the NHS's boards write it: escaped HTML, offsets without a colon, sums as strings, always YEAR."""
    posting = _posting(view, advert) | {
        "datePosted": f"{_at(advert.posted, dt.time(9, 14, 57)):%Y-%m-%dT%H:%M:%S%z}",
        "description": escape(advert.html, quote=True),
        "industry": "Healthcare",
    }
    if advert.closing.at:
        posting["validThrough"] = f"{advert.closing.at:%Y-%m-%dT%H:%M:%S%z}"
    if advert.pay.text:
        posting["baseSalary"] = _salary(advert, "YEAR", text=True)
    script = json.dumps(posting, ensure_ascii=True).replace("</", "<\\/")
    return _page(view, advert, f'<script type="application/ld+json">{script}</script>')


def graph_page(view: View, advert: Advert) -> Document:
    """As a modern careers site writes it: a @graph beside its breadcrumbs, ISO dates, sums as numbers."""
    posting = _posting(view, advert) | {"datePosted": advert.posted.isoformat(), "description": advert.html}
    if advert.closing.at:
        posting["validThrough"] = advert.closing.at.isoformat()
    if advert.pay.text:
        posting["baseSalary"] = _salary(advert, advert.pay.unit, text=advert.number % 2 == 0)
    crumbs = {"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "position": 1, "name": "Jobs"}]}
    graph = {"@context": "https://schema.org", "@graph": [crumbs, posting]}
    script = json.dumps(graph, ensure_ascii=False, indent=1).replace("</", "<\\/")
    return _page(view, advert, f'<script type="application/ld+json">\n{script}\n</script>')


def microdata_page(view: View, advert: Advert) -> Document:
    """As SAP's career sites write it: microdata in the page's own text, with Java's dates."""
    title = f'<h1 itemprop="title">{xml(advert.title)}</h1>'
    employer = _item("hiringOrganization", "Organization", _prop("name", advert.employer))
    lines = [
        '<div itemscope itemtype="http://schema.org/JobPosting">',
        title,
        f"<p>{employer}</p>",
        f"<p>Place: {_place(advert)}</p>",
        f"<p>Salary: {_prop('baseSalary', advert.pay.text)}</p>" if advert.pay.text else "",
        f"<p>Contract: {_prop('employmentType', advert.terms.contract)}</p>",
        f"<p>Hours: {_prop('workHours', advert.terms.hours)}</p>" if advert.terms.hours else "",
        f'<meta itemprop="identifier" content="{xml(advert.reference)}">',
        f'<meta itemprop="datePosted" content="{_java(_at(advert.posted, dt.time(4)))}">',
        f'<meta itemprop="validThrough" content="{_java(advert.closing.at)}">' if advert.closing.at else "",
        f'<div itemprop="description">{advert.html}</div>',
        "</div>",
        apply_link(view, advert),
    ]
    return shell(view, advert.title, "\n".join(line for line in lines if line))


def _posting(view: View, advert: Advert) -> dict[str, Any]:
    posting: dict[str, Any] = {
        "@context": "http://schema.org",
        "@type": "JobPosting",
        "title": advert.title,
        "identifier": {"@type": "PropertyValue", "name": view.partner.name, "value": advert.reference},
        "hiringOrganization": {"@type": "Organization", "name": advert.employer},
        "employmentType": _type(advert),
        "jobLocation": {"@type": "Place", "address": _address(advert)},
    }
    original = view.original(advert)
    contact = {"applicationContact": {"@type": "ContactPoint", "url": original}} if original else {}
    return posting | ({"workHours": advert.terms.hours} if advert.terms.hours else {}) | contact


def _type(advert: Advert) -> str | list[str]:
    kind = TYPES.get(advert.terms.contract, "TEMPORARY")
    if advert.terms.pattern.startswith("Part time"):
        return ["PART_TIME"] if kind == "FULL_TIME" else [kind, "PART_TIME"]
    return kind


def _address(advert: Advert) -> dict[str, str]:
    place = advert.place
    stated = {"streetAddress": place.street, "addressLocality": place.town or place.text, "postalCode": place.postcode}
    country = {"addressCountry": "GB"}
    # One advert in five gives no postcode, as many don't
    kept = {name: value for name, value in stated.items() if value and (name != "postalCode" or advert.number % 5)}
    return {"@type": "PostalAddress", **kept, **country}


def _salary(advert: Advert, unit: str, *, text: bool) -> Mapping[str, Any]:
    pay = advert.pay
    value: dict[str, Any] = {"@type": "QuantitativeValue", "unitText": unit}
    if text or pay.minimum is None:
        value["value"] = pay.text
    if pay.minimum is not None and pay.maximum is not None:
        sums = {"minValue": pay.minimum, "maxValue": pay.maximum}
        value |= {name: f"{number:g}" for name, number in sums.items()} if text else sums
    return {"@type": "MonetaryAmount", "currency": "GBP", "value": value}


def _page(view: View, advert: Advert, script: str) -> Document:
    rows = "".join(f"<dt>{xml(label)}</dt><dd>{xml(value)}</dd>" for label, value in facts(advert))
    body = f"<h1>{xml(advert.title)}</h1>\n<dl>{rows}</dl>\n{advert.html}\n{apply_link(view, advert)}"
    return shell(view, advert.title, body, script)


def _item(prop: str, type_: str, inner: str) -> str:
    return f'<span itemprop="{prop}" itemscope itemtype="http://schema.org/{type_}">{inner}</span>'


def _prop(name: str, value: str | None) -> str:
    return f'<span itemprop="{name}">{xml(value)}</span>' if value else ""


def _place(advert: Advert) -> str:
    parts = [_prop(name, value) for name, value in _address(advert).items() if not name.startswith("@")]
    return _item("jobLocation", "Place", _item("address", "PostalAddress", ", ".join(parts)))


def _java(moment: dt.datetime) -> str:
    return f"{moment.astimezone(dt.UTC):%a %b %d %H:%M:%S UTC %Y}"


def _at(day: dt.date, time: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, time, LONDON)
