"""The first page: the search box, what is open now, and other ways in."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from clearinghouse.search.criteria import Criteria
from clearinghouse.search.results import search
from web import deps, forms
from web.templating import render

SOON = 7  # days

router = APIRouter()


@router.get("/")
def home(request: Request) -> Response:
    """The home page; its counts are those of the searches that it links to."""
    generation, visible = deps.generation(request), deps.visible(request)
    everything = search(generation, Criteria(), visible)
    soon = search(generation, Criteria(closing_within=SOON), visible)
    kinds = {facet.value: facet.count for facet in everything.facets["kind"]}
    return render(
        request,
        "home.html",
        title="Find a job",
        criteria=Criteria(),
        radii=forms.radii(Criteria()),
        total=everything.total,
        employers=sum(facet.value != "not_stated" for facet in everything.facets["employer"]),
        soon=soon.total,
        apprenticeships=kinds.get("apprenticeship", 0),
    )
