"""schema.org JobPosting in pages: JSON-LD, and where a page has none of it, microdata and RDFa; bare JSON too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, ClassVar

from clearinghouse.errors import BadBodyError
from crawlers.adapters.body import GZIP, LIMIT, MOST_ENTRIES, decoded, what_it_is
from crawlers.adapters.claim import Claim, counted
from crawlers.adapters.jobposting import posting_of
from crawlers.adapters.jsonblocks import Unread, objects, read_json
from crawlers.adapters.markup import MICRODATA, RDFA, cut_object, marked
from crawlers.adapters.shortfall import ILL_FORMED, TRUNCATED, because
from crawlers.adapters.text import link
from crawlers.adapters.things import Thing, types
from crawlers.adapters.webpage import is_page, open_page, open_script, stated_link, tree_of
from crawlers.adapters.xmltree import Element
from crawlers.source import Follow, Page, Parsed, Posting

JOB = "jobposting"
SINGLE = 0.5  # how sure a page with one advert can make us that it is the place where all of them stand
ENTRIES = {"datafeeditem", "itempage", "listitem", "webpage"}


@dataclass(frozen=True)
class Found:
    """What a page holds: its JobPostings, the pages that its lists name, and why a block with one can't be read."""

    jobs: tuple[Thing, ...] = ()
    listed: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True)
class JsonLd:
    """One page, or several, in which adverts stand as schema.org JobPosting.

    `url` is a page's address or a tuple of them. A listing whose ItemList names pages is followed to those.
    """

    url: str | tuple[str, ...]

    name: ClassVar[str] = "jsonld"
    identity: ClassVar[tuple[str, ...]] = ("reference", "url", "content")

    def start(self) -> tuple[Follow, ...]:
        """The page or pages."""
        urls = (self.url,) if isinstance(self.url, str) else self.url
        return tuple(Follow(url, role="listing") for url in urls)

    def parse(self, page: Page) -> Parsed:
        """Each JobPosting of the page; none is a complete answer.

        Raises BadBodyError for a body that is neither a page nor JSON.
        """
        text = decoded(page)
        if text[0] in "{[":
            return _of_json(text, page)
        if not is_page(text):
            raise BadBodyError(page.url, f"{what_it_is(text)}, neither a page nor JSON")
        return _of_page(text, page)


def recognise(page: Page) -> Claim | None:
    """A page with JobPosting in it; half as surely one with a single advert, which may be no list at all."""
    adapter = JsonLd(page.url)
    if not _may_name_it(page.body):
        return None
    try:
        parsed = adapter.parse(Page(page.url, page.body, headers=page.headers))
    except BadBodyError:
        return None
    if parsed.postings:
        count = len(parsed.postings)
        return Claim(
            adapter,
            1.0 if count > 1 else SINGLE,
            f"a page with {counted(count, 'advert', 'adverts')} marked up as schema.org JobPosting",
        )
    if parsed.follows:
        return Claim(adapter, 0.4, f"a schema.org list of {counted(len(parsed.follows), 'page', 'pages')}")
    return None


def _may_name_it(body: bytes) -> bool:
    """False for a body in plain sight that has neither word, or that nobody reads: packed and two-byte ones may."""
    if len(body) > LIMIT:
        return False
    low = body.lower()
    return JOB.encode() in low or b"itemlist" in low or body.startswith(GZIP) or b"\0" in body[:100]


def _of_json(text: str, page: Page) -> Parsed:
    value = read_json(text)
    if isinstance(value, Unread):
        raise BadBodyError(page.url, value.reason)
    if value and not any("@type" in node or "@context" in node for node, _ in objects(value)):
        raise BadBodyError(page.url, "JSON without any schema.org type in it")
    return _parsed(_found([value]), page, page.url, page.url)


def _of_page(text: str, page: Page) -> Parsed:
    tree = tree_of(text)
    if tree is None:
        raise BadBodyError(page.url, f"{what_it_is(text)} that can't be read")
    base = stated_link(tree, "base", page.url) or page.url
    found = _found([read_json(block) for block in _blocks(tree)])
    cut = None
    if not found.jobs:
        found, cut = _marked(tree, found, text)
    parsed = _parsed(found, page, base, stated_link(tree, "link", base) or page.url)
    return replace(parsed, shortfall=cut or _shortfall(text, found, page))


