"""SAP SuccessFactors (jobs2web): the feed /sitemal.xml (so spelt), and where that is switched off the site's own pages.

https://help.sap.com, Recruiting Marketing. The feed is RSS with Google's vocabulary, all jobs at once. A list page
repeats each tile for desktop, tablet and mobile, its fields in elements called job-ID-desktop-section-NAME; an older
skin has table rows. `startrow` goes on until the stated total, an empty answer, or the first page again. An advert has
microdata with Java's dates ("Tue Aug 11 04:00:00 UTC 2026"), other facts in tokens with a label.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import ClassVar
from urllib.parse import urlsplit, urlunsplit

from clearinghouse.errors import BadBodyError
from crawlers.adapters import jobwords as words
from crawlers.adapters.claim import Claim
from crawlers.adapters.jobposting import posting_of
from crawlers.adapters.json_api import with_parameter
from crawlers.adapters.labels import labelled
from crawlers.adapters.markup import MICRODATA, marked
from crawlers.adapters.said import Said
from crawlers.adapters.text import link, plain
from crawlers.adapters.things import Thing
from crawlers.adapters.vendor_feed import VendorFeed
from crawlers.adapters.webpage import WebPage, read_page
from crawlers.adapters.xmltree import Element, namespace
from crawlers.source import Follow, Page, Parsed, Posting

FEED = "/sitemal.xml"
TILES = "/tile-search-results/"
GOOGLE = "base.google.com/ns/1.0"
ADDRESS = re.compile(r"/sitemal\.xml|/tile-search-results/|//[\w-]+\.jobs2web\.com(?:[/?#]|$)", re.IGNORECASE)
CATEGORY = re.compile(r"/go/[^/]+/(\d+)")
LIST = re.compile(r"/(?:search|go|viewalljobs)(?:/|$)")
TOTAL = re.compile(r"\bof\s+([\d,.]{1,9})\b")
SECTION = re.compile(r"job-\d+-desktop-section-([a-z]\w*?)(?:-value)?")
NUMBER = re.compile(r"/(\d{4,})/?(?:[?#]|$)")
SHELL = 200  # bytes; what stands behind the last row is no longer
NAMES = {"jobLocation": "location", "jobDate": "date"}  # classes in the older skin, and the sections for the same
PIECES = 40  # of the text of a section
KEPT = ("reference", "closes", "starts", "salary", "hours", "employment_type", "working_pattern", "employer", "posted")


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
        """True for an item in Google's vocabulary."""
        return any(GOOGLE in namespace(child) or namespace(child) == "g" for child in entry)

    def parse(self, page: Page) -> Parsed:
        """The feed's jobs, a list page's as cards of follows, or one advert. Raises BadBodyError for any other body."""
        if page.role == "detail":
            return Parsed(postings=(_advert(page),))
        if b"<channel" in page.body[:5000]:
            return super().parse(page)
        if page.carried and len(page.body.strip()) < SHELL:
            return Parsed()
        return _list(page)


def _list(page: Page) -> Parsed:
    site = read_page(page)
    cards = {card.url: card for card in _rows(site)}
    first = next(iter(cards), None)
    if first and first == page.carried.get("first"):
        return Parsed()  # a site that gives its last page again and again
    stated = _total(site.root)
    total = page.carried.get("total") if stated is None else stated
    if not cards and not page.carried and total != 0 and not _says_none(site.root):
        raise BadBodyError(page.url, f"{site.what} without a list of jobs as SuccessFactors shows it")
    seen = int(page.carried.get("seen", 0)) + len(cards)
    more = bool(cards) and (total is None or seen < total)
    carried = {"seen": seen, "first": first, "total": total}
    pages = (Follow(_next(page.url, seen, site.root), "listing", carried),) if more else ()
    follows = tuple(Follow(url, card=card) for url, card in cards.items() if url)
    return Parsed(follows=(*follows, *pages), shortfall=site.shortfall, stated_total=total)


def _rows(site: WebPage) -> Iterator[Posting]:
    """What each tile, or row of a table, with a link to a job says."""
    links: dict[Element, list[Element]] = {}
    facts: dict[Element, dict[str, str]] = defaultdict(dict)
    for element in site.root.iter("a", "div", "span"):
        row = next((around for around in element.iterancestors("li", "tr") if _is_row(around)), None)
        if row is not None and element.tag == "a" and "jobTitle-link" in _classes(element):
            links.setdefault(row, []).append(element)
        elif row is not None and (fact := _fact(element)):
            facts[row].setdefault(*fact)
    for row, anchors in links.items():
        url = next((url for a in anchors if (url := link(a.get("href"), site.base))), None)
        title = next((said for a in anchors if (said := plain("".join(a.itertext())))), None)
        number = NUMBER.search(urlsplit(url).path) if url else None
        if url and title:
            posting = _with(Posting(url=url, title=title), facts[row])
            numbers = {"job": number[1]} if number else {}
            yield replace(posting, reference=posting.reference or numbers.get("job"), identifiers=numbers)


