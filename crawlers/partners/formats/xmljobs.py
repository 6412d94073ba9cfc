"""One XML file of elements called `job`, as Indeed takes it and as Jooble takes it."""

from __future__ import annotations

from collections.abc import Mapping

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import XML, Document, Format, Told, View, cdata, document, element, rfc822
from crawlers.partners.formats.pages import advert_page
from crawlers.partners.formats.values import COUNTRY, COUNTY, last_moment, opened

HEAD = '<?xml version="1.0" encoding="utf-8"?>'
INDEED, JOOBLE = "/feeds/indeed.xml", "/jooble.xml"


def _path(advert: Advert) -> str:
    return f"/jobs/{advert.number}/{advert.slug}"


def _hidden(name: str, text: str | None) -> str:
    """An element whose text is CDATA; an empty one where there is no text."""
    return f"<{name}>{cdata(text or '')}</{name}>"


def _day(advert: Advert, form: str) -> str | None:
    closes = last_moment(advert)
    return closes.strftime(form) if closes else None


def _indeed(view: View) -> Mapping[str, Document]:
    about = [
        element("publisher", view.partner.name),
        element("publisherurl", f"{view.base}/"),
        element("lastBuildDate", rfc822(view.now)),
    ]
    rows = [_indeed_job(view, advert) for advert in view.adverts]
    return {INDEED: document([HEAD, "<source>", *about, *rows, "</source>"], XML)}


def _indeed_job(view: View, advert: Advert) -> str:
    fields = [
        _hidden("title", advert.title),
        _hidden("date", rfc822(opened(advert))),
        _hidden("referencenumber", advert.reference),
        _hidden("url", view.base + _path(advert)),
        _hidden("company", advert.employer),
        _hidden("sourcename", view.partner.name),
        _hidden("city", advert.place.town or advert.place.text),
        _hidden("state", COUNTY if advert.place.town else None),
        _hidden("country", COUNTRY[1]),
        _hidden("postalcode", advert.place.postcode),
        _hidden("description", advert.html),
        _hidden("salary", advert.pay.text),
        _hidden("jobtype", "parttime" if advert.terms.share < 1 else "fulltime"),
        _hidden("category", advert.family.title()),
        _hidden("expirationdate", _day(advert, "%a, %d %b %Y")),
    ]
    return "\n".join(["<job>", *fields, "</job>"])


def _jooble(view: View) -> Mapping[str, Document]:
    return {JOOBLE: document([HEAD, "<jobs>", *(_jooble_job(view, each) for each in view.adverts), "</jobs>"], XML)}


def _jooble_job(view: View, advert: Advert) -> str:
    fields = [
        _hidden("link", view.base + _path(advert)),
        _hidden("name", advert.title),
        _hidden("region", advert.place.text),
        _hidden("salary", advert.pay.text) if advert.pay.text else "",
        _hidden("description", advert.html),
        _hidden("company", advert.employer),
        element("pubdate", f"{advert.posted:%d.%m.%Y}"),
        element("updated", f"{advert.posted:%d.%m.%Y}"),
        element("expire", _day(advert, "%d.%m.%Y")),
        element("jobtype", advert.terms.contract),
    ]
    return "\n".join([f'<job id="{advert.reference}">', *(each for each in fields if each), "</job>"])


def _told(advert: Advert) -> Told:
    return Told(advert.reference, last_moment(advert), advert.pay.text)


INDEED_XML = Format(
    "indeed_xml", "Indeed XML feed", INDEED, _path, advert_page, _indeed, adapter="indeed_xml", told=_told
)
JOOBLE_XML = Format("jooble", "Jooble XML feed", JOOBLE, _path, advert_page, _jooble, adapter="jooble", told=_told)
