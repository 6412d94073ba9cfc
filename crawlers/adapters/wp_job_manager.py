"""WP Job Manager, a plug-in of WordPress: RSS at /?feed=job_feed, https://wordpress.org/plugins/wp-job-manager/.

A page has 10 jobs unless posts_per_page asks for more; the next is asked for by `paged` until one isn't full. The
vocabulary's namespace is the site's own address, whatever that is; its values are HTML, escaped, in CDATA. dc:creator
is whoever typed the advert, no employer. No closing date is told but in words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar
from urllib.parse import parse_qsl, urlsplit

from crawlers.adapters.board import site_of
from crawlers.adapters.claim import Claim
from crawlers.adapters.json_api import with_parameter
from crawlers.adapters.shortfall import TOTAL_NOT_REACHED, because
from crawlers.adapters.text import whole_number
from crawlers.adapters.vendor_feed import VendorFeed
from crawlers.adapters.xmltree import Element, namespace
from crawlers.source import Follow, Page, Parsed

ADDRESS = re.compile(r"[?&]feed=job_feed\b|/feed/job_feed\b", re.IGNORECASE)
PREFIX = "job_listing"  # the one name that is the same on every site
SPACE = b"xmlns:job_listing="
ROWS, USUAL_ROWS = 100, 10  # jobs a page: asked for; when nothing is


@dataclass(frozen=True)
class WpJobManager(VendorFeed):
    """The jobs of a WordPress site, by any of its addresses."""

    name: ClassVar[str] = "wp_job_manager"
    system: ClassVar[str] = "WP Job Manager"

    def feed(self) -> str:
        """The feed, 100 jobs a page where its address doesn't say how many."""
        url = self.url if ADDRESS.search(self.url) else f"{site_of(self.url) or self.url}/?feed=job_feed"
        return with_parameter(url, "posts_per_page", _number(url, "posts_per_page", ROWS))

    def owns(self, entry: Element) -> bool:
        """True for an item with a field of the plug-in's; an advert may have none of them."""
        return any(PREFIX in (child.prefix, namespace(child)) for child in entry)

    def parse(self, page: Page) -> Parsed:
        """A page's jobs, and the next page. Raises BadBodyError for a body that is no feed, or another system's."""
        parsed = super().parse(page)
        rows, number = _number(page.url, "posts_per_page", USUAL_ROWS), _number(page.url, "paged", 1)
        first = next((posting.url for posting in parsed.postings), None)
        if first and first == page.carried.get("first"):
            return Parsed(shortfall=because(TOTAL_NOT_REACHED, f"page {number} is page {number - 1} again"))
        if len(parsed.postings) < rows:
            return parsed
        following = Follow(with_parameter(page.url, "paged", number + 1), "listing", {"first": first})
        return replace(parsed, follows=(following,))


def _number(url: str, name: str, default: int) -> int:
    """A parameter of an address as a number of 1 or more."""
    return whole_number(dict(parse_qsl(urlsplit(url).query)).get(name)) or default


def recognise(page: Page) -> Claim | None:
    """By the plug-in's vocabulary in a feed, or by its address."""
    if SPACE in page.body and b"<channel" in page.body:
        return Claim(WpJobManager(page.url), 1.0, "jobs as WP Job Manager's feed tells them")
    return Claim(WpJobManager(page.url), 0.9, "an address of WP Job Manager") if ADDRESS.search(page.url) else None
