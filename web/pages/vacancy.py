"""The page of one vacancy, open or closed."""

from __future__ import annotations

import sqlalchemy as sa
from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from clearinghouse.accounts.permissions import can_correct_vacancy
from clearinghouse.ingest.correctable import FIELDS
from clearinghouse.publish.applying import applying
from clearinghouse.publish.standing import Standing, standing
from clearinghouse.search.similar import similar
from clearinghouse.vacancies.applying import Applying
from clearinghouse.vacancies.draft import LONDON
from clearinghouse.vacancies.models import Vacancy
from web import deps, wording
from web.jobposting import job_posting
from web.saved_search import like_href
from web.templating import render
from web.training import Trained, training

router = APIRouter()


@router.get("/vacancies/{name}")
def vacancy(request: Request, name: str) -> Response:
    """The vacancy whose public id begins the name; any other name for it leads to the right one.

    404 for one that the public never could see; for one that closed, for 90 days what it was and what is like it, then
    410.
    """
    visible = deps.visible(request)
    with deps.reading(request) as session:
        found = standing(session, name.partition("-")[0], visible)
        if found is None:
            raise HTTPException(404)
        if found.elsewhere or name != _name(found):
            return RedirectResponse(f"/vacancies/{_name(found)}", status_code=301)
        if not found.recent(visible.now):
            return render(request, "gone.html", title="This vacancy has closed", status=410)
        alike = () if found.open else similar(session, deps.generation(request), found.doc, visible)
        known = applying(session, found.doc) if found.open else None
        may_correct = _may_correct(request, session, found)
        trained = training(session, found.doc)
    return _page(request, found, alike, known, trained, may_correct=may_correct)


def _may_correct(request: Request, session: Session, found: Standing) -> bool:
    """True for staff who may hide or correct this advert."""
    actor = deps.actor(request)
    if actor is None or not deps.is_let_in(request):
        return False
    owner = session.scalar(sa.select(Vacancy.organisation_id).where(Vacancy.id == found.key))
    return can_correct_vacancy(actor, owner)


def _page(
    request: Request, found: Standing, alike: object, known: Applying | None, trained: Trained | None, *,
    may_correct: bool,
) -> Response:  # fmt: skip
    doc, now = found.doc, deps.now(request)
    here = f"{deps.site(request).settings.public_url}/vacancies/{_name(found)}"
    employer = f" at {doc['employer']['name']}" if doc.get("employer") else ""
    closed = "" if found.open else "Closed: "
    return render(
        request,
        "vacancy.html",
        title=f"{closed}{doc['title']}{employer}",
        standing=found,
        doc=doc,
        similar=alike,
        timed_out=doc["closes_at"] is not None and wording.moment_of(doc["closes_at"]) == found.ended,
        last_days=wording.days_left(doc, now),
        canonical=doc["advert_url"] if doc.get("advert_has_jobposting") else here,
        posting=job_posting(doc, here),
        trained=trained,
        like=like_href(doc),
        applying=known,
        may_correct=may_correct,
        fields=FIELDS,
        applying_is_old=known is not None and known.is_old(now.astimezone(LONDON).date()),
    )


def _name(found: Standing) -> str:
    return f"{found.doc['id']}-{found.doc['slug']}"
