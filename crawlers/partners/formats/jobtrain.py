"""Jobtrain: a board that fetches its cards, twelve at a time by `Skip`; adverts whose JobPosting has pay in words."""

from __future__ import annotations

import json

from crawlers.partners.adverts import Advert
from crawlers.partners.closing import END
from crawlers.partners.formats.base import Document, Format, Reply, View, xml
from crawlers.partners.formats.pages import apply_link, shell
from crawlers.partners.formats.request import Request
from crawlers.partners.formats.values import careers

SITE = "/kirkbyparishes"
ENTRY = f"{SITE}/Home/Job"
CARDS = f"{SITE}/Home/_JobCard"
ROWS = 12
NEVER = "0001-01-01"


def _path(advert: Advert) -> str:
    return f"{SITE}/Job/JobDetail?JobId={advert.number}"


def _answers(view: View, request: Request) -> Reply | None:
    if request.path == ENTRY:
        return Reply(_board(view))
    if request.path.lower() == CARDS.lower():
        skip = request.number("Skip", 0)
        return Reply(_cards(view, view.adverts[skip : skip + ROWS]))
    return None


def _board(view: View) -> Document:
    """The page for people: it says that there are none until its script has fetched them."""
    body = f"""<h1 class="jt-page-title">Current vacancies</h1>
<p>There are <span id="showTotalMatchCount" data-testid="showTotalMatchCount">0</span> jobs matching your search</p>
<input type="hidden" id="requestUrl" data-request-url="{CARDS}" />
<div id="searchResults" class="job-search__results-items"></div>
<div id="searchResultsLoadMore"><button id="searchResultsLoadMoreBtn">Load more</button></div>
<p><a href="https://jobseekersupport.jobtrain.co.uk/support/home">Help with your application</a></p>"""
    return shell(view, f"Jobs Page - {view.partner.name}", body)


def _cards(view: View, adverts: tuple[Advert, ...]) -> Document:
    """A piece of a page, without a head."""
    lines = [
        f'<input type="hidden" id="totalCurrentRecords" value="{len(adverts)}" />',
        f'<input type="hidden" id="totalMatchRecords" value="{len(view.adverts)}" />',
        *(_card(advert) for advert in adverts),
        "" if adverts else '<p class="no-results">Sorry, there are no jobs that match your search.</p>',
    ]
    return Document("\n".join(lines).encode())


def _card(advert: Advert) -> str:
    facts = (
        ("jobreference", "Job reference", advert.reference),
        ("school", "Employer", advert.employer),
        ("location", "Location", advert.place.text),
        ("salary", "Salary", advert.pay.text),
        ("employmenttype", "Employment type", advert.terms.contract),
        ("hours", "Hours per week", advert.terms.hours),
        ("department", "Job Family", advert.department),
        ("livedate", "Live date", f"{advert.posted:%d/%m/%Y}"),
        ("closingdate", "Closing date", _closing(advert)),
    )
    rows = "\n".join(
        f'<p class="jobdetailsitem {name}"><strong>{label}:</strong> {xml(said)}</p>'
        for name, label, said in facts
        if said
    )
    return f"""<div class="job-card card" data-jobId="{advert.number}">
<div class="card-body p-20"><div class="job-row__details">
<h3><a class="job-card__link" href="{_path(advert)}">{xml(advert.title)}</a></h3>
{rows}
</div></div>
</div>"""


def _page(view: View, advert: Advert) -> Document:
    posting = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": xml(advert.title) + " ",
        "datePosted": advert.posted.isoformat(),
        "validThrough": f"{advert.closing.at:%Y-%m-%d}T00:00" if advert.closing.at else f"{NEVER}T00:00",
        "employmentType": advert.terms.contract,
        "description": advert.html,
        "hiringOrganization": {"@type": "Organization", "name": view.partner.name},
        "baseSalary": (advert.pay.text or "").replace("£", "&#xA3;"),
        "url": f"{view.base}{_path(advert)}&Source=GoogleJobs",
    }
    script = json.dumps(posting, ensure_ascii=False).replace("</", "<\\/")
    closing = _closing(advert)
    body = "\n".join(
        (
            f'<h1 class="h3 jt-page-title">{xml(advert.title)}</h1>',
            f'<div data-testid="div-vacancies-close-date">Closing date: <span>{closing}</span></div>'
            if closing
            else "",
            f'<div>Job reference: <span data-testid="span-reference">{xml(advert.reference)}</span></div>',
            f'<div>Location: <span data-testid="span-vacancies-location-name">{xml(advert.place.text)}</span></div>',
            f'<div class="jt-opensans-regular">{advert.html}</div>',
            apply_link(view, advert),
        )
    )
    return shell(view, advert.title, body, f'<script type="application/ld+json">{script}</script>')


def _closing(advert: Advert) -> str | None:
    at = advert.closing.at
    return None if at is None else f"{at:%d/%m/%Y}" if at.time() == END else f"{at:%d/%m/%Y %H:%M}"


def _front(view: View) -> Document:
    return careers(view, f'<p><a href="{ENTRY}">Current vacancies</a></p>')


JOBTRAIN = Format("jobtrain", "Jobtrain", ENTRY, _path, _page, answers=_answers, front=_front, adapter="jobtrain")
