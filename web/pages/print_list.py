"""Lists of jobs for paper: in large print, each with a code to scan, for a jobs fair or a notice board.

They show everyone the same, whoever is signed in: what is printed lies about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response

from clearinghouse.publish.standing import followed, standings
from clearinghouse.search.criteria import Criteria
from clearinghouse.search.results import documents, search
from web import deps, forms, shortlist, wording
from web.pages.results import said
from web.qr import qr
from web.searched import searched
from web.templating import render

AT_MOST = 100  # jobs, on about 25 sheets
SIZES = (5, 10, 25, 50, AT_MOST)
SHORT = 150  # characters of an address that makes a code of few enough dots

router = APIRouter()


@dataclass(frozen=True)
class Paper:
    """What stands around a printed list: its heading, filters in words, and where the list is on the site.

    `left` jobs are found there and not here. `sizes` are links to longer and shorter lists.
    """

    heading: str
    chips: tuple[str, ...] = ()
    address: str = ""
    back: str = ""
    left: int = 0
    sizes: tuple[forms.Link, ...] = ()


@router.get("/vacancies/print")
def found(request: Request) -> Response:
    """What the search finds, for paper: its first jobs, at most AT_MOST, or as many as `per_page` says."""
    asked = searched(request)
    size = asked.per_page if "per_page" in request.query_params else AT_MOST
    view = deps.to_all(request)
    results = search(deps.generation(request), asked.replace(per_page=size), view)
    with deps.reading(request) as session:
        listed = documents(session, results.keys, view)
    criteria = results.criteria.replace(per_page=Criteria().per_page)
    back = forms.href(criteria)
    paper = Paper(
        heading=said(results.criteria, results),
        chips=tuple(chip.label for chip in results.chosen if chip.parameter not in ("q", "location")),
        address=deps.site(request).settings.public_url + back,
        back=back,
        left=results.total - len(listed),
        sizes=_sizes(criteria, size, results.total),
    )
    return _printed(request, paper, listed)


@router.get("/saved/print")
def saved(request: Request) -> Response:
    """The visitor's own saved jobs that are open, for paper; with `ids` in the address those that somebody sent."""
    sent = request.query_params.get("ids")
    here = deps.site(request).settings
    wanted = shortlist.of(request, here) if sent is None else shortlist.ids(sent.split(","))
    with deps.reading(request) as session:
        known = standings(session, followed(session, wanted), deps.to_all(request))
    listed = [one for one in known if one.open]
    kind = "saved job" if sent is None else "job"
    heading = wording.counted(len(listed), kind, f"{kind}s")
    back = "/saved" if sent is None else f"/saved?ids={','.join(wanted)}"
    return _printed(request, Paper(heading, back=back), listed)


def _sizes(criteria: Criteria, size: int, total: int) -> tuple[forms.Link, ...]:
    """Links to the same list cut elsewhere: up to the first that holds all of it; none where each does."""
    enough = next((n for n in SIZES if n >= total), AT_MOST)
    offered = sorted({n for n in SIZES if n <= enough} | {size}) if total > SIZES[0] else ()
    return tuple(
        forms.Link(str(n), forms.href(criteria.replace(per_page=n), "/vacancies/print"), chosen=n == size)
        for n in offered
    )


def _printed(request: Request, paper: Paper, listed: Sequence[Any]) -> Response:
    base = deps.site(request).settings.public_url
    return render(
        request,
        "print_list.html",
        title=f"To print: {paper.heading}",
        paper=paper,
        listed=listed,
        base=base,
        qr=qr,
        code=paper.address if len(paper.address) <= SHORT else "",
        at=deps.now(request),
    )
