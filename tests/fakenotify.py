"""GOV.UK Notify on loopback: keeps what it takes, checks each request's signature, and fails as a test wants."""

from __future__ import annotations

import base64
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

SERVICE = "26785a09-ab16-4eb0-8407-a37497a57506"
SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = f"our-key-{SERVICE}-{SECRET}"
EMAIL_TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"
TEXT_TEMPLATE = "ceb50d92-100d-4b8b-b559-14fa3b091cda"
PAGE = 2  # notifications of one page; life's 250
WRONG_KEY = (403, "AuthError", "Invalid token: API key not found")


class FakeNotify:
    """`fault` is what it answers instead: (status, kind, message), or the bytes of a whole answer."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, dict[str, Any]]] = []
        self.asked: list[str] = []
        self.failed: list[str] = []
        self.fault: tuple[int, str, str] | bytes | None = None
        self.wrong_address = ""
        self.pause = 0.0
        self.templates = {
            EMAIL_TEMPLATE: {"type": "email", "subject": "((subject))", "body": "((body))"},
            TEXT_TEMPLATE: {"type": "sms", "subject": None, "body": "((body))"},
        }
        fake = self

        class Handler(BaseHTTPRequestHandler):
            """Hands each request to the fake."""

            def do_GET(self) -> None:
                self.answer(None)

            def do_POST(self) -> None:
                self.answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

            def answer(self, body: Any) -> None:
                time.sleep(fake.pause)
                with suppress(OSError):  # of who didn't wait for it
                    self.write(body)

            def write(self, body: Any) -> None:
                if isinstance(fake.fault, bytes):
                    self.wfile.write(fake.fault)
                    return
                status, said = fake.answer(self.path, body, self.headers["Authorization"])
                words = json.dumps(said).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(words)))
                self.end_headers()
                self.wfile.write(words)

            def log_message(self, *_: Any) -> None:
                """Nothing is printed."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, path: str, body: Any, authorization: str) -> tuple[int, dict[str, Any]]:
        self.asked.append(path)
        if isinstance(self.fault, tuple):
            return _error(*self.fault)
        if not _signed(authorization):
            return _error(*WRONG_KEY)
        where = urlsplit(path)
        if where.path == "/v2/notifications":
            return 200, self._page(parse_qs(where.query))
        if where.path.startswith("/v2/template/"):
            found = self.templates.get(where.path.rpartition("/")[2])
            return (200, found) if found else _error(404, "NoResultFound", "No result found")
        return self._take(where.path, body)

    def _take(self, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if body["template_id"] not in self.templates:
            return _error(400, "BadRequestError", "Template not found")
        name = "phone_number" if path.endswith("/sms") else "email_address"
        if body[name] == self.wrong_address:
            return _error(400, "ValidationError", f"{name} Not a valid address")
        self.taken.append((path, body))
        return 201, {"id": f"00000000-0000-0000-0000-{len(self.taken):012}", "reference": body["reference"]}

    def _page(self, query: dict[str, list[str]]) -> dict[str, Any]:
        assert query["status"] == ["permanent-failure"]
        start = int(query["older_than"][0]) + 1 if "older_than" in query else 0
        rows = [{"id": str(n), "reference": each} for n, each in enumerate(self.failed)]
        return {"notifications": rows[start : start + PAGE], "links": {}}


def _signed(authorization: str) -> bool:
    """Whether the request was signed with our key, within 30 seconds of now."""
    kind, _, token = authorization.partition(" ")
    signed, _, signature = token.rpartition(".")
    head, claims = (json.loads(base64.urlsafe_b64decode(part + "==")) for part in signed.split("."))
    expected = base64.urlsafe_b64encode(hmac.digest(SECRET.encode(), signed.encode(), "sha256")).rstrip(b"=").decode()
    return (
        kind == "Bearer" and signature == expected and head == {"typ": "JWT", "alg": "HS256"}
        and claims["iss"] == SERVICE and abs(claims["iat"] - time.time()) < 30
    )  # fmt: skip


def _error(status: int, kind: str, message: str) -> tuple[int, dict[str, Any]]:
    return status, {"status_code": status, "errors": [{"error": kind, "message": message}]}


@contextmanager
def running() -> Iterator[FakeNotify]:
    """A fake that answers until the end of the block."""
    fake = FakeNotify()
    thread = threading.Thread(target=fake.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield fake
    fake.server.shutdown()
    fake.server.server_close()
    thread.join()
