"""The bounds of one run, apart from Scrapy: whoever only starts runners does without it."""

from __future__ import annotations

from dataclasses import dataclass

LOCAL_CONCURRENCY = 4  # pages of one site asked for at once, on this machine alone


@dataclass(frozen=True)
class Limits:
    """The bounds of one run. Seconds and bytes; tests shorten them.

    `waiting` is how long a run waits for another of the same source to end. A source may take as long as it brings
    pages, since at a polite pace 2,000 of them take most of an hour: it is stopped after `stalled` seconds without
    one, and after `source` in all. `batch` is how long a runner begins new sources.
    """

    timeout: float = 30.0
    robots_timeout: float = 10.0
    body: int = 20_000_000
    redirects: int = 5
    retries: int = 2
    back_off: float = 5.0
    local_back_off: float = 0.1
    longest_wait: float = 60.0
    listings: int = 1_000
    details: int = 20_000
    waiting: float = 45.0
    stalled: float = 600.0
    source: float = 8 * 3600.0
    batch: float = 600.0
