"""How many requests one address may make: 50 a second, as the mean of the last ten seconds (design §7).

Whatever else is limited by address counts in the same way.
"""

from __future__ import annotations

import ipaddress
import threading
from collections import OrderedDict, deque

from starlette.datastructures import Headers

from clearinghouse.errors import BadSettingError
from clearinghouse.settings import is_loopback

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

WINDOW = 10  # seconds
PER_SECOND = 50
REMEMBERED = 50_000  # addresses; the one that was quiet longest is forgotten first
FORWARDING = ("forwarded", "x-forwarded-for", "x-real-ip")


class RateLimit:
    """Lets `most` requests in `window` seconds pass from each address; safe to use from several threads."""

    def __init__(self, most: int = PER_SECOND * WINDOW, window: int = WINDOW) -> None:
        self.most = most
        self.window = window
        self._lock = threading.Lock()
        self._seen: OrderedDict[str, deque[list[int]]] = OrderedDict()

    def wait(self, address: str, at: float) -> int:
        """0 and counted when a request from `address` at the second `at` may pass, else the seconds until one may."""
        second = int(at)
        with self._lock:
            counts = self._recent(address, second)
            if sum(count for _, count in counts) >= self.most:
                return self._until_free(counts, second)
            if counts and counts[-1][0] == second:
                counts[-1][1] += 1
            else:
                counts.append([second, 1])
            return 0

    def _recent(self, address: str, second: int) -> deque[list[int]]:
        counts = self._seen.setdefault(address, deque())
        self._seen.move_to_end(address)
        while len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        while counts and counts[0][0] <= second - self.window:
            counts.popleft()
        return counts

    def _until_free(self, counts: deque[list[int]], second: int) -> int:
        return max(1, counts[0][0] + self.window - second)


def proxies(setting: str) -> tuple[Network, ...]:
    """The networks of TRUSTED_PROXIES. Raises BadSettingError that names what is no address."""
    found = []
    for part in filter(None, (part.strip() for part in setting.split(","))):
        try:
            found.append(ipaddress.ip_network(part, strict=False))
        except ValueError as error:
            raise BadSettingError(f"CLEARINGHOUSE_TRUSTED_PROXIES {part!r}: not an address or network") from error
    return tuple(found)


def asker(peer: str, headers: Headers, trusted: tuple[Network, ...]) -> str | None:
    """What a request is counted under. None for our own machine, which never waits, unless it speaks for others."""
    if is_loopback(peer) and not any(name in headers for name in FORWARDING):
        return None
    return bucket(client(peer, ",".join(headers.getlist("x-forwarded-for")), trusted))


def client(peer: str, forwarded: str, trusted: tuple[Network, ...]) -> str:
    """Who asks: the peer, or the last address in X-Forwarded-For that isn't a trusted proxy, when the peer is one."""
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    current = peer
    while hops and _is_in(current, trusted):
        current = hops.pop()
    return current


def bucket(address: str) -> str:
    """What is counted together: an IPv4 address, or the /64 that one IPv6 customer has."""
    parsed = _parsed(address)
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed) if parsed else "unknown"


def _is_in(address: str, networks: tuple[Network, ...]) -> bool:
    parsed = _parsed(address)
    return parsed is not None and any(parsed in network for network in networks if network.version == parsed.version)


def _parsed(address: str) -> Address | None:
    bare = address[1:].partition("]")[0] if address.startswith("[") else address
    if bare.count(":") == 1:  # IPv4 with a port
        bare = bare.partition(":")[0]
    try:
        parsed = ipaddress.ip_address(bare)
    except ValueError:
        return None
    return (parsed.ipv4_mapped or parsed) if isinstance(parsed, ipaddress.IPv6Address) else parsed
