"""Stopping a saved search: from the link in a message by one button, from a mail program by one click (RFC 8058)."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from clearinghouse.alerts import saved
from clearinghouse.alerts.models import Ended
from clearinghouse.alerts.saved import State
from clearinghouse.alerts.tokens import Purpose, read_token
from web import deps
from web.pages.alert_links import can_start_again
from web.pages.links import SECRET, dead
from web.saved_search import follow_href, said
from web.templating import render

router = APIRouter()


@router.get("/alerts/stop/{token}")
def read(request: Request, token: str) -> Response:
    """The page with the button; or that it has stopped. Nothing changes, however often a mail scanner opens it."""
    public_id = _search(request, token)
    return dead(request) if public_id is None else _page(request, token, public_id)


@router.post("/alerts/stop/{token}")
def stop(request: Request, token: str) -> Response:
    """Stop it at once, whatever the form holds and whoever sends it: the gate lets it through from anywhere."""
    public_id = _search(request, token)
    if public_id is None:
        return dead(request)
    with deps.site(request).store.writing() as session:
        saved.stop(session, public_id, Ended.STOPPED, deps.now(request))
    return _page(request, token, public_id)


@router.post("/alerts/stop/{token}/undo")
def undo(request: Request, token: str) -> Response:
    """Start it again, for who pressed by mistake; back to the page, which says how things stand."""
    public_id = _search(request, token)
    if public_id is None:
        return dead(request)
    with deps.site(request).store.writing() as session:
        saved.renew(session, public_id, deps.now(request))
    return RedirectResponse(f"/alerts/stop/{token}", 303, SECRET)


def _search(request: Request, token: str) -> str | None:
    link = read_token(deps.secret(request), token, deps.now(request))
    return link.public_id if link and link.purpose is Purpose.STOP else None


def _page(request: Request, token: str, public_id: str) -> Response:
    """How the search stands; one that we have deleted by now was stopped before."""
    with deps.reading(request) as session:
        alert = saved.alert(session, public_id)
        shown = said(session, [alert.criteria])[0] if alert else None
    live = alert is not None and alert.state is not State.ENDED
    answer = render(
        request,
        "alert_stop.html",
        title="Stop these messages?" if live else "We have stopped these messages",
        live=live,
        alert=alert,
        said=shown,
        again=alert is not None and can_start_again(alert),
        ask_again=follow_href(alert.criteria) if alert else "",
        action=f"/alerts/stop/{token}",
    )
    answer.headers.update(SECRET)
    return answer
