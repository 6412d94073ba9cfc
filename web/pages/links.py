"""The links that we mail, and asking for one: whoever reads such a link may choose a password, once."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from clearinghouse.accounts import links, passwords, sessions
from clearinghouse.accounts.links import Link
from clearinghouse.errors import BadFormError
from web import deps, signing
from web.templating import render

# What the address holds is a secret: it goes to no other site, and into no cache. Not `no-referrer`: with that,
# browsers send a form with "Origin: null", as from a site that hides, and the gate refuses it.
SECRET = {"Cache-Control": "no-store", "Referrer-Policy": "same-origin", "X-Robots-Tag": "noindex"}
BUSY = {"password": "Too many people are signing in at this moment. Please try again"}
SENT = "If there is an account with that address, we have sent a mail to it. Its link works for 1 hour."

router = APIRouter()


@router.get("/link/{token}")
def read(request: Request, token: str) -> Response:
    """The form that the link leads to. Nothing changes, however often a mail scanner opens it."""
    with deps.reading(request) as session:
        link = links.read_link(session, token, deps.now(request))
    return page(request, link, token, 200) if link else _dead(request)


@router.post("/link/{token}")
def use(request: Request, token: str, password: Annotated[str, Form()] = "") -> Response:
    """Choose the password, and on to signing in with it: whoever was signed in with this browser is no more."""
    site, now = deps.site(request), deps.now(request)
    with deps.reading(request) as session:
        link = links.read_link(session, token, now)
    if link is None:
        return _dead(request)
    try:
        done = links.use_link(site.store, token, password, now)
    except BadFormError as bad:
        return page(request, link, token, 400, bad.errors)
    except passwords.BusyError:
        return page(request, link, token, 503, BUSY)
    return _signed_out(request) if done else _dead(request)


def _signed_out(request: Request) -> Response:
    site, present = deps.site(request), deps.actor(request)
    answer = RedirectResponse("/sign-in?done=password", 303, SECRET)
    if present:
        with site.store.writing() as session:
            sessions.end(session, present.session or 0, present, deps.now(request))
        signing.drop_session(answer, site.settings)
    return answer


def page(request: Request, link: Link, token: str, status: int, errors: dict[str, str] | None = None) -> Response:
    """The form of a link that works."""
    title = "Error: Choose a password" if errors else "Choose a password"
    answer = render(request, "link.html", title=title, status=status, link=link, token=token, errors=errors or {})
    answer.headers.update(SECRET)
    return answer


def _dead(request: Request) -> Response:
    """The same for a link that is unknown, used, replaced or too old."""
    answer = render(request, "link_dead.html", title="This link does not work", status=404)
    answer.headers.update(SECRET)
    return answer


@router.get("/forgotten-password")
def forgotten(request: Request, done: str = "") -> Response:
    """The form that asks where to send a link."""
    return _forgotten(request, 200, done=SENT if done == "sent" else None)


@router.post("/forgotten-password")
def send(request: Request, email: Annotated[str, Form()] = "") -> Response:
    """Always the same answer after the same time; a mail, seconds later, only to who has an account."""
    if not email.strip():
        return _forgotten(request, 400, {"email": "Enter your email address"})
    site, now, asker = deps.site(request), deps.now(request), deps.counted_as(request)
    wait = site.resets.wait(asker, now.timestamp()) if asker else 0
    if wait:
        sentence = "Too many people have asked from your network. Please try again in an hour"
        answer = _forgotten(request, 429, {"email": sentence}, email)
        answer.headers["Retry-After"] = str(wait)
        return answer
    site.forgotten.add(email, now)
    return RedirectResponse("/forgotten-password?done=sent", 303)


def _forgotten(
    request: Request, status: int, errors: dict[str, str] | None = None, email: str = "", done: str | None = None
) -> Response:
    title = "Error: Forgotten password" if errors else "Forgotten password"
    context = {"errors": errors or {}, "email": email, "done": done}
    return render(request, "forgotten.html", title=title, status=status, **context)
