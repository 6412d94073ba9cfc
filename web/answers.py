"""What happens to every answer on its way out: headers, caching, validators, compression, HEAD, and failures.

Answers that state their own Cache-Control keep it, untouched: static files above all. What a signed-in person gets is
theirs alone. Everything else is either public, to be asked for again each time, or not to be kept.
"""

from __future__ import annotations

import gzip
import hashlib
import logging
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

import anyio.to_thread
import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.assets import FOR_EVER, accepts_gzip
from web.metrics import Requests

PUBLIC = "public, no-cache"
PRIVATE = "no-store"
ONES_OWN = "private, no-store"  # every answer to somebody who has signed in
KEPT = frozenset({200, 301, 404, 410})
LEVEL = 5  # of gzip; 6 and more cost twice the time for 1% fewer bytes
SMALL = 500  # bytes; below this gzip gains nothing
LARGE = 200_000  # bytes; above this hashing and gzip leave the event loop
WHOLE = ("text/", "application/json", "application/xml", "application/atom+xml", "application/rss+xml")
FOR_EVERYONE = ("/api/", "/openapi.json")  # other sites' scripts may read these
PROBES = frozenset({"/healthz", "/readyz"})  # machines ask every few seconds: no news for the log
SECRET = re.compile(r"^(/alerts/stop/|/link/|/redundancy/join/).+")
# Seen is not changed: when we last saw an advert is part of no validator (design rule 4).
SEEN = re.compile(rb'"last_seen":"[^"]*"|<time data-seen[^>]*>[^<]*</time>')

log = structlog.get_logger("web")
Failure = Callable[[Request, Exception], Response]


@dataclass
class Held:
    """An answer held back until it is whole."""

    start: Message = field(default_factory=dict)
    body: bytearray = field(default_factory=bytearray)
    streams: bool = False


class Answers:
    """Finishes what the application answers. `failure` makes the page for an error that nobody foresaw."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str], requests: Requests, failure: Failure) -> None:
        self.app = app
        self.headers = headers
        self.requests = requests
        self.failure = failure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        began = time.perf_counter()
        asked = scope["method"]
        if asked == "HEAD":
            scope = {**scope, "method": "GET", "was_head": True}
        status = await self._answer(scope, receive, send, head=asked == "HEAD")
        took = time.perf_counter() - began
        path = without_secrets(scope["path"])
        self.requests.count(path, status, took)
        level = logging.DEBUG if path in PROBES else logging.INFO
        log.log(level, "request", method=asked, path=path, status=status, ms=round(took * 1000, 1))
        return None

    async def _answer(self, scope: Scope, receive: Receive, send: Send, *, head: bool) -> int:
        held = Held()

        async def hold(message: Message) -> None:
            if message["type"] == "http.response.start":
                held.start = message
                held.streams = not _is_whole(message)
                if held.streams:
                    self._finish_headers(scope, message)
                    await send(message)
            elif held.streams:
                await send({**message, "body": b""} if head else message)
            else:
                held.body += message.get("body", b"")

        await self._guarded(scope, receive, hold, held)
        if not held.streams:
            await self._send_whole(scope, held, send, head=head)
        return int(held.start["status"])

    async def _guarded(
        self, scope: Scope, receive: Receive, hold: Callable[[Message], Awaitable[None]], held: Held
    ) -> None:
        try:
            await self.app(scope, receive, hold)
        except Exception as error:
            log.exception("failed", path=without_secrets(scope["path"]))
            if held.streams:  # part of it is on its way: cutting the connection is the only honest end
                raise
            held.body.clear()
            page = await anyio.to_thread.run_sync(self.failure, Request(scope), error)
            await page(scope, receive, hold)

    async def _send_whole(self, scope: Scope, held: Held, send: Send, *, head: bool) -> None:
        self._finish_headers(scope, held.start)
        asked, headers = Headers(scope=scope), MutableHeaders(raw=held.start["headers"])
        body = bytes(held.body)
        if headers.get("cache-control") == PUBLIC:
            work = partial(validated, body, held.start["status"], asked, headers)
            body, status = work() if len(body) < LARGE else await anyio.to_thread.run_sync(work)
            held.start = {**held.start, "status": status}
        headers["Content-Length"] = str(len(body))
        if held.start["status"] in {204, 304}:
            del headers["Content-Length"]
        await send({**held.start, "headers": headers.raw})
        await send({"type": "http.response.body", "body": b"" if head else body})

    def _finish_headers(self, scope: Scope, start: Message) -> None:
        headers = MutableHeaders(raw=start["headers"])
        if scope["path"].startswith(FOR_EVERYONE):
            headers["Access-Control-Allow-Origin"] = "*"
        for name, value in self.headers.items():
            headers.setdefault(name, value)
        if scope.get("actor") and headers.get("cache-control") != FOR_EVER:
            headers["Cache-Control"] = ONES_OWN
        elif "set-cookie" in headers:
            headers["Cache-Control"] = PRIVATE
        elif "cache-control" not in headers:
            kept = scope["method"] == "GET" and start["status"] in KEPT
            headers["Cache-Control"] = PUBLIC if kept else PRIVATE
        if headers["Cache-Control"] == PUBLIC:
            headers["Vary"] = "Cookie, Accept-Encoding"


def _is_whole(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    return "content-encoding" not in headers and headers.get("content-type", "text/").startswith(WHOLE)


def validated(body: bytes, status: int, asked: Headers, headers: MutableHeaders) -> tuple[bytes, int]:
    """Body and status as they go out: with a validator, 304 for who has it already, compressed for who can read it."""
    if status == 200:
        tag = hashlib.sha256(SEEN.sub(b"", body)).hexdigest()[:32]
        headers["ETag"] = f'W/"{tag}"'
        if has_already(asked.get("if-none-match", ""), tag):
            del headers["Content-Type"]
            return b"", 304
    if len(body) < SMALL or not accepts_gzip(asked.get("accept-encoding", "")):
        return body, status
    headers["Content-Encoding"] = "gzip"
    return gzip.compress(body, LEVEL, mtime=0), status


def without_secrets(path: str) -> str:
    """A path as logs may hold it."""
    return SECRET.sub(r"\1…", path)


def has_already(if_none_match: str, tag: str) -> bool:
    """True when an If-None-Match header names that tag."""
    known = (part.strip().removeprefix("W/") for part in if_none_match.split(","))
    return any(part in {"*", f'"{tag}"'} for part in known)
