"""One's own account: what it is for, where one is signed in, the password."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from clearinghouse.accounts import codes, own, sessions
from clearinghouse.accounts.actor import Actor
from clearinghouse.accounts.models import Organisation, SignedIn
from clearinghouse.accounts.passwords import BusyError
from clearinghouse.accounts.permissions import can_open_account, can_use_own_account
from clearinghouse.errors import BadFormError
from web import deps, signing
from web.agents import browser
from web.staff import Found, requires, requires_form, who
from web.templating import render

DONE = {
    "codes-off": "You sign in without one-time codes now.",
    "ended": "That session has ended.",
    "password": "Your password has changed. You have been signed out everywhere else.",
}
BUSY = {"present": "Too many people are signing in at this moment. Please try again"}

router = APIRouter()


def owner_of_session(session: Session, names: Mapping[str, Any]) -> Found | None:
    """Whose session has that number."""
    number = str(names["number"])
    known = number.isascii() and number.isdigit() and len(number) <= 18
    owner = session.scalar(sa.select(SignedIn.user_id).where(SignedIn.id == int(number))) if known else None
    return None if owner is None else Found(owner)


@router.get("/account", dependencies=[requires(can_open_account)])
def account(request: Request, done: str = "") -> Response:
    """Who one is here, and where one is signed in."""
    actor = who(request)
    with deps.reading(request) as session:
        open_now = sessions.sessions_of(session, actor.user, deps.now(request))
        roles = roles_of(session, actor)
        has_codes, left = codes.are_set(session, actor.user), codes.recovery_left(session, actor.user)
    listed = [(one, browser(one.agent), one.number == actor.session) for one in open_now]
    return render(
        request, "account.html", title="Your account", done=DONE.get(done), roles=roles, sessions=listed,
        codes=has_codes, left=left,
    )  # fmt: skip


def roles_of(session: Session, actor: Actor) -> list[str]:
    """The person's roles in words, each with its organisation."""
    numbers = {hat.organisation for hat in actor.hats if hat.organisation}
    wanted = sa.select(Organisation.id, Organisation.name).where(Organisation.id.in_(numbers))
    names = {row.id: row.name for row in session.execute(wanted)}
    return sorted(
        f"{hat.role.label}, {names[hat.organisation]}" if hat.organisation else hat.role.label for hat in actor.hats
    )


@router.post("/account/sign-out", dependencies=[requires_form(can_open_account)])
def sign_out(request: Request) -> Response:
    """End this session."""
    actor = who(request)
    with deps.site(request).store.writing() as session:
        sessions.end(session, actor.session or 0, actor, deps.now(request))
    return _out(request, "signed-out")


@router.post("/account/sign-out-everywhere", dependencies=[requires_form(can_open_account)])
def sign_out_everywhere(request: Request) -> Response:
    """End all sessions of the person, this one too."""
    actor = who(request)
    with deps.site(request).store.writing() as session:
        sessions.end_all(session, actor.user, actor, deps.now(request))
    return _out(request, "signed-out-everywhere")


def _out(request: Request, done: str) -> Response:
    answer = RedirectResponse(f"/sign-in?done={done}", 303)
    signing.drop_session(answer, deps.site(request).settings)
    return answer


@router.post("/account/sessions/{number}/end", dependencies=[requires_form(can_use_own_account, of=owner_of_session)])
def end(request: Request, number: int) -> Response:
    """End one session, of whichever browser."""
    actor = who(request)
    with deps.site(request).store.writing() as session:
        sessions.end(session, number, actor, deps.now(request))
    return _out(request, "signed-out") if number == actor.session else RedirectResponse("/account?done=ended", 303)


@router.get("/account/password", dependencies=[requires(can_open_account)])
def password_form(request: Request) -> Response:
    """The form for another password."""
    return _password(request, 200)


@router.post("/account/password", dependencies=[requires_form(can_open_account)])
def change_password(
    request: Request, present: Annotated[str, Form()] = "", new: Annotated[str, Form()] = ""
) -> Response:
    """Another password, for who knows the present one; every other session ends."""
    site = deps.site(request)
    try:
        own.change_password(site.store, who(request), present, new, signing.way(request), site.clock())
    except BadFormError as bad:
        return _password(request, 400, bad.errors)
    except BusyError:
        return _password(request, 503, BUSY)
    return RedirectResponse("/account?done=password", 303)


def _password(request: Request, status: int, errors: dict[str, str] | None = None) -> Response:
    title = "Error: Change your password" if errors else "Change your password"
    return render(request, "account_password.html", title=title, status=status, errors=errors or {})
