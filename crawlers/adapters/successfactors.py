"""SAP SuccessFactors (jobs2web): the feed /sitemal.xml (so spelt), and where that is switched off the site's own pages.

https://help.sap.com, Recruiting Marketing. The feed is RSS with Google's vocabulary, all jobs at once. A list page
repeats each tile for desktop, tablet and mobile, its fields in elements called job-ID-desktop-section-NAME; an older
skin has table rows. `startrow` goes on until the stated total, an empty answer, or the first page again. An advert has
microdata with Java's dates ("Tue Aug 11 04:00:00 UTC 2026"), other facts in tokens with a label.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar
from urllib.parse import urlsplit, urlunsplit

from clearinghouse.errors import BadBodyError
from crawlers.adapters.claim import Claim
from crawlers.adapters.jobposting import posting_of
from crawlers.adapters.labels import labelled
from crawlers.adapters.markup import MICRODATA, marked
from crawlers.adapters.successfactors_list import TILES, listed, with_facts
from crawlers.adapters.text import link, plain
from crawlers.adapters.things import Thing
from crawlers.adapters.vendor_feed import VendorFeed
from crawlers.adapters.webpage import classes, read_page
from crawlers.adapters.xmltree import Element, namespace
from crawlers.source import Page, Parsed, Posting

FEED = "/sitemal.xml"
GOOGLE = "base.google.com/ns/1.0"
ADDRESS = re.compile(r"/sitemal\.xml|/tile-search-results/|//[\w-]+\.jobs2web\.com(?:[/?#]|$)", re.IGNORECASE)
NUMBER = re.compile(r"/job/[^/?#]+/(\d+)/")
RSS = b"utm_source=J2WRSS"
SHELL = 200  # bytes; what stands behind the last row is no longer


@dataclass(frozen=True)
class SuccessFactors(VendorFeed):
    """A careers site: its feed when `url` is that, else the pages of its list, from whichever of them on."""

    name: ClassVar[str] = "successfactors"
    system: ClassVar[str] = "SuccessFactors"

    def feed(self) -> str:
        """The feed, the list that `url` is, or for any other page the list of all jobs."""
        parts = urlsplit(self.url)
        if any(part in parts.path for part in (FEED, TILES, "/search", "/go/", "/viewalljobs")):
            return self.url
        return urlunsplit(parts._replace(path="/search/", query="q=", fragment="")) if parts.netloc else self.url

    def owns(self, entry: Element) -> bool:
        """True for an item in Google's vocabulary, or with the mark of a site's own RSS on its link."""
        own = any(GOOGLE in namespace(child) or namespace(child) == "g" for child in entry)
        return own or any(RSS.decode() in (child.text or "") for child in entry)

    def refine(self, entry: Element, posting: Posting) -> Posting:
        """The posting by the number in its link where none is stated."""
        number = NUMBER.search(posting.url or "")
        return replace(posting, reference=posting.reference or (number[1] if number else None))

    def parse(self, page: Page) -> Parsed:
        """The feed's jobs, a list page's as cards of follows, or one advert. Raises BadBodyError for any other body."""
        if page.role == "detail":
            return Parsed(postings=(_advert(page),))
        if b"<channel" in page.body[:5000]:
            return super().parse(page)
        if page.carried and len(page.body.strip()) < SHELL:
            return Parsed()
        return listed(page)


def _advert(page: Page) -> Posting:
    site = read_page(page)
    nodes = marked(site.root, MICRODATA, "jobposting")
    if not nodes:  # a page whose properties belong to nothing
        site.root.set("itemtype", "https://schema.org/JobPosting")
        nodes = marked(site.root, MICRODATA, "jobposting")
    posting = posting_of(Thing.of(nodes[0], {}), site.base)
    if posting.title is None:
        raise BadBodyError(page.url, f"{site.what} without an advert as SuccessFactors shows it")
    tokens = [e for e in site.root.iter("div", "span", "p") if "joblayouttoken" in classes(e)]
    printed = labelled("\n".join(plain("".join(token.itertext())) or "" for token in tokens))
    facts = with_facts(Posting(), dict(printed.values()))
    applying = (link(a.get("href"), site.base) for a in site.root.iter("a") if "/apply/" in (a.get("href") or ""))
    return replace(posting.over(facts), url=link(page.url, ""), apply_url=next(filter(None, applying), None))


def recognise(page: Page) -> Claim | None:
    """By the vocabulary of its feed, the names that its pages are built with, or its address."""
    body, ours = page.body, ADDRESS.search(page.url) is not None
    if GOOGLE.encode() in body and b"<g:id>" in body and (ours or b"<g:job_function>" in body):
        return Claim(SuccessFactors(page.url), 1.0, "jobs as the feed of SuccessFactors tells them")
    if RSS in body and b"<channel" in body:
        return Claim(SuccessFactors(page.url), 1.0, "jobs as a site of SuccessFactors tells them in RSS")
    if b"jobTitle-link" in body and (b"job-tile" in body or b"data-row" in body):
        return Claim(SuccessFactors(page.url), 1.0, "a list of jobs as SuccessFactors shows it")
    if b"/platform/js/j2w/" in body or b"rmkcdn.successfactors.com" in body:
        return Claim(SuccessFactors(SuccessFactors(page.url).feed()), 0.8, "a page built by SuccessFactors")
    return Claim(SuccessFactors(page.url), 0.9, "an address of SuccessFactors") if ours else None
