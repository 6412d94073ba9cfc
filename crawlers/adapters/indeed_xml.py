"""Indeed's XML feed and those made after it: https://docs.indeed.com/indeed-apply/xml-feed. One file holds every job.

`source` > `job`, or `source` > `jobs` > `job` (Jobrapido, TalentView): children in any order and letter case, mostly in
CDATA. Dates are as each system writes them. The reference is `referencenumber`; others call it `id` or `reference_id`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crawlers.adapters.claim import Claim
from crawlers.adapters.opening import opening, root_in
from crawlers.adapters.xml_jobs import read_jobs
from crawlers.source import Follow, Page, Parsed

AROUND = frozenset({"generated", "jobcount", "lastbuilddate", "publisher", "publisherurl", "totaljobs", "url"})


@dataclass(frozen=True)
class IndeedXml:
    """A feed of the kind that Indeed takes."""

    url: str

    name: ClassVar[str] = "indeed_xml"
    identity: ClassVar[tuple[str, ...]] = ("reference", "url", "content")

    def start(self) -> tuple[Follow, ...]:
        """The feed."""
        return (Follow(self.url, role="listing"),)

    def parse(self, page: Page) -> Parsed:
        """Each job as a Posting. Raises BadBodyError for a body that is no such feed, saying what it is."""
        return read_jobs(page, "source", "an Indeed feed", AROUND)


def recognise(page: Page) -> Claim | None:
    """By its root, and a job or the publisher of some."""
    start = opening(page)
    if root_in(start) != "source":
        return None
    lower = start.lower()
    if b"<job" in lower or b"<job" in page.body:
        return Claim(IndeedXml(page.url), 1.0, "jobs as Indeed's XML feed lists them")
    return Claim(IndeedXml(page.url), 0.6, "an empty list such as Indeed's feed") if b"<publisher" in lower else None
