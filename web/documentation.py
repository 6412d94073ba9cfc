"""The page that tells people what the API offers."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from web.api_parameters import CHANGES, SEARCH, Documented
from web.templating import render


@dataclass(frozen=True)
class Endpoint:
    """One address of the API."""

    path: str
    summary: str
    parameters: tuple[Documented, ...] = ()
    method: str = "GET"


ENDPOINTS = (
    Endpoint("/api/v1/vacancies", "Search: a page of vacancies, the total, and a count for each filter.", SEARCH),
    Endpoint("/api/v1/vacancies/{id}", "One vacancy. 410 once it has closed, 301 when it is the same as another."),
    Endpoint("/api/v1/changes", "What changed since a number, for those who keep a copy.", CHANGES),
    Endpoint(
        "/api/v1/snapshot.jsonl.gz", "All vacancies, made once a day. Its first line has the number to go on from."
    ),
    Endpoint("/api/v1/employers", "Every employer, with how many vacancies it has open."),
    Endpoint("/api/v1/sources", "Every site that we read, and when we last could."),
    Endpoint("/vacancies.atom", "A search as an Atom feed. It takes what a search takes."),
    Endpoint("/vacancies.rss", "A search as an RSS feed."),
    Endpoint("/vacancies.csv", "A search as a table."),
    Endpoint("/vacancies.ics", "The closing dates of a search as a calendar."),
)

router = APIRouter()


@router.get("/docs")
def documentation(request: Request) -> HTMLResponse:
    """What the API offers, for people."""
    return render(request, "api_docs.html", title="For developers", endpoints=ENDPOINTS)
