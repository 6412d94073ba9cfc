"""Greenhouse: the Job Board API's list, and the script by which an employer shows the board on its own page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from html import escape
from typing import Any

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import Document, Format, Reply, Told, View, json
from crawlers.partners.formats.pages import advert_page
from crawlers.partners.formats.request import Request
from crawlers.partners.formats.values import board_script, careers, opened, town, with_facts

BOARD = "/v1/boards/larkhillhomes/jobs"
ENTRY = f"{BOARD}?content=true"
SCRIPT = "/embed/job_board/js"
EASTERN = dt.timezone(dt.timedelta(hours=-5))  # all its times are its own, in November


def _path(advert: Advert) -> str:
    return f"/careers/vacancy?gh_jid={advert.number}"


def _listings(view: View) -> Mapping[str, Document]:
    jobs = [_job(view, advert) for advert in view.adverts]
    short = [{name: value for name, value in job.items() if name not in LONG} for job in jobs]
    total = {"total": len(jobs)}
    return {ENTRY: json({"jobs": jobs, "meta": total}), BOARD: json({"jobs": short, "meta": total})}


LONG = ("content", "departments", "offices")


def _job(view: View, advert: Advert) -> dict[str, Any]:
    closes = advert.closing.at
    return {
        "absolute_url": view.base + _path(advert),
        "data_compliance": [
            {
                "type": "gdpr",
                "requires_consent": False,
                "requires_processing_consent": False,
                "requires_retention_consent": False,
                "retention_period": None,
                "demographic_data_consent_applies": False,
            }
        ],
        "internal_job_id": advert.number + 40_000,
        "location": {"name": advert.place.text},
        "metadata": [
            {"id": 77, "name": "Contract", "value": advert.terms.contract, "value_type": "single_select"},
            {"id": 78, "name": "Reviewed on", "value": None, "value_type": "date"},
        ],
        "id": advert.number,
        "updated_at": _eastern(opened(advert) + dt.timedelta(hours=30)),
        "requisition_id": advert.reference,
        "title": f"{advert.title} ",
        "company_name": advert.employer,
        "first_published": _eastern(opened(advert)),
        "language": "en",
        "application_deadline": _eastern(closes) if closes else None,
        "content": escape(with_facts(advert)),
        "departments": [{"id": 5, "name": advert.department, "child_ids": [], "parent_id": None}],
        "offices": [{"id": 9, "name": town(advert), "location": None, "child_ids": [], "parent_id": None}],
        "ai_disclaimer": None,
    }


def _eastern(moment: dt.datetime) -> str:
    return moment.astimezone(EASTERN).isoformat(timespec="seconds")


def _answers(view: View, request: Request) -> Reply | None:
    return Reply(board_script(view, _path), listing=False) if request.path == SCRIPT else None


def _front(view: View) -> Document:
    script = f'<script src="{view.base}{SCRIPT}?for=larkhillhomes"></script>'
    return careers(view, f'<div id="grnhse_app"></div>\n{script}')


def _told(advert: Advert) -> Told:
    return Told(str(advert.number), advert.closing.at, None)


GREENHOUSE = Format(
    "greenhouse",
    "Greenhouse job board API",
    ENTRY,
    _path,
    advert_page,
    _listings,
    _answers,
    front=_front,
    adapter="greenhouse",
    told=_told,
)
