"""Teamtailor: a careers site with a JSON Feed, each item with a JobPosting, and the same jobs as RSS."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import RSS, Document, Format, Told, View, document, element, json, rfc822, xml
from crawlers.partners.formats.pages import advert_page
from crawlers.partners.formats.values import COUNTRY, careers, opened, sums, town, uuid_of, with_facts

ENTRY, FEED = "/jobs.json", "/jobs.rss"
LONG = 7_000_000
SPACE = 'xmlns:tt="https://teamtailor.com/locations"'


def _path(advert: Advert) -> str:
    return f"/jobs/{LONG + advert.number}-{advert.slug}"


def _listings(view: View) -> Mapping[str, Document]:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": view.partner.name,
        "home_page_url": f"{view.base}/jobs",
        "feed_url": view.base + ENTRY,
        "items": [_item(view, advert) for advert in view.adverts],
    }
    return {ENTRY: json(feed, "application/feed+json; charset=utf-8"), FEED: document(_rss(view), RSS)}


def _item(view: View, advert: Advert) -> dict[str, Any]:
    posted = opened(advert).isoformat()
    return {
        "id": uuid_of(advert),
        "title": advert.title,
        "url": view.base + _path(advert),
        "content_html": with_facts(advert),
        "date_published": posted,
        "_jobposting": {
            "@context": "http://schema.org/",
            "@type": "JobPosting",
            "title": advert.title,
            "description": with_facts(advert),
            "identifier": {"@type": "PropertyValue", "name": view.partner.name, "value": LONG + advert.number},
            "datePosted": posted,
            "hiringOrganization": {"@type": "Organization", "name": advert.employer, "sameAs": view.base},
            "jobLocation": [{"@type": "Place", "address": _address(advert)}],
        }
        | _more(advert),
    }


def _address(advert: Advert) -> dict[str, str]:
    place = advert.place
    stated = {"streetAddress": place.street, "addressLocality": town(advert), "postalCode": place.postcode}
    kept = {name: value for name, value in stated.items() if value}
    return {"@type": "PostalAddress", **kept, "addressCountry": COUNTRY[1], "addressRegion": "Europe"}


def _more(advert: Advert) -> dict[str, Any]:
    """Closing and pay, where the employer filled them in; pay is in numbers."""
    closes, paid = advert.closing.at, sums(advert)
    ends = {"validThrough": closes.isoformat()} if closes else {}
    if paid is None:
        return ends
    value = {"@type": "QuantitativeValue", "minValue": paid[0], "maxValue": paid[1], "unitText": advert.pay.unit}
    return {**ends, "baseSalary": {"@type": "MonetaryAmount", "currency": "GBP", "value": value}}


def _rss(view: View) -> list[str]:
    items = [
        "<item>"
        + element("title", advert.title)
        + element("description", with_facts(advert))
        + element("pubDate", rfc822(opened(advert)))
        + element("link", view.base + _path(advert))
        + element("remoteStatus", "none")
        + f'<guid isPermaLink="false">{uuid_of(advert)}</guid>'
        + f"<tt:locations><tt:location>{element('tt:name', advert.place.text)}{element('tt:city', town(advert))}"
        + f"{element('tt:country', COUNTRY[0])}</tt:location></tt:locations>"
        + element("tt:department", advert.department)
        + "</item>"
        for advert in view.adverts
    ]
    head = [element("title", view.partner.name), element("link", f"{view.base}/jobs")]
    start = ['<?xml version="1.0" encoding="UTF-8"?>', f'<rss version="2.0" {SPACE}>', "<channel>"]
    return [*start, *head, *items, "</channel>", "</rss>"]


def _front(view: View) -> Document:
    links = "\n".join(f'<li><a href="{view.base}{_path(each)}">{xml(each.title)}</a></li>' for each in view.adverts)
    made = '<a href="https://www.teamtailor.com/?utm_campaign=poweredby">Career site by Teamtailor</a>'
    feed = f'<link rel="alternate" type="application/rss+xml" title="Jobs" href="{view.base}{FEED}">'
    return careers(view, f'<ul id="jobs_list_container">\n{links}\n</ul>\n{made}', feed)


def _told(advert: Advert) -> Told:
    return Told(str(LONG + advert.number), advert.closing.at, sums(advert))


TEAMTAILOR = Format(
    "teamtailor",
    "Teamtailor JSON Feed",
    ENTRY,
    _path,
    advert_page,
    _listings,
    front=_front,
    adapter="teamtailor",
    told=_told,
)
