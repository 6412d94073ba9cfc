"""The jobs that somebody saves without an account: public ids in one signed cookie, and nothing about the person."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from functools import cache
from urllib.parse import urlsplit

import itsdangerous
from fastapi import Request, Response

from clearinghouse.settings import Settings

COOKIE = "saved"
AT_MOST = 100  # ids of ten characters: well inside the 4,096 bytes that browsers keep of a cookie
KEPT = 365 * 24 * 3600  # seconds
PUBLIC_ID = re.compile(r"[a-z0-9]{10}")


@cache
def _key_of_this_process() -> str:
    return secrets.token_hex(32)


def _signer(settings: Settings) -> itsdangerous.URLSafeSerializer:
    """Without SECRET_KEY, which only the demo may be, a key that lasts as long as this process."""
    return itsdangerous.URLSafeSerializer(settings.secret_key or _key_of_this_process(), salt="saved jobs")


def ids(values: Iterable[object]) -> tuple[str, ...]:
    """Those that look like public ids, in their order, doubles off, at most AT_MOST of them."""
    known = dict.fromkeys(value for value in values if isinstance(value, str) and PUBLIC_ID.fullmatch(value))
    return tuple(known)[:AT_MOST]


def of(request: Request, settings: Settings) -> tuple[str, ...]:
    """The saved ids, oldest first. A cookie that we did not sign counts as none."""
    cookie = request.cookies.get(COOKIE)
    if not cookie:
        return ()
    try:
        kept = _signer(settings).loads(cookie)
    except itsdangerous.BadData:
        return ()
    return ids(kept) if isinstance(kept, list) else ()


def keep(response: Response, settings: Settings, saved: tuple[str, ...]) -> None:
    """Set the cookie to these ids, or take it away when there are none."""
    secure = urlsplit(settings.public_url).scheme == "https"
    if not saved:
        response.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=secure)
        return
    value = _signer(settings).dumps(list(saved))
    signed = value if isinstance(value, str) else value.decode("ascii")
    response.set_cookie(COOKIE, signed, max_age=KEPT, httponly=True, samesite="lax", secure=secure)
