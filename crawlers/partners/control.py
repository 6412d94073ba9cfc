"""The control endpoint of the simulated partners: JSON over HTTP on this machine.

GET /state tells; POST /tick {"days": 3} and POST /fault {"name": "…", "kind": "…"} change. A wrong request gets 400 and
{"error": sentence}.
"""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any

from crawlers.partners.errors import PartnersError
from crawlers.partners.local import LocalServer

if TYPE_CHECKING:
    from crawlers.partners.running import Partners

LONGEST = 10_000  # bytes of a request


class ControlServer(LocalServer):
    """Serves the control endpoint for `partners`."""

    def __init__(self, port: int) -> None:
        super().__init__(port, ControlHandler)
        self.partners: Partners


class ControlHandler(BaseHTTPRequestHandler):
    """Answers one request a connection."""

    server: ControlServer

    def do_GET(self) -> None:
        """The state, whatever the path."""
        self._say(200, self.server.partners.state())

    def do_POST(self) -> None:
        """Tick, or set a fault. JSON only: a page of some other site can't post that unasked."""
        try:
            self._say(200, self._act(self._asked()))
        except (PartnersError, KeyError, TypeError, ValueError) as error:
            self._say(400, {"error": str(error) if isinstance(error, PartnersError) else f"can't read {error}"})

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's own name
        """Write no log."""

    def _asked(self) -> dict[str, Any]:
        if self.headers.get_content_type() != "application/json":
            raise PartnersError("the request's body must be application/json")
        asked = json.loads(self.rfile.read(min(int(self.headers.get("Content-Length", "0")), LONGEST)))
        if not isinstance(asked, dict):
            raise PartnersError("the request's body must be an object")
        return asked

    def _act(self, asked: dict[str, Any]) -> dict[str, Any]:
        partners = self.server.partners
        if self.path == "/tick":
            partners.tick(int(asked.get("days", 1)))
        elif self.path == "/fault":
            partners.fault(str(asked["name"]), str(asked["kind"]))
        else:
            raise PartnersError(f"there is no {self.path}: only /state, /tick and /fault")
        return partners.state()

    def _say(self, status: int, value: dict[str, Any]) -> None:
        body = json.dumps(value, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
