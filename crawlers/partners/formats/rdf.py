"""RSS 1.0 (RDF), with Dublin Core, the content module and a job vocabulary."""

from __future__ import annotations

from collections.abc import Mapping

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import Document, Format, View, cdata, document, element, xml
from crawlers.partners.formats.pages import advert_page, apply_path

ROOT = (
    '<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:job="{base}/terms#">'
)


def _path(advert: Advert) -> str:
    return f"/vacancy/{advert.number}.html"


def _listing(view: View) -> Mapping[str, Document]:
    items = "".join(f'<rdf:li rdf:resource="{view.base}{_path(advert)}"/>' for advert in view.adverts)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        ROOT.format(base=view.base),
        f'<channel rdf:about="{view.base}/jobs.rdf">',
        element("title", f"{view.partner.name}: vacancies"),
        element("link", f"{view.base}/"),
        element("description", "Every post that is open to applications"),
        f"<items><rdf:Seq>{items}</rdf:Seq></items>",
        "</channel>",
        *(_item(view, advert) for advert in view.adverts),
        "</rdf:RDF>",
    ]
    return {"/jobs.rdf": document(lines, "application/rdf+xml")}


def _item(view: View, advert: Advert) -> str:
    url = view.base + _path(advert)
    return "\n".join(
        [
            f'<item rdf:about="{xml(url)}">',
            element("title", advert.title),
            element("link", url),
            element("description", advert.place.text),
            f"<content:encoded>{cdata(advert.html)}</content:encoded>",
            element("dc:date", f"{advert.posted}T08:00:00+00:00"),
            element("job:reference", advert.reference),
            element("job:employer", advert.employer),
            element("job:location", advert.place.text),
            element("job:salary", advert.pay.text),
            element("job:contractType", advert.terms.contract),
            element("job:workingPattern", advert.terms.pattern),
            element("job:hours", advert.terms.hours),
            element("job:closingDate", advert.closing.text),
            element("job:applyUrl", view.base + apply_path(advert)),
            "</item>",
        ]
    )


RDF = Format("rdf", "RSS 1.0 (RDF)", "/jobs.rdf", _path, advert_page, _listing)
