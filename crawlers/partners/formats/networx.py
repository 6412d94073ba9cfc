"""networx (current-vacancies.com): RSS 2.0 whose items hold a Vacancy record in a10:content."""

from __future__ import annotations

from collections.abc import Mapping

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import RSS, Document, Format, Told, View, cdata, document, element
from crawlers.partners.formats.pages import advert_page

ENTRY = "/RSSFeeds/Vacancies/OAKLEAF?feedID=5f1d2c7a90b34e6f8a12d3c4b5e6f701"


def _path(advert: Advert) -> str:
    return f"/Jobs/Advert/{advert.number}?cid=2041"


def _listing(view: View) -> Mapping[str, Document]:
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<rss xmlns:a10="http://www.w3.org/2005/Atom" version="2.0">',
        "<channel>",
        element("title", f"{view.partner.name} vacancies"),
        element("description", "Vacancies"),
        element("link", f"{view.base}/"),
        *(_item(view, advert) for advert in view.adverts),
        "</channel>",
        "</rss>",
    ]
    return {ENTRY: document(lines, RSS)}


def _item(view: View, advert: Advert) -> str:
    closes = f"{advert.closing.at:%d/%m/%Y %H:%M:%S}" if advert.closing.at else None
    town = advert.place.town
    where = f"{town},_Nottinghamshire" if town and advert.number % 4 == 0 else advert.place.text
    return "\n".join(
        [
            "<item>",
            element("link", view.base + _path(advert)),
            element("title", advert.title),
            element("a10:updated", f"{view.now:%Y-%m-%dT%H:%M:%SZ}"),
            '<a10:content type="text/xml"><Vacancy xmlns="">',
            element("VacancyID", advert.number),
            element("vTitle", advert.title),
            element("Vacancy_title", advert.title),
            element("Salary", advert.pay.text),
            f"<Advert_text>{cdata(advert.html)}</Advert_text>",
            element("Expiry_date", closes),
            element("vContractType", f"{advert.terms.contract}, {advert.terms.pattern}"),
            element("Hours", advert.terms.hours),
            element("Job_Location", where),
            "</Vacancy></a10:content>",
            "</item>",
        ]
    )


def _told(advert: Advert) -> Told:
    return Told(str(advert.number), advert.closing.at, advert.pay.text)


NETWORX = Format("networx", "RSS 2.0, networx", ENTRY, _path, advert_page, _listing, adapter="networx", told=_told)
