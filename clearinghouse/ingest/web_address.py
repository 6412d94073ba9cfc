"""An address that somebody typed for the crawlers to read: what is wrong with it, told before anything is fetched.

Only what is written is judged here. A name is looked up when it is read, and refused then if it leads to a private
address (crawlers.addresses).
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from clearinghouse.settings import is_loopback

LONGEST = 2000  # characters
SHOWN = 80  # characters of an address that a sentence repeats
UNWRITABLE = re.compile(r"[\x00-\x20\x7f]")


def address_problem(url: str, *, demo: bool) -> str | None:
    """A sentence on why `url` can't be read by the crawlers, naming it; None when it can be tried.

    `demo` allows this machine, where the simulated partners are.
    """
    parts = _parts(url)
    if not url:
        return "Enter the web address"
    if len(url) > LONGEST:
        return f"The web address has {len(url):,} characters: it must have {LONGEST:,} or fewer"
    if parts is None:
        return f"{shown(url)} is not a web address"
    return _unusable(url, parts) or _private(parts.hostname or "", demo=demo)


def _unusable(url: str, parts: SplitResult) -> str | None:
    if parts.scheme not in ("http", "https"):
        return f"{shown(url)} must start with https:// or http://"
    if not parts.hostname:
        return f"{shown(url)} names no site"
    return "The web address must not hold a user name or password" if parts.username is not None else None


def shown(url: str) -> str:
    """`url` as a sentence may repeat it: cut when it is long."""
    return url if len(url) <= SHOWN else f"{url[:SHOWN]}…"


def _parts(url: str) -> SplitResult | None:
    if UNWRITABLE.search(url):
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port  # a number that is none raises here
    except ValueError:
        return None
    return parts


def _private(host: str, *, demo: bool) -> str | None:
    name = host.rstrip(".")
    if is_loopback(name):
        return None if demo else f"{host} is our own machine: enter an address that everyone can open"
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return None
    inner = getattr(address, "ipv4_mapped", None) or address
    if inner.is_global and not inner.is_multicast:
        return None
    return f"{host} is a private address: enter an address that everyone can open"
