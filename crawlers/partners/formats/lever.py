"""Lever: the Postings API in pages by `skip` and `limit`, and a careers page that reads it with a script of its own."""

from __future__ import annotations

from typing import Any

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import Document, Format, Reply, Told, View, json
from crawlers.partners.formats.pages import advert_page
from crawlers.partners.formats.request import Request
from crawlers.partners.formats.values import COUNTRY, careers, opened, plain, sums, uuid_of

SITE = "trentvalleyhospice"
LIST = f"/v0/postings/{SITE}"
ENTRY = f"{LIST}?mode=json"
FORM = "/apply"
INTERVALS = {"DAY": "per-day-wage", "HOUR": "per-hour-wage", "YEAR": "per-year-salary"}


def _path(advert: Advert) -> str:
    return f"/{SITE}/{uuid_of(advert)}"


def _answers(view: View, request: Request) -> Reply | None:
    if request.path.rstrip("/") != LIST:
        return None
    skip = request.number("skip", 0)
    limit = request.number("limit", len(view.adverts))
    postings = [_posting(view, advert) for advert in view.adverts[skip : skip + limit]]
    if request.value("mode") != "json":
        return Reply(_page(view))
    return Reply(json(_by_team(postings) if request.value("group") == "team" else postings))


def _by_team(postings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for posting in postings:
        found.setdefault(posting["categories"]["team"], []).append(posting)
    return [{"title": team, "postings": those} for team, those in found.items()]


def _posting(view: View, advert: Advert) -> dict[str, Any]:
    first, *rest = advert.blocks
    lists = [block for block in rest if "<ul>" in block]
    other = "".join(block for block in rest if "<ul>" not in block)
    url = view.base + _path(advert)
    posting = {
        "additionalPlain": plain(other),
        "additional": other,
        "categories": {
            "commitment": advert.terms.contract,
            "department": advert.department,
            "location": advert.place.text,
            "team": advert.family.title(),
            "allLocations": [advert.place.text],
        },
        "createdAt": int(opened(advert).timestamp() * 1000) + 939,
        "descriptionPlain": plain(first),
        "description": f"<div>{first}</div>",
        "id": uuid_of(advert),
        "lists": [_list(block) for block in lists],
        "text": advert.title,
        "country": COUNTRY[1],
        "workplaceType": "unspecified",
        "opening": "",
        "openingPlain": "",
        "descriptionBody": f"<div>{first}</div>",
        "descriptionBodyPlain": plain(first),
        "hostedUrl": url,
        "applyUrl": url + FORM,
    }
    return posting | _pay(advert)


def _list(block: str) -> dict[str, str]:
    """A heading, and its items without a list around them."""
    heading, _, items = block.partition("<ul>")
    return {"text": plain(heading), "content": items.removesuffix("</ul>").replace("<li>", "\n<li>")}


def _pay(advert: Advert) -> dict[str, Any]:
    """Pay as words for two in three, as a range for the rest."""
    paid = sums(advert)
    if advert.number % 3 or paid is None:
        words = advert.pay.text
        return {"salaryDescription": f"<div>{words}</div>", "salaryDescriptionPlain": words} if words else {}
    interval = INTERVALS[advert.pay.unit]
    return {"salaryRange": {"currency": "GBP", "interval": interval, "min": paid[0], "max": paid[1]}}


def _page(view: View) -> Document:
    links = [f'<a href="{view.base}{_path(advert)}">{plain(advert.title)}</a>' for advert in view.adverts]
    return careers(view, "\n".join(links))


def _front(view: View) -> Document:
    script = f"""<div id="lever-jobs"></div>
<script>
fetch("{view.base}{LIST}?group=team&mode=json").then((answer) => answer.json()).then(show)
function show(groups) {{
  for (const job of groups.flatMap((group) => group.postings)) {{
    const link = document.createElement("a")
    link.href = job.hostedUrl
    link.textContent = job.text
    document.querySelector("#lever-jobs").append(link, document.createElement("br"))
  }}
}}
</script>"""
    return careers(view, script)


def _told(advert: Advert) -> Told:
    in_numbers = advert.number % 3 == 0 and sums(advert)
    return Told(uuid_of(advert), None, in_numbers or advert.pay.text)


LEVER = Format(
    "lever",
    "Lever postings API",
    ENTRY,
    _path,
    advert_page,
    answers=_answers,
    front=_front,
    adapter="lever",
    form_below=FORM,
    told=_told,
)
