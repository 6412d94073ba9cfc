"""What `run` says while the site that it started is on its way up."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from clearinghouse.commands import awaiting
from clearinghouse.commands.awaiting import Awaited, missing

HERE = "127.0.0.1"
LACKS_INDEX = (503, json.dumps({"reasons": ["no search index is loaded yet", "another thing"]}))


@pytest.fixture
def site() -> Iterator[Callable[..., int]]:
    """The port of a site whose /readyz answers as given, one answer after another, the last for ever."""
    servers: list[HTTPServer] = []

    def site(*answers: tuple[int, str]) -> int:
        left = list(answers)

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, body = left.pop(0) if len(left) > 1 else left[0]
                self.send_response(status if self.path == "/readyz" else 404)
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_words: object) -> None:
                """Nothing: what it is asked is the test's own doing."""

        servers.append(HTTPServer((HERE, 0), Handler))
        threading.Thread(target=servers[-1].serve_forever, args=(0.01,)).start()
        return servers[-1].server_port

    yield site
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((200, "{}"), ""),
        (LACKS_INDEX, "no search index is loaded yet; another thing"),
        ((500, "<h1>Sorry</h1>"), "it answers 500"),
        ((503, "[]"), "it answers 503"),
        ((503, '{"reasons": [1]}'), "it answers 503"),
    ],
)
def test_what_the_site_lacks_is_told_in_its_own_words(site, answer: tuple[int, str], said: str) -> None:
    assert missing(site(answer), HERE) == said


def test_a_site_that_does_not_answer_is_no_error_yet() -> None:
    with socket.socket() as found:
        found.bind((HERE, 0))
        assert missing(found.getsockname()[1], HERE) == "it does not answer yet"


def test_the_wait_is_told_and_ends_when_the_site_is_ready(site, monkeypatch, capsys) -> None:
    monkeypatch.setattr(awaiting, "TELL", 0.0)
    port = site(LACKS_INDEX, (200, "{}"))
    awaited = Awaited(port, HERE)
    assert [awaited(), awaited()] == [False, True]
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "Still starting: no search index is loaded yet; another thing\n")


def test_patience_that_ends_names_what_was_missing(site) -> None:
    awaited = Awaited(port := site((503, "")), HERE)
    assert not awaited()
    assert awaited.given_up() == f"the site on port {port} was not ready after 10 minutes: it answers 503"
