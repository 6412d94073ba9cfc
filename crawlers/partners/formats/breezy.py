"""Breezy: a careers site whose list for programs has no descriptions; each job's page has them, and a JobPosting."""

from __future__ import annotations

from json import dumps
from typing import Any

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import Document, Format, Reply, Told, View, json, xml
from crawlers.partners.formats.pages import apply_link, shell
from crawlers.partners.formats.request import Request
from crawlers.partners.formats.values import COUNTRY, opened, town, uuid_of

ENTRY = "/json"


def _number(advert: Advert) -> str:
    return uuid_of(advert).replace("-", "")[:14]


def _path(advert: Advert) -> str:
    return f"/p/{_number(advert)}-{advert.slug}"


def _answers(view: View, request: Request) -> Reply | None:
    if request.path != ENTRY:
        return None
    return Reply(json([_position(view, advert) for advert in view.adverts]))


def _position(view: View, advert: Advert) -> dict[str, Any]:
    place = {
        "country": {"name": COUNTRY[0], "id": COUNTRY[1]},
        "city": town(advert),
        "is_remote": False,
        "name": advert.place.text,
    }
    return {
        "id": _number(advert),
        "friendly_id": f"{_number(advert)}-{advert.slug}",
        "name": advert.title,
        "url": view.base + _path(advert),
        "published_date": opened(advert).isoformat(),
        "type": {"id": "other", "name": advert.terms.contract},
        "location": place,
        "locations": [place],
        "department": advert.department,
        "salary": advert.pay.text or "",
        "company": {"name": advert.employer, "friendly_id": view.partner.slug},
    }


def _page(view: View, advert: Advert) -> Document:
    posting = {
        "@context": "http://schema.org",
        "@type": "JobPosting",
        "title": advert.title,
        "datePosted": advert.posted.isoformat(),
        "hiringOrganization": {"@type": "Organization", "name": advert.employer},
        "description": advert.html,
    }
    script = dumps(posting, ensure_ascii=False).replace("</", "<\\/")
    body = f'<h1>{xml(advert.title)}</h1>\n<div class="description">{advert.html}</div>\n{apply_link(view, advert)}'
    return shell(view, advert.title, body, f'<script type="application/ld+json">{script}</script>')


def _front(view: View) -> Document:
    items = "\n".join(
        f'<li class="position"><a href="{_path(advert)}"><h2>{xml(advert.title)}</h2></a></li>'
        for advert in view.adverts
    )
    head = '<script src="https://assets-cdn.breezy.hr/breezy-portal/scripts/portal.js"></script>'
    return shell(view, f"Careers | {view.partner.name}", f"<h1>Work with us</h1>\n<ul>\n{items}\n</ul>", head)


def _told(advert: Advert) -> Told:
    return Told(_number(advert), None, advert.pay.text)


BREEZY = Format("breezy", "Breezy", ENTRY, _path, _page, answers=_answers, front=_front, adapter="breezy", told=_told)
