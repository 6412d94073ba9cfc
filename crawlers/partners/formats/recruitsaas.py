"""RecruitSaaS: a council's board in ASP.NET: a table of titles in a layout of tables, help under GenText.aspx.

Of the real one only its help pages are known: this is a board as they describe it.
"""

from __future__ import annotations

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import Document, Format, View, xml
from crawlers.partners.formats.pages import apply_link, facts, shell
from crawlers.partners.formats.values import careers

ENTRY = "/Vacancies.aspx"
HELP = '<ul class="menu"><li><a href="GenText.aspx?page=page2">How to apply</a></li></ul>'
HEADS = ("Job title", "Employer", "Location", "Salary", "Closing date")


def _path(advert: Advert) -> str:
    return f"/JobDetails.aspx?ref={advert.reference}"


def _list(view: View) -> dict[str, Document]:
    head = "".join(f"<th>{label}</th>" for label in HEADS)
    rows = "\n".join(_row(advert) for advert in view.adverts)
    table = f'<table id="ctl00_list">\n<tr>{head}</tr>\n{rows}\n</table>'
    body = f"""{HELP}<form method="post" action="./"><input type="hidden" name="__VIEWSTATE" value="dDwtMTA2NDc5">
<table class="layout"><tr><td>
{table if view.adverts else "<p>There are no current vacancies.</p>"}
</td></tr></table></form>"""
    return {ENTRY: shell(view, "Current vacancies", body)}


def _row(advert: Advert) -> str:
    title = f'<a href="{xml(_path(advert).lstrip("/"))}">{xml(advert.title)}</a>'
    said = (advert.employer, advert.place.text, advert.pay.text or "", advert.closing.text)
    return f"<tr><td>{title}</td>{''.join(f'<td>{xml(one)}</td>' for one in said)}</tr>"


def _page(view: View, advert: Advert) -> Document:
    rows = "".join(f"<tr><td>{label}</td><td>{xml(said)}</td></tr>" for label, said in facts(advert))
    body = f"{HELP}<h1>{xml(advert.title)}</h1>\n<table>{rows}</table>\n{advert.html}\n{apply_link(view, advert)}"
    return shell(view, advert.title, body)


def _front(view: View) -> Document:
    return careers(view, f'{HELP}<p><a href="{ENTRY}">Current vacancies</a></p>')


RECRUITSAAS = Format("recruitsaas", "RecruitSaaS", ENTRY, _path, _page, _list, front=_front, adapter="recruitsaas")
