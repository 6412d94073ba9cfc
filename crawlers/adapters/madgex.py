"""Madgex job boards (WMJobs, Guardian Jobs, university boards): RSS at /jobsrss/, and the lists that people read.

https://www.madgex.com. The feed takes the list's own filters and has the 20 newest at most. A title is
"Employer: Title", a description "Pay: Employer: text", the place sometimes its last line. In a list each job is a
li.lister__item, its link broken by line ends and tabs within the quotes; the next page is a link that says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import escape
from typing import ClassVar
from urllib.parse import urlsplit, urlunsplit

from clearinghouse.errors import BadBodyError
from crawlers.adapters.claim import Claim
from crawlers.adapters.feed import entries_of, feed_tree
from crawlers.adapters.shortfall import TOTAL_NOT_REACHED, because
from crawlers.adapters.text import link, plain
from crawlers.adapters.vendor_feed import ENOUGH, VendorFeed
from crawlers.adapters.webpage import WebPage, classes, read_page
from crawlers.adapters.xmltree import Element
from crawlers.source import Follow, Page, Parsed, Posting

ADDRESS = re.compile(r"/jobsrss\b", re.IGNORECASE)
JOB = re.compile(r"/job/(\d+)(?:[/?#]|$)", re.IGNORECASE)
JOBS = re.compile(rb"/job/\d{2,12}/")
ITEM, HEADER, META = "lister__item", "lister__header", "lister__meta-item--"
MOST = 20  # entries of a feed
PLACE = 80  # characters of a line that may be a place


@dataclass(frozen=True)
class Madgex(VendorFeed):
    """A search of a Madgex board: its feed, or the list that people read."""

    name: ClassVar[str] = "madgex"
    system: ClassVar[str] = "Madgex"

    def owns(self, entry: Element) -> bool:
        """True for an item that says its employer in its title and again in its description."""
        employer = _employer(plain(entry.findtext("title")))
        said = plain(entry.findtext("description")) or ""
        return bool(employer) and f"{employer}:" in said and JOB.search(entry.findtext("link") or "") is not None

    def refine(self, entry: Element, posting: Posting) -> Posting:
        """The posting with title, employer, pay and place taken apart."""
        employer = _employer(posting.title)
        named = _numbered(posting)
        if not employer or not posting.title:
            return named
        said = posting.description_html or ""
        before, found, text = said.partition(f"{employer if employer in said else escape(employer, quote=False)}:")
        lines = [line for line in text.splitlines() if line.strip()]
        place = plain(lines[-1]) if len(lines) > 1 else None
        is_place = place and len(place) <= PLACE and not place.endswith((".", "!", "?", "…"))
        return replace(
            named,
            title=posting.title.partition(":")[2].strip(),
            employer=posting.employer or employer,
            salary=posting.salary or (plain(before.strip().rstrip(":")) if found else None),
            locations=posting.locations or ((place,) if place and is_place else ()),
            description_html=text.strip() or None if found else posting.description_html,
        )

    def parse(self, page: Page) -> Parsed:
        """The jobs of a feed or of a list's page. Raises BadBodyError for any other body."""
        if ITEM.encode() in page.body and b"<channel" not in page.body[:5000]:
            return _list(read_page(page), page)
        parsed = super().parse(page)
        if len(parsed.postings) == MOST and not parsed.shortfall:
            return replace(parsed, shortfall=because(TOTAL_NOT_REACHED, f"the feed has the {MOST} newest at most"))
        return parsed


def _employer(title: str | None) -> str | None:
    employer, colon, job = (title or "").partition(":")
    return employer.strip() if colon and job.strip() else None


def _numbered(posting: Posting) -> Posting:
    """The posting by its number on the board, its link without what counts visits."""
    found = JOB.search(posting.url or "")
    if not found or not posting.url:
        return posting
    bare = urlunsplit(urlsplit(posting.url)._replace(query="", fragment=""))
    return replace(posting, url=bare, reference=found[1], identifiers={**posting.identifiers, "job": found[1]})


def _list(site: WebPage, page: Page) -> Parsed:
    items = [e for e in site.root.iter("li") if ITEM in classes(e)]
    postings = [posting for item in items if (posting := _card(item, site.base))]
    if not postings:
        raise BadBodyError(page.url, f"{site.what} without a job as Madgex lists it")
    following = (link(a.get("href"), site.base) for a in site.root.iter("a", "link") if _is_next(a))
    url = next((url for url in following if url and url != page.url), None)
    follows = (Follow(url, role="listing"),) if url else ()
    return Parsed(postings=tuple(postings), follows=follows, shortfall=site.shortfall)


def _is_next(element: Element) -> bool:
    words = (plain("".join(element.itertext())) or "").lower()
    return "next" in (element.get("rel") or "").lower().split() or words in ("next", "next page", "next »", "next >")


def _card(item: Element, base: str) -> Posting | None:
    heading = next((e for e in item.iter() if HEADER in classes(e)), None)
    anchor = next(heading.iter("a"), None) if heading is not None else None
    if anchor is None:
        return None
    told = {kind: _words(item, f"{META}{kind}") for kind in ("location", "salary", "recruiter")}
    place = told["location"]
    return _numbered(
        Posting(
            url=link(anchor.get("href"), base),
            title=plain("".join(anchor.itertext())),
            employer=told["recruiter"],
            locations=(place,) if place else (),
            salary=told["salary"],
            description_html=escape(_words(item, "lister__description") or "", quote=False) or None,
        )
    )


def _words(item: Element, name: str) -> str | None:
    found = (plain("".join(e.itertext())) for e in item.iter() if name in classes(e))
    return next(filter(None, found), None)


def recognise(page: Page) -> Claim | None:
    """By the parts of a list's items, by how a feed's are worded, or by its address."""
    body, ours = page.body, ADDRESS.search(page.url) is not None
    if ITEM.encode() in body and HEADER.encode() in body and JOBS.search(body):
        return Claim(Madgex(page.url), 1.0, "a list of jobs as Madgex shows it")
    if b"<channel" in body and JOBS.search(body) and _all_own(page):
        return Claim(Madgex(page.url), 1.0, "jobs as a Madgex feed words them")
    return Claim(Madgex(page.url), 0.9, "an address of a Madgex feed") if ours else None


def _all_own(page: Page) -> bool:
    try:
        entries = entries_of(feed_tree(page))
    except BadBodyError:
        return False
    return bool(entries) and all(Madgex(page.url).owns(entry) for entry in entries[:ENOUGH])
