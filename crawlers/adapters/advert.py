"""One vacancy out of a page's elements: a row of a list, or a page of its own, whose JobPosting is read too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from clearinghouse.errors import BadBodyError
from crawlers.adapters.json_api import LINKS, MAPPINGS, PLAIN
from crawlers.adapters.jsonld import JsonLd
from crawlers.adapters.pdf import is_pdf, text_of_pdf
from crawlers.adapters.picks import every, href, html_at, words
from crawlers.adapters.shortfall import TRUNCATED
from crawlers.adapters.text import absolute_links, link
from crawlers.adapters.webpage import read_page
from crawlers.adapters.xmltree import Element
from crawlers.source import Page, Parsed, Posting

__all__ = ["LINKS", "advert_on", "is_known", "posting_at"]

GENERAL = frozenset({"apply_url", "description_html", "title", "url"})  # which any page may seem to have
SEVERAL = 3
OTHERS = ("locations", "description_html")


def is_known(name: str) -> bool:
    """True for the name of a field of Posting, and of a part of its mappings (`extra.NAME`)."""
    begins, _, rest = name.partition(".")
    return name in PLAIN or name in LINKS or name in OTHERS or (begins in MAPPINGS and bool(rest))


def posting_at(root: Element, fields: Mapping[str, str], base: str) -> Posting:
    """What the selectors find at `root`; what they don't stays unknown. Links are relative to `base`."""
    known: dict[str, Any] = {name: words(root, said) for name, said in fields.items() if name in PLAIN}
    known |= {name: href(root, fields[name], base) for name in LINKS if name in fields}
    if "locations" in fields:
        known["locations"] = every(root, fields["locations"])
    if "description_html" in fields:
        inside = html_at(root, fields["description_html"])
        known["description_html"] = absolute_links(inside, known.get("url") or base)
    for mapping in MAPPINGS:
        told = [(name.partition(".")[2], said) for name, said in fields.items() if name.startswith(f"{mapping}.")]
        known[mapping] = {name: text for name, said in told if (text := words(root, said))}
    return Posting(**known)


def advert_on(page: Page, fields: Mapping[str, str], *, unasked: bool = False) -> Parsed:
    """The advert that a page is: what the selectors find, and else its own JobPosting; a PDF's text.

    A page on which nothing but a title is found is none, nor one without the description that is declared, or without
    any of several facts: a page that says it is sorry has a heading and words too. Where nobody asked for this page,
    its JobPosting alone may be another system's. Raises BadBodyError for all of these, and for what is no page.
    """
    own = link(page.url, "") if page.card is None else None
    if is_pdf(page.body):
        return Parsed(postings=(Posting(url=own, description_html=text_of_pdf(page.body)),))
    web = read_page(page)
    marked = JsonLd(page.url).parse(page).postings
    told = posting_at(web.root, fields, web.base)
    if (len(marked) != 1 or (unasked and fields)) and _says_nothing(told, fields):
        raise BadBodyError(page.url, web.instead("no advert in it"))
    whole = told.over(marked[0]) if len(marked) == 1 else told
    cut = web.shortfall if len(marked) != 1 and (web.shortfall or "").startswith(TRUNCATED) else None
    return Parsed(postings=(whole if whole.url or own is None else whole.over(Posting(url=own)),), shortfall=cut)


def _says_nothing(told: Posting, fields: Mapping[str, str]) -> bool:
    if "description_html" in fields and told.description_html is None:
        return True
    words = replace(told, title=None, description_html=None, url=None, apply_url=None)
    return words == Posting() and ("description_html" not in fields or len(fields.keys() - GENERAL) >= SEVERAL)
