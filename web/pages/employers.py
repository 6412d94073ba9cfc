"""The directory of employers, and the page of each."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request, Response

from clearinghouse.publish import directory
from clearinghouse.search.criteria import Criteria
from clearinghouse.search.results import documents, search
from web import deps
from web.templating import render

router = APIRouter()


@router.get("/employers")
def employers(request: Request) -> Response:
    """Every member, whether we can read its site or not, then every other employer with open vacancies."""
    with deps.reading(request) as session:
        known = directory.employers(session, deps.visible(request))
    return render(
        request,
        "employers.html",
        title="Employers",
        members=[one for one in known if one.member],
        others=[one for one in known if not one.member],
    )


@router.get("/employers/{slug}")
def employer(request: Request, slug: str) -> Response:
    """One employer: its own job page, how fresh we are, and its open vacancies."""
    generation, visible = deps.generation(request), deps.visible(request)
    with deps.reading(request) as session:
        found = directory.employer(session, slug, visible, generation.successions.heirs)
        if found is None:
            raise HTTPException(404)
        results = search(generation, Criteria(employer=(slug,), sort="newest"), visible)
        listed = documents(session, results.keys, visible)
    return render(request, "employer.html", title=found.name, employer=found, total=results.total, documents=listed)
