"""Jooble: the XML feed that it takes (https://jooble.org/info/xmlfeed), and the one that it gives its partners.

Both are `jobs` > `job` in one file. The first has `link`, `name`, `region`, `pubdate`, `expire`, and the reference as
the attribute `id`; the other `url`, `title`, `referencenumber`, a region in parts of which the city is what people read
(its state is a chain of districts), sums of pay with three decimals or empty, and no date but of the last change.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from crawlers.adapters.claim import Claim
from crawlers.adapters.opening import opening, root_in
from crawlers.adapters.xml_jobs import read_jobs
from crawlers.source import Follow, Page, Parsed, Posting

CHAIN = ";"  # between the districts of a state
MARKS = (b"<region", b"<pubdate", b"<date_updated", b"jooble.", b"<expire")


@dataclass(frozen=True)
class Jooble:
    """A feed for Jooble, or of Jooble's."""

    url: str

    name: ClassVar[str] = "jooble"
    identity: ClassVar[tuple[str, ...]] = ("reference", "url", "content")

    def start(self) -> tuple[Follow, ...]:
        """The feed."""
        return (Follow(self.url, role="listing"),)

    def parse(self, page: Page) -> Parsed:
        """Each job as a Posting. Raises BadBodyError for a body that is no such feed, saying what it is."""
        parsed = read_jobs(page, "jobs", "a Jooble feed")
        return replace(parsed, postings=tuple(_without_chain(posting) for posting in parsed.postings))


def recognise(page: Page) -> Claim | None:
    """By its root, and names that other lists of jobs don't have."""
    start = opening(page)
    if root_in(start) != "jobs" or not any(mark in start for mark in MARKS):
        return None
    return Claim(Jooble(page.url), 0.95, "jobs as a feed for Jooble lists them")


def _without_chain(posting: Posting) -> Posting:
    """The posting, its places without the districts that stand after the town's name."""
    kept = (_town(place) if CHAIN in place else place for place in posting.locations)
    return replace(posting, locations=tuple(kept))


def _town(place: str) -> str:
    before = place.partition(CHAIN)[0].rpartition(", ")[0]
    return before or place
