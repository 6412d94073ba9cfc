"""Forms for what a member tells us: agreement, terms of reuse, takedown contact, own pages, promises. A form each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from clearinghouse.accounts.models import Organisation
from clearinghouse.accounts.permissions import can_change_member
from clearinghouse.errors import BadFormError
from clearinghouse.members.changes import ChangedMeanwhileError, change, last_set
from clearinghouse.members.details import SECTIONS, Typed, mark
from clearinghouse.vacancies.vocabulary import Reuse
from web import deps
from web.pages.members import TERMS, organisation_in
from web.staff import Found, requires, requires_form, who
from web.templating import render

router = APIRouter()

LABELS: Mapping[str, str] = {
    "agreed_day": "Day",
    "agreed_month": "Month",
    "agreed_year": "Year",
    "agreed_by": "Who agreed",
    "considers_convictions": "Convictions, case by case",
    "guaranteed_interview": "Guaranteed interviews",
    "homepage": "Website",
    "licence": "Name of the open licence",
    "recruitment_url": "Recruitment page",
    "takedown_contact": "Takedown contact",
    "terms": "What others may do",
}
CHOICES = (("", TERMS[None]), *((kind.value, kind.label) for kind in reversed(Reuse)))
STALE = "Somebody else changed this meanwhile"


def section_in(session: Session, params: Mapping[str, Any]) -> Found | None:
    """The organisation that the path names, when there is such a section too."""
    return organisation_in(session, params) if params["section"] in SECTIONS else None


def typed(  # noqa: PLR0913, PLR0917 - the fields of five forms
    agreed_day: Annotated[str, Form()] = "",
    agreed_month: Annotated[str, Form()] = "",
    agreed_year: Annotated[str, Form()] = "",
    agreed_by: Annotated[str, Form()] = "",
    considers_convictions: Annotated[str, Form()] = "",
    guaranteed_interview: Annotated[str, Form()] = "",
    homepage: Annotated[str, Form()] = "",
    licence: Annotated[str, Form()] = "",
    recruitment_url: Annotated[str, Form()] = "",
    takedown_contact: Annotated[str, Form()] = "",
    terms: Annotated[str, Form()] = "",
) -> Typed:
    """What was typed; a section reads its own fields."""
    return dict(locals())


@router.get("/members/{slug}/change/{section}", dependencies=[requires(can_change_member, of=section_in)])
def form(request: Request, slug: str, section: str) -> Response:
    """The section's form, filled with what is so now."""
    return _form(request, slug, section)


@router.post("/members/{slug}/change/{section}", dependencies=[requires_form(can_change_member, of=section_in)])
def save(
    request: Request, slug: str, section: str, said: Annotated[Typed, Depends(typed)], was: Annotated[str, Form()] = ""
) -> Response:
    """Change the section, and on to the member's page."""
    site, now = deps.site(request), deps.now(request)
    try:
        fresh = change(
            site.store, slug, SECTIONS[section], said, was, who(request), now, demo=site.settings.demo
        )  # fmt: skip
    except BadFormError as error:
        return _form(request, slug, section, said, error.errors)
    except ChangedMeanwhileError as error:
        return _form(request, slug, section, said, {"stale": STALE}, error)
    return RedirectResponse(f"/members/{slug}?done={section if fresh else 'same'}", status_code=303)


def _form(
    request: Request, slug: str, name: str, said: Typed | None = None, errors: Mapping[str, str] | None = None,
    stale: ChangedMeanwhileError | None = None,
) -> Response:  # fmt: skip
    section = SECTIONS[name]
    with deps.reading(request) as session:
        row = session.scalars(sa.select(Organisation).where(Organisation.slug == slug)).one()
        last = last_set(session, slug, section)
    values = section.of(row)
    theirs = section.typed(values)
    title = f"{section.title}: {row.name}"
    return render(
        request, "member_change.html", title=f"Error: {title}" if errors else title, status=400 if errors else 200,
        organisation=row, section=section, theirs=theirs, typed=said or theirs, mark=mark(values), last=last,
        errors=errors or {}, stale=stale, labels=LABELS, choices=CHOICES, choice_labels=dict(CHOICES),
    )  # fmt: skip
