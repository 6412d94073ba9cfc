"""Sites that have no feed: a sitemap lists their pages, and each advert's page holds a JobPosting."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping, Sequence

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import XML, Document, Format, Told, View, element, in_full
from crawlers.partners.formats.jobposting import graph_page, microdata_page, nhs_page

SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
PER_FILE = 60
BOM = "\ufeff"


def _path(advert: Advert) -> str:
    return f"/jobs/{advert.number}-{advert.slug}"


def _urlset(view: View, adverts: Sequence[Advert]) -> str:
    pages = [("/", view.today), ("/about-us", view.today)] + [(_path(each), each.posted) for each in adverts]
    rows = [
        f"<url>{element('loc', view.base + path)}{element('lastmod', day.isoformat())}</url>" for path, day in pages
    ]
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', f"<urlset {SPACE}>", *rows, "</urlset>", ""])


def _plain(view: View) -> Mapping[str, Document]:
    return {"/sitemap.xml": Document(_urlset(view, view.adverts).encode(), XML)}


def _odd(view: View) -> Mapping[str, Document]:
    """With a byte order mark, and the content type of nothing in particular."""
    text = BOM + _urlset(view, view.adverts).replace("\n", "\r\n")
    return {"/sitemap.xml": Document(text.encode(), "application/octet-stream")}


def _gzipped(view: View) -> Mapping[str, Document]:
    content = gzip.compress(_urlset(view, view.adverts).encode(), mtime=0)
    return {"/sitemap.xml.gz": Document(content, "application/x-gzip")}


def _index(view: View) -> Mapping[str, Document]:
    """An index file, and a sitemap for each sixty adverts."""
    parts = [view.adverts[at : at + PER_FILE] for at in range(0, len(view.adverts), PER_FILE)]
    files = {
        f"/sitemap-jobs-{number}.xml": Document(_urlset(view, part).encode(), XML)
        for number, part in enumerate(parts, start=1)
    }
    rows = [f"<sitemap>{element('loc', view.base + path)}</sitemap>" for path in files]
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    text = "\n".join([head, f"<sitemapindex {SPACE}>", *rows, "</sitemapindex>", ""])
    return {"/sitemap.xml": Document(text.encode(), XML), **files}


def _graph_told(advert: Advert) -> Told:
    """The words of every other advert's pay, the sums of the rest."""
    pay = advert.pay
    sums = (pay.minimum, pay.maximum) if advert.number % 2 and pay.minimum and pay.maximum else None
    return Told(advert.reference, advert.closing.at, sums or pay.text)


def _format(
    key: str,
    name: str,
    entry: str,
    listings: Callable[[View], Mapping[str, Document]],
    page: Callable[[View, Advert], Document],
    told: Callable[[Advert], Told] = in_full,
) -> Format:
    fields = {"match": r"/jobs/\d+-"}
    return Format(key, name, entry, _path, page, listings, adapter="sitemap", fields=fields, in_robots=True, told=told)


MICRODATA = _format("microdata", "sitemap and microdata", "/sitemap.xml", _odd, microdata_page)
JSONLD_PLAIN = _format("jsonld_plain", "sitemap and JSON-LD", "/sitemap.xml", _plain, graph_page, _graph_told)
JSONLD_GZIP = _format("jsonld_gzip", "gzipped sitemap and JSON-LD", "/sitemap.xml.gz", _gzipped, nhs_page)
JSONLD_INDEX = _format("jsonld_index", "sitemap index and JSON-LD", "/sitemap.xml", _index, graph_page, _graph_told)
