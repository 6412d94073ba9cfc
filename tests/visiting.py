"""A client of an application in this process, which answers in a third of the time of Starlette's own.

Starlette's TestClient starts a thread and a loop for every request and goes to and fro between them nine times;
this one hands the whole request to one loop that stays.
"""

from __future__ import annotations

import asyncio
import atexit
import threading
from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import unquote

import httpx2
from fastapi import FastAPI
from fastapi.testclient import TestClient

Message = Mapping[str, Any]


class Visitor(TestClient):
    """A TestClient in all but how its requests reach the application. An answer is whole before it is looked at."""

    def __init__(
        self,
        app: FastAPI,
        *,
        base_url: str,
        client: tuple[str, int] = ("127.0.0.1", 50_000),
        raise_server_exceptions: bool = True,
        follow_redirects: bool = False,
    ) -> None:
        super().__init__(app, base_url=base_url, client=client, follow_redirects=follow_redirects)
        self._transport = _Wire(app, client, raises=raise_server_exceptions)


class _Wire(httpx2.BaseTransport):
    """From a request to its answer. What the application raises is raised here, where `raises` says so."""

    def __init__(self, app: FastAPI, peer: tuple[str, int], *, raises: bool) -> None:
        self.app, self.peer, self.raises = app, peer, raises

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        exchange = _Exchange(request.read())
        running = asyncio.run_coroutine_threadsafe(self._run(self._scope(request), exchange), _loop())
        try:
            running.result()
        except Exception:
            if self.raises or not exchange.status:
                raise
        assert exchange.ended.is_set() or not self.raises, "the answer has no end"
        stream = httpx2.ByteStream(b"".join(exchange.parts))
        return httpx2.Response(exchange.status, headers=exchange.headers, stream=stream, request=request)

    async def _run(self, scope: dict[str, Any], exchange: _Exchange) -> None:
        await self.app(scope, exchange.receive, exchange.send)

    def _scope(self, request: httpx2.Request) -> dict[str, Any]:
        url = request.url
        return {
            "type": "http",
            "http_version": "1.1",
            "method": request.method,
            "scheme": url.scheme,
            "path": unquote(url.path),
            "raw_path": url.raw_path.split(b"?", 1)[0],
            "query_string": url.query,
            "root_path": "",
            "headers": [(name.lower(), value) for name, value in request.headers.raw],
            "client": self.peer,
            "server": (url.host, url.port or {"http": 80, "https": 443}[url.scheme]),
            "state": {},
        }


class _Exchange:
    """One request as the application hears it, and what it says to it."""

    def __init__(self, body: bytes) -> None:
        self.body: bytes | None = body
        self.status = 0
        self.headers: list[tuple[bytes, bytes]] = []
        self.parts: list[bytes] = []
        self.ended = asyncio.Event()

    async def receive(self) -> Message:
        """The whole body; then, when all is answered, that the visitor has gone."""
        if self.body is not None:
            body, self.body = self.body, None
            return {"type": "http.request", "body": body, "more_body": False}
        await self.ended.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        """Take the answer's head, and its body in any number of parts."""
        if message["type"] == "http.response.start":
            assert not self.status, "an answer has one head"
            self.status, self.headers = message["status"], list(message["headers"])
            return
        assert self.status, "an answer's head comes first"
        assert not self.ended.is_set(), "nothing comes after an answer's end"
        self.parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            self.ended.set()


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """A loop that runs in a thread of its own until this process ends."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def end() -> None:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()

    atexit.register(end)
    return loop
