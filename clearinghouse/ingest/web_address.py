"""An address that somebody typed for the crawlers to read: what is wrong with it, told before anything is fetched.

Only what is written is judged here. A name is looked up when it is read, and refused then if it leads to a private
address (crawlers.addresses).
"""

from __future__ import annotations

import contextlib
import ipaddress
import re
import socket
from urllib.parse import SplitResult, urlsplit

LONGEST = 2000  # characters
SHOWN = 80  # characters of an address that a sentence repeats
UNWRITABLE = re.compile(r"[\x00-\x20\x7f\\]")  # browsers and libraries disagree on where a backslash leads
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the last four bytes are the IPv4 address that it stands for

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


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
    """`url` as a sentence may repeat it: cut when it is long, and nothing in it that turns a text about."""
    plain = "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in url[: SHOWN + 1])
    return plain if len(plain) <= SHOWN else f"{plain[:SHOWN]}…"


def literal(host: str) -> Address | None:
    """The address that `host` is written as, in whatever way a resolver takes it (127.1, 0x7f.1); None for a name."""
    written = host.strip("[]").rstrip(".")
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(written)
    with contextlib.suppress(OSError, UnicodeError):
        return ipaddress.IPv4Address(socket.inet_aton(written))
    return None


def unwrapped(address: Address) -> Address:
    """The IPv4 address inside an IPv6 one that only wraps it (::ffff:127.0.0.1, 6to4, NAT64)."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    behind = ipaddress.IPv4Address(address.packed[-4:]) if address in NAT64 else None
    return address.ipv4_mapped or address.sixtofour or behind or address


def _parts(url: str) -> SplitResult | None:
    if UNWRITABLE.search(url) or not url.isprintable():
        return None
    try:
        parts = urlsplit(url)
        (parts.hostname or "").encode("idna")
        good = parts.port != 0  # a port that is no number raises here
    except ValueError:
        return None
    return parts if good else None


def _private(host: str, *, demo: bool) -> str | None:
    name = host.encode("idna").decode("ascii").rstrip(".").lower()
    address = literal(name)
    inner = unwrapped(address) if address else None
    if name == "localhost" or name.endswith(".localhost") or (inner and inner.is_loopback):
        return None if demo else f"{shown(host)} is our own machine: enter an address that everyone can open"
    if inner is None or (inner.is_global and not inner.is_multicast):
        return None
    return f"{shown(host)} is a private address: enter an address that everyone can open"
