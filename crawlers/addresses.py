"""Where the crawlers may connect to: public addresses only, and this machine for a source that says so.

A partner's feed, or a redirect from it, must not make us read what only our own network can reach.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import socket
from collections.abc import MutableMapping
from urllib.parse import urlsplit, urlunsplit

from clearinghouse.ingest.web_address import Address, literal, unwrapped
from crawlers.failures import FetchError

UNSAID = ", and the source does not say loopback=True"  # what the author of a source's file can do about it


def is_local(host: str) -> bool:
    """True when `host` is written as this machine: localhost or a loopback address."""
    if host.rstrip(".").lower() == "localhost":
        return True
    address = literal(host)
    return address is not None and unwrapped(address).is_loopback


def refusal(address: Address, *, loopback: bool) -> str | None:
    """Why `address` may not be connected to; None when it may. `loopback` allows this machine and nothing more."""
    address = unwrapped(address)
    if address.is_loopback:
        return None if loopback else f"{address} is this machine{UNSAID}"
    if address.is_link_local:
        return f"{address} is a link-local address"
    if address.is_global and not address.is_multicast:
        return None
    return f"{address} is a private address"


def normal(url: str) -> str:
    """`url` with its host in lower case and ASCII, as the downloader asks the DNS cache for it."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    with contextlib.suppress(UnicodeError):
        host = host.encode("idna").decode("ascii")
    host = f"[{host}]" if ":" in host else host
    user, at, _ = parts.netloc.rpartition("@")
    port = f":{parts.port}" if parts.port else ""
    return urlunsplit(parts._replace(netloc=f"{user}{at}{host}{port}"))


async def check(url: str, *, loopback: bool, pins: MutableMapping[str, str]) -> None:
    """Refuse a URL that leads to an address we may not read.

    The address found is pinned in `pins`, the downloader's own DNS cache, so that the name can't resolve to another
    one a moment later. Raises FetchError that names the URL and the reason.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise FetchError(url, "not an http or https address", forbidden=True)
    address = literal(parts.hostname) or await _resolve(url, parts.hostname)
    reason = refusal(address, loopback=loopback)
    if reason:
        raise FetchError(url, reason, forbidden=True)
    pins[parts.hostname] = str(address)


async def _resolve(url: str, host: str) -> Address:
    """The host's first IPv4 address: the downloader connects by IPv4 only."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, family=socket.AF_INET, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(url, f"host name {host} not found", passing=True) from error
    return ipaddress.ip_address(str(found[0][4][0]))


def is_literal(host: str) -> bool:
    """True when `host` is an address, not a name."""
    return literal(host) is not None
