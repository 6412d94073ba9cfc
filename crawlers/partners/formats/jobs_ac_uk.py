"""jobs.ac.uk: RSS by subject that prints facts in lines, and an advert's page with JSON-LD for the rest."""

from __future__ import annotations

from collections.abc import Mapping

from crawlers.partners.adverts import Advert
from crawlers.partners.closing import MONTHS
from crawlers.partners.formats.base import RSS, Document, Format, Told, View, document, element, rfc822, xml
from crawlers.partners.formats.jobposting import graph_page
from crawlers.partners.formats.values import opened

ENTRY = "/feeds/subject-areas/health-and-medical"


def _code(advert: Advert) -> str:
    """Three letters and three digits."""
    return f"DR{chr(ord('A') + advert.number // 1000 % 26)}{advert.number % 1000:03}"


def _path(advert: Advert) -> str:
    return f"/job/{_code(advert)}/{advert.slug}"


def _listings(view: View) -> Mapping[str, Document]:
    head = [element("title", "jobs.ac.uk: Health and Medical"), element("link", f"{view.base}/")]
    items = [_item(view, advert) for advert in view.adverts]
    declaration = '<?xml version="1.0" encoding="UTF-8"?>'
    lines = [declaration, '<rss version="2.0">', "<channel>", *head, *items, "</channel>", "</rss>"]
    return {ENTRY: document(lines, RSS)}


def _item(view: View, advert: Advert) -> str:
    url, day = view.base + _path(advert), advert.closing.at
    facts = [
        f"{xml(advert.employer)} - {xml(advert.department)}",
        f"Salary: {xml(advert.pay.text)}" if advert.pay.text else "",
        f"Closing Date: {day.day} {MONTHS[day.month - 1]} {day.year}" if day else "",
        f"Contract Type: {xml(advert.terms.contract)}",
        f"Hours: {xml(advert.terms.pattern)}",
    ]
    told = "<br />".join(fact for fact in facts if fact)
    rows = [element("title", advert.title), element("link", url), element("description", told)]
    return "\n".join(["<item>", *rows, element("pubDate", rfc822(opened(advert))), "</item>"])


def _told(advert: Advert) -> Told:
    return Told(_code(advert), advert.closing.at, advert.pay.text)


JOBS_AC_UK = Format("jobs_ac_uk", "jobs.ac.uk", ENTRY, _path, graph_page, _listings, adapter="jobs_ac_uk", told=_told)
