"""RSS 0.9 to 2.0, RSS 1.0 (RDF) and Atom, with whatever job extension an entry carries.

Read with lxml and not with feedparser, because that one can't say whether the root closed, flattens records inside an
entry (networx, Teamtailor's places) and keeps one of several values; it reads along in the tests (test_second_opinion).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

from clearinghouse.errors import BadBodyError
from clearinghouse.normalise.title import tombstone
from crawlers.adapters.body import decoded, is_html, what_it_is
from crawlers.adapters.claim import Claim, counted
from crawlers.adapters.entries import entry_posting
from crawlers.adapters.said import CORE
from crawlers.adapters.shortfall import ILL_FORMED, because
from crawlers.adapters.text import link, plain, whole_number
from crawlers.adapters.xmltree import Element, Tree, local, namespace, read_xml
from crawlers.source import Follow, Page, Parsed, Posting

ROOTS = ("channel", "feed", "rdf", "rss")
ENTRIES = ("item", "entry")
START = re.compile(r"<(?:\?xml|rss|feed|rdf:RDF|channel)\b", re.IGNORECASE)
NONE_NOW = re.compile(r"\b(?:no(?! longer)|any)\b", re.IGNORECASE)  # "There are no vacancies at present"
WAS_ONE = re.compile(r"\b(?:this|the) (?:vacanc|job|post|position|opportunit|role|advert)", re.IGNORECASE)
COMMENTS = re.compile(r"(?>\s|<!--.*?-->|<!DOCTYPE[^<>]*>)*+", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Feed:
    """A recruitment system's RSS or Atom feed.

    Reads job extensions by their local names whatever their namespace, and "Label: value" lines of descriptions.
    A feed in several parts is followed through its `rel="next"` links.
    """

    url: str

    name: ClassVar[str] = "feed"
    identity: ClassVar[tuple[str, ...]] = ("reference", "url", "content")

    def start(self) -> tuple[Follow, ...]:
        """The feed itself."""
        return (Follow(self.url, role="listing"),)

    def parse(self, page: Page) -> Parsed:
        """Each entry as a Posting. Raises BadBodyError for a body that is no feed, saying what it is."""
        tree = feed_tree(page)
        return read_feed(tree, page.url, [entry_posting(entry, page.url) for entry in entries_of(tree)])


def read_feed(tree: Tree, url: str, postings: Iterable[Posting]) -> Parsed:
    """The feed's postings with what the feed says of itself: its next part, its total, and what it lacks.

    One whose entries only say that there are no vacancies has none. Raises BadBodyError where they say that the
    service is no more.
    """
    told = tuple(postings)
    if notices := _notices(told):
        if not all(NONE_NOW.search(notice) for notice in notices):
            raise BadBodyError(url, f"no vacancies, but a notice: {notices[0]!r}")
        return Parsed(shortfall=tree.shortfall, stated_total=0)
    return Parsed(
        postings=told,
        follows=_next_part(tree.root, url),
        shortfall=tree.shortfall,
        stated_total=_stated_total(tree.root),
    )


def _notices(postings: Iterable[Posting]) -> list[str]:
    """The words by which each entry says that it is no advert; none where one is an advert, or was."""
    notices: list[str] = []
    for posting in postings:
        words = tombstone(posting.title or "", plain(posting.description_html))
        if words is None or WAS_ONE.search(words):
            return []
        notices.append(words)
    return notices


def recognise(page: Page) -> Claim | None:
    """Any feed; less surely one without an entry."""
    try:
        entries = len(entries_of(feed_tree(page)))
    except BadBodyError:
        return None
    return Claim(
        Feed(page.url),
        1.0 if entries else 0.8,
        f"a news feed (RSS or Atom) with {counted(entries, 'entry', 'entries')}",
    )


def feed_tree(page: Page) -> Tree:
    """The page's XML when its root is a feed's; BadBodyError otherwise."""
    text = decoded(page)
    start = START.search(text[:4000])
    if is_html(text) or (text[0] != "<" and start is None):
        raise BadBodyError(page.url, f"{what_it_is(text)}, not a feed")
    junk = text[: start.start()] if start and not COMMENTS.fullmatch(text, 0, start.start()) else ""
    tree = read_xml(text[len(junk) :], page.url)
    if junk and not tree.shortfall:
        tree = replace(tree, shortfall=because(ILL_FORMED, f"{plain(junk[:60])!r} before the feed"))
    root = local(tree.root.tag)
    if root.lower() not in ROOTS or not _is_feed(tree):
        raise BadBodyError(page.url, f"XML with root <{root}>, not a feed")
    return tree


def _is_feed(tree: Tree) -> bool:
    root, kind = tree.root, local(tree.root.tag).lower()
    children = {local(child.tag).lower() for child in root}
    if kind in ("rss", "rdf"):
        return bool(children & {"channel", "item"}) or (tree.cut and not children)
    if kind == "channel" and {"title", "link"} <= children:
        return True  # bare, as one system writes it, and with or without items
    return "atom" in namespace(root).lower() or bool(children & {"item", "entry"})


def entries_of(tree: Tree) -> list[Element]:
    """Every entry, in order, elements of other vocabularies that are also called so left out."""
    spaces = {*CORE, namespace(tree.root).lower()}
    return [element for element in tree.elements(*ENTRIES) if namespace(element).lower() in spaces]


def _channel(root: Element) -> Element:
    return next((child for child in root if local(child.tag).lower() == "channel"), root)


def _next_part(root: Element, base: str) -> tuple[Follow, ...]:
    """The page that a `rel="next"` link names (RFC 5005)."""
    for child in _channel(root):
        if local(child.tag).lower() == "link" and (child.get("rel") or "").lower() == "next":
            url = link(child.get("href"), base)
            return (Follow(url, role="listing"),) if url and url != base else ()
    return ()


def _stated_total(root: Element) -> int | None:
    """OpenSearch's totalResults: how many jobs the source itself claims."""
    for child in _channel(root):
        if local(child.tag) == "totalResults":
            return whole_number(plain(child.text))
    return None
