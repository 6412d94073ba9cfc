"""Any search to take away: as an Atom or RSS feed, a table (CSV) or a calendar of closing dates (iCalendar).

Feeds hold an advert's facts, never its own words: those may be copied only where its source allows it.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response
from feedgen.feed import FeedGenerator
from icalendar import Calendar, Event

from clearinghouse.reporting.table import safe
from clearinghouse.search.criteria import Criteria
from clearinghouse.search.results import documents, search
from clearinghouse.vacancies.draft import LONDON
from web.deps import generation, now, reading, site, to_all
from web.searched import searched

IN_A_FEED = 100  # the newest, or the first in the order asked for
IN_A_CALENDAR = 500  # those that close first
AT_A_TIME = 1000  # rows of a table held in memory as documents
OURS = "The employer's own advert is what counts."
COLUMNS = (
    "id", "title", "employer", "kind", "contract", "pattern", "hours_per_week", "salary_minimum", "salary_maximum",
    "salary_period", "salary_basis", "salary_text", "places", "districts", "remote", "closes_at", "closes_text",
    "posted_at", "level", "apprenticeship_level", "status", "url", "apply_url", "source",
)  # fmt: skip

router = APIRouter()
Doc = Mapping[str, Any]


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
    """Every vacancy that the search finds, in its order, as a table."""
    criteria = searched(request)
    base = site(request).settings.public_url
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([safe(value) for value in row(doc, base)] for doc in _docs(request, criteria, None))
    headers = {"Content-Disposition": 'attachment; filename="vacancies.csv"'}
    return Response(out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/vacancies.ics")
def calendar(request: Request) -> Response:
    """The closing times of what the search finds, as a calendar to subscribe to."""
    here = site(request).settings
    criteria = searched(request).replace(sort="closing")
    made = Calendar()
    made.add("prodid", f"-//Clearing house//{here.public_url}//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", f"Closing dates: {_title(criteria)}")
    for doc in _docs(request, criteria, IN_A_CALENDAR):
        if doc["closes_at"]:
            made.add_component(_event(doc, here.public_url))
    return Response(made.to_ical(), media_type="text/calendar; charset=utf-8")


def _docs(request: Request, criteria: Criteria, most: int | None) -> Iterator[Doc]:
    """What the search finds from its first page on, all of it or the first `most`."""
    current, view = generation(request), to_all(request)
    per_page = min(most or AT_A_TIME, AT_A_TIME)
    page, left = 1, most
    while left is None or left > 0:
        keys = search(current, criteria.replace(page=page, per_page=per_page), view).keys
        with reading(request) as session:
            yield from (found.doc for found in documents(session, keys, view))
        if len(keys) < per_page:
            return
        page, left = page + 1, None if left is None else left - per_page


def feed(request: Request) -> FeedGenerator:
    """The search as a feed: the newest first, unless the search says otherwise."""
    here, criteria = site(request).settings, searched(request)
    if criteria.sort == "relevance":
        criteria = criteria.replace(sort="newest")
    docs = list(_docs(request, criteria, IN_A_FEED))
    query = urlencode(criteria.replace(per_page=20).to_query())
    made = FeedGenerator()
    made.id(f"{here.public_url}/vacancies?{query}")
    made.title(_title(criteria))
    made.subtitle(OURS)
    made.description(OURS)
    made.link(href=f"{here.public_url}{request.url.path}?{query}", rel="self")
    made.link(href=f"{here.public_url}/vacancies?{query}", rel="alternate")  # the last one is RSS's own link
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
    address = f"{base}/vacancies/{doc['id']}-{doc['slug']}"
    entry.id(f"{base}/vacancies/{doc['id']}")
    entry.guid(f"{base}/vacancies/{doc['id']}", permalink=False)
    entry.title(heading(doc))
    entry.link(href=address)
    entry.updated(doc["updated"])
    entry.published(doc["posted_at"] or doc["first_seen"])
    entry.summary(" ".join((*facts(doc), OURS)))


def _title(criteria: Criteria) -> str:
    words = ", ".join(chip.label for chip in criteria.chosen())
    return f"Public sector jobs: {words}" if words else "Public sector jobs"


def heading(doc: Doc) -> str:
    """Title and employer."""
    employer = doc["employer"]
    return f"{doc['title']}, {employer['name']}" if employer else str(doc["title"])


def facts(doc: Doc) -> Sequence[str]:
    """Place, pay and closing as sentences, each only where the advert states it."""
    salary = doc["salary"] or {}
    places = "; ".join(place["text"] for place in doc["places"])
    closes = dt.datetime.fromisoformat(doc["closes_at"]).strftime("%-d %B %Y, %H:%M") if doc["closes_at"] else None
    said = (("Place", places), ("Pay", salary.get("text")), ("Closes", closes or doc["closes_text"]))
    return [f"{name}: {value.rstrip('.')}." for name, value in said if value]


def _event(doc: Doc, base: str) -> Event:
    address = f"{base}/vacancies/{doc['id']}-{doc['slug']}"
    event = Event()
    event.add("uid", f"{doc['id']}@{base.partition('//')[2]}")
    event.add("dtstamp", _utc(doc["updated"]))
    event.add("dtstart", _utc(doc["closes_at"]))
    event.add("summary", f"Closes: {heading(doc)}")
    event.add("description", "\n".join((*facts(doc), OURS, address)))
    event.add("url", address)
    event.add("transp", "TRANSPARENT")
    return event


def _utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).astimezone(dt.UTC)


def row(doc: Doc, base: str) -> list[Any]:
    """One vacancy under COLUMNS; what the advert doesn't state is empty."""
    salary, employer = doc["salary"] or {}, doc["employer"] or {}
    return [
        doc["id"], doc["title"], employer.get("name"), doc["kind"], doc["contract"], " ".join(doc["pattern"]),
        doc["hours_per_week"], salary.get("minimum"), salary.get("maximum"), salary.get("period"),
        salary.get("basis"), salary.get("text"), "; ".join(place["text"] for place in doc["places"]),
        "; ".join(dict.fromkeys(place["district"] for place in doc["places"] if place["district"])), doc["remote"],
        doc["closes_at"], doc["closes_text"], doc["posted_at"], (doc["level"] or {}).get("essential"),
        doc["apprenticeship_level"], doc["status"], f"{base}/vacancies/{doc['id']}-{doc['slug']}", doc["apply_url"],
        " ".join(sighting["source"] for sighting in doc["sightings"]),
    ]  # fmt: skip
