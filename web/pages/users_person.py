"""The page of one person with an account, and what the right people may do to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from clearinghouse.accounts import codes, people, sessions
from clearinghouse.accounts.actor import Account
from clearinghouse.accounts.inviting import hats_wanted, newest_link, send_again
from clearinghouse.accounts.models import LinkPurpose
from clearinghouse.accounts.permissions import can_change_user, can_see_user
from clearinghouse.errors import BadFormError
from web import deps
from web.pages.users import STATES, answer, choices, mails, number_in, organisation_names, roles_in, shown
from web.staff import Found, requires, requires_form, who
from web.templating import render

DONE: Mapping[str, str] = {
    "codes": "The one-time codes are taken away. At the next sign-in new ones are set up.",
    "disabled": "The account is disabled. Nobody can sign in with it.",
    "enabled": "The account is enabled again.",
    "ended": "All sessions are ended. To go on, the person must sign in again.",
    "given": "The role is given.",
    "invited": "The invitation is sent. Its link works for 7 days.",
    "renamed": "The name is changed.",
    "reset": "A mail with a link to choose a new password is sent. It works for 1 hour.",
    "taken": "The role is taken away.",
}

router = APIRouter()


def hats_of_user(session: Session, params: Mapping[str, Any]) -> Found | None:
    """The roles of the person in the path."""
    found = people.person(session, number_in(params["number"]) or 0)
    return Found(found.hats) if found else None


def account_of_user(session: Session, params: Mapping[str, Any]) -> Found | None:
    """The account of the person in the path."""
    found = people.person(session, number_in(params["number"]) or 0)
    return Found(Account(found.id, found.hats)) if found else None


SEES = requires(can_see_user, of=hats_of_user)
GIVES = requires_form(can_see_user, of=hats_of_user)  # which role may be given or taken, the domain decides
CHANGES = requires_form(can_change_user, of=account_of_user)


@router.get("/users/{number}", dependencies=[SEES])
def user(request: Request, number: str, done: str = "") -> Response:
    """One person: roles, state, sessions, and buttons for those who may."""
    return _page(request, int(number), done=DONE.get(done))


@router.post("/users/{number}/roles/give", dependencies=[GIVES])
def give(
    request: Request, number: str, role: Annotated[list[str] | None, Form()] = None,
    organisation: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    """Give one or several roles."""

    def change(session: Session) -> None:
        for hat in hats_wanted(roles_in(role or ()), number_in(organisation)):
            people.give_role(session, int(number), hat, who(request), deps.now(request))

    return _changed(request, number, "given", change, {"role": role or [], "organisation": organisation})


@router.post("/users/{number}/roles/take", dependencies=[GIVES])
def take(
    request: Request, number: str, role: Annotated[str, Form()] = "", organisation: Annotated[str, Form()] = ""
) -> Response:
    """Take one role away."""

    def change(session: Session) -> None:
        for hat in hats_wanted(roles_in([role] if role else ()), number_in(organisation)):
            people.take_role(session, int(number), hat, who(request), deps.now(request))

    return _changed(request, number, "taken", change)


@router.post("/users/{number}/name", dependencies=[CHANGES])
def rename(
    request: Request, number: str, name: Annotated[str, Form()] = "", was: Annotated[str, Form()] = ""
) -> Response:
    """Change the name; not when somebody else has changed it meanwhile."""

    def change(session: Session) -> None:
        known = people.person(session, int(number))
        if known and known.name not in (was, " ".join(name.split())):
            raise BadFormError(
                {"name": f"Somebody has changed the name to “{known.name}” meanwhile. You typed “{name}”"}
            )
        people.rename(session, int(number), name, who(request), deps.now(request))

    return _changed(request, number, "renamed", change, {"name": name})


@router.post("/users/{number}/link", dependencies=[CHANGES])
def link(request: Request, number: str) -> Response:
    """Send a new link: an invitation to who hasn't answered one, else to choose a new password."""
    site = deps.site(request)
    try:
        with site.store.writing() as session:
            known = people.person(session, int(number))
            sent = send_again(
                session, int(number), who(request), deps.now(request), site.settings.public_url, mails=mails(request)
            )
    except BadFormError as error:
        return _page(request, int(number), errors=error.errors)
    return answer(request, sent, "invited" if known and known.state == people.State.INVITED else "reset")


@router.post("/users/{number}/codes", dependencies=[CHANGES])
def take_codes(request: Request, number: str, reason: Annotated[str, Form()] = "") -> Response:
    """Take the one-time codes away, for the reason that is given."""

    def change(session: Session) -> None:
        codes.take_away(session, int(number), who(request), deps.now(request), reason)

    return _changed(request, number, "codes", change, {"reason": reason})


@router.post("/users/{number}/sessions", dependencies=[CHANGES])
def end_sessions(request: Request, number: str) -> Response:
    """End every session of the person."""
    return _changed(
        request, number, "ended",
        lambda session: sessions.end_all(session, int(number), who(request), deps.now(request)),
    )  # fmt: skip


@router.post("/users/{number}/disable", dependencies=[CHANGES])
def disable(request: Request, number: str) -> Response:
    """Let the person in no more."""
    return _changed(
        request, number, "disabled",
        lambda session: people.disable(session, int(number), who(request), deps.now(request)),
    )  # fmt: skip


@router.post("/users/{number}/enable", dependencies=[CHANGES])
def enable(request: Request, number: str) -> Response:
    """Let the person in again."""
    return _changed(
        request, number, "enabled",
        lambda session: people.enable(session, int(number), who(request), deps.now(request)),
    )  # fmt: skip


def _changed(
    request: Request, number: str, done: str, change: Callable[[Session], None], typed: Mapping[str, Any] | None = None
) -> Response:
    """Do it whole and go to the page that says so; or the page with what is wrong and what was typed."""
    try:
        with deps.site(request).store.writing() as session:
            change(session)
    except BadFormError as error:
        return _page(request, int(number), errors=error.errors, typed=typed)
    actor = who(request)
    with deps.reading(request) as session:
        found = people.person(session, int(number))
    still = found is not None and can_see_user(actor, found.hats)  # a team lead may have taken the last role away
    return RedirectResponse(f"/users/{int(number)}?done={done}" if still else "/users", 303)


def _page(
    request: Request, number: int, *, done: str | None = None, errors: Mapping[str, str] | None = None,
    typed: Mapping[str, Any] | None = None,
) -> Response:  # fmt: skip
    actor, now = who(request), deps.now(request)
    with deps.reading(request) as session:
        found = people.person(session, number)
        if found is None:
            raise HTTPException(404)
        names = organisation_names(session)
        invitation = newest_link(session, number, LinkPurpose.INVITATION)
        open_sessions = len(sessions.sessions_of(session, number, now))
    return render(
        request, "user.html", title=f"{'Error: ' if errors else ''}{found.name}", status=400 if errors else 200,
        person=shown(found, actor, names), is_self=actor.user == number, done=done, errors=errors or {},
        typed=typed or {}, invitation=invitation, expired=invitation is not None and invitation.expires <= now,
        open_sessions=open_sessions, may_change=can_change_user(actor, Account(found.id, found.hats)),
        mails=mails(request), states=STATES, **choices(actor, names),
    )  # fmt: skip
