"""Fetching one page: robots.txt, redirects, retries and decoding, each failure a sentence that names the URL."""

from __future__ import annotations

import asyncio
import datetime as dt
import email.utils
import os
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urljoin, urlsplit

from scrapy import Request, exceptions
from scrapy.http import Response

from clearinghouse.db import Clock
from crawlers import addresses, keys
from crawlers.decoding import BadEncodingError, decode
from crawlers.failures import LEADS, FetchError
from crawlers.limits import Limits
from crawlers.robots import Robots, Rules, origin
from crawlers.source import Follow

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PASSING = frozenset({408, 429, 500, 502, 503, 504, 522, 524})  # answers that a second try may mend
NEVER_HTTP = {  # why a connection brought no answer, by the error's name: Scrapy tells it as the inside of a program
    "OpenSSL.SSL.Error": "no secure connection could be made",
    "twisted.internet.error.ConnectionDone": "the site ended it without an answer",
    "twisted.internet.error.ConnectionLost": "the site broke it off",
    "twisted.web._newclient.ParseError": "the answer is not HTTP",
}
TOLD_TO_GET = frozenset({301, 302, 303})  # after which a POST goes on as a GET


@dataclass(frozen=True)
class Answer:
    """What came back: `url` after redirects, lower-case header names, the body with its encoding undone."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Identity:
    """Who asks: a source's slug (it has cookies of its own), our user agent, and whether this machine is allowed.

    `pace` is the least number of seconds between two requests that the source's adapter knows its system to bear.
    """

    slug: str
    agent: str
    loopback: bool = False
    proxy: str | None = None
    pace: float = 0.0


class Fetcher:
    """Fetches for every source of a runner, through one downloader."""

    def __init__(
        self,
        download: Callable[[Request], Awaitable[Response]],
        pace: Callable[..., None],
        pins: MutableMapping[str, str],
        limits: Limits,
        clock: Clock,
    ) -> None:
        self._download = download
        self._pace = pace
        self._pins = pins
        self._limits = limits
        self._clock = clock
        self._robots: dict[bool, Robots] = {}

    async def fetch(self, follow: Follow, who: Identity, headers: Mapping[str, str] | None = None) -> Answer:
        """The answer to `follow`, whatever its status. Raises FetchError when there is none."""
        step = replace(follow, url=_address(follow.url), headers={**follow.headers, **(headers or {})})
        seen = [step.url]
        while True:
            try:
                await self._allowed(step.url, who)
            except FetchError as error:
                if len(seen) == 1:
                    raise
                words = f"{LEADS} {error}"
                raise FetchError(follow.url, words, silent=error.silent, forbidden=error.forbidden) from error
            response = await self._patiently(step, who)
            target = _target(response)
            if target is None:
                return self._answer(response)
            if len(seen) > self._limits.redirects:
                loop = "a redirect loop: " if target in seen else ""
                raise FetchError(follow.url, f"{loop}over {self._limits.redirects} redirects, the last to {target}")
            seen.append(target)
            step = _onwards(step, response.status, target)

    async def sitemaps(self, url: str, who: Identity) -> tuple[str, ...]:
        """The sitemaps that the robots.txt of the site of `url` names. Raises FetchError for a forbidden address."""
        rules = await self._rules(url, who, local=await self._check(url, who))
        return rules.sitemaps

    async def _allowed(self, url: str, who: Identity) -> None:
        """Refuse what our own rules or the site's robots.txt forbid, and set the pace for the site."""
        local = await self._check(url, who)
        rules = await self._rules(url, who, local=local)
        reason = rules.refusal(url, who.agent)
        if reason:
            raise FetchError(url, reason, forbidden=True)
        self._pace(url, local=local, delay=max(rules.delay(who.agent), who.pace))

    async def _rules(self, url: str, who: Identity, *, local: bool) -> Rules:
        robots = self._robots.setdefault(who.loopback, Robots(lambda address: self._robots_txt(address, who)))
        return await robots.rules(url, local=local)

    async def _check(self, url: str, who: Identity) -> bool:
        """Refuse an address that we may not read; True when it is on this machine. A proxy resolves names itself."""
        host = urlsplit(url).hostname or ""
        local = addresses.is_local(host)
        if who.proxy is None or local or addresses.is_literal(host):
            await addresses.check(url, loopback=who.loopback, pins=self._pins)
        self._pace(url, local=local)
        return local

    async def _robots_txt(self, url: str, who: Identity) -> tuple[int, bytes]:
        """The status and body of a robots.txt, redirects followed (RFC 9309 §2.3.1.2)."""
        step = Follow(url=url)
        for _ in range(self._limits.redirects + 1):
            await self._check(step.url, who)
            response = await self._once(step, who, self._limits.robots_timeout)
            target = _target(response)
            if target is None:
                answer = self._answer(response)
                return answer.status, answer.body
            step = Follow(url=target)
        raise FetchError(url, "too many redirects")

    async def _patiently(self, step: Follow, who: Identity) -> Response:
        """The answer, asked for again where a second try may help; the last failure otherwise."""
        local = addresses.is_local(urlsplit(step.url).hostname or "")
        for attempt in range(self._limits.retries + 1):
            last = attempt == self._limits.retries
            try:
                response = await self._once(step, who, self._limits.timeout)
            except FetchError as error:
                if last or not error.passing:
                    raise
                response = None
            if response is not None and (last or response.status not in PASSING):
                return response
            await asyncio.sleep(self._wait(response, attempt, local=local))
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _wait(self, response: Response | None, attempt: int, *, local: bool) -> float:
        """Seconds before the next try: what Retry-After asks, bounded, else doubling from our own back-off."""
        base = self._limits.local_back_off if local else self._limits.back_off
        asked = _retry_after(response, self._clock()) if response is not None else None
        bound = base * 10 if local else self._limits.longest_wait
        return min(bound, asked if asked is not None else base * 2**attempt)

    async def _once(self, step: Follow, who: Identity, timeout: float) -> Response:
        local = addresses.is_local(urlsplit(step.url).hostname or "")
        meta = {
            "cookiejar": who.slug,
            "download_timeout": timeout,
            "proxy": None if local else who.proxy,  # None keeps Scrapy from the environment's own proxies
        }
        headers = {"User-Agent": who.agent, **step.headers, **keys.headers_for(step.url, os.environ)}
        try:
            request = Request(
                step.url, method=step.method, headers=headers, body=step.body, meta=meta, dont_filter=True
            )  # fmt: skip
            return await self._download(request)
        except Exception as error:
            raise self._failure(step.url, error, timeout) from error

    def _failure(self, url: str, error: Exception, timeout: float) -> FetchError:
        match error:
            case exceptions.DownloadTimeoutError():
                return FetchError(url, f"no whole answer within {timeout:g} s", silent=True)
            case exceptions.DownloadCancelledError():
                return FetchError(url, f"body over {self._limits.body // 1_000_000} MB")
            case exceptions.ResponseDataLossError():
                return FetchError(url, "the connection ended before the whole body came", passing=True)
            case exceptions.DownloadConnectionRefusedError():
                return FetchError(url, "connection refused", passing=True)
            case exceptions.CannotResolveHostError():
                return FetchError(url, "host name not found", passing=True)
        return FetchError(url, f"the connection failed: {_words(error)}", passing=True)

    def _answer(self, response: Response) -> Answer:
        headers = _headers(response)
        try:
            body = decode(response.body, headers.get("content-encoding", ""), self._limits.body)
        except BadEncodingError as error:
            raise FetchError(response.url, str(error)) from error
        return Answer(response.url, response.status, headers, body)


