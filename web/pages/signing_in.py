"""Signing in: the e-mail address and password, then a one-time code, on one address."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from starlette.types import Receive, Scope

from clearinghouse.accounts import sessions, signing_in
from clearinghouse.accounts.signing_in import NeedsCode, Passed, Wait
from web import deps, navigation, resuming, signing, staff
from web.security import CODES
from web.templating import render

WRONG = {"email": "The email address or the password is not right"}
WRONG_CODE = {"code": "The code is not right, or it has been used. Enter the newest one"}
TOO_SLOW = {"email": "That took more than 10 minutes. Please start again"}
DONE = {
    "password": "Your new password is set. Please sign in with it.",
    "signed-out": "You have signed out.",
    "signed-out-everywhere": "You have signed out everywhere.",
}
LAPSED = "Your session has ended, so nothing was changed."
KEPT = "We have kept what you typed. Sign in, and you can send it."
NOT_TAKEN = "Your session ended before we could take this form, so nothing was changed."
NOT_KEPT = "We could not keep what you typed: it is too long."

router = APIRouter()


@router.get("/sign-in")
def form(request: Request, done: str = "") -> Response:
    """The form; somebody who has signed in is led to their first page."""
    actor = deps.actor(request)
    if actor is None:
        return page(request, 200, done=DONE.get(done))
    if not deps.is_let_in(request):
        return RedirectResponse(CODES, 303)
    with deps.reading(request) as session:
        return RedirectResponse(navigation.first_page(session, actor), 303)


@router.post("/sign-in")
def sign_in(
    request: Request,
    email: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    code: Annotated[str, Form()] = "",
    step: Annotated[str, Form()] = "",
    kept: Annotated[str, Form()] = "",
) -> Response:
    """One step. What fails is a 403 that doesn't say which part was wrong; who must wait gets a 429."""
    if step:
        return _second(request, email, code, step, kept)
    missing = _missing(email, password)
    if missing:
        return page(request, 403, missing, email=email, kept=kept)
    site, way = deps.site(request), signing.way(request)
    found = signing_in.check_password(site.store, email, password, way, site.clock())
    if isinstance(found, Passed):
        return _come_in(request, found, kept)
    if isinstance(found, NeedsCode):
        return code_page(request, 200, step=signing.seal_step(found), email=email, kept=kept)
    if isinstance(found, Wait):
        return _later(page(request, 429, {"email": wait_words(found.seconds)}, email=email, kept=kept), found.seconds)
    return page(request, 403, WRONG, email=email, kept=kept)


def _missing(email: str, password: str) -> dict[str, str]:
    asked = {"email": (email, "Enter your email address"), "password": (password, "Enter your password")}
    return {name: sentence for name, (value, sentence) in asked.items() if not value.strip()}


def _second(request: Request, email: str, code: str, sealed: str, kept: str) -> Response:
    site = deps.site(request)
    step = signing.read_step(sealed, site.clock())
    if step is None:
        return page(request, 403, TOO_SLOW, email=email, kept=kept)
    again = partial(code_page, request, step=sealed, email=email, kept=kept)
    if not code.strip():
        return again(403, {"code": "Enter the code"})
    found = signing_in.check_code(site.store, step, code, signing.way(request), site.clock())
    if isinstance(found, Passed):
        return _come_in(request, found, kept)
    if isinstance(found, Wait):
        return _later(again(429, {"code": wait_words(found.seconds)}), found.seconds)
    present = deps.actor(request)
    if present and present.user == step.user:  # the form that let this very browser in, sent once more
        return _onward(request, kept)
    return again(403, WRONG_CODE)


def _come_in(request: Request, passed: Passed, kept: str) -> Response:
    """A new session, and on to the first page, or to what was typed before."""
    site, now, before = deps.site(request), deps.now(request), deps.actor(request)
    with site.store.writing() as session:
        if before:
            sessions.end(session, before.session or 0, before, now)
        agent = request.headers.get("user-agent", "")
        token = sessions.start(session, passed.user, agent, now, strong=passed.strong)
    request.scope["actor"] = actor = sessions.actor_of(site.store, token, now)
    if actor is None:  # disabled at this very moment
        return page(request, 403, WRONG)
    answer = _onward(request, kept, passed.recovery_left)
    signing.keep_session(answer, site.settings, token)
    signing.keep_known(request, answer, passed.user)
    return answer


def _onward(request: Request, kept: str, recovery_left: int | None = None) -> Response:
    """To what this person typed before, else to their first page."""
    form = resuming.read_typed(kept, deps.now(request)) if kept else None
    if form and form.user == staff.who(request).user and deps.is_let_in(request):
        return render(
            request, "resume.html", title="You have signed in", form=form,
            heading="You have signed in. Send what you typed?", sentence=NOT_TAKEN,
        )  # fmt: skip
    return RedirectResponse(_first(request, recovery_left), 303)


def _first(request: Request, recovery_left: int | None) -> str:
    if not deps.is_let_in(request):
        return CODES
    if recovery_left is not None:
        return f"{CODES}?done=recovery-used"
    with deps.reading(request) as session:
        return navigation.first_page(session, staff.who(request))


async def keep_typed(scope: Scope, receive: Receive, user: int) -> Response:
    """The answer to a staff form of somebody whose session has ended: the sign-in page, which holds what was typed."""
    request = Request(scope, receive)
    form = await resuming.typed(request, user, deps.now(request))
    return await anyio.to_thread.run_sync(_lapsed, request, form)


def _lapsed(request: Request, form: resuming.Typed) -> Response:
    kept = resuming.seal_typed(form)
    said = KEPT if kept else NOT_KEPT if form.fields else ""
    return page(request, 403, kept=kept, lapsed=f"{LAPSED} {said}".strip())


def page(
    request: Request,
    status: int,
    errors: dict[str, str] | None = None,
    *,
    email: str = "",
    kept: str = "",
    done: str | None = None,
    lapsed: str = "",
) -> Response:
    """The first step's form."""
    title = "Error: Staff sign in" if errors else "Staff sign in"
    return render(
        request, "sign_in.html", title=title, status=status, errors=errors or {}, email=email, kept=kept, done=done,
        lapsed=lapsed,
    )  # fmt: skip


def code_page(
    request: Request, status: int, errors: dict[str, str] | None = None, *, step: str, email: str, kept: str
) -> Response:
    """The second step's form."""
    title = "Error: Enter your code" if errors else "Enter your code"
    return render(
        request, "sign_in_code.html", title=title, status=status, errors=errors or {}, step=step, email=email, kept=kept
    )


def wait_words(seconds: int) -> str:
    """How long to wait, as a sentence."""
    return f"Too many tries. Please wait {seconds} second{'' if seconds == 1 else 's'}, then try again"


def _later(answer: Response, seconds: int) -> Response:
    answer.headers["Retry-After"] = str(seconds)
    return answer
