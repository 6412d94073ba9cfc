"""A page of HTML as a tree, with a word on what it may lack, however badly it was written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from clearinghouse.errors import BadBodyError
from crawlers.adapters.body import FIRST_TAG, decoded, is_html, what_it_is
from crawlers.adapters.markup import still_open
from crawlers.adapters.shortfall import ILL_FORMED, TOO_DEEP, TRUNCATED, because
from crawlers.adapters.text import HTML_TAGS, link, plain
from crawlers.adapters.xmltree import Element, is_too_much
from crawlers.source import Page

MARKUP = re.compile(r"<!--|</?[A-Za-z]")
UNSEEN = ("script", "style", "template")  # of no words that a reader sees
MOST_SAID = 80  # characters of a page's title in a sentence about it


@dataclass(frozen=True)
class WebPage:
    """A page's tree, the address that its links start from, what it calls itself, and why it may not be whole."""

    root: Element
    base: str
    title: str | None = None
    shortfall: str | None = None

    @property
    def what(self) -> str:
        """The page in a person's words."""
        return f'a page called "{self.title[:MOST_SAID]}"' if self.title else "a page without a title"

    def instead(self, lacking: str) -> str:
        """The reason to refuse the page for what it lacks, in a person's words."""
        return f"{lacking} ({self.what}): the page has changed, or is an error"

    def left_open(self) -> set[Element]:
        """The elements in which a page that was cut short ends; none of a whole one."""
        last = self.root
        while len(last):
            last = last[-1]
        return {last, *last.iterancestors()} if (self.shortfall or "").startswith(TRUNCATED) else set()


def read_page(page: Page) -> WebPage:
    """The page as a reader sees it, comments and scripts left out. Raises BadBodyError for a body that is no page."""
    text = decoded(page)
    if not is_page(text):
        raise BadBodyError(page.url, f"{what_it_is(text)}, not a web page")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True, remove_comments=True, huge_tree=False)
    root = tree_of(text, parser)
    if root is None:
        raise BadBodyError(page.url, f"{what_it_is(text)} that can't be read")
    deep = any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)
    etree.strip_elements(root, *UNSEEN, with_tail=False)
    low = text.lower()
    shortfall = because(TOO_DEEP, "the rest of the page is lost") if deep else open_script(low) or open_page(low)
    title = next((plain("".join(each.itertext())) for each in root.iter("title")), None)
    return WebPage(root, stated_link(root, "base", page.url) or page.url, title, shortfall)


def is_page(text: str) -> bool:
    """True for a page of HTML, or a piece of one; False for JSON, XML of another kind, and plain text."""
    return text[0] not in "{[" and MARKUP.search(text) is not None and not _is_xml(text)


def tree_of(text: str, parser: etree.HTMLParser | None = None) -> Element | None:
    """The tree of a page's text; None where no element can be made out, or there are more tags than memory for them."""
    if is_too_much(text):
        return None
    parser = parser or etree.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True, huge_tree=False)
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None


def classes(element: Element) -> list[str]:
    """The names of an element's classes."""
    return (element.get("class") or "").split()


def stated_link(tree: Element, tag: str, base: str) -> str | None:
    """The page's base address (tag base), or its canonical one (tag link), where it states it."""
    for element in tree.iter(tag):
        if tag == "base" or "canonical" in (element.get("rel") or "").lower().split():
            return link(element.get("href"), base)
    return None


def open_script(page: str) -> str | None:
    """Why a page (in lower case) isn't whole, where it ends within a script."""
    if page.rfind("<script") > page.rfind("</script"):
        return because(TRUNCATED, "its last script never closes")
    return None


def open_page(page: str) -> str | None:
    """Why a page (in lower case) may not be whole, where its end is missing.

    HTML lets a page leave out `</html>`, and a cut one lacks it too: such a page is ill formed where its body began
    and nothing in it is left open (Expect(ill_formed=True) accepts that of a source), and else cut short. A piece of a
    page has no such end: it is ill formed where it leaves something open.
    """
    if "</html" in page:
        return None
    left_open, whole = still_open(page), "<html" in page[:5000]
    if not whole and not left_open:
        return None
    wording = TRUNCATED if whole and (left_open or "<body" not in page) else ILL_FORMED
    return because(wording, f"its <{left_open[0] if left_open else 'html'}> never closes")


def _is_xml(text: str) -> bool:
    """True for XML that is no page: it says so, or its first element is none of HTML's."""
    first = FIRST_TAG.search(text)
    return not is_html(text) and first is not None and (text[:5] == "<?xml" or first[1].lower() not in HTML_TAGS)
