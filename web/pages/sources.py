"""The sources: how each is doing, and what a person does about it. Their settings are in source_settings.py."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from clearinghouse.accounts.actor import Actor
from clearinghouse.accounts.permissions import (
    can_add_source,
    can_approve_source,
    can_change_source,
    can_remove_source,
    can_see_quality,
    can_see_source,
    can_see_sources,
)
from clearinghouse.accounts.roles import Role
from clearinghouse.errors import BadFormError
from clearinghouse.ingest import health, measuring, steering, tuning
from clearinghouse.ingest.health import Order, State
from clearinghouse.ingest.models import RunStatus
from clearinghouse.ingest.sources import effective
from clearinghouse.ingest.sources import get as get_row
from clearinghouse.vacancies.models import SourceRow
from web import deps
from web.charts import chart
from web.comparing import compare
from web.paging import part
from web.source_quality import reading
from web.staff import Found, requires, requires_form, who
from web.templating import render

router = APIRouter()

REFUSED_A_PAGE = 20
COMPARED = 10  # adverts beside their originals
DONE: Mapping[str, str] = {
    "accepted": "The count is accepted. We are reading the source again.",
    "added": "The source is added. We read it, and show it to staff only until somebody verifies it.",
    "approved": "The source is added and verified. Everyone sees its vacancies within a minute.",
    "asked": "We are reading it. Load this page again in a minute.",
    "changed": "The settings are changed.",
    "moved": "The settings are changed. Its vacancies are hidden from the public until somebody verifies them.",
    "paused": "The source is paused. We do not read it until somebody resumes it.",
    "removed": "The source is removed. What it brought stays until it closes, or until you hide it from the public.",
    "resumed": "The source is read again.",
    "same": "Nothing was changed: the settings were like that already.",
    "unverified": "Its vacancies are hidden from the public until somebody verifies them.",
    "verified": "The source is verified. Everyone sees what it brings.",
    "waiting": "A reading was asked for already. Load this page again in a minute.",
}
ORIGINS: Mapping[str, str] = {
    "browser": "Added in the browser",
    "demo": "A simulated partner of this demo",
    "operator": "A file of whoever runs this site",
    "shipped": "A file that came with this program",
}
STATUSES: Mapping[RunStatus, str] = {
    RunStatus.ABANDONED: "Broken off",
    RunStatus.FAILED: "Failed",
    RunStatus.OK: "Well",
    RunStatus.REFUSED: "Refused",
    RunStatus.UNCHANGED: "Well, nothing new",
}


def owner_of_source(session: Session, params: Mapping[str, Any]) -> Found | None:
    """The organisation that the source in the path belongs to, as the predicates take it."""
    row = session.get(SourceRow, params["slug"])
    return Found(row.organisation_id) if row else None


@router.get("/sources", dependencies=[requires(can_see_sources)])
def sources(request: Request, state: str = "", organisation: str = "", sort: str = "", page: str = "1") -> Response:
    """Every source that the person may see, as far as the filters let it through."""
    with deps.reading(request) as session:
        every = health.sources(session, deps.now(request), _owners(who(request)))
    employers = sorted({(one.organisation_slug or "", one.organisation or "") for one in every}, key=lambda p: p[1])
    state = state if state in set(State) else ""
    organisation = organisation if organisation in {slug for slug, _ in employers} else ""
    kept = [one for one in every if state in ("", one.state) and organisation in ("", one.organisation_slug)]
    order = next((one for one in Order if one == sort), Order.WORST)
    asked = {"state": state, "organisation": organisation, "sort": "" if order is Order.WORST else order.value}
    listed = part(health.in_order(kept, order), page, "/sources", asked)
    return render(
        request, "sources.html", title=f"Sources{listed.place}", listed=listed, total=len(every),
        counts=health.counts_by_state(every), state=state, organisation=organisation, sort=order,
        states=[("", "Any"), *((one.value, one.label) for one in State)], orders=[(o.value, o.label) for o in Order],
        employers=[("", "Any"), *((slug, name) for slug, name in employers if slug)],
        may_add=can_add_source(who(request)), may_see_quality=can_see_quality(who(request)),
    )  # fmt: skip


def _owners(actor: Actor) -> frozenset[int] | None:
    """Whose sources the person's list has; None = everybody's."""
    if can_see_source(actor, None):
        return None
    return frozenset(hat.organisation for hat in actor.hats if hat.organisation and hat.role == Role.EMPLOYER)


@router.get("/sources/{slug}", dependencies=[requires(can_see_source, of=owner_of_source)])
def source(request: Request, slug: str, refused: str = "1", done: str = "") -> Response:
    """One source: its state, its history, and buttons for those who may."""
    return _source(request, slug, page=_number(refused), done=done)


def _source(
    request: Request, slug: str, *, page: int = 1, done: str = "", errors: Mapping[str, str] | None = None
) -> Response:
    actor, now = who(request), deps.now(request)
    with deps.reading(request) as session:
        found = health.source(session, slug, now)
        if found is None:
            raise HTTPException(404)
        row = get_row(session, slug)
        runs = health.runs(session, slug)
        total, refused = health.refused(session, slug, page, REFUSED_A_PAGE)
        shown = {
            "reading": reading(session, slug, now), "issues": health.issues(session, slug),
            "checks": health.checks(session, slug), "asked": steering.crawl_asked(session, slug),
        }  # fmt: skip
    return render(
        request, "source.html", title=f"{'Error: ' if errors else ''}{found.name}: source {slug}",
        status=400 if errors else 200, health=found, facts=effective(row), row=row, now_set=tuning.in_force(row),
        file_set=tuning.of_file(row), differs=tuning.differences(row), runs=runs, chart=chart(runs),
        refused=refused, refused_total=total, page=page, pages=-(-total // REFUSED_A_PAGE), errors=errors or {},
        done=DONE.get(done), acceptable=found.run if steering.is_acceptable(found.run) else None,
        origins=ORIGINS, statuses=STATUSES, may_change=can_change_source(actor, found.owner),
        may_approve=can_approve_source(actor, found.owner),
        may_remove=row.adapter_fields is not None and can_remove_source(actor, found.owner), **shown,
    )  # fmt: skip


def _number(words: str) -> int:
    return max(1, int(words)) if words.isascii() and words.isdigit() and len(words) < 7 else 1


@router.post("/sources/{slug}/pause", dependencies=[requires_form(can_change_source, of=owner_of_source)])
def pause(request: Request, slug: str) -> Response:
    """Read it no more for now."""
    steering.pause(deps.site(request).store, slug, who(request), deps.now(request))
    return back(slug, "paused")


@router.post("/sources/{slug}/resume", dependencies=[requires_form(can_change_source, of=owner_of_source)])
def resume(request: Request, slug: str) -> Response:
    """Read it again."""
    steering.resume(deps.site(request).store, slug, who(request), deps.now(request))
    return back(slug, "resumed")


@router.post("/sources/{slug}/crawl", dependencies=[requires_form(can_change_source, of=owner_of_source)])
def crawl(request: Request, slug: str) -> Response:
    """Read it now; a second click while one waits asks for no second reading."""
    try:
        new = steering.ask_crawl(deps.site(request).store, slug, who(request), deps.now(request))
    except BadFormError as error:
        return _source(request, slug, errors=error.errors)
    return back(slug, "asked" if new else "waiting")


@router.post("/sources/{slug}/accept", dependencies=[requires_form(can_change_source, of=owner_of_source)])
def accept(request: Request, slug: str, run: Annotated[str, Form()] = "") -> Response:
    """Take the count of the refused run that the page showed as the new normal, and read it again."""
    site = deps.site(request)
    number = int(run) if run.isascii() and run.isdigit() and len(run) < 10 else 0
    try:
        steering.accept_count(site.store, slug, number, who(request), deps.now(request))
    except BadFormError as error:
        return _source(request, slug, errors=error.errors)
    return back(slug, "accepted")


@router.post("/sources/{slug}/remove", dependencies=[requires_form(can_remove_source, of=owner_of_source)])
def remove(request: Request, slug: str) -> Response:
    """Retire a source that was added in the browser."""
    try:
        steering.remove(deps.site(request).store, slug, who(request), deps.now(request))
    except BadFormError as error:
        return _source(request, slug, errors=error.errors)
    return back(slug, "removed")


@router.get("/sources/{slug}/verify", dependencies=[requires(can_approve_source, of=owner_of_source)])
def comparison(request: Request, slug: str) -> Response:
    """Ten of its vacancies beside the originals, and the form that says that somebody compared them."""
    return _comparison(request, slug, "", {})


@router.post("/sources/{slug}/verify", dependencies=[requires_form(can_approve_source, of=owner_of_source)])
def verify(
    request: Request, slug: str, compared: Annotated[str, Form()] = "", hidden: Annotated[str, Form()] = "yes"
) -> Response:
    """Let everyone see what the source brings, on the word of somebody who compared it.

    `hidden` is no when the form was made before somebody hid the source.
    """
    store, now = deps.site(request).store, deps.now(request)
    try:
        steering.verify(store, slug, compared, who(request), now, saw_hidden=hidden != "no")
    except BadFormError as error:
        return _comparison(request, slug, compared, error.errors)
    return back(slug, "verified")


@router.post("/sources/{slug}/unverify", dependencies=[requires_form(can_approve_source, of=owner_of_source)])
def unverify(request: Request, slug: str) -> Response:
    """Take what the source brings from the public."""
    steering.unverify(deps.site(request).store, slug, who(request), deps.now(request))
    return back(slug, "unverified")


def _comparison(request: Request, slug: str, compared: str, errors: Mapping[str, str]) -> Response:
    with deps.reading(request) as session:
        found = health.source(session, slug, deps.now(request))
        if found is None:
            raise HTTPException(404)
        row, sample = get_row(session, slug), measuring.newest(session, slug, COMPARED)
    return render(
        request, "source_verify.html", title=f"{'Error: ' if errors else ''}Verify {found.name}",
        status=400 if errors else 200, health=found, compared=compared, errors=errors,
        hidden="withheld" in row.override, about=row.facts.get("about"),
        adverts=[compare({**one.posting, "url": one.url}, one.draft, found.organisation) for one in sample],
    )  # fmt: skip


def back(slug: str, done: str) -> Response:
    """To the source's page, which says what was done."""
    return RedirectResponse(f"/sources/{slug}?done={done}", 303)
