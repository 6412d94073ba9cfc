"""What an adapter says of a page that might be its own: the contract of detection.

Every module of a recruitment system has `recognise(page) -> Claim | None`: from the page's address or its body alone,
pure and quick. A claim carries the adapter with its fields, ready to crawl.
"""

from __future__ import annotations

from dataclasses import dataclass

from crawlers.source import Adapter


@dataclass(frozen=True)
class Claim:
    """`sure` runs from 0 to 1: 1 = nothing else, 0.9 = by the address, 0.5 = the shape fits; `why` says so."""

    adapter: Adapter
    sure: float
    why: str


def counted(number: int, one: str, many: str) -> str:
    """How many of a thing, for the words of a claim: 1 entry, 1,200 entries."""
    return f"{number:,} {one if number == 1 else many}"
