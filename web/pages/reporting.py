"""Something wrong with this advert? A short form for everyone, without an account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from clearinghouse.errors import BadFormError
from clearinghouse.publish.standing import Standing, standing
from clearinghouse.vacancies import reports
from clearinghouse.vacancies.reports import LONGEST, Wrong
from web import deps
from web.templating import render

CHOICES = tuple((kind.value, kind.label) for kind in Wrong)
TOO_MANY = f"You have sent {deps.REPORTS} reports in an hour. Please try again later."

router = APIRouter()


@router.get("/vacancies/{name}/report")
def form(request: Request, name: str) -> Response:
    """The empty form for the vacancy whose public id begins the name; 404 for one that has no page."""
    return _form(request, _vacancy(request, name))


@router.post("/vacancies/{name}/report")
def send(
    request: Request, name: str, wrong: Annotated[str, Form()] = "", words: Annotated[str, Form()] = ""
) -> Response:
    """Take the report down, and on to the thanks. What was typed stays in the form where it can't be taken."""
    found = _vacancy(request, name)
    typed = {"wrong": wrong, "words": words}
    try:
        reports.checked(wrong, words)
    except BadFormError as error:
        return _form(request, found, 400, typed, error.errors)
    wait = _wait(request)
    if wait:
        answer = _form(request, found, 429, typed, {"wrong": TOO_MANY})
        answer.headers["Retry-After"] = str(wait)
        return answer
    reports.report(deps.site(request).store, found.key, wrong, words, deps.now(request))
    return RedirectResponse(f"/vacancies/{found.doc['id']}/report/thanks", status_code=303)


@router.get("/vacancies/{name}/report/thanks")
def thanks(request: Request, name: str) -> Response:
    """What becomes of the report."""
    doc = _vacancy(request, name).doc
    return render(request, "report_thanks.html", title="Thank you for telling us", doc=doc)


def _vacancy(request: Request, name: str) -> Standing:
    visible = deps.visible(request)
    with deps.reading(request) as session:
        found = standing(session, name.partition("-")[0], visible)
    if found is None or not found.recent(visible.now):
        raise HTTPException(404)
    return found


def _wait(request: Request) -> int:
    """Seconds until this address may send another report; 0 = now, and it is counted."""
    counted = deps.counted_as(request)
    return deps.site(request).reports.wait(counted, deps.now(request).timestamp()) if counted else 0


def _form(
    request: Request,
    found: Standing,
    status: int = 200,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:
    title = f"Something wrong with this advert? {found.doc['title']}"
    return render(
        request,
        "report.html",
        title=f"Error: {title}" if errors else title,
        status=status,
        doc=found.doc,
        choices=CHOICES,
        longest=LONGEST,
        typed=typed or {},
        errors=errors or {},
    )
