"""A small web site on loopback that answers as it is told to, however badly: no mock, real sockets."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Jobs</title><link>{base}/</link><description>Jobs</description>
{items}
</channel></rss>
"""
ITEM = """<item><title>{title}</title><link>{base}/job/{number}</link><guid isPermaLink="false">R{number}</guid>
<description>Salary: £24,000 a year. Closing date: 1 March 2027. Place: Nottingham, NG1 5DT.</description></item>"""


@dataclass(frozen=True)
class Reply:
    """One answer. `length` is the Content-Length to claim, None for the true one; `endless` streams MBs until cut.

    `drip` sends ten bytes a second.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int | None = None
    endless: bool = False
    drip: bool = False
    after: float = 0.0


@dataclass
class Site:
    """Replies by path (a list is used up one by one, its last stays), and what was asked."""

    base: str
    pages: dict[str, Reply | list[Reply]] = field(default_factory=dict)
    asked: list[tuple[str, Mapping[str, str], float]] = field(default_factory=list)
    sent: int = 0

    def feed(self, path: str, *numbers: int, **reply: Any) -> None:
        """Put a good RSS feed of these vacancies at `path`."""
        self.pages[path] = Reply(rss(self.base, *numbers), headers={"Content-Type": "application/rss+xml"}, **reply)

    def count(self, path: str) -> int:
        """How often `path` was asked for."""
        return sum(1 for asked, _, _ in self.asked if asked == path)

    def last(self, path: str) -> Mapping[str, str]:
        """The headers of the last request for `path`."""
        return next(headers for asked, headers, _ in reversed(self.asked) if asked == path)


def rss(base: str, *numbers: int) -> bytes:
    """A good feed of these vacancies."""
    items = "\n".join(ITEM.format(base=base, number=number, title=f"Post number {number}") for number in numbers)
    return RSS.format(base=base, items=items).encode()


@contextmanager
def serving() -> Iterator[Site]:
    """A site on a free port, until the end of the block."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.site = Site(f"http://127.0.0.1:{server.server_port}")  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield server.site  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Any

    def do_GET(self) -> None:
        site: Site = self.server.site
        site.asked.append((self.path, dict(self.headers.items()), time.monotonic()))
        found = site.pages.get(self.path, Reply(b"not found", 404))
        if isinstance(found, list):
            found = found.pop(0) if len(found) > 1 else found[0]
        with suppress(ConnectionError):
            self._send(site, found)

    def do_POST(self) -> None:
        """A page of what was asked: its path, then the body."""
        self.path += self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self.do_GET()

    def _send(self, site: Site, reply: Reply) -> None:
        time.sleep(reply.after)
        etag = reply.headers.get("ETag")
        if etag and self.headers.get("If-None-Match") == etag:
            self.send_response(304)
            self.send_header("ETag", etag)
            self.end_headers()
            return
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.endless:
            self._stream(site)
            return
        self.send_header("Content-Length", str(len(reply.body) if reply.length is None else reply.length))
        self.end_headers()
        for at in range(len(reply.body) if reply.drip else 0):
            self.wfile.write(reply.body[at : at + 1])
            time.sleep(0.1)
        self.wfile.write(b"" if reply.drip else reply.body)
        if reply.length is not None:
            self.close_connection = True

    def _stream(self, site: Site) -> None:
        self.close_connection = True
        self.end_headers()
        for _ in range(2000):
            self.wfile.write(b" " * 1_000_000)
            site.sent += 1_000_000

    def log_message(self, *_: object) -> None:
        """Keep quiet."""
