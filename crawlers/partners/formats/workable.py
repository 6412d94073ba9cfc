"""Workable: the widget's list, in which a job in two places stands twice; the board is shown by a script and a link."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import Document, Format, Reply, Told, View, json
from crawlers.partners.formats.pages import advert_page
from crawlers.partners.formats.request import Request
from crawlers.partners.formats.values import COUNTRY, COUNTY, board_script, careers, town, uuid_of, with_facts

ACCOUNT = "maltings-arts"
LIST = f"/api/v1/widget/accounts/{ACCOUNT}"
ENTRY = f"{LIST}?details=true"
FORM = "/apply"


def shortcode(advert: Advert) -> str:
    """A job's name in its links."""
    return uuid_of(advert)[-10:].upper()


def _path(advert: Advert) -> str:
    return f"/j/{shortcode(advert)}"


def _listings(view: View) -> Mapping[str, Document]:
    jobs = [job for advert in view.adverts for job in _jobs(view, advert)]
    short = [{name: value for name, value in job.items() if name != "description"} for job in jobs]
    account = {"name": view.partner.name, "description": None}
    return {ENTRY: json({**account, "jobs": jobs}), LIST: json({**account, "jobs": short})}


def _jobs(view: View, advert: Advert) -> list[dict[str, Any]]:
    """The job in each of its places: one in five also has the county town."""
    places = [town(advert), *(["Newark-on-Trent"] if advert.number % 5 == 0 else [])]
    url = view.base + _path(advert)
    return [
        {
            "title": advert.title,
            "shortcode": shortcode(advert),
            "code": advert.reference,
            "employment_type": advert.terms.contract,
            "telecommuting": False,
            "department": advert.department,
            "url": url,
            "shortlink": url,
            "application_url": url + FORM,
            "published_on": advert.posted.isoformat(),
            "created_at": advert.posted.isoformat(),
            "country": COUNTRY[0],
            "city": place,
            "state": COUNTY,
            "education": "",
            "experience": "",
            "function": advert.family.title(),
            "industry": "Government Administration",
            "locations": [
                {"country": COUNTRY[0], "countryCode": COUNTRY[1], "city": place, "region": COUNTY, "hidden": False}
            ],
            "description": with_facts(advert),
        }
        for place in dict.fromkeys(places)
    ]


def _answers(view: View, request: Request) -> Reply | None:
    embeds = request.path == LIST and request.value("callback")
    return Reply(board_script(view, _path), listing=False) if embeds else None


def _front(view: View) -> Document:
    script = (
        f'<script src="{view.base}/api/v1/widget/accounts/{ACCOUNT}?origin=embed&amp;callback=whrcallback"></script>'
    )
    return careers(view, f'<div id="whr_embed_hook"></div>\n{script}')


def _told(advert: Advert) -> Told:
    return Told(shortcode(advert), None, None)


WORKABLE = Format(
    "workable",
    "Workable widget",
    ENTRY,
    _path,
    advert_page,
    _listings,
    _answers,
    _front,
    adapter="workable",
    form_below=FORM,
    told=_told,
)
