"""One's own one-time codes: setting up an authenticator, recovery codes, doing without."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Annotated, TypeVar

import segno
from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from clearinghouse.accounts import codes, own
from clearinghouse.accounts.passwords import BusyError
from clearinghouse.accounts.permissions import can_open_account
from clearinghouse.errors import BadFormError
from clearinghouse.sealing import seal
from web import deps, navigation, signing
from web.staff import requires, requires_form, who
from web.templating import render

NEW_FOR = dt.timedelta(hours=1)  # that a new secret may wait for its first code
LONGEST = 2_000  # characters of the hidden field that holds it
TOO_OLD = {"code": "This page is more than an hour old. Scan the new picture, or type the new key"}
BUSY = {"password": "Too many people are signing in at this moment. Please try again"}
NOT_HERE = {"password": "You can't sign in here without one-time codes"}
DONE = {"recovery-used": "You signed in with a recovery code. It can't be used again."}

Shown = TypeVar("Shown")
router = APIRouter()


@router.get("/account/codes", dependencies=[requires(can_open_account)])
def state(request: Request, done: str = "") -> Response:
    """How the codes are set up; the form that sets them up for who has none."""
    with deps.reading(request) as session:
        if not codes.are_set(session, who(request).user):
            return _set_up(request, 200, codes.new_secret(), replaces=False)
    return _state(request, 200, done=DONE.get(done))


@router.get("/account/codes/new", dependencies=[requires(can_open_account)])
def another(request: Request) -> Response:
    """The form for another authenticator in place of the present one."""
    return _set_up(request, 200, codes.new_secret(), replaces=_are_set(request))


@router.post("/account/codes", dependencies=[requires_form(can_open_account)])
def set_up(
    request: Request,
    sealed: Annotated[str, Form(alias="secret")] = "",
    code: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
) -> Response:
    """Keep the new authenticator, when it shows the right code; the recovery codes, this once."""
    site, actor = deps.site(request), who(request)
    replaces, secret = _are_set(request), _read(request, sealed)
    if secret is None:
        return _set_up(request, 400, codes.new_secret(), replaces=replaces, errors=TOO_OLD)
    way = signing.way(request)
    try:
        recovery = own.set_up_codes(site.store, actor, secret, code, password, way, site.clock())
    except BadFormError as bad:
        return _set_up(request, 400, secret, replaces=replaces, errors=bad.errors)
    except BusyError:
        return _set_up(request, 503, secret, replaces=replaces, errors=BUSY)
    return _recovery(request, recovery)


@router.post("/account/codes/recovery", dependencies=[requires_form(can_open_account)])
def renew(request: Request, password: Annotated[str, Form()] = "") -> Response:
    """New recovery codes in place of the old ones, shown this once."""
    return _with_password(request, own.renew_recovery, password, lambda codes: _recovery(request, codes))


@router.post("/account/codes/off", dependencies=[requires_form(can_open_account)])
def turn_off(request: Request, password: Annotated[str, Form()] = "") -> Response:
    """Do without codes, in a demo; elsewhere nobody can."""
    if not deps.site(request).settings.demo:
        return _state(request, 400, errors=NOT_HERE)
    gone = RedirectResponse("/account?done=codes-off", 303)
    return _with_password(request, own.turn_off_codes, password, lambda _: gone)


def _with_password(
    request: Request, act: Callable[..., Shown], password: str, then: Callable[[Shown], Response]
) -> Response:
    site = deps.site(request)
    try:
        return then(act(site.store, who(request), password, signing.way(request), site.clock()))
    except BadFormError as bad:
        return _state(request, 400, errors=bad.errors)
    except BusyError:
        return _state(request, 503, errors=BUSY)


def _are_set(request: Request) -> bool:
    with deps.reading(request) as session:
        return codes.are_set(session, who(request).user)


def _seal(request: Request, secret: str) -> str:
    """The new secret as a hidden field: nothing is kept of it before its first code."""
    said = {"for": "secret", "user": who(request).user, "secret": secret, "at": deps.now(request).isoformat()}
    return seal(json.dumps(said))


def _read(request: Request, sealed: str) -> str | None:
    found, now = signing.opened(sealed, "secret", LONGEST), deps.now(request)
    if found is None or found["user"] != who(request).user:
        return None
    at = dt.datetime.fromisoformat(found["at"])
    return str(found["secret"]) if at <= now < at + NEW_FOR else None


def _set_up(
    request: Request, status: int, secret: str, *, replaces: bool, errors: dict[str, str] | None = None
) -> Response:
    address = codes.address(secret, who(request).email)
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        scale=5,
        border=4,
        light="#fff",
        svgclass="qr",
        lineclass=None,
        omitsize=True,
        title="The key as a picture to scan",
    )
    title = "Set up one-time codes"
    return render(
        request, "account_codes_new.html", title=f"Error: {title}" if errors else title, status=status,
        heading=title, errors=errors or {}, secret=_seal(request, secret), address=address, drawn=drawn,
        key=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)), replaces=replaces,
    )  # fmt: skip


def _state(request: Request, status: int, errors: dict[str, str] | None = None, done: str | None = None) -> Response:
    with deps.reading(request) as session:
        left = codes.recovery_left(session, who(request).user)
    title = "Error: One-time codes" if errors else "One-time codes"
    return render(request, "account_codes.html", title=title, status=status, errors=errors or {}, left=left, done=done)


def _recovery(request: Request, recovery: tuple[str, ...]) -> Response:
    with deps.reading(request) as session:
        onward = navigation.first_page(session, who(request))
    return render(request, "account_recovery.html", title="Your recovery codes", recovery=recovery, onward=onward)
