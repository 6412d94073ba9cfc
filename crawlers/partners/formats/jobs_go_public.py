"""JobsGoPublic: a Next.js board, 25 jobs a page in `__NEXT_DATA__`, addresses as lists, sums with six decimals."""

from __future__ import annotations

import json
from typing import Any

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import Document, Format, Reply, Told, View, xml
from crawlers.partners.formats.pages import shell
from crawlers.partners.formats.request import Request
from crawlers.partners.formats.values import careers, opened, sums

ENTRY = "/jobs"
ROWS = 25


def _path(advert: Advert) -> str:
    return f"/job/{advert.slug}-{_number(advert)}"


def _number(advert: Advert) -> int:
    return 410_000 + advert.number


def _answers(view: View, request: Request) -> Reply | None:
    if request.path != ENTRY:
        return None
    page = max(1, request.number("page", 1))
    shown = view.adverts[(page - 1) * ROWS : page * ROWS]
    jobs = {"__typename": "JobSearch", "result_count": len(view.adverts), "pages": [_job(each) for each in shown]}
    top = [{"__typename": "JobAlert", "id": 1, "title": "Jobs by e-mail"}]
    return Reply(_next(view, "Jobs", {"data": {"jobs": jobs}, "promoted": top}, "/jobs"))


def _job(advert: Advert) -> dict[str, Any]:
    path, closes = _path(advert), advert.closing.at
    return {
        "__typename": "Job",
        "id": _number(advert),
        "title": advert.title,
        "organization": advert.employer,
        "organizationProfile": {"__typename": "OrganizationProfile", "id": 28, "name": advert.employer},
        "url": {"__typename": "Url", "path": path},
        "urlNoPrefix": path,
        "linkUrl": None,
        "expiration": closes.isoformat() if closes else None,
        "published": opened(advert).isoformat(),
        "formattedExpiration": f"{closes:%d/%m/%Y}" if closes else None,
        "workflowState": {"__typename": "WorkflowState", "value": "published", "label": "Published"},
        "address": [advert.place.text],
        "occupationalField": [{"__typename": "Term", "tid": 523, "label": f" {advert.family.title()}"}],
        "salaryRange": [],
        "salaryRangeFree": _pay(advert),
        "absoluteUrl": None,
        "applicationWorkflow": "external",
        "remoteOptions": [],
    }


def _pay(advert: Advert) -> dict[str, str | None]:
    low, high = sums(advert) or (None, None)
    return {
        "__typename": "SalaryRangeFree",
        "minSalary": None if low is None else f"{low:.6f}",
        "maxSalary": None if high is None else f"{high:.6f}",
        "currencyCode": None if low is None else "GBP",
        "salaryUnit": None if low is None else advert.pay.unit,
    }


def _page(view: View, advert: Advert) -> Document:
    """An advert's page, with similar ones beside it as the board has them."""
    whole = {
        **_job(advert),
        "body": advert.html,
        "applicationLink": view.original(advert) or f"{view.base}/apply/{advert.number}",
        "employmentType": [
            {"__typename": "Term", "label": each} for each in (advert.terms.contract, advert.terms.pattern)
        ],
    }
    others = [_job(each) for each in view.adverts[:3] if each is not advert]
    route = {"__typename": "JobRoute", "content": whole}
    return _next(view, "", {"data": {"similar": others, "jobByPath": route}}, "/job/[slug]")


def _next(view: View, title: str, data: dict[str, Any], route: str) -> Document:
    held = json.dumps(
        {"props": {"pageProps": data}, "page": route, "buildId": "k3vXo", "query": {}}, ensure_ascii=False
    )
    safe = held.replace("<", "\\u003c")
    body = f'<div id="__next">{xml(title)}</div>\n<script id="__NEXT_DATA__" type="application/json">{safe}</script>'
    return shell(view, title, body)


def _front(view: View) -> Document:
    return careers(view, f'<a href="{view.base}{ENTRY}">Search our jobs</a>')


def _told(advert: Advert) -> Told:
    paid = sums(advert)
    low, high = (f"{value:.2f}".removesuffix(".00") for value in paid) if paid else ("", "")
    amount = low if low == high else f"{low} - {high}"
    return Told(str(_number(advert)), advert.closing.at, f"{amount} GBP {advert.pay.unit}" if paid else None)


JOBS_GO_PUBLIC = Format(
    "jobs_go_public",
    "JobsGoPublic (Jobiqo)",
    ENTRY,
    _path,
    _page,
    answers=_answers,
    front=_front,
    adapter="jobs_go_public",
    told=_told,
)