def _is_row(element: Element) -> bool:
    return not {"job-tile", "data-row"}.isdisjoint(_classes(element))


def _classes(element: Element) -> list[str]:
    return (element.get("class") or "").split()


def _fact(element: Element) -> tuple[str, str] | None:
    """A fact of a row: under its printed label where it has one, else under the section's own name."""
    section = SECTION.fullmatch(element.get("id") or "")
    classes = _classes(element)
    name = section[1] if section else next((NAMES[each] for each in classes if each in NAMES), None)
    if name is None:
        return None
    texts = [said for part in islice(element.itertext(), PIECES) if (said := plain(part))]
    if section and len(texts) > 1:
        return (name if name in NAMES.values() else texts[0]), " ".join(texts[1:])
    return (name, " ".join(texts)) if texts else None


def _with(posting: Posting, facts: dict[str, str]) -> Posting:
    """The posting with the facts that these labels mean."""
    squeezed = {words.squeezed(label): (value,) for label, value in facts.items()}
    said = Said(squeezed, {name: name for name in squeezed})
    told = {field: value for field in KEPT if (value := said.first(words.NAMES[field]))}
    place = said.first(words.LOCATIONS)
    date = said.first(("date",))
    if date and "posted" not in told:
        told["posted"] = date
    return replace(posting, **({"locations": (place,)} if place else {}), **told)  # type: ignore[arg-type]


def _total(root: Element) -> int | None:
    """How many jobs the page says that there are."""
    for element in root.iter("ul", "span", "div"):
        stated = element.get("aria-rowcount") or ""
        label = element.get("id") == "tile-search-results-label" or "paginationLabel" in (element.get("class") or "")
        found = TOTAL.search(plain("".join(element.itertext())) or "") if label and not stated else None
        text = stated or (found[1] if found else "")
        digits = text.replace(",", "").replace(".", "")
        if digits.isascii() and digits.isdigit():
            return int(digits)
    return None


def _says_none(root: Element) -> bool:
    """True for a list that is there and empty, or says so."""
    ids = {element.get("id") for element in root.iter()}
    return bool(ids & {"job-tile-list", "noresults", "attention"})


def _next(url: str, row: int, root: Element) -> str:
    """The address of the rows from `row` on: of tiles those alone, as the page's own script asks."""
    parts = urlsplit(url)
    tiles = any("job-tile" in _classes(e) for e in root.iter("li"))
    if tiles and TILES not in parts.path:
        category = CATEGORY.search(parts.path)
        list_page = LIST.search(parts.path)
        before = parts.path[: list_page.start()] if list_page else ""
        tail = f"category/{category[1]}/" if category else ""
        parts = parts._replace(path=f"{before}{TILES}{tail}")
    return with_parameter(urlunsplit(parts), "startrow", row)


def _advert(page: Page) -> Posting:
    site = read_page(page)
    nodes = marked(site.root, MICRODATA, "jobposting")
    if not nodes:  # a page whose properties belong to nothing
        site.root.set("itemtype", "https://schema.org/JobPosting")
        nodes = marked(site.root, MICRODATA, "jobposting")
    posting = posting_of(Thing.of(nodes[0], {}), site.base)
    if posting.title is None:
        raise BadBodyError(page.url, f"{site.what} without an advert as SuccessFactors shows it")
    tokens = [e for e in site.root.iter("div", "span", "p") if "joblayouttoken" in _classes(e)]
    printed = labelled("\n".join(plain("".join(token.itertext())) or "" for token in tokens))
    facts = _with(Posting(), dict(printed.values()))
    applying = (link(a.get("href"), site.base) for a in site.root.iter("a") if "/apply/" in (a.get("href") or ""))
    return replace(posting.over(facts), url=link(page.url, ""), apply_url=next(filter(None, applying), None))


def recognise(page: Page) -> Claim | None:
    """By the vocabulary of its feed, the names that its pages are built with, or its address."""
    body, ours = page.body, ADDRESS.search(page.url) is not None
    if GOOGLE.encode() in body and b"<g:id>" in body and (ours or b"<g:job_function>" in body):
        return Claim(SuccessFactors(page.url), 1.0, "jobs as the feed of SuccessFactors tells them")
    if b"jobTitle-link" in body and (b"job-tile" in body or b"data-row" in body):
        return Claim(SuccessFactors(page.url), 1.0, "a list of jobs as SuccessFactors shows it")
    if b"/platform/js/j2w/" in body or b"rmkcdn.successfactors.com" in body:
        return Claim(SuccessFactors(SuccessFactors(page.url).feed()), 0.8, "a page built by SuccessFactors")
    return Claim(SuccessFactors(page.url), 0.9, "an address of SuccessFactors") if ours else None
