"""The results page: one GET form, every filter in its address."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from clearinghouse.search.criteria import Criteria
from clearinghouse.search.results import Results, documents, search
from clearinghouse.search.understanding import understood
from web import deps, forms, wording
from web.beside import beside
from web.saved_search import follow_href
from web.templating import render

NOTICES = 5  # that a page shows in full

router = APIRouter()


@router.get("/vacancies")
def vacancies(request: Request) -> Response:
    """The vacancies that the address asks for; words that we can't use are named, and never an error."""
    typed, notices = Criteria.from_query(request.query_params.multi_items())
    meant = understood(typed)
    visible = deps.visible(request)
    generation = deps.generation(request)
    results = search(generation, meant.criteria, visible)
    criteria = results.criteria
    with deps.reading(request) as session:
        listed = documents(session, results.keys, visible, results.miles)
    heading = said(criteria, results)
    pages = forms.paging(criteria, results.total)
    return render(
        request,
        "results.html",
        title=_title(heading, criteria.page, pages.links[-1].number),
        heading=heading,
        criteria=criteria,
        results=results,
        total=results.total,
        documents=listed,
        notices=_most((*notices, *results.notices)),
        chips=forms.chips(results.chosen),
        paging=pages,
        first=(criteria.page - 1) * criteria.per_page + 1,
        last_href=pages.links[-1].href,
        unstated=results.unstated,
        understood=meant.words,
        typed=typed.q,
        as_typed=forms.href(typed.replace(as_typed=True)),
        beside=beside(generation, results, visible),
        **_form(results, request.query_params.get(forms.WHOLE, "")),
        **_other_ways(results),
    )


def _form(results: Results, whole: str) -> dict[str, Any]:
    """The controls of the search; `whole` is the filter of which every value is to be shown."""
    criteria = results.criteria
    groups = forms.groups(criteria, results.facets, whole)
    return {
        "groups": groups,
        "filtering": whole in [group.parameter for group in groups],
        "choices": forms.choices(criteria),
        "pay_periods": forms.pay_periods(criteria),
        "radii": forms.radii(criteria),
        "carried": forms.carried(criteria),
        "sorts": forms.sorts(criteria),
    }


def _other_ways(results: Results) -> dict[str, Any]:
    """The addresses of searches near this one, and of this one to follow, to print and to take away."""
    criteria = results.criteria
    query = urlencode(criteria.replace(page=1).to_query())
    return {
        "clear": forms.cleared(criteria),
        "typed_href": forms.href(criteria.replace(q=results.typed or criteria.q, as_typed=True)),
        "fewer_href": forms.href(criteria.replace(q=results.words)),
        "unstated_href": forms.href(criteria.replace(include_unstated=not criteria.include_unstated)),
        "query": f"?{query}" if query else "",
        "follow": follow_href(criteria),
        "printed": forms.href(criteria.replace(per_page=Criteria().per_page), "/vacancies/print"),
    }


def _most(notices: tuple[str, ...]) -> tuple[str, ...]:
    """The notices; of a very long address the first, and how many more there are."""
    more = len(notices) - NOTICES
    return notices if more <= 1 else (*notices[:NOTICES], f"We left out {more:,} more values that we don't know.")


def said(criteria: Criteria, results: Results) -> str:
    """The search in a few words: 12 jobs for “care” within 5 miles of Mansfield."""
    words = f" for “{results.words}”" if criteria.q else ""
    return wording.counted(results.total, "job", "jobs") + words + _near(criteria, results)


def _near(criteria: Criteria, results: Results) -> str:
    if not criteria.location or results.place is None:
        return ""
    return f" within {wording.distance(criteria.radius)} of {criteria.location}"


def _title(heading: str, page: int, last: int) -> str:
    return heading if last == 1 or page > last else f"{heading} – page {page:,} of {last:,}"