def _marked(tree: Element, found: Found, text: str) -> tuple[Found, str | None]:
    """The adverts in microdata, else in RDFa; one in which the page ends is left out, and said."""
    nodes = next((m for syntax in (MICRODATA, RDFA) if (m := marked(tree, syntax, JOB))), [])
    low = text.lower()
    cut = cut_object(low, JOB) if nodes and "</html" not in low else None
    jobs = tuple(Thing.of(node, {}) for node in (nodes[:-1] if cut else nodes))
    return replace(found, jobs=jobs), because(TRUNCATED, f"its <{cut}> never closes") if cut else None


def _blocks(tree: Element) -> list[str]:
    scripts = (s for s in tree.iter("script") if "ld+json" in (s.get("type") or "").lower())
    return ["".join(s.itertext()) for s in islice(scripts, MOST_ENTRIES + 1)]


def _shortfall(text: str, found: Found, page: Page) -> str | None:
    """Why the page may hold more adverts than were read. One whose advert was read whole is well without its end."""
    low = text.lower()
    if cut := open_script(low):
        return cut
    if found.unread:
        return because(ILL_FORMED, found.unread[0])
    return None if page.role == "detail" and found.jobs else open_page(low)


def _found(values: list[Any]) -> Found:
    """The JobPostings and listed pages in the JSON values, in order."""
    read = [value for value in values if not isinstance(value, Unread)]
    bad = [value for value in values if isinstance(value, Unread) and JOB in value.text.lower()]
    unread = tuple(f"a JSON-LD block is {value.reason}" for value in bad)
    nodes = [found for value in read for found in objects(value)]
    by_id = {str(node["@id"]): node for node, _ in nodes if "@id" in node and not _is_pointer(node)}
    jobs = [_job(node, around, by_id) for node, around in nodes if JOB in types(node) and not _is_pointer(node)]
    lists = [Thing.of(node, by_id) for node, _ in nodes if "itemlist" in types(node)]
    return Found(tuple(jobs), tuple(address for each in lists for address in _listed(each)), unread)


def _is_pointer(node: Mapping[str, Any]) -> bool:
    """True for an object that only names another by its @id."""
    return set(node) <= {"@id", "@type"}


def _job(node: Mapping[str, Any], around: Mapping[str, Any] | None, by_id: Mapping[str, Mapping[str, Any]]) -> Thing:
    """A JobPosting; one without address takes that of the list entry or page object around it."""
    job = Thing.of(node, by_id)
    entry = Thing.of(around, by_id) if around else None
    if entry is None or "url" in job.props or "url" not in entry.props:
        return job
    holds_one = not types(entry.props) or types(entry.props) & ENTRIES
    return Thing({**job.props, "url": entry.props["url"]}, by_id) if holds_one else job


def _listed(items: Thing) -> list[str]:
    """The addresses that an ItemList names where its entries hold no object."""
    addresses = []
    for entry in items.each("itemListElement"):
        stated = entry if isinstance(entry, str) else entry.raw("url") or entry.raw("item")
        held = isinstance(entry, Thing) and (entry.things("item") or not types(entry.props) <= ENTRIES)
        if stated and not held:
            addresses.append(stated)
    return addresses


def _parsed(found: Found, page: Page, base: str, address: str) -> Parsed:
    """The postings, each once, and on a listing the pages that its lists name."""
    if len(found.jobs) > MOST_ENTRIES:
        raise BadBodyError(page.url, f"a page of over {MOST_ENTRIES} adverts")
    read = [posting_of(job, base) for job in found.jobs]
    postings: list[Posting] = list({posting.digest(): posting for posting in read}.values()) if len(read) > 1 else read
    if len(postings) == 1 and postings[0].url is None:
        postings = [replace(postings[0], url=link(address, base))]
    known = {posting.url for posting in postings}
    pages = [url for stated in found.listed if (url := link(stated, base)) and url not in known]
    follows = tuple(Follow(url) for url in dict.fromkeys(pages)) if page.role == "listing" else ()
    return Parsed(postings=tuple(postings), follows=follows)
