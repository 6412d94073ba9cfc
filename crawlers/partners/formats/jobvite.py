"""Jobvite: pages of a search, counted from nought, with places that may be a mere number of them."""

from __future__ import annotations

from json import dumps

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import Document, Format, Reply, Told, View, xml
from crawlers.partners.formats.pages import apply_link, shell
from crawlers.partners.formats.request import Request
from crawlers.partners.formats.values import careers, uuid_of, with_facts

SITE = "/trentcommunity"
ENTRY = f"{SITE}/jobs"
SEARCH = f"{SITE}/search"
ROWS = 50
SEPARATOR = '<span class="jv-inline-separator"></span>'


def _number(advert: Advert) -> str:
    return f"o{uuid_of(advert)[:7]}"


def _path(advert: Advert) -> str:
    return f"{SITE}/job/{_number(advert)}"


def _answers(view: View, request: Request) -> Reply | None:
    if request.path == ENTRY:
        return Reply(_list(view, view.adverts, ""))
    if request.path != SEARCH:
        return None
    first = request.number("p", 0) * ROWS
    shown = view.adverts[first : first + ROWS]
    told = f'<p class="jv-pagination-text">{first + 1}-{first + len(shown)} of {len(view.adverts)}</p>'
    return Reply(_list(view, shown, told if shown else ""))


def _list(view: View, adverts: tuple[Advert, ...], told: str) -> Document:
    rows = "\n".join(
        f'<tr><td class="jv-job-list-name"><a href="{_path(advert)}">{xml(advert.title)}</a></td>'
        f'<td class="jv-job-list-location">{xml(advert.place.text)}</td></tr>'
        for advert in adverts
    )
    table = f'<table class="jv-job-list"><tbody>\n{rows}\n</tbody></table>'
    none = '<p class="jv-page-message">No results found</p>'
    return shell(view, f"{view.partner.name} Careers", f"<h2>Jobs</h2>\n{told}\n{table if adverts else none}")


def _page(view: View, advert: Advert) -> Document:
    posting = {
        "@context": "http://schema.org",
        "@type": "JobPosting",
        "title": advert.title,
        "datePosted": advert.posted.isoformat(),
        "employmentType": advert.terms.contract,
        "hiringOrganization": {"@type": "Organization", "name": view.partner.name},
        "identifier": {"@type": "PropertyValue", "name": view.partner.name, "value": _number(advert)},
    }
    script = dumps(posting, ensure_ascii=False).replace("</", "<\\/")
    body = f"""<h2 class="jv-header">{xml(advert.title)}</h2>
<p class="jv-job-detail-meta">{xml(advert.department)} {SEPARATOR} {xml(advert.place.text)}</p>
<div class="jv-job-detail-description">{with_facts(advert)}</div>
{apply_link(view, advert)}"""
    return shell(view, advert.title, body, f'<script type="application/ld+json">{script}</script>')


def _front(view: View) -> Document:
    return careers(view, f'<p><a href="{ENTRY}">Current opportunities</a></p>')


def _told(advert: Advert) -> Told:
    return Told(_number(advert), None, None)


JOBVITE = Format(
    "jobvite", "Jobvite", ENTRY, _path, _page, answers=_answers, front=_front, adapter="jobvite", told=_told
)
