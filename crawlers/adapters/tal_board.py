"""Oleeo (TAL.net): a board as a web page, /candidate/jobboard/vacancy/N/adv/, where its feed is turned off.

Not officially described; shapes as public readers of such boards tell them. A vacancy is a row of a table under the
board's own headings, or a tile with "Label: value" in it; which of them, and which facts, each tenant chooses. 50 a
page: `?start=50` is the second, until the "N results match" at the top are reached. Every link holds a segment of the
visit (xf-…), another on each page. An advert's own page is a form whose fields are its facts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar

from clearinghouse.errors import BadBodyError
from crawlers.adapters.board import site_of
from crawlers.adapters.claim import Claim
from crawlers.adapters.html import NOTHING
from crawlers.adapters.json_api import with_parameter
from crawlers.adapters.picks import elements, holds, href, number, words
from crawlers.adapters.records import read_record
from crawlers.adapters.tal import VISIT
from crawlers.adapters.tal_facts import NUMBER, cells, form_on, lines
from crawlers.adapters.webpage import WebPage, read_page
from crawlers.adapters.xmltree import Element
from crawlers.source import Follow, Page, Parsed, Posting

ADDRESS = re.compile(
    r"/candidate/jobboard/vacancy/\d+(?:/adv)?/?(?:[?#]|$)|//[\w-]+\.tal\.net/?(?:[?#]|$)", re.IGNORECASE
)
ADVERT = re.compile(r"^(.*/candidate/)so/pm/\d+/pl/(\d+)/opp/\d+", re.IGNORECASE)
LISTED = re.compile(
    r"^(.*/candidate/jobboard/vacancy/\d+)(?:/(?:adv|feed(?:/structured)?))?/?([?][^#]*)?", re.IGNORECASE
)
ROWS = ".search_res.details_row | .details_row | li.opp-container"
SUBJECT = "a.subject | a[href*='/opp/']"
TOTAL = r"h1 =~ [\d,]+ results? match | h2 =~ [\d,]+ results? match | h3 =~ [\d,]+ results? match"
EMPTY = f".no_results_message | {NOTHING}"
MOST = 2000  # rows of a page; a board shows 50
NEXT = ".next_links a | a[rel~='next']"


@dataclass(frozen=True)
class TalBoard:
    """A board's page at `url`: any of its addresses, or that of one of its adverts."""

    url: str

    name: ClassVar[str] = "tal_board"
    identity: ClassVar[tuple[str, ...]] = ("reference", "url", "content")

    def start(self) -> tuple[Follow, ...]:
        """The first page of the board."""
        return (Follow(self._board(), role="listing"),)

    def parse(self, page: Page) -> Parsed:
        """Each vacancy as the card of its own page, or the advert that a page is.

        Raises BadBodyError for what is neither, a page without a single row that doesn't say so above all.
        """
        if page.role == "detail":
            return form_on(page)
        web = read_page(page)
        found = elements(web.root, ROWS)
        if len(found) > MOST:
            raise BadBodyError(page.url, f"over {MOST} rows on one page of a board of Oleeo's")
        rows = [posting for row in found if (posting := _card(row, web)) != Posting()]
        cards = list({card.reference or card.url or card.title: card for card in rows}.values())
        total = number(web.root, TOTAL)
        if not cards and total != 0 and not (total is None and holds(web.root, EMPTY)):
            raise BadBodyError(page.url, f"no row of a board of Oleeo's ({web.what})")
        return Parsed(
            postings=tuple(card for card in cards if not card.url),
            follows=(*self._next(cards, total, web, page), *(Follow(c.url, card=c) for c in cards if c.url)),
            shortfall=web.shortfall,
            stated_total=total,
        )

    def _board(self) -> str:
        """The board's own address, that of no visit."""
        url = VISIT.sub("", self.url)
        advert, listed = ADVERT.match(url), LISTED.match(url)
        if advert:
            return f"{advert[1]}jobboard/vacancy/{advert[2]}/adv/"
        if listed:
            return f"{listed[1]}/adv/{listed[2] or ''}"
        site = site_of(url)
        return f"{site}/candidate/jobboard/vacancy/1/adv/" if site and url.removeprefix(site) in ("", "/") else url

    def _next(self, cards: list[Posting], total: int | None, web: WebPage, page: Page) -> tuple[Follow, ...]:
        seen = int(page.carried.get("seen", 0)) + len(cards)
        more = seen < total if total is not None else href(web.root, NEXT, web.base) is not None
        first = cards[0].reference if cards else None
        board = self._board()
        if not more or first is None or first == page.carried.get("first") or site_of(board) is None:
            return ()
        return (Follow(with_parameter(board, "start", seen), "listing", carried={"seen": seen, "first": first}),)


def _card(row: Element, web: WebPage) -> Posting:
    """What a row or tile says."""
    url = href(row, SUBJECT, web.base)
    url = VISIT.sub("", url) if url else None
    told = read_record(dict(cells(row) if row.tag == "tr" else lines(row)), url or web.base)
    stated = NUMBER.search(url or "")
    reference = row.get("data-oppid") or (stated[1] if stated else None) or told.reference
    title = words(row, SUBJECT) or words(row, "@data-title") or told.title
    return replace(told, reference=reference, url=url, title=title)


def recognise(page: Page) -> Claim | None:
    """By rows as its boards have them, or by its address."""
    board = TalBoard(VISIT.sub("", page.url))
    if b"details_row" in page.body and b"/opp/" in page.body and b"search_res" in page.body:
        return Claim(board, 1.0, "vacancies as Oleeo's boards list them")
    if b"no_results_message" in page.body and b"/candidate/jobboard/" in page.body:
        return Claim(board, 0.6, "an empty board such as Oleeo's")
    return Claim(board, 0.9, "an address of a board of Oleeo's") if ADDRESS.search(page.url) else None