def _address(url: str) -> str:
    try:
        return addresses.normal(url)
    except ValueError as error:
        raise FetchError(url, f"not an address: {error}") from error


def _headers(response: Response) -> dict[str, str]:
    joined = ((name, b", ".join(values)) for name, values in response.headers.items())
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in joined}


def _target(response: Response) -> str | None:
    """Where a redirect leads; None when the answer is none. The fragment stays behind."""
    location = response.headers.get("Location")
    if response.status not in REDIRECTS or not location:
        return None
    target: str = urljoin(response.url, location.decode("utf-8", "replace").strip())
    return _address(target.partition("#")[0])


def _onwards(step: Follow, status: int, target: str) -> Follow:
    """The next request of a chain. A source's own headers (keys among them) stay on the site they are meant for."""
    headers = step.headers if origin(step.url) == origin(target) else {}
    if status in TOLD_TO_GET and step.method != "GET":
        return replace(step, url=target, headers=headers, method="GET", body=b"")
    return replace(step, url=target, headers=headers)


def _retry_after(response: Response, now: dt.datetime) -> float | None:
    """Seconds that Retry-After asks for, as a number or a date."""
    value: Any = response.headers.get("Retry-After")
    if value is None:
        return None
    text = value.decode("latin-1").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return max(0.0, (email.utils.parsedate_to_datetime(text) - now).total_seconds())
    except (TypeError, ValueError):
        return None


def _words(error: Exception) -> str:
    reasons = [type(reason.value) for reason in getattr(error.__cause__, "reasons", ())]
    told = (NEVER_HTTP.get(f"{kind.__module__}.{kind.__qualname__}") for kind in reasons)
    said = f"{type(error).__name__}: {error}"[:300] if str(error) else type(error).__name__
    return next(filter(None, told), said)
