"""CIPHR iRecruit: a table told by the titles of its headings, ten rows a page, and links to the next page."""

from __future__ import annotations

import re

from crawlers.partners.adverts import Advert
from crawlers.partners.closing import END
from crawlers.partners.formats.base import Document, Format, Reply, Told, View, xml
from crawlers.partners.formats.pages import apply_link, shell
from crawlers.partners.formats.request import Request
from crawlers.partners.formats.values import careers

ENTRY = "/applicants/vacancy"
ROWS = 10
PAGER = re.compile(rf"/applicants/vacancy/{ROWS}-(\d{{1,4}})-1/?", re.IGNORECASE)
COLUMNS = (("JobTitle", "Job title"), ("ClosingDate", "Apply before"), ("Location", "Where"), ("Salary", "Pay"))


def _path(advert: Advert) -> str:
    return f"/Applicants/vacancy/{advert.number}/{advert.slug}"


def _answers(view: View, request: Request) -> Reply | None:
    found = PAGER.fullmatch(request.path)
    if found is None and request.path.rstrip("/").lower() != ENTRY:
        return None
    if not request.header("accept-language"):
        return Reply(shell(view, "Error", "<h1>Object reference not set to an instance of an object.</h1>"), 500)
    return Reply(_list(view, int(found[1]) if found else 1))


def _list(view: View, number: int) -> Document:
    shown = view.adverts[(number - 1) * ROWS : number * ROWS]
    heads = "".join(f'<th title="{name}ColumnHeaderTooltip">{words}</th>' for name, words in COLUMNS)
    rows = "\n".join(_row(advert) for advert in shown)
    none = f'<tr><td colspan="{len(COLUMNS)}">There are currently no vacancies.</td></tr>'
    body = f"""<h1>Current vacancies</h1>
<table class="table table-striped table-hover">
<thead><tr>{heads}<th></th></tr></thead>
<tbody>
{rows or none}
</tbody>
</table>
<div class="pager">{_pager(number, len(view.adverts))}</div>"""
    return shell(view, f"Vacancies - {view.partner.name}", body)


def _row(advert: Advert) -> str:
    cells = (_closing(advert), advert.place.text, advert.pay.text or "")
    told = "".join(f"<td>{xml(cell)}</td>" for cell in cells)
    link = f'<a href="{_path(advert)}">'
    return f"<tr><td>{link}{xml(advert.title)}</a></td>{told}<td>{link}View Details »</a></td></tr>"


def _pager(number: int, count: int) -> str:
    last = -(-count // ROWS)
    pages = [(str(n), n) for n in range(1, last + 1) if n != number]
    pages += [("Next »", number + 1), ("Last »»", last)] if number < last else []
    query = "?proximityDistance=0&amp;proximityUnit=0"
    return " ".join(f'<a href="/Applicants/vacancy/{ROWS}-{n}-1/{query}">{words}</a>' for words, n in pages)


def _page(view: View, advert: Advert) -> Document:
    facts = (
        ("Reference", advert.reference),
        ("Location", advert.place.text),
        ("Salary", advert.pay.text),
        ("Contract type", advert.terms.contract),
        ("Hours per week", advert.terms.hours),
        ("Application deadline", _closing(advert)),
    )
    rows = "".join(f"<dt>{label}</dt><dd>{xml(said)}</dd>" for label, said in facts if said)
    body = f"""<h1>{xml(advert.title)}</h1>
<dl>{rows}</dl>
<div id="vacancyDescription">{advert.html}</div>
{apply_link(view, advert)}"""
    return shell(view, advert.title, body)


def _closing(advert: Advert) -> str:
    at = advert.closing.at
    return "" if at is None else f"{at:%d/%m/%Y}" if at.time() == END else f"{at:%d/%m/%Y %H:%M}"


def _front(view: View) -> Document:
    return careers(view, f'<p><a href="{ENTRY}">Current vacancies</a></p>')


def _told(advert: Advert) -> Told:
    """The table prints no reference: it is the number in the link that tells a vacancy."""
    return Told(str(advert.number), advert.closing.at, advert.pay.text)


CIPHR = Format(
    "ciphr", "CIPHR iRecruit", ENTRY, _path, _page, answers=_answers, front=_front, adapter="ciphr", told=_told
)
