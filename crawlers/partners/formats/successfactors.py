"""SuccessFactors with its feed switched off: tiles three times over, ten at once, and an advert's page in microdata."""

from __future__ import annotations

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import Document, Format, Reply, View, xml
from crawlers.partners.formats.jobposting import microdata_page
from crawlers.partners.formats.pages import shell
from crawlers.partners.formats.request import Request

SEARCH, TILES = "/search/", "/tile-search-results/"
ENTRY = f"{SEARCH}?q="
ROWS = 10
SCRIPT = '<script src="/platform/js/j2w/min/j2w.core.min.js"></script>'
SIZES = ("desktop", "tablet", "mobile")


def _path(advert: Advert) -> str:
    return f"/job/{advert.slug}/{1_400_000 + advert.number}/"


def _answers(view: View, request: Request) -> Reply | None:
    if request.path not in (SEARCH, TILES):
        return None
    first = request.number("startrow", 0)
    tiles = "\n".join(_tile(view.adverts[n], n) for n in range(first, min(first + ROWS, len(view.adverts))))
    if request.path == TILES:
        return Reply(Document(f"<!DOCTYPE html>\n{tiles}".encode()))
    last = min(first + ROWS, len(view.adverts))
    shown = f'<span id="tile-search-results-label">Showing {first + 1} to {last} of {len(view.adverts)} Jobs</span>'
    body = f'<div class="job-tile-result-container">\n{shown}\n<ul id="job-tile-list">\n{tiles}\n</ul>\n</div>'
    return Reply(shell(view, f"{view.partner.name} Jobs", body, SCRIPT))


def _tile(advert: Advert, row: int) -> str:
    number, path = 1_400_000 + advert.number, xml(_path(advert))
    title = f'<a class="jobTitle-link" href="{path}"> {xml(advert.title)} </a>'
    rows = [("customfield1", "Req ID", advert.reference), ("date", "Date", f"{advert.posted:%b %-d, %Y}")]
    rows += [("location", "Location", advert.place.text)]
    sizes = "\n".join(
        f'<div class="sub-section sub-section-{size}">{title}{_sections(number, size, rows)}</div>' for size in SIZES
    )
    return f'<li class="job-tile job-id-{number} job-row-index-{row + 1}" data-url="{path}">\n{sizes}\n</li>'


def _sections(number: int, size: str, rows: list[tuple[str, str, str]]) -> str:
    return "".join(
        f'<div id="job-{number}-{size}-section-{name}" class="section-field"><span class="section-label">{label}</span>'
        f'<div id="job-{number}-{size}-section-{name}-value">{xml(said)} </div></div>'
        for name, label, said in rows
    )


def _front(view: View) -> Document:
    body = f'<h1>Careers at {xml(view.partner.name)}</h1>\n<p><a href="{ENTRY}">View all jobs</a></p>'
    return shell(view, f"Careers at {view.partner.name}", body, SCRIPT)


SUCCESSFACTORS = Format(
    "successfactors",
    "SuccessFactors tiles",
    ENTRY,
    _path,
    microdata_page,
    answers=_answers,
    front=_front,
    adapter="successfactors",
)
