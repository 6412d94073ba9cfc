"""A site's own list of its pages (sitemaps.org): those of adverts are fetched and read for JobPosting."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from clearinghouse.errors import BadBodyError
from crawlers.adapters.body import decoded, is_html, what_it_is
from crawlers.adapters.claim import Claim, counted
from crawlers.adapters.jsonld import JsonLd
from crawlers.adapters.shortfall import TOO_DEEP, because
from crawlers.adapters.text import link, plain
from crawlers.adapters.xmltree import MOST_TAGS, Element, local, read_xml
from crawlers.source import Follow, Page, Parsed

DEEPEST = 3  # index files within index files
LISTS = re.compile(r"\.(?:xml|txt)(?:\.gz)?(?:\?|#|$)|\.gz$", re.IGNORECASE)
LINE = re.compile(r"[^\r\n]+")


@dataclass(frozen=True)
class Sitemap:
    """A sitemap, index file or list of addresses, plain or gzipped, and the JobPosting of each page that it lists.

    `match` is a regular expression that an advert's address contains; without it every listed page is an advert's.
    """

    url: str
    match: str | None = None

    name: ClassVar[str] = "sitemap"
    identity: ClassVar[tuple[str, ...]] = ("reference", "url", "content")

    def __post_init__(self) -> None:
        """Refuses a `match` that is no regular expression."""
        try:
            re.compile(self.match or "")
        except re.error as error:
            raise ValueError(f"match {self.match!r} is no regular expression: {error}") from error

    def start(self) -> tuple[Follow, ...]:
        """The sitemap itself."""
        return (Follow(self.url, role="listing"),)

    def parse(self, page: Page) -> Parsed:
        """A sitemap's pages as follows, with `lastmod` carried; an advert's page as its postings.

        Raises BadBodyError for a body that is neither, saying what it is.
        """
        if page.role == "detail":
            return JsonLd(page.url).parse(page)
        text = decoded(page)
        if text[0] != "<":
            return Parsed(follows=self._pages(_lines(text, page)))
        return self._of_xml(text, page)

    def _of_xml(self, text: str, page: Page) -> Parsed:
        if is_html(text):
            raise BadBodyError(page.url, "an HTML page, not a sitemap")
        tree = read_xml(text, page.url)
        kind = local(tree.root.tag).lower()
        if kind not in ("urlset", "sitemapindex"):
            raise BadBodyError(page.url, f"{what_it_is(text)}, not a sitemap")
        wanted = "url" if kind == "urlset" else "sitemap"
        entries = [entry for e in tree.elements(wanted, most=MOST_TAGS) if (entry := _entry(e, page.url))]
        if kind == "urlset":
            return Parsed(follows=self._pages(entries), shortfall=tree.shortfall)
        depth = int(page.carried.get("depth", 0)) + 1
        if depth > DEEPEST:
            return Parsed(shortfall=because(TOO_DEEP, f"over {DEEPEST} index files inside one another"))
        follows = [Follow(url, role="listing", carried={**said, "depth": depth}) for url, said in entries]
        return Parsed(follows=_each_once(follows), shortfall=tree.shortfall)

    def _pages(self, entries: list[tuple[str, dict[str, str]]]) -> tuple[Follow, ...]:
        wanted = re.compile(self.match) if self.match else None
        kept = [(url, said) for url, said in entries if (wanted.search(url) if wanted else not LISTS.search(url))]
        return _each_once([Follow(url, carried=said) for url, said in kept])


def recognise(page: Page) -> Claim | None:
    """Any sitemap; less surely one that lists no page."""
    adapter = Sitemap(page.url)
    try:
        listed = len(adapter.parse(Page(page.url, page.body, headers=page.headers)).follows)
    except BadBodyError:
        return None
    return Claim(adapter, 0.9 if listed else 0.7, f"a sitemap of {counted(listed, 'address', 'addresses')}")


def _entry(element: Element, base: str) -> tuple[str, dict[str, str]] | None:
    """The address and date of one entry; None when it names no http(s) address."""
    said = {local(child.tag).lower(): plain(child.text) for child in element}
    url = link(next((c.text for c in element if local(c.tag).lower() == "loc"), None), base)
    lastmod = said.get("lastmod")
    return (url, {"lastmod": lastmod} if lastmod else {}) if url else None


def _lines(text: str, page: Page) -> list[tuple[str, dict[str, str]]]:
    """A text sitemap: an address a line, and nothing else."""
    urls: list[tuple[str, dict[str, str]]] = []
    for line in filter(None, (found[0].strip() for found in LINE.finditer(text))):
        url = link(line, "") if " " not in line else None
        if url is None:
            raise BadBodyError(page.url, f"{what_it_is(text)}, not a sitemap")
        urls.append((url, {}))
    return urls


def _each_once(follows: list[Follow]) -> tuple[Follow, ...]:
    first: dict[str, Follow] = {}
    for follow in follows:
        first.setdefault(follow.url, follow)
    return tuple(first.values())
