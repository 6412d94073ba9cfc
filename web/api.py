"""The public API, version 1 (design §7): JSON for anyone, from publications alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from clearinghouse.accounts.models import Organisation
from clearinghouse.accounts.successions import Heir
from clearinghouse.ingest.sources import effective
from clearinghouse.publish import directory
from clearinghouse.publish.document import api_item
from clearinghouse.publish.standing import Standing, standing
from clearinghouse.search.criteria import Criteria
from clearinghouse.search.results import Results, documents, search
from clearinghouse.search.understanding import understood
from clearinghouse.vacancies.draft import london
from clearinghouse.vacancies.models import SourceRow
from web import api_models as models
from web.api_parameters import SEARCH, openapi
from web.deps import generation, reading, site, to_all

ABOUT = (
    "Every vacancy that the members of the clearing house advertise. "
    "The employer's own advert is what counts. Times are London's, with their offset. "
    "Unknown parameters are ignored, and `notices` names the values that could not be read."
)
router = APIRouter(prefix="/api/v1", tags=["public"])


@router.get("/vacancies", response_model=models.VacancyPage, openapi_extra=openapi(SEARCH))
def vacancies(request: Request) -> Response:
    """Search. A page after the last one is empty."""
    criteria, notices = Criteria.from_query(request.query_params.multi_items())
    if request.query_params.get("as_typed") == "no":
        criteria = understood(criteria).criteria
    view, base = to_all(request), site(request).settings.public_url
    results = search(generation(request), criteria, view)
    with reading(request) as session:
        items = [api_item(found.doc, found.last_seen, base) for found in documents(session, results.keys, view)]
    body = {
        "total": results.total,
        "page": criteria.page,
        "per_page": criteria.per_page,
        "items": items,
        "facets": facets(results),
        "next": following(f"{base}/api/v1/vacancies", criteria, results.total),
        "notices": list(dict.fromkeys((*notices, *results.notices))),
    }
    return JSONResponse(body)


def facets(results: Results) -> dict[str, list[dict[str, Any]]]:
    """The counts under the API's keys."""
    return {
        name: [{"value": facet.value, "label": facet.label, "count": facet.count} for facet in values]
        for name, values in results.facets.items()
    }


def following(address: str, criteria: Criteria, total: int) -> str | None:
    """The address of the page after this one; None after the last."""
    if criteria.page * criteria.per_page >= total:
        return None
    return f"{address}?{urlencode(criteria.replace(page=criteria.page + 1).to_query())}"


@router.get(
    "/vacancies/{public_id}",
    response_model=models.Vacancy,
    responses={
        301: {"description": "It is the same as another by now"},
        410: {"model": models.Gone, "description": "It isn't open any more"},
        "default": {"model": models.Trouble, "description": "There is no such vacancy (404)"},
    },
)
def vacancy(request: Request, public_id: str) -> Response:
    """One vacancy; 410 when it isn't open any more, 301 when it was merged into another."""
    with reading(request) as session:
        found = standing(session, public_id, to_all(request))
    if found is None:
        return JSONResponse({"detail": f"There is no vacancy {public_id}."}, 404)
    base = site(request).settings.public_url
    if found.elsewhere:
        return RedirectResponse(f"{base}/api/v1/vacancies/{found.doc['id']}", 301)
    if not found.open:
        return JSONResponse(gone(found), 410)
    return JSONResponse(api_item(found.doc, found.last_seen, base))


def gone(found: Standing) -> dict[str, Any]:
    """What the API says of a vacancy that isn't open any more."""
    status = "withdrawn" if found.doc["status"] == "withdrawn" else "closed"
    ended = london(found.ended) if found.ended else None
    detail = f"The vacancy {found.doc['id']} is not open any more."
    return {"detail": detail, "id": found.doc["id"], "status": status, "ended_at": ended}


@router.get("/employers", response_model=models.Employers)
def employers(request: Request) -> Response:
    """Every member, and every other employer that has a vacancy open now."""
    with reading(request) as session:
        found = directory.employers(session, to_all(request))
    return JSONResponse({"items": [_employer(one) for one in found]})


def _employer(one: directory.Employer) -> Mapping[str, Any]:
    return {
        "slug": one.slug,
        "name": one.name,
        "type": one.type,
        "member": one.member,
        "homepage": one.homepage,
        "recruitment_url": one.recruitment_url,
        "link_checked": london(one.link_checked) if one.link_checked else None,
        "vacancies": one.live,
        "last_read": london(one.last_read) if one.last_read else None,
        "reuse": one.reuse,
        "licence": one.licence,
        "successors": [_successor(heir) for heir in one.heirs],
    }


def _successor(heir: Heir) -> Mapping[str, str]:
    return {"slug": heir.slug, "name": heir.name, "since": heir.since.isoformat()}


@router.get("/sources", response_model=models.Sources)
def sources(request: Request) -> Response:
    """Every source that is shown to the public, and how fresh what we have of it is."""
    shown = sa.select(SourceRow, Organisation.name).where(SourceRow.public, ~SourceRow.retired)
    shown = shown.outerjoin(Organisation, Organisation.id == SourceRow.organisation_id).order_by(SourceRow.slug)
    with reading(request) as session:
        return JSONResponse({"items": [_source(row, name) for row, name in session.execute(shown)]})


def _source(row: SourceRow, organisation: str | None) -> Mapping[str, Any]:
    facts = effective(row)
    return {
        "slug": row.slug,
        "organisation": organisation,
        "homepage": facts.homepage,
        "every_hours": facts.every_hours,
        "last_read": london(row.last_good_run) if row.last_good_run else None,
    }
