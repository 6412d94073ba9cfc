"""Saved jobs, without an account: a list in a signed cookie, to read, print, send and clear."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from clearinghouse.publish.standing import followed, standings
from web import deps, shortlist
from web.templating import render

router = APIRouter()


@router.get("/saved")
def saved(request: Request) -> Response:
    """The visitor's own list; with `ids` in the address the list that somebody sent, which changes nothing."""
    site = deps.site(request)
    sent = request.query_params.get("ids")
    wanted = shortlist.of(request, site.settings) if sent is None else shortlist.ids(sent.split(","))
    with deps.reading(request) as session:
        wanted = followed(session, wanted)
        known = standings(session, wanted, deps.visible(request))
    return render(
        request,
        "saved.html",
        title="Saved jobs" if sent is None else "A list of jobs",
        shared=sent is not None,
        open=[one for one in known if one.open],
        past=[one for one in known if not one.open],
        printed="/saved/print" if sent is None else f"/saved/print?ids={','.join(wanted)}",
        share=f"{site.settings.public_url}/saved?ids={','.join(wanted)}",
    )


@router.post("/saved")
def change(
    request: Request,
    do: Annotated[str, Form()] = "",
    id: Annotated[list[str] | None, Form()] = None,  # noqa: A002 - the name of the form's field
) -> Response:
    """Save, remove or clear, and on to the list. Anything else that is asked for changes nothing."""
    settings = deps.site(request).settings
    before = shortlist.of(request, settings)
    with deps.reading(request) as session:  # what was saved may have been merged since
        saved, named = followed(session, before), followed(session, shortlist.ids(id or ()))
    after = {
        "save": shortlist.ids([*saved, *named]),
        "remove": tuple(one for one in saved if one not in named),
        "clear": (),
    }.get(do, before)
    answer = RedirectResponse("/saved", status_code=303)
    if after != before:
        shortlist.keep(answer, settings, after)
    return answer
