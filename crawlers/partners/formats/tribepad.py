"""Tribepad: ten cards a page by `page`, facts told by icons, closing dates short of a century and counted down."""

from __future__ import annotations

import datetime as dt

from crawlers.partners.adverts import Advert
from crawlers.partners.closing import LONDON
from crawlers.partners.formats.base import Document, Format, Reply, Told, View, xml
from crawlers.partners.formats.pages import apply_link, shell
from crawlers.partners.formats.request import Request
from crawlers.partners.formats.values import careers

ENTRY = "/v2/job/search"
ROWS = 10
MOST = 50  # jobs a page, whatever is asked for


def _path(advert: Advert) -> str:
    return f"/members/modules/job/detail.php?record={advert.number}"


def _answers(view: View, request: Request) -> Reply | None:
    if request.path != ENTRY:
        return None
    rows = max(1, request.number("records_per_page", ROWS, MOST))
    first = (max(1, request.number("page", 1)) - 1) * rows
    return Reply(_list(view, view.adverts[first : first + rows]))


def _list(view: View, adverts: tuple[Advert, ...]) -> Document:
    cards = "\n".join(_card(view, advert) for advert in adverts)
    body = f"""<h1>Find your next role</h1>
<h2>{len(view.adverts)} Search Results</h2>
<div class="sitebuilder-job-results">
{cards}
</div>"""
    return shell(view, f"Job Search | {view.partner.name}", body)


def _card(view: View, advert: Advert) -> str:
    at = advert.closing.at
    left = (at.date() - view.today).days if at else 0
    facts = (
        ("map-marker-alt", advert.place.text),
        ("wallet", advert.pay.text),
        ("tag", advert.department),
        ("clock", f"{advert.terms.contract} - {advert.terms.pattern}"),
        ("calendar-times", f"{at:%d/%m/%y} (In {left} days)" if at and left > 1 else f"{at:%d/%m/%y}" if at else None),
        ("list-alt", advert.reference),
    )
    rows = "\n".join(_fact(icon, said) for icon, said in facts if said)
    return f"""<div class="sitebuilder-job-results-item card">
<a href="{_path(advert)}"><h3 class="sitebuilder-job-results-item-title">{xml(advert.title)}</h3></a>
<div class="sitebuilder-job-results-item-meta">
{rows}
</div>
</div>"""


def _fact(icon: str, said: str) -> str:
    return f'<div class="mb-1"><i class="far fa-{icon}" aria-hidden="true"></i> <span>{xml(said)}</span></div>'


def _page(view: View, advert: Advert) -> Document:
    at = advert.closing.at
    body = "\n".join(
        (
            f"<h1>{xml(advert.title)}</h1>",
            _fact("map-marker-alt", advert.place.text),
            _fact("wallet", advert.pay.text) if advert.pay.text else "",
            f'<div><i class="far fa-calendar-check"></i> Closing date: {at:%d/%m/%Y}</div>' if at else "",
            f'<section class="job-details-section">{advert.html}</section>',
            apply_link(view, advert),
        )
    )
    return shell(view, advert.title, body)


def _front(view: View) -> Document:
    return careers(view, f'<p><a href="{ENTRY}">Search our jobs</a></p>')


def _told(advert: Advert) -> Told:
    at = advert.closing.at
    day = dt.datetime.combine(at.date(), dt.time(23, 59, 59), LONDON) if at else None
    return Told(advert.reference, day, advert.pay.text)


TRIBEPAD = Format(
    "tribepad", "Tribepad", ENTRY, _path, _page, answers=_answers, front=_front, adapter="tribepad", told=_told
)
