"""The HTTP server of one simulated site: validators, HEAD, and misbehaviour down to the socket."""

from __future__ import annotations

import contextlib
import datetime as dt
import socket
import threading
from collections.abc import Iterator
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler
from itertools import repeat
from typing import ClassVar

from crawlers.partners.local import LocalServer
from crawlers.partners.site import Answer, Delivery, Site

HUGE = 2 * 1024**3  # bytes
DRIP = (64, 0.5)  # bytes, and seconds between them
LONGEST = 100_000  # bytes of a request's body
SILENCE = 300  # seconds that a request may hang
PADDING = b"<!-- this listing goes on and on -->\n" * 2000


class SiteServer(LocalServer):
    """Serves one site. `site` and `modified` change between requests."""

    def __init__(self, port: int) -> None:
        super().__init__(port, SiteHandler)
        self.site: Site
        self.modified = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
        self.stopping = threading.Event()
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()

    def process_request_thread(self, request: socket.socket, client_address: object) -> None:  # type: ignore[override]
        """Handle one connection, and know it while it is open."""
        with self._lock:
            self._open.add(request)
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self._lock:
                self._open.discard(request)

    def stop(self) -> None:
        """Take no more requests, and end those that are open."""
        self.stopping.set()
        super().stop()
        with self._lock:
            for connection in self._open:
                _shut(connection)


class SiteHandler(BaseHTTPRequestHandler):
    """Answers GET, HEAD and POST as the site of the server says."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm: ClassVar[bool] = True
    server: SiteServer

    def do_GET(self) -> None:
        """Answer a request; nothing is said of an answer to a POST by which a later one could be compared."""
        sent = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), LONGEST))
        answer = self.server.site.answer(self.path, self.command, dict(self.headers), sent)
        if answer.delivery is Delivery.NEVER:
            self.server.stopping.wait(SILENCE)
            self.close_connection = True
        elif answer.etag and self.command != "POST" and self._has(answer.etag):
            self._send(304, {**self._validators(answer.etag)})
        else:
            self._answer(answer)

    do_HEAD = do_POST = do_GET  # noqa: N815 - the names that http.server looks for

    def version_string(self) -> str:
        """What the Server header says."""
        return "SimulatedPartner"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's own name
        """Write no log: the crawler's is the one to read."""

    def _answer(self, answer: Answer) -> None:
        body = answer.document.content
        length = HUGE if answer.delivery is Delivery.ENDLESS else len(body)
        validators = self._validators(answer.etag) if answer.etag and self.command != "POST" else {}
        headers = {"Content-Type": answer.document.type, "Content-Length": str(length), **validators, **answer.headers}
        chunks = iter(()) if self.command == "HEAD" else self._chunks(answer.delivery, body)
        if answer.delivery is Delivery.CUT:
            self.close_connection = True
        self._send(answer.status, headers, next(chunks, b""))
        for chunk in chunks:
            self.wfile.write(chunk)

    def _chunks(self, delivery: Delivery, body: bytes) -> Iterator[bytes]:
        if delivery is Delivery.CUT:
            yield body[: len(body) * 3 // 5]
        elif delivery is Delivery.ENDLESS:
            yield from _endless(body[: len(body) // 2])
        elif delivery is Delivery.DRIP:
            size, pause = DRIP
            for at in range(0, len(body), size):
                yield body[at : at + size]
                if self.server.stopping.wait(pause):
                    return
        else:
            yield body

    def _send(self, status: int, headers: dict[str, str], body: bytes = b"") -> None:
        """Status, headers and first bytes in one write: small answers leave in one packet."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self._headers_buffer.append(b"\r\n" + body)  # type: ignore[attr-defined]
        self.flush_headers()

    def _validators(self, etag: str) -> dict[str, str]:
        return {
            "ETag": etag,
            "Last-Modified": format_datetime(self.server.modified, usegmt=True),
            "Cache-Control": "no-cache",
        }

    def _has(self, etag: str) -> bool:
        """Whether the client's validators say that it holds this answer (RFC 9110: If-None-Match goes first)."""
        held = self.headers.get("If-None-Match")
        if held is not None:
            return held.strip() == "*" or etag in (each.strip().removeprefix("W/") for each in held.split(","))
        since = self.headers.get("If-Modified-Since")
        if since is None:
            return False
        try:
            return parsedate_to_datetime(since) >= self.server.modified
        except (TypeError, ValueError):
            return False


def _endless(start: bytes) -> Iterator[bytes]:
    yield start
    left = HUGE - len(start)
    for padding in repeat(PADDING):
        yield padding[:left]
        left -= len(padding)
        if left <= 0:
            return


def _shut(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):  # it may have gone away by itself
        connection.shutdown(socket.SHUT_RDWR)
