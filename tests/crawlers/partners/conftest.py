"""Running partners, and a small client that sees headers and broken connections."""

from __future__ import annotations

import datetime as dt
import http.client
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from crawlers.partners.running import Partners, start_partners

NOW = dt.datetime(2026, 11, 21, 10, 30, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Got:
    """An answer. `body` is what came before the connection ended; `cut` is True when more was announced."""

    status: int
    headers: dict[str, str]
    body: bytes
    cut: bool = False

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


def get(
    url: str, headers: dict[str, str] | None = None, method: str = "GET", timeout: float = 10, body: bytes | None = None
) -> Got:
    """One request, no redirects followed."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=timeout)
    try:
        connection.request(method, url.removeprefix(f"http://{parts.netloc}"), body=body, headers=headers or {})
        answer = connection.getresponse()
        names = {name.lower(): value for name, value in answer.getheaders()}
        try:
            return Got(answer.status, names, answer.read())
        except http.client.IncompleteRead as partial:
            return Got(answer.status, names, partial.partial, cut=True)
    finally:
        connection.close()


@pytest.fixture
def ask() -> Callable[..., Got]:
    """The client."""
    return get


@pytest.fixture(scope="module")
def partners() -> Iterator[Partners]:
    """Every partner on free ports; tests that set a fault clear it again."""
    with start_partners(None, 2010, NOW) as running:
        yield running
