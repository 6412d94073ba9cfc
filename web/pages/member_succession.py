"""The form that says from which day another employer does a member's work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import sqlalchemy as sa
from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from clearinghouse.accounts.models import Organisation
from clearinghouse.accounts.permissions import can_set_successor
from clearinghouse.errors import BadFormError
from clearinghouse.members.succession import said, set_successor
from web import deps
from web.pages.members import organisation_in
from web.staff import requires, requires_form, who
from web.templating import render

router = APIRouter()


def typed(
    successors: Annotated[str, Form()] = "",
    since_day: Annotated[str, Form()] = "",
    since_month: Annotated[str, Form()] = "",
    since_year: Annotated[str, Form()] = "",
    add: Annotated[str, Form()] = "",
) -> Mapping[str, str]:
    """What was typed."""
    return dict(locals())


@router.get("/members/{slug}/successor", dependencies=[requires(can_set_successor, of=organisation_in)])
def form(request: Request, slug: str) -> Response:
    """The form, filled with what is so now."""
    return _form(request, slug)


@router.post("/members/{slug}/successor", dependencies=[requires_form(can_set_successor, of=organisation_in)])
def save(
    request: Request,
    slug: str,
    words: Annotated[Mapping[str, str], Depends(typed)],
    was: Annotated[str, Form()] = "",
) -> Response:
    """Record it, and on to the member's page."""
    try:
        fresh = set_successor(deps.site(request).store, slug, words, was, who(request), deps.now(request))
    except BadFormError as error:
        return _form(request, slug, words, error.errors)
    return RedirectResponse(f"/members/{slug}?done={'successor' if fresh else 'same'}", status_code=303)


def _form(
    request: Request, slug: str, words: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None
) -> Response:
    with deps.reading(request) as session:
        row = session.scalars(sa.select(Organisation).where(Organisation.slug == slug)).one()
        now = said(session, row.id)
    title = f"Who does its work: {row.name}"
    return render(
        request, "member_succession.html", title=f"Error: {title}" if errors else title, status=400 if errors else 200,
        organisation=row, typed=words or now.typed(), mark=now.mark, errors=errors or {},
    )  # fmt: skip
