"""Civil Service Jobs: saved pages of its search results and adverts, and never the site itself.

Since 19 February 2025 an ALTCHA check stands before it, which says that programs are not welcome: so this adapter asks
for no page (design rule 15), and a source of it brings nothing. Its owner may be asked for a feed.
The pages are in ISO-8859-1. Their links hold a session in base64; `jcode` is what stays. A value may be several, and a
field without a heading goes on with the one before it.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import escape
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

from clearinghouse.errors import BadBodyError
from crawlers.adapters.advert import posting_at
from crawlers.adapters.board import headed, site_of
from crawlers.adapters.claim import Claim
from crawlers.adapters.html import Html
from crawlers.adapters.html_vendor import HtmlVendor
from crawlers.adapters.picks import elements, html_at, text_of, words
from crawlers.adapters.text import absolute_links, joined
from crawlers.adapters.webpage import WebPage, classes, read_page
from crawlers.adapters.xmltree import Element
from crawlers.source import Follow, Page, Parsed, Posting

SITE = "https://www.civilservicejobs.service.gov.uk"
BOX = ".search-results-job-box"
CARD = {
    "reference": f"{BOX}-refcode =~ Reference ?:? *(.+)",
    "url": f"{BOX}-title a",
    "title": f"{BOX}-title",
    "employer": f"{BOX}-department",
    "locations": f"{BOX}-location",
    "salary": f"{BOX}-salary =~ (?:Salary ?: *)?(.+)",
    "closes": f"{BOX}-closingdate =~ (?:Closes ?: *)?(.+)",
    "extra.grade": f"{BOX}-grade =~ (?:Grade ?: *)?(.+)",
}
ADVERT = {
    "title": ".vac_display_title_block h1 | h1",
    "employer": ".csr-page-subtitle",
    "apply_url": "a[title^='Apply at']",
    "closes": ".vac_display_closing_date =~ (?:Apply before *)?(.+)",
    "locations": "#section_link_location + .vac_display_field .vac_display_field_value[]",
    "extra.salary_currency": "#salary_currency_code",
}
FACTS = {
    "reference": "Reference number",
    "employment_type": "Contract type",
    "working_pattern": "Working pattern",
    "occupation": "Type of role",
}
EXTRA = {
    "grade": "Job grade",
    "length_of_employment": "Length of employment",
    "business_area": "Business area",
    "total_job_openings": "Number of jobs available",
}
VALUE = ".vac_display_field_value"
JCODE = re.compile(rb"jobs\.cgi(?:\?|%3F)jcode(?:=|%3D)(\d{1,12})", re.IGNORECASE)
POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", re.IGNORECASE)
SENTENCE = re.compile(r"\b(?:role|job|post|position|you|your|we|please|advert)\b", re.IGNORECASE)


@dataclass(frozen=True)
class CivilServiceJobs(HtmlVendor):
    """Pages of Civil Service Jobs that somebody saved."""

    name: ClassVar[str] = "civil_service_jobs"

    def html(self) -> Html:
        """A page of search results."""
        none = "li[title='Your search matched no jobs']"
        return Html(self.url, f"li{BOX}", CARD, total="h1 =~ ([\\d,]+) search result", none=none)

    def start(self) -> tuple[Follow, ...]:
        """Nothing: the site is not to be crawled."""
        return ()

    def parse(self, page: Page) -> Parsed:
        """The cards of a page of results, or the advert that a page is. Raises BadBodyError for any other body."""
        return super().parse(page) if b"vac_display_" not in page.body else _advert(page)

    def refine(self, posting: Posting, page: Page) -> Posting:
        """The card with its lasting link, and its places one by one."""
        places = tuple(place for said in posting.locations for place in _places(said))
        return replace(posting, url=_lasting(posting.url), locations=places)


def recognise(page: Page) -> Claim | None:
    """By its body alone: an address of a site that is not to be crawled leads nowhere."""
    if b"search-results-job-box-title" in page.body or b"vac_display_field_value" in page.body:
        return Claim(CivilServiceJobs(page.url), 1.0, "a page of Civil Service Jobs, which is not to be crawled")
    return None


def _lasting(url: str | None) -> str | None:
    """The link that outlives the session which `url` holds; None where it names no job."""
    try:
        session = parse_qs(urlsplit(url or "").query).get("SID", [""])[0].replace(" ", "+")
        told = parse_qs(base64.b64decode(session).decode("ascii", "replace"))
    except (binascii.Error, ValueError):
        return None
    number = told.get("joblist_view_vac", [""])[0]
    return f"{site_of(url or '')}/csr/jobs.cgi?jcode={number}" if re.fullmatch(r"\d{1,12}", number, re.ASCII) else None


def _places(said: str) -> list[str]:
    """The places that are told in one line, dashes or colons between them; a sentence or an address stays whole."""
    parts = re.split(r" [-:] ", said)
    whole = SENTENCE.search(said) or any(POSTCODE.fullmatch(part.strip()) for part in parts)
    return [said] if whole else [place for part in parts if (place := part.strip())]


def _advert(page: Page) -> Parsed:
    """The advert. Raises BadBodyError for a page that names no job."""
    web = read_page(page)
    facts, told = _facts(web), posting_at(web.root, ADVERT, web.base)
    if not told.title or not facts:
        raise BadBodyError(page.url, web.instead("no advert in it"))
    code = JCODE.search(page.body)
    url = f"{SITE}/csr/jobs.cgi?jcode={code[1].decode()}" if code else None
    return Parsed(
        postings=(replace(_whole(told, facts), url=url, description_html=_text(web)),), shortfall=web.shortfall
    )


def _whole(told: Posting, facts: Mapping[str, list[str]]) -> Posting:
    """The posting with the facts of the side panel."""
    pay = facts.get("Salary", [])
    extra = {name: joined(facts.get(label, ())) for name, label in EXTRA.items()}
    extra["salary_details"] = "; ".join(pay[1:])
    known: dict[str, Any] = {name: joined(facts.get(label, ())) for name, label in FACTS.items()}
    return replace(
        told,
        **known,
        apply_url=None if "SID=" in (told.apply_url or "") else told.apply_url,
        locations=tuple(place for said in told.locations for place in _places(said)),
        salary=pay[0] if pay else None,
        extra={**told.extra, **{name: said for name, said in extra.items() if said}},
    )


def _facts(web: WebPage) -> dict[str, list[str]]:
    """What the side panel lists, by its headings."""
    found: dict[str, list[str]] = {}
    label = None
    for field in elements(web.root, ".vac_display_panel_side .vac_display_field"):
        label = words(field, "h3") or label
        if label:
            found.setdefault(label, []).extend(said for one in elements(field, VALUE) if (said := text_of(one)))
    return found


def _text(web: WebPage) -> str | None:
    """The advert's text: each field of the main panel under its own heading, or its section's."""
    parts: list[tuple[str | None, str | None]] = []
    section = None
    for element in elements(web.root, ".vac_display_section_heading, .vac_display_field"):
        if "vac_display_section_heading" in (element.get("class") or ""):
            section = text_of(element)
        elif section and section != "Location" and not _is_inside(element):
            parts.append((escape(words(element, "h3") or section, quote=False), html_at(element, f"{VALUE}[]")))
    return absolute_links(headed(parts), web.base)


def _is_inside(element: Element) -> bool:
    """True for a field of a field."""
    return any("vac_display_field" in classes(each) for each in element.iterancestors())
