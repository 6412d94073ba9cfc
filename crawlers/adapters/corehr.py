"""CoreHR at Oxford: its vacancies as open data, https://data.ox.ac.uk/feeds/vacancies/, one list for each unit.

The XML, https://github.com/ox-it/dataox, says all, at once: <vacancies> of <vacancy>, the description twice (escaped
XHTML, then plain words; sometimes the first is no good HTML), unit and building with addresses of their own, pay as
words and sums. "None" stands for what isn't there. The Atom and RSS feeds say title, link and description alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar

from clearinghouse.errors import BadBodyError
from crawlers.adapters.body import decoded, is_html, what_it_is
from crawlers.adapters.claim import Claim
from crawlers.adapters.pay import composed
from crawlers.adapters.shortfall import ILL_FORMED, because
from crawlers.adapters.text import joined, link, markup, plain
from crawlers.adapters.vendor_feed import VendorFeed
from crawlers.adapters.xmlfields import fields, word
from crawlers.adapters.xmltree import Element, local, read_xml
from crawlers.source import Page, Parsed, Posting

ADDRESS = re.compile(r"//data\.ox\.ac\.uk/feeds/vacancies/|/feeds/vacancies/\d+\.(?:xml|atom|rss)", re.IGNORECASE)
NUMBER = re.compile(r"/vacancy/(\d+)|[?&]p_recruitment_id=(\d+)")
WORDS = "erq_jobspec"  # in the address of an advert's page
START, END = "<vacancies", "</vacancies>"


@dataclass(frozen=True)
class CoreHr(VendorFeed):
    """A unit's vacancies: the XML, Atom or RSS at `url`."""

    name: ClassVar[str] = "corehr"
    system: ClassVar[str] = "Oxford's CoreHR"

    def owns(self, entry: Element) -> bool:
        """True for an entry that names a vacancy of Oxford's, or a page of CoreHR's."""
        named = [value for child in entry for value in (child.text, child.get("href")) if value]
        return any("/id/vacancy/" in value or "/doc/vacancy/" in value or WORDS in value for value in named)

    def refine(self, entry: Element, posting: Posting) -> Posting:
        """The posting by its vacancy's number."""
        found = NUMBER.search("".join(entry.itertext())) or NUMBER.search(posting.url or "")
        return replace(posting, reference=posting.reference or found[1] or found[2]) if found else posting

    def parse(self, page: Page) -> Parsed:
        """Each vacancy as a Posting. Raises BadBodyError for a body that is neither such a list nor such a feed."""
        text = decoded(page)
        start = text.find(START)
        if start < 0:
            return super().parse(page)
        if is_html(text):
            raise BadBodyError(page.url, f"{what_it_is(text)}, not a list of vacancies")
        end = text.rfind(END)
        tree = read_xml(text[start : end + len(END)] if end > start else text[start:], page.url)
        items = tree.elements("vacancy")
        if items and not any(word(item, "label") for item in items):
            raise BadBodyError(page.url, f"a list of {len(items)} vacancies without a label: another system's")
        before = plain(text[:start][:60])
        around = (
            None if text[:start].startswith("<?xml") or not before else because(ILL_FORMED, f"{before!r} before it")
        )
        postings = tuple(_posting(item) for item in items)
        return Parsed(postings=postings, shortfall=tree.shortfall or around)


def _posting(item: Element) -> Posting:
    number = plain(item.get("id"))
    pay = next(fields(item, "salary"), None)
    sums = _sums(pay)
    told = {f"salary_{name}": said for name, said in sums.items() if said}
    unit = next((label for part in fields(item, "organizationpart") if (label := word(part, "label"))), None)
    extra = told | _position(item) | ({"unit": unit} if unit else {})
    return Posting(
        reference=number,
        url=next((url for name in ("webpage", "url", "uri") if (url := link(word(item, name), ""))), None),
        title=word(item, "label"),
        locations=_places(item),
        salary=(word(pay, "label") if pay is not None else None)
        or composed(sums["minimum"], sums["maximum"], None, None, sums["currency"]),
        posted=word(item, "opens"),
        closes=word(item, "closes"),
        description_html=_description(item),
        identifiers={"vacancy": number} if number else {},
        extra=extra,
    )


def _sums(pay: Element | None) -> dict[str, str | None]:
    names = {"minimum": "lower", "maximum": "upper", "currency": "currency"}
    return {name: word(pay, said) if pay is not None else None for name, said in names.items()}


def _description(item: Element) -> str | None:
    """The description as HTML: the escaped one, else the plain one."""
    told = sorted(fields(item, "description"), key=lambda e: "html" not in (e.get("format") or ""))
    return next((text for e in told if (text := markup("".join(e.itertext())))), None)


def _places(item: Element) -> tuple[str, ...]:
    """The place in words, else the address of the building or of the unit."""
    stated = word(item, "location")
    if stated:
        return (stated,)
    for holder in fields(item, "basednear", "organizationpart"):
        for address in fields(holder, "address"):
            parts = (word(address, name) for name in ("street-address", "locality", "postal-code"))
            text = joined((word(holder, "label") if local(holder.tag) == "basedNear" else None, *parts))
            if text:
                return (text,)
    return ()


def _position(item: Element) -> dict[str, str]:
    for building in fields(item, "basednear"):
        for place in fields(building, "location"):
            latitude, longitude = word(place, "lat"), word(place, "long")
            if latitude and longitude:
                return {"latitude": latitude, "longitude": longitude}
    return {}


def recognise(page: Page) -> Claim | None:
    """By its elements, by the addresses in its feeds, or by its own."""
    body = page.body
    if b"<vacancies" in body and b"<vacancy " in body and b"<label>" in body:
        return Claim(CoreHr(page.url), 1.0, "vacancies as Oxford's CoreHR lists them")
    if b"/id/vacancy/" in body and (b"2005/Atom" in body or b"<channel" in body):
        return Claim(CoreHr(page.url), 1.0, "vacancies as a feed of Oxford's CoreHR tells them")
    return Claim(CoreHr(page.url), 0.9, "an address of Oxford's vacancies") if ADDRESS.search(page.url) else None
