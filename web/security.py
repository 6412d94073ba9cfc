"""Who may come in, decided before any route is looked up; and the headers that every answer carries.

In this order: the host must be ours, an address may not ask too often, staff pages are closed to everyone who isn't
signed in, alike for those that exist and those that don't, and a form must come from our own pages (but the one that
stops mails by one click). Whose session has ended meanwhile loses nothing that was typed: their form is answered with
the sign-in page, which holds it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import anyio.to_thread
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from clearinghouse.accounts.actor import Actor
from clearinghouse.settings import Settings
from web.limits import Network, RateLimit, asker

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
HSTS = "max-age=31536000"
STAFF = (
    "/account", "/adverts", "/audit", "/caseload", "/clients", "/members", "/operations", "/placements",
    "/redundancy-events", "/referrals", "/reports", "/sign-in", "/sources", "/users",
)  # fmt: skip
ACCOUNT = "/account"
CODES = "/account/codes"  # where one-time codes are set up
SIGN_IN = "/sign-in"
SESSION = "session"  # the cookie that holds a session's token
READS = frozenset({"GET", "HEAD"})
SAFE = READS | {"OPTIONS"}
OWN_SITES = frozenset({"same-origin", "none"})
LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost"})
LARGEST = 1_000_000  # bytes of a form
# Stopping a saved search by one click in a mail program (RFC 8058): its maker's server sends the form, not our page.
FROM_ANYWHERE = re.compile(r"/alerts/stop/[^/]+")
PREFLIGHT = {
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Max-Age": "86400",
}
NOBODY = "Only people who have signed in may do this."


@dataclass(frozen=True)
class Porter:
    """What the gate asks about a cookie's token. Both questions go to the store.

    `actor_of` knows whose session it is, `lapsed` whose it was until lately; `keep` is the answer to that person's
    form. `codes` = nobody gets beyond their own account before they have one-time codes.
    """

    actor_of: Callable[[str], Actor | None] = lambda _: None
    lapsed: Callable[[str], int | None] = lambda _: None
    keep: Callable[[Scope, Receive, int], Awaitable[Response]] | None = None
    codes: bool = True


class Gate:
    """Lets a request through to the application, or answers it itself."""

    def __init__(
        self,
        app: ASGIApp,
        public_url: str,
        trusted: tuple[Network, ...],
        porter: Porter,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self.app = app
        self.porter = porter
        self.seconds = seconds
        self.public = urlsplit(public_url)
        self.trusted = trusted
        self.limit = RateLimit()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        refusal = self.turned_away(scope)
        if refusal is None:
            token = cookie_parser(Headers(scope=scope).get("cookie", "")).get(SESSION)
            # the store is asked only when there is such a cookie
            scope["actor"] = await anyio.to_thread.run_sync(self.porter.actor_of, token) if token else None
            refusal = self.refusal(scope)
            if refusal and token and self.is_shut_out(scope):
                refusal = await self.kept(scope, receive, token) or refusal
        return await (refusal or self.app)(scope, receive, send)

    def is_shut_out(self, scope: Scope) -> bool:
        """True for a form that was refused for one reason alone: nobody is signed in."""
        path = scope["path"]
        typed = scope["method"] == "POST" and is_for_staff(path) and path != SIGN_IN and not scope["actor"]
        return typed and self.form_refusal(Headers(scope=scope)) is None

    async def kept(self, scope: Scope, receive: Receive, token: str) -> Response | None:
        """The answer to a form whose sender's session has ended; None when the token names no such session."""
        user = await anyio.to_thread.run_sync(self.porter.lapsed, token)
        return None if user is None or self.porter.keep is None else await self.porter.keep(scope, receive, user)

    def turned_away(self, scope: Scope) -> Response | None:
        """The answer to a request for another host, or from an address that asks too often; else None."""
        headers = Headers(scope=scope)
        if not self.is_our_host(headers.get("host", "")):
            return plain(400, "This site isn't known by that name.")
        wait = self.wait(scope, headers)
        if wait:
            return plain(429, "Too many requests. Please wait a little.", {"Retry-After": str(wait)})
        return None

    def refusal(self, scope: Scope) -> Response | None:
        """The answer to a request that may not pass, else None."""
        headers = Headers(scope=scope)
        method = scope["method"]
        actor: Actor | None = scope["actor"]
        if actor is None:
            closed = closed_to_visitors(method, scope["path"])
        else:
            closed = closed_without_codes(method, scope["path"]) if self.porter.codes and not actor.strong else None
        if closed:
            return closed
        if "\0" in scope["path"]:  # which PostgreSQL can't even be asked about
            return plain(404, "There is no such page.")
        if method in SAFE:
            return preflight(method, scope["path"])
        from_anywhere = method == "POST" and FROM_ANYWHERE.fullmatch(scope["path"])  # nobody reads what is in it
        return too_long(headers) if from_anywhere else self.form_refusal(headers)

    def form_refusal(self, headers: Headers) -> Response | None:
        """The answer to a form that another site sent, or that is larger than any of ours; else None."""
        if not self.is_our_form(headers):
            return plain(403, "This form was not sent from our own pages.")
        return unfit(headers)

    def is_our_host(self, host: str) -> bool:
        """True for the public address's host, 127.0.0.1 and localhost, whatever the port."""
        try:
            name = urlsplit(f"//{host}").hostname
        except ValueError:
            return False
        return name is not None and (name == self.public.hostname or name in LOCAL_HOSTS)

    def is_our_form(self, headers: Headers) -> bool:
        """True when neither Origin nor Sec-Fetch-Site says that another site sent this; browsers always say so."""
        if headers.get("sec-fetch-site", "none") not in OWN_SITES:
            return False
        origin, host = headers.get("origin"), headers.get("host", "")
        here = {f"http://{host}"} if urlsplit(f"//{host}").hostname in LOCAL_HOSTS else set()
        return origin is None or origin in {_origin(self.public.geturl()), *here}

    def wait(self, scope: Scope, headers: Headers) -> int:
        """Seconds that this client must wait; 0 = none. Our own machine never waits, unless it speaks for others."""
        counted = asker(scope["client"][0] if scope.get("client") else "", headers, self.trusted)
        return self.limit.wait(counted, self.seconds()) if counted else 0


