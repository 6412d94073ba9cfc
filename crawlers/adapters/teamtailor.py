"""Teamtailor: a careers site's /jobs.json, JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1) with a JobPosting each.

A feed in several parts is followed by its `next_url`; what is on two parts has one number. /jobs.rss tells the same,
100 at most unless `per_page` asks for more: a saved one is read, a crawl begins at the JSON Feed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from clearinghouse.errors import BadBodyError
from crawlers.adapters.board import at_site, shown
from crawlers.adapters.claim import Claim
from crawlers.adapters.feed import Feed
from crawlers.adapters.jobposting import posting_of
from crawlers.adapters.jsonbody import Object, error_in, json_body, list_at, raw, words
from crawlers.adapters.shortfall import ILL_FORMED, TOTAL_NOT_REACHED, because
from crawlers.adapters.text import absolute_links, link, markup
from crawlers.adapters.things import Thing
from crawlers.source import Follow, Page, Parsed, Posting

ADDRESS = re.compile(r"//(?!www\.|api\.|support\.)[\w.-]+\.teamtailor\.com(?:[/?#](?!\S*\.rss)|$)", re.IGNORECASE)
SHOWN = re.compile(rb"""href=["']([^"'<>\s]{0,200}/jobs/\d+-)""")
NUMBER = re.compile(r"/jobs/(\d+)")
RSS = (b"https://teamtailor.com/", b"<rss")  # its namespace
MOST = 100  # items of its RSS


@dataclass(frozen=True)
class Teamtailor:
    """A careers site on Teamtailor, at its own address or the employer's."""

    url: str

    name: ClassVar[str] = "teamtailor"
    identity: ClassVar[tuple[str, ...]] = ("reference", "url", "content")

    def start(self) -> tuple[Follow, ...]:
        """The site's feed."""
        return (Follow(at_site(self.url, "/jobs.json"), role="listing"),)

    def parse(self, page: Page) -> Parsed:
        """Each item as a Posting. Raises BadBodyError for a body that is no JSON Feed, nor this system's RSS."""
        if all(mark in page.body for mark in RSS):
            return _of_rss(page)
        body = json_body(page)
        items = list_at(body, "items")
        if items is None or "jsonfeed.org" not in (words(body, "version") or ""):
            raise BadBodyError(page.url, f"{error_in(body) or 'JSON'} that is no JSON Feed")
        jobs = [item for item in items if isinstance(item, dict)]
        odd = len(items) - len(jobs)
        following = link(raw(body, "next_url"), page.url)
        return Parsed(
            postings=tuple(_posting(item, page.url) for item in jobs),
            follows=(Follow(following, role="listing"),) if following and following != page.url else (),
            shortfall=because(ILL_FORMED, f"{odd} of {len(items)} items are no objects") if odd else None,
        )


def _of_rss(page: Page) -> Parsed:
    parsed = Feed(page.url).parse(page)
    numbers = ((posting, NUMBER.search(posting.url or "")) for posting in parsed.postings)
    postings = tuple(replace(posting, reference=number[1]) if number else posting for posting, number in numbers)
    whole = len(postings) < MOST or "per_page" in page.url
    return replace(
        parsed,
        postings=postings,
        shortfall=parsed.shortfall or (None if whole else because(TOTAL_NOT_REACHED, f"its RSS has {MOST} at most")),
    )


def _posting(item: Object, base: str) -> Posting:
    """The item's JobPosting, and what only the item itself says."""
    url = link(raw(item, "url | external_url"), base)
    number = NUMBER.search(url or "")
    text = absolute_links(markup(raw(item, "content_html | content_text")), url or base)
    card = Posting(
        reference=number[1] if number else words(item, "id"),
        url=url,
        title=words(item, "title"),
        posted=words(item, "date_published"),
        description_html=text,
        extra={name: said for name, said in (("updated", words(item, "date_modified")),) if said},
    )
    job: Any = item.get("_jobposting")
    return replace(posting_of(Thing.of(job, {}), url or base).over(card), url=url) if isinstance(job, dict) else card


def recognise(page: Page) -> Claim | None:
    """By its address, by its extension of JSON Feed, or by how its careers sites link to jobs."""
    if b'"_jobposting"' in page.body and b"jsonfeed.org" in page.body:
        return Claim(Teamtailor(page.url), 1.0, "a JSON Feed with a JobPosting for each item")
    if all(mark in page.body for mark in RSS) and b"<item" in page.body:
        return Claim(Teamtailor(page.url), 1.0, "jobs as Teamtailor's RSS tells them")
    if b"jsonfeed.org" in page.body and b'/jobs.json"' in page.body:
        return Claim(Teamtailor(page.url), 0.6, "a JSON Feed such as Teamtailor gives")
    if job := shown(page, b"teamtailor", SHOWN):
        return Claim(Teamtailor(job), 0.85, "a page that shows jobs as Teamtailor's careers sites do")
    return Claim(Teamtailor(page.url), 0.9, "an address of Teamtailor") if ADDRESS.search(page.url) else None
