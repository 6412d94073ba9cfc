"""Teaching Vacancies: the service's API, 100 adverts a page in an order with ties, and its sitemap."""

from __future__ import annotations

from typing import Any

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import XML, Document, Format, Reply, Told, View, document, element, json
from crawlers.partners.formats.pages import advert_page
from crawlers.partners.formats.request import Request
from crawlers.partners.formats.values import careers, opened, town
from crawlers.partners.tables import dice

ENTRY = "/api/v1/jobs.json"
PER_PAGE = 100
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def _slug(advert: Advert) -> str:
    return f"{advert.slug}-{advert.number}"


def _path(advert: Advert) -> str:
    return f"/jobs/{_slug(advert)}"


def _answers(view: View, request: Request) -> Reply | None:
    if request.path == ENTRY:
        return Reply(json(_page(view, max(1, request.number("page", 1)))))
    if request.path == "/sitemap.xml":
        return Reply(_sitemap(view))
    found = next((each for each in view.adverts if f"/api/v1{_path(each)}.json" == request.path), None)
    return Reply(json(_posting(view, found)), listing=False) if found else None


def _page(view: View, number: int) -> dict[str, Any]:
    # By day of publication alone: each request breaks the ties anew, so pages overlap and leave gaps
    ordered = sorted(view.adverts, key=lambda each: (-each.posted.toordinal(), dice(number, each.number).random()))
    shown = ordered[(number - 1) * PER_PAGE : number * PER_PAGE]
    pages = -(-len(ordered) // PER_PAGE)
    links = {"self": number, "first": 1, "last": max(1, pages), "prev": number - 1 or None}
    links["next"] = number + 1 if number < pages else None
    return {
        "info": {"title": "Job vacancies", "version": "0.1", "description": "Open Government Licence v3.0"},
        "openapi": "3.0.0",
        "data": [_posting(view, advert) for advert in shown],
        "links": {name: f"{view.base}{ENTRY}?page={page}" if page else None for name, page in links.items()},
        "meta": {"totalPages": pages, "count": len(ordered)},
    }


def _posting(view: View, advert: Advert) -> dict[str, Any]:
    closes, place = advert.closing.at, advert.place
    address = {
        "@type": "PostalAddress",
        "addressLocality": town(advert),
        "addressRegion": "East Midlands",
        "streetAddress": place.street,
        "postalCode": place.postcode,
        "addressCountry": "GB",
    }
    posting = {
        "@context": "http://schema.org",
        "@type": "JobPosting",
        "title": advert.title,
        "jobBenefits": "Pension; cycle to work",
        "datePosted": opened(advert).isoformat(timespec="milliseconds"),
        "description": advert.html,
        "occupationalCategory": "teaching_assistant",
        "directApply": False,
        "employmentType": ["PART_TIME"] if advert.terms.pattern.startswith("Part") else ["FULL_TIME"],
        "industry": "Education",
        "jobLocation": {"@type": "Place", "address": address},
        "url": view.base + _path(advert),
        "hiringOrganization": {
            "@type": "Organization",
            "name": advert.employer,
            "sameAs": f"{view.base}/organisations/{advert.number % 7}",
            "identifier": str(100_000 + advert.number % 7),
            "description": None,
            "logo": None,
        },
        "validThrough": closes.isoformat(timespec="milliseconds") if closes else None,
    }
    if advert.pay.text:
        unit = "HOUR" if "hour" in advert.pay.text else "YEAR"
        value = {"@type": "QuantitativeValue", "value": advert.pay.text, "unitText": unit}
        posting["baseSalary"] = {"@type": "MonetaryAmount", "currency": "GBP", "value": value}
    return posting


def _sitemap(view: View) -> Document:
    urls = [view.base + path for path in ("/", "/pages/terms-and-conditions", *map(_path, view.adverts))]
    rows = [f"<url>{element('loc', url)}<changefreq>daily</changefreq></url>" for url in urls]
    return document(['<?xml version="1.0" encoding="UTF-8"?>', f"<urlset {SPACE}>", *rows, "</urlset>"], XML)


def _front(view: View) -> Document:
    return careers(view, f'<a href="{view.base}{ENTRY}">Job adverts as open data</a>')


def _told(advert: Advert) -> Told:
    return Told(_slug(advert), advert.closing.at, advert.pay.text)


TEACHING_VACANCIES = Format(
    "teaching_vacancies",
    "Teaching Vacancies API",
    ENTRY,
    _path,
    advert_page,
    answers=_answers,
    front=_front,
    adapter="teaching_vacancies",
    told=_told,
)
