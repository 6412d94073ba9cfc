"""The members as those see them who look after them, and what each of them does about reports of wrong adverts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from clearinghouse.accounts.models import Organisation
from clearinghouse.accounts.permissions import (
    can_answer_report,
    can_change_member,
    can_correct_vacancy,
    can_see_member,
    can_see_members,
    can_see_sources,
    can_set_successor,
)
from clearinghouse.ingest import adverts
from clearinghouse.ingest.adverts import Question, Show
from clearinghouse.members import overview
from clearinghouse.members.details import SECTIONS
from clearinghouse.members.overview import Member
from clearinghouse.members.succession import said as successor_of
from clearinghouse.publish.promises import listed as promises
from clearinghouse.vacancies import reports
from clearinghouse.vacancies.reports import AdvertReport, Outcome
from clearinghouse.vacancies.vocabulary import Reuse
from web import deps
from web.paging import part
from web.staff import Found, requires, requires_form, who
from web.templating import render

router = APIRouter()

DONE: Mapping[str, str] = {
    "agreement": "The agreement is saved.",
    "already": "Somebody had answered that report already. Nothing was changed.",
    "contact": "The takedown contact is saved.",
    "fixed": "The report is closed: the advert was put right.",
    "links": "The pages are saved.",
    "promises": "The promises are saved. The jobs follow within a minute.",
    "right": "The report is closed: nothing was wrong.",
    "same": "Nothing was changed: it was like that already.",
    "successor": "Who does its work is saved.",
    "terms": "The terms of reuse are saved. The adverts follow within a minute.",
}
SHOWN: Mapping[str, tuple[str, Callable[[Member], bool]]] = {
    "no-agreement": ("No agreement recorded", lambda one: one.organisation.agreed_on is None),
    "no-contact": ("No takedown contact", lambda one: one.organisation.takedown_contact is None),
    "no-source": ("No source", lambda one: one.worst is None),
    "reports": ("Open reports", lambda one: one.reports > 0),
}
TERMS: Mapping[str | None, str] = {None: "Not said: facts only, unless a source says more"} | {
    kind.value: kind.label for kind in Reuse
}
LARGEST = 2**31  # no number of ours reaches it, and PostgreSQL can't be asked about one that does


def organisation_in(session: Session, params: Mapping[str, Any]) -> Found | None:
    """The organisation that the path names, as the predicates take it."""
    number = session.scalar(sa.select(Organisation.id).where(Organisation.slug == params["slug"]))
    return None if number is None else Found(number)


def report_of_organisation(session: Session, params: Mapping[str, Any]) -> Found | None:
    """The same for a report about one of that organisation's adverts."""
    owner, found = organisation_in(session, params), reported(session, params["number"])
    return owner if found and owner and found.organisation_id == owner.decides else None


def reported(session: Session, number: str) -> AdvertReport | None:
    """The report of that number, as a path gives it."""
    if not (number.isascii() and number.isdigit() and len(number) <= 10 and int(number) < LARGEST):
        return None
    return session.get(AdvertReport, int(number))


@router.get("/members", dependencies=[requires(can_see_members)])
def members(request: Request, show: str = "", page: str = "1") -> Response:
    """Every member, or those of whom something is missing."""
    with deps.reading(request) as session:
        every = overview.members(session, deps.now(request))
    counts = [(name, label, sum(map(test, every))) for name, (label, test) in SHOWN.items()]
    show = show if show in SHOWN else ""
    kept = [one for one in every if SHOWN[show][1](one)] if show else every
    listed = part(kept, page, "/members", {"show": show})
    return render(
        request, "members.html", title=f"Members{listed.place}", listed=listed, total=len(every), counts=counts,
        show=show,
    )  # fmt: skip


@router.get("/members/{slug}", dependencies=[requires(can_see_member, of=organisation_in)])
def member(request: Request, slug: str, done: str = "") -> Response:
    """One of them: its sources, what visitors reported, and what it told us."""
    actor = who(request)
    with deps.reading(request) as session:
        found = overview.member(session, slug, deps.now(request))
        if found is None:
            raise HTTPException(404)
        owner = found.organisation.id
        said, successor = reports.open_reports(session, owner), successor_of(session, owner)
        dropped = Question(Show.DROPPED, owners=frozenset({owner}))
        waiting = len(adverts.listed(session, dropped)) if can_correct_vacancy(actor, owner) else 0
    return render(
        request, "member.html", title=f"{found.organisation.name}: member", member=found,
        organisation=found.organisation, reports=said, sections=SECTIONS, terms=TERMS, done=DONE.get(done),
        may_list=can_see_members(actor), may_see_sources=can_see_sources(actor),
        may_change=can_change_member(actor, owner), may_answer=can_answer_report(actor, owner),
        successor=successor, may_set_successor=can_set_successor(actor, owner),
        waiting=waiting, promises=promises(found.organisation.promises),
    )  # fmt: skip


@router.post(
    "/members/{slug}/reports/{number}", dependencies=[requires_form(can_answer_report, of=report_of_organisation)]
)
def answer(request: Request, slug: str, number: str, outcome: Annotated[str, Form()] = "") -> Response:
    """Close a report about one of the member's adverts."""
    return RedirectResponse(f"/members/{slug}?done={closed(request, number, outcome)}", status_code=303)


def closed(request: Request, number: str, outcome: str) -> str:
    """Close the report; the name of the sentence that says so."""
    known = {one.value: one for one in Outcome}
    if outcome not in known:
        raise HTTPException(400, "Please choose what came of the report.")
    fresh = reports.close(deps.site(request).store, int(number), known[outcome], who(request), deps.now(request))
    return outcome if fresh else "already"
