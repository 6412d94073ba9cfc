"""robots.txt (RFC 9309): which pages of a site we may fetch, and how slowly.

A 4xx answer, or one that is no answer to the question (too long, too many redirects), allows everything. A site whose
robots.txt can't be had (5xx, no connection, no answer in time) disallows everything, as the RFC demands, except on
this machine: whoever runs a source here may read it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from crawlers.failures import FetchError

LONGEST = 500 * 1024  # RFC 9309 §2.5: what is read of a longer file


@dataclass(frozen=True)
class Rules:
    """What one site asks of us. `unreachable` says why its robots.txt could not be had."""

    parsed: Protego | None = None
    unreachable: str | None = None

    def refusal(self, url: str, agent: str) -> str | None:
        """Why robots.txt keeps us from `url`; None when it doesn't."""
        if self.unreachable:
            return f"its robots.txt could not be read ({self.unreachable}), so nothing may be fetched"
        if self.parsed is not None and not self.parsed.can_fetch(url, agent):
            return "robots.txt does not allow it"
        return None

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps that it names."""
        return tuple(self.parsed.sitemaps) if self.parsed is not None else ()

    def delay(self, agent: str) -> float:
        """The Crawl-delay asked of us, in seconds."""
        return float((self.parsed and self.parsed.crawl_delay(agent)) or 0.0)


def origin(url: str) -> str:
    """The scheme, host and port of `url`: what robots.txt, and our delays, are for."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return f"{parts.scheme}://{parts.hostname}:{port}"


def read(status: int, body: bytes) -> Rules:
    """The rules that an answer to /robots.txt gives."""
    if status >= 500 or status == 429:
        return Rules(unreachable=f"it answered {status}")
    if status != 200:
        return Rules()
    return Rules(Protego.parse(body[:LONGEST].decode("utf-8-sig", "replace")))


class Robots:
    """The rules of every site that a runner meets, each fetched once."""

    def __init__(self, fetch: Callable[[str], Awaitable[tuple[int, bytes]]]) -> None:
        self._fetch = fetch
        self._rules: dict[str, asyncio.Task[Rules]] = {}

    async def rules(self, url: str, *, local: bool) -> Rules:
        """The rules of the site of `url`. `local`: on this machine, where an unreachable file forbids nothing."""
        site = origin(url)
        if site not in self._rules:
            parts = urlsplit(url)
            self._rules[site] = asyncio.ensure_future(self._get(f"{parts.scheme}://{parts.netloc}/robots.txt"))
        rules = await asyncio.shield(self._rules[site])
        return Rules() if local and rules.unreachable else rules

    async def _get(self, url: str) -> Rules:
        try:
            status, body = await self._fetch(url)
        except FetchError as error:
            return Rules(unreachable=error.reason) if error.silent else Rules()
        return read(status, body)
