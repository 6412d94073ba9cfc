"""XML that an employer's own programmer made: names of his choice, facts inside one another, no system that we know."""

from __future__ import annotations

from collections.abc import Mapping

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import XML, Document, Format, Told, View, cdata, document, element
from crawlers.partners.formats.pages import advert_page, apply_path
from crawlers.partners.formats.values import last_moment

HEAD = '<?xml version="1.0" encoding="utf-8"?>'
ENTRY = "/export/vacancies.xml"


def _path(advert: Advert) -> str:
    return f"/jobs/{advert.number}/{advert.slug}"


def _listings(view: View) -> Mapping[str, Document]:
    rows = [_post(view, advert) for advert in view.adverts]
    about = element("Exported", view.now.isoformat())
    return {ENTRY: document([HEAD, "<Export>", about, "<Posts>", *rows, "</Posts>", "</Export>"], XML)}


def _post(view: View, advert: Advert) -> str:
    place = element("Town", advert.place.town or advert.place.text) + element("Postcode", advert.place.postcode)
    fields = [
        element("PostReference", advert.reference),
        element("PostTitle", advert.title),
        f"<Organisation>{element('Name', advert.employer)}{element('Team', advert.department)}</Organisation>",
        f"<Location>{place}</Location>",
        f"<Terms>{element('Contract', advert.terms.contract)}{element('Hours', advert.terms.hours)}</Terms>",
        element("SalaryText", advert.pay.text),
        element("ClosingDate", _last_day(advert)),
        element("DatePosted", f"{advert.posted:%d/%m/%Y}"),
        f"<JobDescription>{cdata(advert.html)}</JobDescription>",
        element("AdvertUrl", view.base + _path(advert)),
        element("ApplyUrl", view.original(advert) or view.base + apply_path(advert)),
    ]
    return "\n".join(["<Post>", *(each for each in fields if each), "</Post>"])


def _last_day(advert: Advert) -> str | None:
    closes = last_moment(advert)
    return f"{closes:%d/%m/%Y}" if closes else None


def _told(advert: Advert) -> Told:
    return Told(advert.reference, last_moment(advert), advert.pay.text)


OWN_XML = Format(
    "own_xml",
    "XML of an employer's own making",
    ENTRY,
    _path,
    advert_page,
    listings=_listings,
    adapter="job_list",
    told=_told,
)
