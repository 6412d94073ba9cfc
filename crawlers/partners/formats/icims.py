"""iCIMS: a careers site whose job search and adverts live in a frame, and are only there with `in_iframe=1`."""

from __future__ import annotations

import json

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import Document, Format, Reply, View, xml
from crawlers.partners.formats.pages import apply_link, shell
from crawlers.partners.formats.request import Request
from crawlers.partners.formats.values import careers, opened, town

ENTRY = "/jobs/search"
ROWS = 6  # of a page; twenty or fifty where each employer sets it


def _path(advert: Advert) -> str:
    return f"/jobs/{advert.number}/{advert.slug}/job"


def _answers(view: View, request: Request) -> Reply | None:
    framed = request.value("in_iframe") == "1"
    if request.path == ENTRY:
        return Reply(_list(view, request.number("pr", 0)) if framed else _frame(view, f"{ENTRY}?in_iframe=1"))
    found = next((advert for advert in view.adverts if _path(advert) == request.path), None)
    if found is None:
        return None
    return Reply(_page(view, found) if framed else _frame(view, f"{_path(found)}?in_iframe=1"), listing=False)


def _frame(view: View, inside: str) -> Document:
    """What a person's address answers: a page with a frame in it, and nothing else."""
    body = f'<iframe id="icims_content_iframe" name="icims_content_iframe" src="{xml(inside)}"></iframe>'
    return shell(view, "Careers", body)


def _list(view: View, page: int) -> Document:
    shown = view.adverts[page * ROWS : (page + 1) * ROWS]
    pages = -(-len(view.adverts) // ROWS)
    cards = "\n".join(_card(view, advert) for advert in shown)
    listed = f'<ul class="container-fluid iCIMS_JobsTable">\n{cards}\n</ul>'
    body = f"""<div class="iCIMS_MainWrapper iCIMS_ListingsPage">
<h2 class="iCIMS_SubHeader iCIMS_SubHeader_Jobs">Search Results Page {page + 1} of {pages}</h2>
{listed if shown else '<div class="iCIMS_NoResults">Sorry, no jobs were found that match your search.</div>'}
</div>"""
    onward = f'<link rel="next" href="{view.base}{ENTRY}?pr={page + 1}&amp;in_iframe=1&amp;schemaId=&amp;o=">'
    return shell(view, "Job search", body, onward if page + 1 < pages else "")


def _card(view: View, advert: Advert) -> str:
    url, title = f"{view.base}{_path(advert)}?in_iframe=1&hashed=-{advert.number}", xml(advert.title)
    fields = (("Job ID", advert.reference), ("Category", advert.family.title()), ("Salary Range", advert.pay.text))
    more = "".join(_field(label, said) for label, said in fields if said)
    return f"""<li class="iCIMS_JobCardItem"><div class="row">
<div class="col-xs-6 header left"><span class="sr-only field-label">Job Locations</span><span >
UK-{xml(town(advert))}</span></div>
<div class="col-xs-6 header right"><span class="sr-only field-label">Posted Date</span>
<span title="{opened(advert):%m/%d/%Y %I:%M %p}"> 3 days ago</span></div>
<div class="col-xs-12 title"><a href="{xml(url)}" class="iCIMS_Anchor" title="{advert.number} - {title}">
<span class="sr-only field-label">Title</span><h3 >{title}</h3></a></div>
<div class="col-xs-12 additionalFields"><dl class="iCIMS_JobHeaderGroup">{more}</dl></div>
</div></li>"""


def _field(label: str, said: str) -> str:
    value = f'<dd class="iCIMS_JobHeaderData"><span>{xml(said)}</span></dd>'
    return f'<div class="iCIMS_JobHeaderTag"><dt class="iCIMS_JobHeaderField">{label}</dt>{value}</div>'


def _page(view: View, advert: Advert) -> Document:
    posting = {
        "@context": "http://schema.org",
        "@type": "JobPosting",
        "title": advert.title,
        "datePosted": opened(advert).isoformat(timespec="milliseconds"),
        "description": advert.html,
        "employmentType": advert.terms.contract,
        "hiringOrganization": {"@type": "Organization", "name": advert.employer},
        "jobLocation": [{"@type": "Place", "address": {"@type": "PostalAddress", "addressLocality": town(advert)}}],
        "url": f"{view.base}{_path(advert)}?in_iframe=1",
    }
    if advert.closing.at:
        posting["validThrough"] = advert.closing.at.isoformat()
    script = json.dumps(posting, ensure_ascii=False).replace("</", "<\\/")
    body = f"""<div class="iCIMS_MainWrapper iCIMS_JobPage">
<div id="iCIMS_Header"><h1 class="iCIMS_Header">{xml(advert.title)}</h1></div>
<dl class="iCIMS_JobHeaderGroup">{_field("Job ID", advert.reference)}</dl>
<h2 class="iCIMS_InfoMsg iCIMS_InfoField_Job">Overview</h2>
<div class="iCIMS_InfoMsg iCIMS_InfoMsg_Job">{advert.html}</div>
{apply_link(view, advert)}</div>"""
    return shell(view, advert.title, body, f'<script type="application/ld+json">{script}</script>')


def _front(view: View) -> Document:
    return careers(view, f'<p><a href="{ENTRY}?ss=1">Search our jobs</a></p>')


ICIMS = Format("icims", "iCIMS", ENTRY, _path, _page, answers=_answers, front=_front, adapter="icims")
