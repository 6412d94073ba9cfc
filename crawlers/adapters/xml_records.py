"""XML documents that are a list of one kind of element, each a job: no feed, and no other vocabulary."""

from __future__ import annotations

from clearinghouse.errors import BadBodyError
from crawlers.adapters.body import FIRST_TAG, decoded, is_html, what_it_is
from crawlers.adapters.shortfall import ILL_FORMED, because
from crawlers.adapters.text import plain
from crawlers.adapters.xmltree import Tree, local, read_xml
from crawlers.source import Page


def xml_of(page: Page, what: str) -> Tree:
    """The page's XML, whatever its root. Raises BadBodyError that says what else it is."""
    text = decoded(page)
    if is_html(text) or text[0] != "<":
        raise BadBodyError(page.url, f"{what_it_is(text)}, not {what}")
    return read_xml(text, page.url)


def xml_list(page: Page, root: str, what: str) -> Tree:
    """The page's XML, whose root is called `root` (lower case). Raises BadBodyError that says what else it is.

    A line that a server printed before the document is told as the shortfall.
    """
    text = decoded(page)
    start = text.find("<")
    if start < 0 or is_html(text):
        raise BadBodyError(page.url, f"{what_it_is(text)}, not {what}")
    first = FIRST_TAG.search(text)
    if first is None or local(first[1]).lower() != root:
        raise BadBodyError(page.url, f"{what_it_is(text)}, not {what}")
    tree = read_xml(text[start:], page.url)
    if local(tree.root.tag).lower() != root:
        raise BadBodyError(page.url, f"XML with root <{local(tree.root.tag)}>, not {what}")
    if start and not tree.shortfall:
        printed = because(ILL_FORMED, f"{plain(text[:60])!r} before the document")
        return Tree(tree.root, printed, url=page.url)
    return tree
