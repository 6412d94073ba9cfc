"""Personio: a careers site's /xml, https://developer.personio.de/docs/retrieving-open-job-positions. It has no pages.

A position is repeated, under the same id, for each office or language that it is listed in: told once, with every
office. `language=` picks the texts; what isn't translated has none. No pay and no closing date are stated. A link is
made as Personio makes it, /job/ID on the same site.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import escape
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

from clearinghouse.errors import BadBodyError
from crawlers.adapters.board import at_site, headed, site_of
from crawlers.adapters.claim import Claim
from crawlers.adapters.text import absolute_links, joined, link, markup
from crawlers.adapters.xml_records import xml_of
from crawlers.adapters.xmlfields import every_word, fields, marked_up, word
from crawlers.adapters.xmltree import Element, local
from crawlers.source import Follow, Page, Parsed, Posting

ADDRESS = re.compile(r"//(?!www\.|api\.|developer\.|support\.)[\w-]+\.(?:jobs\.)?personio\.(?:de|com)(?:[/?#]|$)", re.I)
ROOT = "workzag-jobs"
LANGUAGE = re.compile(r"[a-z]{2}", re.IGNORECASE)
EXTRA = {
    "department": "department",
    "recruiting_category": "recruitingcategory",
    "seniority": "seniority",
    "years_of_experience": "yearsofexperience",
    "keywords": "keywords",
}


@dataclass(frozen=True)
class Personio:
    """A careers site on Personio."""

    url: str

    name: ClassVar[str] = "personio"
    identity: ClassVar[tuple[str, ...]] = ("reference", "url", "content")

    def start(self) -> tuple[Follow, ...]:
        """The site's positions, their texts in the language that the address asks for, else in English."""
        return (Follow(at_site(self.url, f"/xml?language={_language(self.url) or 'en'}"), role="listing"),)

    def parse(self, page: Page) -> Parsed:
        """Each position as a Posting. Raises BadBodyError for a body that isn't Personio's, saying what it is."""
        tree = xml_of(page, "Personio's XML")
        if local(tree.root.tag).lower() != ROOT:
            raise BadBodyError(page.url, f"XML with root <{local(tree.root.tag)}>, not Personio's")
        kept: dict[object, Posting] = {}
        for number, element in enumerate(tree.elements("position")):
            posting = _posting(element, page.url)
            key = (posting.reference, posting.url) if posting.reference else number
            kept[key] = _both(kept[key], posting) if key in kept else posting
        return Parsed(postings=tuple(kept.values()), shortfall=tree.shortfall)


def recognise(page: Page) -> Claim | None:
    """By its address, or by its root element, which has the name that Personio had first."""
    if b"<workzag-jobs" in page.body[:2000]:
        return Claim(Personio(page.url), 1.0, "positions as Personio lists them")
    return Claim(Personio(page.url), 0.9, "an address of Personio") if ADDRESS.search(page.url) else None


def _both(first: Posting, again: Posting) -> Posting:
    """The position with the offices of both, and of what only one of them says that."""
    whole = first.over(again)
    return replace(whole, locations=tuple(dict.fromkeys((*first.locations, *again.locations))))


def _language(url: str) -> str | None:
    try:
        asked = parse_qs(urlsplit(url).query).get("language", [""])[0]
    except ValueError:
        return None
    return asked if LANGUAGE.fullmatch(asked) else None


def _posting(position: Element, base: str) -> Posting:
    reference, language, site = word(position, "id"), _language(base), site_of(base)
    own = f"{site}/job/{reference}{f'?language={language}' if language else ''}" if site and reference else None
    address = link(word(position, "joburl", "url"), base) or link(own, "")
    offices = [name for group in fields(position, "additionaloffices") for name in every_word(group, "office")]
    extra = {name: word(position, field) for name, field in EXTRA.items()}
    return Posting(
        reference=reference,
        url=address,
        title=word(position, "name"),
        employer=word(position, "subcompany"),
        locations=tuple(dict.fromkeys([*every_word(position, "office"), *offices])),
        employment_type=word(position, "employmenttype"),
        working_pattern=word(position, "schedule"),
        posted=word(position, "createdat"),
        description_html=absolute_links(_text(position), address or base),
        occupation=joined((word(position, "occupationcategory"), word(position, "occupation"))),
        extra={name: said for name, said in extra.items() if said},
    )


def _text(position: Element) -> str | None:
    """The parts of the description, each under its name."""
    parts = [part for group in fields(position, "jobdescriptions") for part in fields(group, "jobdescription")]
    return headed((escape(word(part, "name") or "", quote=False), markup(marked_up(part, "value"))) for part in parts)
