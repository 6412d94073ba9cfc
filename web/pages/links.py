"""The links that we mail, and asking for one.

Whoever reads a link for staff may choose a password, once. Links of alerts are tried first: a signature tells them.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from clearinghouse.accounts import links, passwords, sessions
from clearinghouse.accounts.links import Link
from clearinghouse.errors import BadFormError
from web import deps, signing
from web.pages import alert_links
from web.templating import render

# What the address holds is a secret: it goes to no other site, and into no cache. Not `no-referrer`: with that,
# browsers send a form with "Origin: null", as from a site that hides, and the gate refuses it.
SECRET = {"Cache-Control": "no-store", "Referrer-Policy": "same-origin", "X-Robots-Tag": "noindex"}
BUSY = {"password": "Too many people are signing in at this moment. Please try again"}
SENT = "If there is an account with that address, we have sent a mail to it. Its link works for 1 hour."

router = APIRouter()


@router.get("/link/{token}")
def read(request: Request, token: str, done: str = "", search: str = "") -> Response:
    """The form that the link leads to. Nothing changes, however often a mail scanner opens it."""
    if answer := alert_links.read(request, token, done, search):
        return _kept_secret(answer)
    with deps.reading(request) as session:
        link = links.read_link(session, token, deps.now(request))
    return page(request, link, token, 200) if link else dead(request)


@router.post("/link/{token}")
def use(
    request: Request,
    token: str,
    password: Annotated[str, Form()] = "",
    do: Annotated[str, Form()] = "",
    search: Annotated[str, Form()] = "",
    often: Annotated[str, Form()] = "",
) -> Response:
    """What an alert's button says; or choose the password, and on to signing in with it.

    Whoever was signed in with this browser is no more then.
    """
    if answer := alert_links.use(request, token, alert_links.Sent(do, search, often)):
        return _kept_secret(answer)
    site, now = deps.site(request), deps.now(request)
    with deps.reading(request) as session:
        link = links.read_link(session, token, now)
    if link is None:
        return dead(request)
    try:
        done = links.use_link(site.store, token, password, now)
    except BadFormError as bad:
        return page(request, link, token, 400, bad.errors)
    except passwords.BusyError:
        return page(request, link, token, 503, BUSY)
    return _signed_out(request) if done else dead(request)


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
    context = {"link": link, "token": token, "errors": errors or {}}
    return _kept_secret(render(request, "link.html", title=title, status=status, **context))


def dead(request: Request) -> Response:
    """The same for a link that is unknown, used, replaced or too old."""
    return _kept_secret(render(request, "link_dead.html", title="This link does not work", status=404))


def _kept_secret(answer: Response) -> Response:
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
