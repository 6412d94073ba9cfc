"""What a browser holds of a sign-in: the session's cookie, the one that makes it a known browser, the sealed steps."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from typing import Any
from urllib.parse import urlsplit

import itsdangerous
from fastapi import Request, Response

from clearinghouse.accounts.signing_in import Browser, NeedsCode, Way
from clearinghouse.errors import BadSettingError
from clearinghouse.sealing import seal, unseal
from clearinghouse.settings import Settings
from web import deps
from web.security import SESSION, SIGN_IN

KNOWN = "known"
KNOWN_FOR = 365 * 24 * 3600  # seconds
KNOWN_AT_MOST = 5  # accounts that one browser is known to
STEP_FOR = dt.timedelta(minutes=10)
LONGEST_STEP = 4_000  # characters, of a field that holds a few words


def keep_session(response: Response, settings: Settings, token: str) -> None:
    """Give the browser its session, until it is closed."""
    response.set_cookie(SESSION, token, httponly=True, samesite="lax", secure=_secure(settings))


def drop_session(response: Response, settings: Settings) -> None:
    """Take the session's cookie away."""
    response.delete_cookie(SESSION, httponly=True, samesite="lax", secure=_secure(settings))


def keep_known(request: Request, response: Response, user: int) -> None:
    """Let the browser prove later that this user has signed in with it; of many users it forgets the oldest."""
    before = known(request)
    users = dict.fromkeys([user, *(before.users if before else ())])
    value = _signer(request).dumps({
        "number": before.number if before else secrets.token_urlsafe(12),
        "users": list(users)[:KNOWN_AT_MOST],
    })  # fmt: skip
    signed = value if isinstance(value, str) else value.decode("ascii")
    secure = _secure(deps.site(request).settings)
    response.set_cookie(KNOWN, signed, max_age=KNOWN_FOR, path=SIGN_IN, httponly=True, samesite="lax", secure=secure)


def known(request: Request) -> Browser | None:
    """The browser, when its cookie is one that we signed."""
    try:
        kept = _signer(request).loads(request.cookies.get(KNOWN, ""))
    except itsdangerous.BadData:
        return None
    return Browser(kept["number"], frozenset(kept["users"]))


def way(request: Request) -> Way:
    """Which way a try to sign in came."""
    return Way(deps.counted_as(request) or "this machine", known(request), request.headers.get("user-agent", ""))


def _signer(request: Request) -> itsdangerous.URLSafeSerializer:
    return itsdangerous.URLSafeSerializer(deps.secret(request), salt="known browser")


def _secure(settings: Settings) -> bool:
    return urlsplit(settings.public_url).scheme == "https"


def seal_step(step: NeedsCode) -> str:
    """The step as the form's hidden field, which only we can read."""
    return seal(json.dumps({"for": "step", "user": step.user, "at": step.at.isoformat()}))


def read_step(sealed: str, now: dt.datetime) -> NeedsCode | None:
    """The step that the field holds; None when it isn't ours, or older than ten minutes."""
    found = opened(sealed, "step", LONGEST_STEP)
    if found is None:
        return None
    step = NeedsCode(found["user"], dt.datetime.fromisoformat(found["at"]))
    return step if step.at <= now < step.at + STEP_FOR else None


def opened(sealed: str, purpose: str, longest: int) -> dict[str, Any] | None:
    """What we sealed for that purpose; None for everything else that stands in such a field."""
    if len(sealed) > longest:
        return None
    try:
        found: dict[str, Any] = json.loads(unseal(sealed))
    except BadSettingError:
        return None
    return found if found.get("for") == purpose else None
