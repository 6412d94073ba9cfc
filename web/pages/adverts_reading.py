"""Putting one reading of an advert right: a page and a form for each field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response
from sqlalchemy.orm import Session

from clearinghouse.accounts.permissions import can_correct_vacancy
from clearinghouse.errors import BadFormError
from clearinghouse.ingest import correcting
from clearinghouse.ingest.as_typed import typed_of
from clearinghouse.ingest.correctable import FIELDS
from clearinghouse.ingest.correcting import ChangedMeanwhileError, mark
from clearinghouse.ingest.typed_reading import Typed
from clearinghouse.search.parameters import LEVELS
from clearinghouse.vacancies.vocabulary import Basis, Period
from web import deps
from web.pages.adverts import back, owner_of_vacancy, whole
from web.readings import readings, told
from web.staff import Found, requires, requires_form, who
from web.templating import render

router = APIRouter()

STALE = "This reading changed after you had opened the page"
BASES = (
    (Basis.ACTUAL.value, "What this job pays for its own hours"),
    (Basis.FULL_TIME_EQUIVALENT.value, "What it would pay full time"),
    (Basis.UNKNOWN.value, "The advert doesn’t say which"),
)


def field_in(session: Session, params: Mapping[str, Any]) -> Found | None:
    """The owner of the vacancy that the path names, when there is such a field too."""
    return owner_of_vacancy(session, params) if params["field"] in FIELDS else None


def typed(  # noqa: PLR0913, PLR0917 - the fields of every kind of form
    value: Annotated[str, Form()] = "",
    chosen: Annotated[list[str] | None, Form()] = None,
    day: Annotated[str, Form()] = "",
    month: Annotated[str, Form()] = "",
    year: Annotated[str, Form()] = "",
    time: Annotated[str, Form()] = "",
    minimum: Annotated[str, Form()] = "",
    maximum: Annotated[str, Form()] = "",
    period: Annotated[str, Form()] = "",
    basis: Annotated[str, Form()] = "",
    essential: Annotated[str, Form()] = "",
    desirable: Annotated[str, Form()] = "",
    not_stated: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
) -> Typed:
    """What was typed; each kind of form has some of these."""
    said = dict(locals())
    return Typed(**{**said, "chosen": tuple(chosen or ()), "not_stated": not_stated == "yes"})


@router.get("/adverts/{public_id}/reading/{field}", dependencies=[requires(can_correct_vacancy, of=field_in)])
def form(request: Request, public_id: str, field: str) -> Response:
    """The form, filled with what everyone sees now."""
    return _form(request, public_id, field)


@router.post("/adverts/{public_id}/reading/{field}", dependencies=[requires_form(can_correct_vacancy, of=field_in)])
def save(
    request: Request, public_id: str, field: str,
    said: Annotated[Typed, Depends(typed)], was: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    """Put it right, and on to the advert's page."""
    store, now = deps.site(request).store, deps.now(request)
    try:
        new = correcting.correct(store, public_id, FIELDS[field], said, was, who(request), now)
    except BadFormError as error:
        return _form(request, public_id, field, said, error.errors)
    except ChangedMeanwhileError:
        return _form(request, public_id, field, said, {"stale": STALE})
    return back(public_id, "corrected" if new else "same")


@router.post(
    "/adverts/{public_id}/reading/{field}/undo", dependencies=[requires_form(can_correct_vacancy, of=field_in)]
)
def undo(request: Request, public_id: str, field: str) -> Response:
    """Let the advert's own reading count again."""
    store = deps.site(request).store
    undone = correcting.undo(store, public_id, FIELDS[field], who(request), deps.now(request))
    return back(public_id, "undone" if undone else "same")


def _form(
    request: Request, public_id: str, name: str, said: Typed | None = None, errors: Mapping[str, str] | None = None
) -> Response:
    found, field = whole(request, public_id), FIELDS[name]
    lead = next((one for one in found.said if one.leads), None)
    every = readings(found.draft, found.shown, lead.posting if lead else {}, found.standing)
    now_shown = correcting.reading(found.shown, field)
    return render(
        request, "advert_reading.html", title=f"{'Error: ' if errors else ''}{field.label}: {found.shown['title']}",
        status=400 if errors else 200, found=found, field=field, errors=errors or {}, mark=mark(now_shown),
        typed=said or typed_of(field, now_shown), ours=told(field, now_shown) if now_shown else "",
        reading=next(one for one in every if one.field is field), lead=lead,
        periods=[("", "Choose"), *((one.value, one.label) for one in Period)], bases=BASES,
        levels=[("", "Not said"), *LEVELS.items()],
    )  # fmt: skip
