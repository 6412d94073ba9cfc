"""Stonefish: a university's pages of ASP.NET, every vacancy at vacancies.aspx?cat=-1 under its department."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import Document, Format, Reply, Told, View, xml
from crawlers.partners.formats.pages import shell
from crawlers.partners.formats.request import Request
from crawlers.partners.formats.values import last_moment

ENTRY = "/vacancies.aspx?cat=-1"
MADE = """<meta name="Generator" content="Stonefish Software Web Builder" />
<meta name="author" content="Stonefish Software Ltd - https://www.stonefish.co.uk/" />"""
LATEST = 2  # vacancies that a block beside the list shows a second time


def _path(advert: Advert) -> str:
    return f"/vacancy.aspx?ref={advert.reference}"


def _answers(view: View, request: Request) -> Reply | None:
    """The pages of the site, whatever the letter case of their addresses; the search needs a form to be sent."""
    path = request.path.lower()
    if path == "/vacancies.aspx":
        return Reply(_list(view))
    if path in ("/search.aspx", "/advancedsearch.aspx"):
        return Reply(
            _made(view, "Search", '<form method="post" action="search.aspx"><input name="txtSearch" /></form>')
        )
    if path != "/vacancy.aspx":
        return None
    found = next((each for each in view.adverts if each.reference == request.value("ref")), None)
    gone = _made(view, "Vacancy", "<p>This vacancy is no longer available.</p>")
    return Reply(_page(view, found) if found else gone, 200 if found else 404, listing=False)


def _made(view: View, title: str, inside: str) -> Document:
    hidden = '<input type="hidden" name="__VIEWSTATE" value="/wEPDwUKLTE=" />'
    return shell(view, title, f'{hidden}\n<div id="maincontent">\n{inside}\n</div>', MADE)


def _list(view: View) -> Document:
    latest = "".join(f"<li>{_link(each, 'Vacancy.aspx')}</li>" for each in view.adverts[:LATEST])
    ordered = sorted(view.adverts, key=attrgetter("department"))
    parts = "\n".join(_department(name, list(each)) for name, each in groupby(ordered, attrgetter("department")))
    none = "" if view.adverts else "<p>There are currently no vacancies.</p>"
    inside = f'<h1>Current vacancies</h1>\n<div class="vacancyCategoryDiv">\n{parts}\n</div>{none}\n<ul>{latest}</ul>'
    return _made(view, f"Vacancies | {view.partner.name}", inside)


def _link(advert: Advert, page: str = "vacancy.aspx") -> str:
    return f'<a href="{page}?ref={advert.reference}">{xml(advert.title)}</a>'


def _department(name: str, adverts: list[Advert]) -> str:
    items = "\n".join(_item(advert) for advert in adverts)
    head = f'<div class="vacancyCategoryHeader">{xml(name)}</div>'
    return f'{head}\n<div class="vacancyCategoryContainer">\n{items}\n</div>'


def _item(advert: Advert) -> str:
    told = [("Contract Type", advert.terms.contract), ("Closing Date", _closes(advert))]
    lines = "\n".join(f'<div class="vacancyCategoryItemSub"><b>{label}:</b> {xml(said)}</div>' for label, said in told)
    title = f'<div class="vacancyCategoryItemTitle">{_link(advert)}</div>'
    return f'<div class="vacancyCategoryItem">\n{title}\n{lines}\n</div>'


def _closes(advert: Advert) -> str:
    return f"{advert.closing.at:%A %d %B %Y}" if advert.closing.at else "Open until filled"


def _page(view: View, advert: Advert) -> Document:
    rows = [
        ("Reference", advert.reference),
        ("Closing Date", _closes(advert)),
        ("Department", advert.department),
        ("Location", advert.place.text),
        ("Salary", advert.pay.text),
        ("Contract Type", advert.terms.contract),
        ("Hours", advert.terms.hours),
    ]
    cells = "\n".join(f"<tr><td>{label}:</td><td>{xml(said)}</td></tr>" for label, said in rows if said)
    table = f'<table class="advertdetailstable">\n{cells}\n</table>'
    apply = "<p><a href=\"javascript:__doPostBack('ctl00$btnLink','')\">Apply Online</a></p>"
    return _made(view, advert.title, f"<h1>{xml(advert.title)}</h1>\n{table}\n{advert.html}\n{apply}")


def _front(view: View) -> Document:
    name = xml(view.partner.name)
    words = f'<h1>Jobs at {name}</h1>\n<p><a href="search.aspx">Search</a></p>\n<p><a href="{ENTRY}">All jobs</a></p>'
    return _made(view, f"Jobs at {view.partner.name}", words)


def _told(advert: Advert) -> Told:
    return Told(advert.reference, last_moment(advert), advert.pay.text)


STONEFISH = Format(
    "stonefish", "Stonefish", ENTRY, _path, _page, answers=_answers, front=_front, adapter="stonefish", told=_told
)
