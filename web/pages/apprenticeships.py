"""Apprenticeships: what they are, what the levels mean, and the newest."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from clearinghouse.search.criteria import Criteria
from clearinghouse.search.parameters import APPRENTICESHIP_LEVELS
from clearinghouse.search.results import documents, search
from web import deps
from web.templating import render
from web.training import LIKE

router = APIRouter()


@dataclass(frozen=True)
class Level:
    """One level with what it is like, and how many apprenticeships of it are open."""

    value: str
    label: str
    like: str
    count: int


@router.get("/apprenticeships")
def apprenticeships(request: Request) -> Response:
    """The levels in plain words with their counts, and the newest apprenticeships."""
    visible = deps.visible(request)
    results = search(deps.generation(request), Criteria(kind=("apprenticeship",), sort="newest"), visible)
    with deps.reading(request) as session:
        listed = documents(session, results.keys, visible)
    counts = {facet.value: facet.count for facet in results.facets["apprenticeship_level"]}
    levels = [Level(v, label, LIKE[v], counts.get(v, 0)) for v, label in APPRENTICESHIP_LEVELS.items()]
    return render(
        request, "apprenticeships.html", title="Apprenticeships", total=results.total, levels=levels, documents=listed
    )
