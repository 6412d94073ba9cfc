"""Eploy: the XML data feed of a career site, /feeds/datafeed.ashx?Format=xml (without Format it is RSS that says less).

https://support.eploy.com. One answer holds every vacancy and states their number. It tells no closing date, often no
employer, and Qualifications and Benefits apart from the description; codes stand beside the words that they are for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from clearinghouse.errors import BadBodyError
from crawlers.adapters.board import at_site, headed
from crawlers.adapters.claim import Claim
from crawlers.adapters.entries import entry_posting
from crawlers.adapters.text import absolute_links, joined, markup, whole_number
from crawlers.adapters.xml_records import xml_list
from crawlers.adapters.xmlfields import marked_up, word
from crawlers.adapters.xmltree import Element, local
from crawlers.source import Follow, Page, Parsed, Posting

ADDRESS = re.compile(r"/feeds/datafeed\.ashx|//(?!www\.|support\.)[\w-]+\.eploy\.(?:net|co\.uk)(?:[/?#]|$)", re.I)
FEED = "/feeds/datafeed.ashx"
HEADED = ("Qualifications", "Benefits")  # told apart from the description, under these names
KINDS = ("Position", "Industry")  # the kinds of work; the same in other letters at many employers
CODES = ("LocationID", "PositionID", "IndustryID", "VacancyTypeID")


@dataclass(frozen=True)
class Eploy:
    """A career site on Eploy, at its own address or the employer's."""

    url: str

    name: ClassVar[str] = "eploy"
    identity: ClassVar[tuple[str, ...]] = ("reference", "url", "content")

    def start(self) -> tuple[Follow, ...]:
        """The site's data feed, as XML."""
        parts = urlsplit(at_site(self.url, FEED))
        kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0].lower() != "format"]
        asked = [*kept, ("Format", "xml")] if FEED in parts.path.lower() else kept
        return (Follow(urlunsplit(parts._replace(query=urlencode(asked))), role="listing"),)

    def parse(self, page: Page) -> Parsed:
        """Each vacancy as a Posting. Raises BadBodyError for a body that is no data feed of Eploy's."""
        tree = xml_list(page, "vacancies", "a data feed of Eploy's")
        items = tree.elements("item")
        if items and not any(local(child.tag) == "VacancyID" for item in items for child in item):
            raise BadBodyError(page.url, f"a list of {len(items)} items without VacancyID: another system's")
        return Parsed(
            postings=tuple(_posting(item, page.url) for item in items),
            shortfall=tree.shortfall,
            stated_total=whole_number(tree.root.get("Count")),
        )


def _posting(item: Element, url: str) -> Posting:
    posting = entry_posting(item, url)
    parts = [(None, posting.description_html), *((name, marked_up(item, name.lower())) for name in HEADED)]
    kinds = {kind.casefold(): kind for name in reversed(KINDS) if (kind := word(item, name.lower()))}
    text = absolute_links(markup(headed(parts)), url)
    left = {*HEADED, *CODES, *KINDS}
    return replace(
        posting,
        description_html=text,
        occupation=joined(reversed(kinds.values())),
        identifiers={key: value for key, value in posting.identifiers.items() if key not in left},
        extra={key: value for key, value in posting.extra.items() if key not in left},
    )


def recognise(page: Page) -> Claim | None:
    """By its feed's elements, or by its address."""
    if b"<Vacancies" in page.body and (b"<VacancyID>" in page.body or b'Type="Vacancies"' in page.body):
        return Claim(Eploy(page.url), 1.0, "vacancies as Eploy's data feed tells them")
    return Claim(Eploy(page.url), 0.9, "an address of Eploy") if ADDRESS.search(page.url) else None
