"""Oleeo (TAL.net) with its feed turned off: a board as a web page, 50 rows at `?start=N`, a new visit in every link."""

from __future__ import annotations

import hashlib
import re

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import Document, Format, Reply, View, xml
from crawlers.partners.formats.pages import shell
from crawlers.partners.formats.request import Request
from crawlers.partners.formats.tal import closing_words, told
from crawlers.partners.formats.values import careers, town

CENTRE = "/vx/lang-en-GB/mobile-0/appcentre-1/brand-4"
BOARD = "/candidate/jobboard/vacancy/2/adv/"
ENTRY = f"{CENTRE}{BOARD}"
VISIT = re.compile(r"/xf-[0-9a-f]{12}(?=/)")
ROWS = 50
HEADS = ("Job Title", "City/Town", "Salary Range", "Closing Date", "Organisation")


def _path(advert: Advert) -> str:
    return f"{CENTRE}/candidate/so/pm/1/pl/2/opp/{advert.number}-{advert.slug}/en-GB"


def _answers(view: View, request: Request) -> Reply | None:
    path = VISIT.sub("", request.path)
    if path.rstrip("/") == ENTRY.rstrip("/"):
        return Reply(_board(view, request.number("start", 0)))
    found = next((each for each in view.adverts if _path(each) == path), None)
    return Reply(_page(view, found), listing=False) if found else None


def _visit(view: View, page: int) -> str:
    """The segment of a visit: another on each page, and on each day."""
    return "xf-" + hashlib.sha256(f"{view.today} {page}".encode()).hexdigest()[:12]


def _board(view: View, start: int) -> Document:
    """A page of the board: a table, or tiles on its every other page."""
    shown, visit = view.adverts[start : start + ROWS], _visit(view, start)
    links = [(each, view.base + _path(each).replace(CENTRE, f"{CENTRE}/{visit}", 1)) for each in shown]
    listed = _table(links) if start // ROWS % 2 == 0 else _tiles(links)
    total = len(view.adverts)
    onward = f'<span class="next_links"><a href="?start={start + ROWS}">Next page</a></span>'
    body = f"""<h1 class="job-board-title">Opportunities</h1>
<h2 role="alert">{total} {"result matches" if total == 1 else "results match"}!</h2>
{listed if shown else '<p class="no_results_message">There are no vacancies to show.</p>'}
<div class="paging">{onward if start + ROWS < total else ""}</div>"""
    return shell(view, "Search results", body)


def _table(links: list[tuple[Advert, str]]) -> str:
    head = "".join(f'<th class="comm_list_thead">{label}</th>' for label in HEADS)
    rows = "\n".join(_row(advert, url) for advert, url in links)
    begin = '<table class="table solr_search_list" summary="results match">'
    return f'{begin}\n<thead><tr class="opp_">{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>'


def _row(advert: Advert, url: str) -> str:
    facts = (town(advert), advert.pay.text, closing_words(advert.closing), advert.employer)
    cells = "".join(f'<td class="comm_list_tbody"> {xml(said or "")} </td>' for said in facts)
    title = xml(advert.title)
    return (
        f'<tr class="opp_{advert.number} search_res details_row" data-oppid="{advert.number}" data-title="{title}">'
        f'<td class="comm_list_tbody"><a class="subject" href="{url}">\n  {title} </a></td>{cells}</tr>'
    )


def _tiles(links: list[tuple[Advert, str]]) -> str:
    return f'<ul id="tile-results-list">\n{"".join(_tile(advert, url) for advert, url in links)}</ul>'


def _tile(advert: Advert, url: str) -> str:
    rows = [
        ("ID", advert.number),
        ("Location", town(advert)),
        ("Salary Range", advert.pay.text),
        ("Closing Date", closing_words(advert.closing)),
        ("Organisation", advert.employer),
    ]
    fields = "\n".join(
        f'<div class="candidate-opp-field-{n}">'
        f'<span class="candidate-opp-field-label">{label}:</span> {xml(said)}</div>'
        for n, (label, said) in enumerate(rows, 2)
        if said
    )
    return f"""<li class="col-md-6 opp-container" id="oppid-{advert.number}" data-oppid="{advert.number}">
<div class="opp_{advert.number} search_res details_row candidate-opp-tile" data-oppid="{advert.number}">
<h3 class="candidate-opp-field-1"><a class="subject" href="{url}">{xml(advert.title)}</a></h3>
{fields}
</div>
</li>
"""


def _page(view: View, advert: Advert) -> Document:
    """An advert's own page: a form, each of whose fields is a fact."""
    rows = [
        ("Vacancy ID", advert.number),
        ("Organisation", advert.employer),
        ("Closing Date", closing_words(advert.closing)),
        ("Salary Range", advert.pay.text),
        ("City/Town", advert.place.text),
        ("Role Type", advert.family.title()),
        ("Contract Type", advert.terms.contract),
        ("Working Pattern", advert.terms.pattern),
        ("Hours", advert.terms.hours),
    ]
    fields = [_field(label, xml(said or "")) for label, said in rows]
    fields.append(_field("Job description Additional Information", advert.html))
    form = f'<form action="/{_visit(view, advert.number)}/apply" method="post">\n{"".join(fields)}</form>'
    return shell(view, advert.title, f'<h1 class="section">{xml(advert.title)}</h1>\n{form}')


def _field(label: str, inside: str) -> str:
    value = f'<div class="form-control-static">{inside}</div>'
    return f'<div class="form-group"><label><span class="hform_lbl_text">{label}</span></label>\n{value}</div>\n'


def _front(view: View) -> Document:
    return careers(view, f'<a href="{view.base}{CENTRE}/{_visit(view, 0)}{BOARD}">Opportunities with us</a>')


TAL_BOARD = Format(
    "tal_board",
    "Oleeo (TAL) board",
    ENTRY,
    _path,
    _page,
    answers=_answers,
    front=_front,
    adapter="tal_board",
    told=told,
)
