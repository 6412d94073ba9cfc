"""A request as a simulated site sees it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Request:
    """What is asked: `query` is decoded, in its order and without utm_…; `headers` have lower-case names."""

    path: str
    query: tuple[tuple[str, str], ...] = ()
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @classmethod
    def of(cls, target: str, method: str = "GET", headers: Mapping[str, str] | None = None, body: bytes = b"") -> Self:
        """The request for `target` (path and query); HEAD is a GET."""
        parts = urlsplit(target)
        given = parse_qsl(parts.query, keep_blank_values=True)
        query = tuple(pair for pair in given if not pair[0].startswith("utm_"))
        lower = {name.lower(): value for name, value in (headers or {}).items()}
        return cls(parts.path, query, "GET" if method == "HEAD" else method, lower, body)

    @property
    def place(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The address by which a document is found: the order of its query makes no difference."""
        return self.path, tuple(sorted(self.query))

    def value(self, name: str, default: str = "") -> str:
        """The first value of a parameter of the query."""
        return next((value for key, value in self.query if key == name), default)

    def number(self, name: str, default: int, most: int | None = None) -> int:
        """A parameter as a number of 0 or more, the default where it is none; capped at `most`, as systems do."""
        text = self.value(name)
        number = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else default
        return number if most is None else min(number, most)

    def header(self, name: str) -> str:
        """A header, whatever its case; an empty text when there is none."""
        return self.headers.get(name.lower(), "")

    def cookie(self, name: str) -> str:
        """A cookie that the client sent; an empty text when there is none."""
        try:
            morsel = SimpleCookie(self.header("cookie")).get(name)
        except CookieError:
            return ""
        return morsel.value if morsel else ""

    def json(self) -> Any:
        """The body as JSON; None where it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None
