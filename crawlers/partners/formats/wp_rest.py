"""WordPress with WP Job Manager: its REST API in pages that the headers count, and a page of jobs that names it."""

from __future__ import annotations

import math
from html import escape
from typing import Any

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import Document, Format, Reply, Told, View, json
from crawlers.partners.formats.pages import advert_page, shell
from crawlers.partners.formats.request import Request
from crawlers.partners.formats.values import last_moment, opened

TYPE = "job-listings"
API = "/wp-json/wp/v2"
ENTRY = f"{API}/{TYPE}"
MOST, USUAL = 100, 10
JSON_API = "application/json; charset=UTF-8"


def _path(advert: Advert) -> str:
    return f"/job/{advert.slug}-{advert.number}/"


def _answers(view: View, request: Request) -> Reply | None:
    path = request.path.rstrip("/")
    if not path.startswith("/wp-json"):
        return None
    one = next((each for each in view.adverts if path == f"{ENTRY}/{_post(each)}"), None)
    if one:
        return Reply(json(_listing(view, one, request), JSON_API), listing=False)
    return _list(view, request) if path == ENTRY else _error("rest_no_route", "No route was found.", 404)


def _post(advert: Advert) -> int:
    return 7000 + advert.number


def _list(view: View, request: Request) -> Reply:
    rows, page = request.number("per_page", USUAL), request.number("page", 1)
    if not 1 <= rows <= MOST:
        return _error("rest_invalid_param", "Invalid parameter(s): per_page", 400)
    total = len(view.adverts)
    pages = math.ceil(total / rows)
    if page > max(pages, 1) or page < 1:
        words = "The page number requested is larger than the number of pages available."
        return _error("rest_post_invalid_page_number", words, 400)
    shown = [_listing(view, each, request) for each in view.adverts[(page - 1) * rows : page * rows]]
    return Reply(json(shown, JSON_API), headers={"X-WP-Total": str(total), "X-WP-TotalPages": str(pages)})


def _error(code: str, message: str, status: int) -> Reply:
    return Reply(json({"code": code, "message": message, "data": {"status": status}}, JSON_API), status)


def _listing(view: View, advert: Advert, request: Request) -> dict[str, Any]:
    """A vacancy as a post; the terms that it is filed under only where they are asked for."""
    link, closes = view.base + _path(advert), advert.closing.at
    post: dict[str, Any] = {
        "id": _post(advert),
        "date": f"{opened(advert):%Y-%m-%dT%H:%M:%S}",
        "guid": {"rendered": f"{view.base}/?post_type=job_listing&#038;p={_post(advert)}"},
        "slug": f"{advert.slug}-{advert.number}",
        "status": "publish",
        "type": "job_listing",
        "link": link,
        "title": {"rendered": _texturised(advert.title)},
        "content": {"rendered": f"{advert.html}\n", "protected": False},
        "author": 1,
        "featured_media": 0,
        "template": "",
        "meta": {
            "_job_location": advert.place.text,
            "_application": f"{view.base}/apply/{advert.number}",
            "_company_name": advert.employer,
            "_company_website": "",
            "_job_expires": closes.date().isoformat() if closes else "",
            "_filled": 0,
            "_featured": 0,
            "_remote_position": 0,
            "_job_salary": advert.pay.text or "",
            "_job_salary_currency": "",
            "_job_salary_unit": "",
        },
        "job-types": [4],
        "class_list": [f"post-{_post(advert)}", "job_listing", "type-job_listing", "status-publish"],
        "_links": {"self": [{"href": f"{view.base}{ENTRY}/{_post(advert)}"}]},
    }
    return post | ({"_embedded": {"wp:term": _terms(advert)}} if request.value("_embed") else {})


def _texturised(title: str) -> str:
    """A title as WordPress prints it: entities by number."""
    return escape(title, quote=False).replace("&amp;", "&#038;")


def _terms(advert: Advert) -> list[list[dict[str, Any]]]:
    rows = (("job_listing_type", advert.terms.contract), ("job_listing_category", advert.family.title()))
    return [[{"id": 4, "name": escape(name), "slug": "", "taxonomy": taxonomy}] for taxonomy, name in rows]


def _front(view: View) -> Document:
    """The page of jobs, which a script fills: its head names the API, as every page of WordPress does."""
    head = f"""<link rel="https://api.w.org/" href="{view.base}/wp-json/" />
<link rel="stylesheet" href="{view.base}/wp-content/plugins/wp-job-manager/assets/dist/css/frontend.css">"""
    listed = '<ul class="job_listings"></ul>\n<a class="load_more_jobs" href="#">Load more listings</a>'
    return shell(view, f"Work for us | {view.partner.name}", f"<h1>Work for us</h1>\n{listed}", head)


def _told(advert: Advert) -> Told:
    return Told(str(_post(advert)), last_moment(advert), advert.pay.text)


WP_REST = Format(
    "wp_rest",
    "WordPress REST API",
    ENTRY,
    _path,
    advert_page,
    answers=_answers,
    front=_front,
    adapter="wp_rest",
    told=_told,
)
