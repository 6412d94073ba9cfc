"""The secretariat's list of all reports of wrong adverts: every organisation's, and of adverts without one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from clearinghouse.accounts.permissions import can_answer_report, can_see_operations
from clearinghouse.vacancies import reports
from web import deps
from web.navigation import first_page
from web.pages.members import DONE, closed, reported
from web.staff import Found, requires, requires_form, who
from web.templating import render

router = APIRouter()


def owner_of_report(session: Session, params: Mapping[str, Any]) -> Found | None:
    """The organisation whose advert the report is about, as the predicates take it."""
    found = reported(session, params["number"])
    return Found(found.organisation_id) if found else None


@router.get("/operations/reports", dependencies=[requires(can_see_operations)])
def every(request: Request, done: str = "") -> Response:
    """What nobody has answered yet, oldest first."""
    with deps.reading(request) as session:
        found, total = reports.open_reports(session), reports.count_open(session)
    return render(
        request, "reports.html", title="Reports of wrong adverts", reports=found, total=total, done=DONE.get(done)
    )


@router.post("/operations/reports/{number}", dependencies=[requires_form(can_answer_report, of=owner_of_report)])
def answer(request: Request, number: str, outcome: Annotated[str, Form()] = "") -> Response:
    """Close a report."""
    done = closed(request, number, outcome)
    if can_see_operations(who(request)):
        return RedirectResponse(f"/operations/reports?done={done}", status_code=303)
    with deps.reading(request) as session:
        return RedirectResponse(first_page(session, who(request)), status_code=303)
