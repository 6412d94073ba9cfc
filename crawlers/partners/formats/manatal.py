"""Manatal: a career page's list in pages by `next`, and the page itself, which an employer frames in its own."""

from __future__ import annotations

from typing import Any

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import Document, Format, Reply, Told, View, json
from crawlers.partners.formats.pages import advert_page
from crawlers.partners.formats.request import Request
from crawlers.partners.formats.values import COUNTRY, COUNTY, careers, sums, town, uuid_of, with_facts

CLIENT = "grovehill-trust"
ENTRY = f"/api/v1.0/c/{CLIENT}/jobs/"
BOARD = f"/{CLIENT}/"
PER_PAGE = 20  # at most, whatever is asked for


def _hash(advert: Advert) -> str:
    return uuid_of(advert)[:8].upper()


def _path(advert: Advert) -> str:
    return f"/{CLIENT}/job/{_hash(advert)}"


def _answers(view: View, request: Request) -> Reply | None:
    if request.path.rstrip("/") == BOARD.rstrip("/"):
        return Reply(_board(view), listing=False)
    if request.path.rstrip("/") != ENTRY.rstrip("/"):
        return None
    size, page = max(1, request.number("page_size", PER_PAGE, PER_PAGE)), max(1, request.number("page", 1))
    shown = view.adverts[(page - 1) * size : page * size]
    if not shown and page > 1:
        return Reply(json({"detail": "Invalid page."}), 404)
    more = page * size < len(view.adverts)
    results = [_job(advert) for advert in shown]
    links = {"next": _page(view, page + 1) if more else None, "previous": _page(view, page - 1) if page > 1 else None}
    return Reply(json({"count": len(view.adverts), **links, "results": results}))


def _page(view: View, number: int) -> str:
    return f"{view.base}{ENTRY}?page={number}"


def _job(advert: Advert) -> dict[str, Any]:
    job = {
        "id": 3_550_000 + advert.number,
        "hash": _hash(advert),
        "position_name": advert.title,
        "description": with_facts(advert),
        "country": COUNTRY[0],
        "state": COUNTY,
        "city": town(advert),
        "address": advert.place.street or "",
        "zipcode": advert.place.postcode or "",
        "location_display": f"{town(advert)}, {COUNTY}, {COUNTRY[0]}",
        "is_salary_visible": _shown(advert),
        "is_pinned_in_career_page": False,
    }
    paid = sums(advert) if _shown(advert) else None
    if paid is None:
        return job
    low, high = (f"{each:.2f}" for each in paid)
    return job | {"salary_min": low, "salary_max": high, "currency_code": "GBP"}


def _shown(advert: Advert) -> bool:
    """Two in three employers let the page show the pay."""
    return advert.number % 3 != 0


def _board(view: View) -> Document:
    """The career page, whose script fetches the jobs."""
    names = f'const baseUrl = "{view.base}", clientSlug = "{CLIENT}"'
    base = f"{names}, apiBaseURL = `${{baseUrl}}/api/v1.0/c/${{clientSlug}}/`"
    made = '<a href="https://www.manatal.com/?utm_source=career-page">Powered by Manatal</a>'
    return careers(view, f'<div id="careers-page-app"></div>\n<script>\n{base}\n</script>\n{made}')


def _front(view: View) -> Document:
    return careers(view, f'<iframe src="{view.base}{BOARD}" title="Jobs" width="100%" height="900"></iframe>')


def _told(advert: Advert) -> Told:
    return Told(_hash(advert), None, sums(advert) if _shown(advert) else None)


MANATAL = Format(
    "manatal",
    "Manatal career page",
    ENTRY,
    _path,
    advert_page,
    answers=_answers,
    front=_front,
    adapter="manatal",
    told=_told,
)
