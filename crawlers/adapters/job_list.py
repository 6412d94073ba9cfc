"""A list of jobs in XML, in JSON or in a page's scripts that no other adapter knows: a guess, and doubtful.

The list is the largest set of elements of which each has a title, a link or reference, and something else that jobs
have; what their facts are is told from their names (jobnames). Partners' own exports are such lists, Jobvite's XML, and
the data in the scripts of many careers pages. `at` is the list's path of names, as it was found. A total that is stated
beside the list counts; a link called `next` is followed. What it reads is for staff alone until a person has compared
it with the site.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from clearinghouse.errors import BadBodyError
from crawlers.adapters import guesses
from crawlers.adapters.body import decoded, is_html, what_it_is
from crawlers.adapters.claim import Claim
from crawlers.adapters.guesses import Found, Path
from crawlers.adapters.jsonbody import error_in, json_body
from crawlers.adapters.opening import opening, root_in
from crawlers.adapters.records import read_record, record_of
from crawlers.adapters.scriptjson import script_values
from crawlers.adapters.text import link
from crawlers.adapters.xmltree import Tree, local, read_xml
from crawlers.source import Follow, Page, Parsed

FEEDS = ("channel", "feed", "rdf", "rss", "sitemapindex", "urlset")  # other adapters read these
NEXT = ("next", "nextpage", "nextpageurl", "nextlink", "nexturl")
LARGEST = 8_000_000  # bytes of a page that is looked through for a claim
MOST = 10_000  # jobs
NAMED, UNNAMED = 0.45, 0.35  # how sure we are of a list by its name, and without


@dataclass(frozen=True)
class Read:
    """A document's lists; for XML its tree."""

    lists: Mapping[Path, Found]
    tree: Tree | None = None


@dataclass(frozen=True)
class JobList:
    """The list of jobs at `url`, under the names `at` (with a slash between); the likeliest of the page without it."""

    url: str
    at: str | None = None

    name: ClassVar[str] = "job_list"
    identity: ClassVar[tuple[str, ...]] = ("reference", "url", "content")
    doubtful: ClassVar[bool] = True

    def start(self) -> tuple[Follow, ...]:
        """The page with the list."""
        return (Follow(self.url, role="listing"),)

    def parse(self, page: Page) -> Parsed:
        """Each element of the list as a Posting. Raises BadBodyError for a page without such a list."""
        read = _read(page)
        found = self._chosen(read, page)
        elements = read.tree.elements(found.path[-1].lower()) if read.tree and read.tree.source else found.elements
        records = [element if isinstance(element, dict) else record_of(element) for element in elements[:MOST]]
        over = f"over {MOST} elements" if len(elements) > MOST else None
        told = [read_record(record, page.url) for record in records]
        return Parsed(
            postings=tuple(one for one in told if one.title or one.url or one.reference),  # some begin with their terms
            follows=_next_page(found, page),
            shortfall=(read.tree.shortfall if read.tree else None) or over,
            stated_total=found.total(),
        )

    def _chosen(self, read: Read, page: Page) -> Found:
        if self.at is None:
            found = guesses.best_of(read.lists) or _empty(read)
        else:
            found = next((each for each in read.lists.values() if each.name == self.at), None)
            found = found or (Found(tuple(self.at.split("/"))) if _holds(read, self.at) else None)
        if found is None:
            at = f" at {self.at}" if self.at else ""
            raise BadBodyError(page.url, f"no list of jobs{at} in it")
        return found


def recognise(page: Page) -> Claim | None:
    """By a list whose elements look like jobs: never sure, and it says what it took for what."""
    start = opening(page).lstrip(b"\xef\xbb\xbf \t\r\n")
    if len(page.body) > LARGEST or start[:1] not in (b"<", b"{", b"[") or root_in(start) in FEEDS:
        return None
    if b"<html" in start.lower() and b"<script" not in page.body:
        return None
    try:
        found = guesses.best_of(_read(page).lists)
    except BadBodyError:
        return None
    if found is None:
        return None
    what = f"a guess: {len(found.elements)} elements at {found.name} look like jobs"
    return Claim(JobList(page.url, found.name), NAMED if found.is_named_so else UNNAMED, what)


def _read(page: Page) -> Read:
    """The page's lists. Raises BadBodyError for a body that is neither XML nor JSON nor HTML, or another adapter's."""
    text = decoded(page)
    if is_html(text):
        lists: dict[Path, Found] = {}
        for found in script_values(text):
            lists |= guesses.lists_of_json(found.value, found.name)
        return Read(lists)
    if text[0] in "{[":
        body = json_body(page)
        if said := error_in(body):
            raise BadBodyError(page.url, said)
        return Read(guesses.lists_of_json(body))
    if text[0] != "<":
        raise BadBodyError(page.url, f"{what_it_is(text)}, not a list of jobs")
    tree = read_xml(text, page.url)
    if local(tree.root.tag).lower() in FEEDS:
        raise BadBodyError(page.url, f"XML with root <{local(tree.root.tag)}>, which another adapter reads")
    return Read(guesses.lists_of_xml(tree.root), tree)


def _empty(read: Read) -> Found | None:
    """A list without a job that is called one of jobs."""
    if read.tree is not None:
        root = local(read.tree.root.tag)
        bare = Found((root,))
        return bare if bare.is_named_so and len(read.tree.root) == 0 and not read.tree.shortfall else None
    named = [found for found in read.lists.values() if found.is_named_so and found.path]
    return named[0] if len(named) == 1 and not named[0].elements else None


def _holds(read: Read, at: str) -> bool:
    """True where what held the list still stands in the XML, without any of its elements."""
    if read.tree is None:
        return False
    names = at.split("/")[:-1]
    waiting = [read.tree.root] if names and local(read.tree.root.tag) == names[0] else []
    for name in names[1:]:
        waiting = [child for element in waiting for child in element if local(child.tag) == name]
    return bool(waiting)


def _next_page(found: Found, page: Page) -> tuple[Follow, ...]:
    """The page that a link beside the list calls the next."""
    for around in found.around[:2]:
        for name, value in around.items():
            url = (
                link(value, page.url) if str(name).replace("_", "").lower() in NEXT and isinstance(value, str) else None
            )
            if url and url != page.url and found.elements:
                return (Follow(url, role="listing", carried={"page": int(page.carried.get("page", 1)) + 1}),)
    return ()
