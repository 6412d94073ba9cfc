"""Adverts as staff see them: the list of those that people put right, and one advert with what may be done to it.

The forms for its readings are in adverts_reading.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from clearinghouse.accounts.permissions import can_correct_vacancy, can_see_adverts
from clearinghouse.errors import BadFormError
from clearinghouse.ingest import adverts, correcting
from clearinghouse.ingest.adverts import Question, Show, Whole
from clearinghouse.ingest.correctable import label_of
from web import deprivation, deps
from web.paging import part
from web.readings import posted, readings
from web.staff import Found, requires, requires_form, who
from web.templating import render

router = APIRouter()

DONE: Mapping[str, str] = {
    "back": "What people had put right counts again.",
    "corrected": "It is put right. Everyone sees it in a few seconds.",
    "hidden": "The vacancy is hidden. It is gone from every page in a few seconds.",
    "left": "The vacancy stays as its source says now.",
    "same": "Nothing was changed: it was like that already.",
    "shown": "The vacancy is shown again.",
    "undone": "The advert’s own reading counts again.",
}
LONGEST = 100  # characters that a list is searched for


def owner_of_vacancy(session: Session, params: Mapping[str, Any]) -> Found | None:
    """The organisation that the vacancy in the path belongs to, as the predicates take it."""
    found = adverts.standing(session, params["public_id"])
    return Found(found.organisation_id) if found else None


@router.get("/adverts", dependencies=[requires(can_see_adverts)])
def listing(
    request: Request, show: str = "", employer: str = "", source: str = "", words: str = "", page: str = "1"
) -> Response:
    """The adverts that are hidden, put right, or wait for a person; or those that somebody looks for."""
    actor = who(request)
    owners = None if can_correct_vacancy(actor, None) else actor.looks_after
    show = show if show in set(Show) else ""
    words = " ".join(words.replace("\0", " ").split())[:LONGEST]
    source = source.replace("\0", " ")[:LONGEST]
    with deps.reading(request) as session:
        known = adverts.employers(session, owners)
        employer = employer if employer in {slug for slug, _ in known} else ""
        found = adverts.listed(session, Question(show, employer, source, words, owners))
    asked = {"show": show, "employer": employer, "source": source, "words": words}
    listed = part(found, page, "/adverts", asked)
    return render(
        request, "adverts.html", title=f"Adverts{listed.place}", listed=listed, full=len(found) == adverts.MOST,
        shows=[("", "Any"), *((one.value, one.label) for one in Show)], employers=[("", "Any"), *known],
        show=show, employer=employer, source=source, words=words,
    )  # fmt: skip


@router.get("/adverts/{public_id}", dependencies=[requires(can_correct_vacancy, of=owner_of_vacancy)])
def advert(request: Request, public_id: str, done: str = "") -> Response:
    """What the sources say, what we read, what people put right, and its history."""
    found = whole(request, public_id)
    if found.vacancy.public_id != public_id:
        return RedirectResponse(f"/adverts/{found.vacancy.public_id}", 301)
    lead = next((said for said in found.said if said.leads), None)
    with deps.reading(request) as session:
        areas = deprivation.sentences(session, found.shown.get("places") or ())
    return render(
        request, "advert.html", title=f"Advert: {found.shown['title']}", found=found, done=DONE.get(done),
        readings=readings(found.draft, found.shown, lead.posting if lead else {}, found.standing),
        posted=posted, label_of=label_of, deprivation=areas,
    )  # fmt: skip


@router.get("/adverts/{public_id}/hide", dependencies=[requires(can_correct_vacancy, of=owner_of_vacancy)])
def confirm(request: Request, public_id: str) -> Response:
    """Asks why, and whether it shall be hidden."""
    return _confirm(request, public_id, "", {})


@router.post("/adverts/{public_id}/hide", dependencies=[requires_form(can_correct_vacancy, of=owner_of_vacancy)])
def hide(request: Request, public_id: str, reason: Annotated[str, Form()] = "") -> Response:
    """Hide it now."""
    try:
        new = correcting.hide(deps.site(request).store, public_id, reason, who(request), deps.now(request))
    except BadFormError as error:
        return _confirm(request, public_id, reason, error.errors)
    return back(public_id, "hidden" if new else "same")


@router.post("/adverts/{public_id}/show", dependencies=[requires_form(can_correct_vacancy, of=owner_of_vacancy)])
def show_again(request: Request, public_id: str) -> Response:
    """Show it again to whoever may see it."""
    new = correcting.show(deps.site(request).store, public_id, who(request), deps.now(request))
    return back(public_id, "shown" if new else "same")


@router.post("/adverts/{public_id}/restore", dependencies=[requires_form(can_correct_vacancy, of=owner_of_vacancy)])
def restore(request: Request, public_id: str) -> Response:
    """Put back what a run dropped."""
    new = correcting.restore(deps.site(request).store, public_id, who(request), deps.now(request))
    return back(public_id, "back" if new else "same")


@router.post("/adverts/{public_id}/leave", dependencies=[requires_form(can_correct_vacancy, of=owner_of_vacancy)])
def leave(request: Request, public_id: str) -> Response:
    """Leave it as its source says now."""
    new = correcting.leave(deps.site(request).store, public_id, who(request), deps.now(request))
    return back(public_id, "left" if new else "same")


def whole(request: Request, public_id: str) -> Whole:
    """The advert of that page; 404 without one."""
    with deps.reading(request) as session:
        found = adverts.whole(session, public_id)
    if found is None:
        raise HTTPException(404)
    return found


def back(public_id: str, done: str) -> Response:
    """To the advert's page, which says what was done."""
    return RedirectResponse(f"/adverts/{public_id}?done={done}", 303)


def _confirm(request: Request, public_id: str, reason: str, errors: Mapping[str, str]) -> Response:
    found = whole(request, public_id)
    return render(
        request, "advert_hide.html", title=f"{'Error: ' if errors else ''}Hide {found.shown['title']}",
        status=400 if errors else 200, found=found, reason=reason, errors=errors,
    )  # fmt: skip
