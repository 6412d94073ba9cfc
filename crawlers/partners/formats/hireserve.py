"""Hireserve: a portal that lists every vacancy on one page, by links to /vacancy/{name}-{number}.html."""

from __future__ import annotations

from crawlers.partners.adverts import Advert
from crawlers.partners.closing import END, MONTHS
from crawlers.partners.formats.base import Document, Format, Reply, Told, View, xml
from crawlers.partners.formats.pages import apply_link, shell
from crawlers.partners.formats.request import Request
from crawlers.partners.formats.values import careers

PORTAL = "/wd/plsql/wd_portal"
NUMBER = "2624"  # of the web site
ENTRY = f"{PORTAL}.list?p_web_site_id={NUMBER}&p_function=map&p_title=Current+Vacancies"


def _path(advert: Advert) -> str:
    return f"/vacancy/{advert.slug or 'post'}-{advert.number}.html"


def _answers(view: View, request: Request) -> Reply | None:
    if request.path == f"{PORTAL}.show_job":
        number = request.value("p_web_page_id")
        found = next((advert for advert in view.adverts if str(advert.number) == number), None)
        return Reply(_page(view, found), listing=False) if found else None
    if request.path != f"{PORTAL}.list":
        return None
    if request.value("p_web_site_id") != NUMBER:
        return Reply(shell(view, "Unauthorised", "<h1>Unauthorised</h1>"))
    return Reply(_list(view))


def _list(view: View) -> Document:
    rows = "\n".join(
        f'<tr><td><a href="{_path(advert)}">{xml(advert.title)}</a></td><td>{xml(advert.department)}</td>'
        f"<td>{xml(advert.place.text)}</td><td>{_closing(advert)}</td></tr>"
        for advert in view.adverts
    )
    table = f"""<table class="vacancies">
<tr><th>Job title</th><th>Department</th><th>Location</th><th>Closing date</th></tr>
{rows}
</table>"""
    body = f"""<h1>Current Vacancies</h1>
<form action="{PORTAL}.search_results" method="post"><input type="hidden" name="p_web_site_id" value="{NUMBER}">
<label>Keywords <input name="p_text"></label></form>
{table if view.adverts else "<p>There are currently no vacancies.</p>"}"""
    return shell(view, f"Current Vacancies - {view.partner.name}", body)


def _page(view: View, advert: Advert) -> Document:
    facts = (
        ("Reference number", advert.reference),
        ("Location", advert.place.text),
        ("Salary", advert.pay.text),
        ("Contract type", advert.terms.contract),
        ("Hours", advert.terms.hours),
        ("Closing date", _closing(advert)),
    )
    rows = "\n".join(f"<tr><td>{label}</td><td>{xml(said)}</td></tr>" for label, said in facts if said)
    body = f"""<div class="job_description">
<h1>{xml(advert.title)}</h1>
<div class="job_classifications"><table>
{rows}
</table></div>
{advert.html}
<div class="bottomlinks"><a href="/share?p_web_page_id={advert.number}">Share</a></div>
</div>
{apply_link(view, advert)}"""
    return shell(view, advert.title, body)


def _closing(advert: Advert) -> str:
    at = advert.closing.at
    if at is None:
        return ""
    day = f"{at.day:02} {MONTHS[at.month - 1]} {at.year}"
    return day if at.time() == END else f"{day} at {at:%H:%M}"


def _front(view: View) -> Document:
    return careers(view, f'<p><a href="{xml(ENTRY)}">Current vacancies</a></p>')


def _told(advert: Advert) -> Told:
    """The list prints no reference: it is the number in the link that tells a vacancy."""
    return Told(str(advert.number), advert.closing.at, advert.pay.text)


HIRESERVE = Format(
    "hireserve", "Hireserve", ENTRY, _path, _page, answers=_answers, front=_front, adapter="hireserve", told=_told
)
