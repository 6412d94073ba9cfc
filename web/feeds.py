"""Any search to take away: as an Atom or RSS feed, a table (CSV) or a calendar of closing dates (iCalendar).

Feeds hold an advert's facts, never its own words: those may be copied only where its source allows it.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response
from feedgen.feed import FeedGenerator

from clearinghouse.reporting.table import safe
from clearinghouse.search.criteria import Criteria
from clearinghouse.search.parameters import BY_NAME
from clearinghouse.search.results import Results, documents, search
from clearinghouse.vacancies.draft import LONDON
from web.closing_dates import closing_dates
from web.deps import generation, now, reading, site, to_all
from web.facts import OURS, Doc, address, facts, heading
from web.searched import searched

IN_A_FEED = 100  # the newest, or the first in the order asked for
NAMED = 5  # filters in a title
BOM = "\ufeff"
IN_A_CALENDAR = 500  # those that close first
AT_A_TIME = 1000  # rows of a table held in memory as documents
COLUMNS = (
    "id", "title", "employer", "kind", "contract", "pattern", "hours_per_week", "salary_minimum", "salary_maximum",
    "salary_period", "salary_basis", "salary_text", "places", "districts", "remote", "closes_at", "closes_text",
    "posted_at", "level", "apprenticeship_level", "status", "url", "apply_url", "source",
    "occupation", "when", "experience", "driving", "dbs", "min_age", "flags",
)  # fmt: skip

router = APIRouter()


@router.get("/vacancies.atom")
def atom(request: Request) -> Response:
    """The search as an Atom feed."""
    return Response(feed(request).atom_str(pretty=False), media_type="application/atom+xml; charset=utf-8")


@router.get("/vacancies.rss")
def rss(request: Request) -> Response:
    """The search as an RSS 2.0 feed."""
    return Response(feed(request).rss_str(pretty=False), media_type="application/rss+xml; charset=utf-8")


@router.get("/vacancies.csv")
def table(request: Request) -> Response:
    """Every vacancy that the search finds, in its order, as a table. `bom=yes` marks it as UTF-8, as Excel needs it."""
    base = site(request).settings.public_url
    out = io.StringIO(newline="")
    if request.query_params.get("bom") == "yes":
        out.write(BOM)
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    docs = _found(request, searched(request), None).docs
    writer.writerows([safe(value) for value in row(doc, base)] for doc in docs)
    headers = {"Content-Disposition": 'attachment; filename="vacancies.csv"'}
    return Response(out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/vacancies.ics")
def calendar(request: Request) -> Response:
    """The closing times of what the search finds, as a calendar to subscribe to."""
    found = _found(request, searched(request).replace(sort="closing"), IN_A_CALENDAR)
    made = closing_dates(found.docs, f"Closing dates: {found.title}", site(request).settings.public_url)
    return Response(made, media_type="text/calendar; charset=utf-8")


@dataclass(frozen=True)
class Found:
    """What a search found, to be gone through once, and the search in a few words."""

    title: str
    docs: Iterator[Doc]


def _found(request: Request, criteria: Criteria, most: int | None) -> Found:
    """What the search finds from its first page on, all of it or the first `most`."""
    criteria = criteria.replace(page=1, per_page=min(most or AT_A_TIME, AT_A_TIME))
    first = search(generation(request), criteria, to_all(request))
    return Found(_title(first), _docs(request, criteria, first, most))


def _title(results: Results) -> str:
    """The search in words, of many filters the first."""
    labels = [chip.label for chip in results.chosen]
    more = [f"and {len(labels) - NAMED} more"] if len(labels) > NAMED else []
    words = ", ".join((*labels[:NAMED], *more))
    return f"Public sector jobs: {words}" if words else "Public sector jobs"


def _docs(request: Request, criteria: Criteria, results: Results, most: int | None) -> Iterator[Doc]:
    current, view = generation(request), to_all(request)
    left = most
    while True:
        with reading(request) as session:
            yield from (found.doc for found in documents(session, results.keys, view))
        left = None if left is None else left - criteria.per_page
        if len(results.keys) < criteria.per_page or (left is not None and left <= 0):
            return
        criteria = criteria.replace(page=criteria.page + 1)
        results = search(current, criteria, view)


def feed(request: Request) -> FeedGenerator:
    """The search as a feed: the newest first, unless the search says otherwise."""
    here, criteria = site(request).settings, searched(request)
    if criteria.sort == "relevance":
        criteria = criteria.replace(sort="newest")
    found = _found(request, criteria, IN_A_FEED)
    docs = list(found.docs)
    query = urlencode(criteria.replace(per_page=20).to_query())
    made = FeedGenerator()
    made.id(f"{here.public_url}/vacancies?{query}")
    made.title(found.title)
    made.subtitle(OURS)
    made.description(OURS)
    made.link(href=f"{here.public_url}{request.url.path}?{query}", rel="self")
    made.link(href=f"{here.public_url}/vacancies?{query}", rel="alternate")  # the last one is RSS's own link
    made.author(name="Clearing house")  # Atom asks for one (RFC 4287, 4.1.1)
    made.generator("Clearing house")
    made.language("en-GB")
    changed = max((doc["updated"] for doc in docs), default=None, key=dt.datetime.fromisoformat)
    stamp = dt.datetime.fromisoformat(changed) if changed else _today(now(request))
    made.updated(stamp)
    made.lastBuildDate(stamp)
    for doc in docs:
        _add_entry(made, doc, here.public_url)
    return made


def _today(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(LONDON).replace(hour=0, minute=0, second=0, microsecond=0)


def _add_entry(made: FeedGenerator, doc: Doc, base: str) -> None:
    entry = made.add_entry(order="append")
    entry.id(f"{base}/vacancies/{doc['id']}")
    entry.guid(f"{base}/vacancies/{doc['id']}", permalink=False)
    entry.title(heading(doc))
    entry.link(href=address(doc, base))
    entry.updated(doc["updated"])
    entry.published(doc["posted_at"] or doc["first_seen"])
    entry.summary(" ".join((*facts(doc), OURS)))


def row(doc: Doc, base: str) -> list[Any]:
    """One vacancy under COLUMNS; what the advert doesn't state is empty."""
    salary, employer = doc["salary"] or {}, doc["employer"] or {}
    return [
        doc["id"], doc["title"], employer.get("name"), doc["kind"], doc["contract"], " ".join(doc["pattern"]),
        doc["hours_per_week"], salary.get("minimum"), salary.get("maximum"), salary.get("period"),
        salary.get("basis"), salary.get("text"), "; ".join(place["text"] for place in doc["places"]),
        "; ".join(dict.fromkeys(place["district"] for place in doc["places"] if place["district"])), doc["remote"],
        doc["closes_at"], doc["closes_text"], doc["posted_at"], (doc["level"] or {}).get("essential"),
        doc["apprenticeship_level"], doc["status"], address(doc, base), doc["apply_url"],
        " ".join(sighting["source"] for sighting in doc["sightings"]),
        doc["occupation"], *(" ".join(BY_NAME[name].read(doc)) for name in ("when", "experience", "driving", "dbs")),
        doc.get("min_age"), " ".join(BY_NAME["flag"].read(doc)),
    ]  # fmt: skip
