"""Which site a source is on: the sources of one site are crawled one after another, never side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from crawlers.registry import Registered
from crawlers.robots import origin


def host(registered: Registered) -> str:
    """The scheme, host and port of the first page that the source asks for; its slug where it can't say."""
    try:
        return next((origin(follow.url) for follow in registered.source.adapter.start()), registered.slug)
    except Exception:  # noqa: BLE001  its run will tell what is wrong
        return registered.slug


def by_host(sources: Iterable[Registered]) -> list[list[Registered]]:
    """The sources that share a host, in their order."""
    hosts: dict[str, list[Registered]] = defaultdict(list)
    for registered in sources:
        hosts[host(registered)].append(registered)
    return list(hosts.values())