def unfit(headers: Headers) -> Response | None:
    """The answer to a form of a length that is not said, or larger than any of ours; else None."""
    if "transfer-encoding" in headers or not headers.get("content-length", "0").isdigit():
        return plain(411, "Please say how long the form is.")
    return too_long(headers)


def too_long(headers: Headers) -> Response | None:
    """The answer to a form that says that it is larger than any of ours; else None."""
    length = headers.get("content-length", "0")
    return plain(413, "That is more than a form can hold.") if length.isdigit() and int(length) > LARGEST else None


def _origin(address: str) -> str:
    """The origin of an address as browsers write it: no path, no default port."""
    parts = urlsplit(address)
    default = {"http": 80, "https": 443}[parts.scheme]
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    port = f":{parts.port}" if parts.port and parts.port != default else ""
    return f"{parts.scheme}://{host}{port}"


def closed_to_visitors(method: str, path: str) -> Response | None:
    """The answer to everyone who isn't signed in, on staff pages and all below them; None elsewhere.

    The sign-in page itself is for anyone to read and to send.
    """
    if not is_for_staff(path) or (path == SIGN_IN and method in {*READS, "POST"}):
        return None
    return RedirectResponse(SIGN_IN, 303) if method in READS else plain(403, NOBODY)


def closed_without_codes(method: str, path: str) -> Response | None:
    """The answer to somebody who has no one-time codes yet, on all staff pages but their own account; None there."""
    if not is_for_staff(path) or is_below(path, ACCOUNT) or path == SIGN_IN:
        return None
    return RedirectResponse(CODES, 303) if method in READS else plain(403, "Please set up one-time codes first.")


def preflight(method: str, path: str) -> Response | None:
    """What a browser is told that asks whether another site's script may read the API; None for everything else."""
    if method != "OPTIONS" or not path.startswith("/api/"):
        return None
    return Response(None, 204, PREFLIGHT)


def is_for_staff(path: str) -> bool:
    """True for a staff page and for every path below one, whether or not there is anything."""
    return any(is_below(path, prefix) for prefix in STAFF)


def is_below(path: str, prefix: str) -> bool:
    """True for that path itself and for every path below it."""
    return path == prefix or path.startswith(f"{prefix}/")


def plain(status: int, sentence: str, headers: Mapping[str, str] | None = None) -> Response:
    """A short answer in plain text."""
    return PlainTextResponse(f"{sentence}\n", status, headers)


def standing_headers(settings: Settings) -> dict[str, str]:
    """The headers of every answer; HSTS too where the site is reached by https."""
    secure = {"Strict-Transport-Security": HSTS} if settings.public_url.startswith("https:") else {}
    return {**HEADERS, **secure}
