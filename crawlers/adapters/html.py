"""An employer's own pages: a list of vacancies, and each one's page, told by selectors (crawlers.adapters.picks).

A list without a single row is taken for an empty one only where the page says so, by its total or by the sign that the
source declares: any other is a page that has changed, a form to sign in, or an error.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

from clearinghouse.errors import BadBodyError
from crawlers.adapters.advert import LINKS, advert_on, is_known, posting_at
from crawlers.adapters.json_api import Paging, with_parameter
from crawlers.adapters.picks import braces, elements, holds, href, number, picks, says
from crawlers.adapters.shortfall import TOTAL_NOT_REACHED, because
from crawlers.adapters.text import link
from crawlers.adapters.webpage import WebPage, read_page
from crawlers.adapters.xmltree import Element
from crawlers.source import Follow, Page, Parsed, Posting

MOST_ROWS = 5000  # of one page: about a second's work
BY_FORM = """a[href*="'Page$"]"""  # how a table of ASP.NET has its other pages, which come by POST alone
DEEPEST = 3  # rows around a row: some tables stand in others
NOTHING = (
    r"=~ (?<!ref )(?<!reference )(?<!job )(?<!post )\b(?:no|0|zero) "
    r"(?:(?:advertised|available|current|external|job|live|matching|new|open|suitable) )*"
    r"(?:jobs?|opportunit(?:y|ies)|positions?|posts?|results|vacanc(?:y|ies))\b"
)


@dataclass(frozen=True)
class Html:
    """The list of vacancies at `url`: each element that `rows` selects is one of them.

    `fields` maps the names of Posting (and `extra.NAME`, `identifiers.NAME`) to selectors within a row. Each vacancy's
    own page is followed where there is a `detail`: the same for that page as a whole. Its schema.org JobPosting is read
    too, so that {} does for pages that have one, and for adverts that are PDF files.
    `next` selects the link to the next page; `paging` counts pages or rows instead, up to the number that `pages`
    selects, if any. `total` selects the number of vacancies that the list claims to have. `none` selects what stands
    there when there are none (NOTHING: the usual words).
    """

    url: str
    rows: str
    fields: Mapping[str, str] = field(hash=False)
    detail: Mapping[str, str] | None = field(default=None, hash=False)
    next: str | None = None
    paging: Paging | None = None
    pages: str | None = None
    total: str | None = None
    none: str | None = None

    name: ClassVar[str] = "html"

    def __post_init__(self) -> None:
        """Refuses a selector that can't be read, and a field that no posting has."""
        for name, selector in [*self.fields.items(), *(self.detail or {}).items()]:
            if not is_known(name):
                raise ValueError(f"{name!r} is no field of a posting")
            picks((braces(selector)[1] if name in LINKS else "") or selector)
        for other in (self.rows, self.next, self.pages, self.total, self.none):
            if other is not None:
                picks(other)

    @property
    def identity(self) -> tuple[str, ...]:
        """A vacancy is told by its link where it has one of its own, and is not only a row of the list."""
        return ("reference", "url", "content") if "url" in self.fields else ("reference", "content")

    def start(self) -> tuple[Follow, ...]:
        """The first page of the list."""
        return (Follow(self.url, role="listing"),)

    def parse(self, page: Page) -> Parsed:
        """Each row as a posting, or the advert that a page is. Raises BadBodyError for what is neither."""
        if page.role == "detail":
            return advert_on(page, self.detail or {})
        web = read_page(page)
        told = ((row, posting_at(row, self.fields, web.base)) for row in self._rows(web, page))
        postings = _each_once([one for row, one in told if one != Posting() and not self._is_sign(row, one)])
        empty = self._total(web) == 0 or (self.none is not None and holds(web.root, self.none))
        return self._listed(postings, web, page) if postings or empty else self._no_row(page, web)

    def _is_sign(self, row: Element, posting: Posting) -> bool:
        """True for a row that only says that there are no vacancies."""
        return not (posting.url or posting.reference) and self.none is not None and says(row, self.none)

    def _rows(self, web: WebPage, page: Page) -> list[Element]:
        """The rows, but for one in which a cut page ends.

        Raises BadBodyError for more than anybody lists on a page, and for rows that lie within one another.
        """
        cut = web.left_open()
        rows = [row for row in elements(web.root, self.rows) if row not in cut]
        if len(rows) > MOST_ROWS:
            raise BadBodyError(page.url, f"over {MOST_ROWS} elements match {self.rows!r}")
        among = set(rows)
        for row in rows:
            if sum(1 for around in row.iterancestors() if around in among) > DEEPEST:
                raise BadBodyError(page.url, f"over {DEEPEST} elements that match {self.rows!r} lie around another")
        return rows

    def _no_row(self, page: Page, web: WebPage) -> Parsed:
        """The advert that a saved page is, though nobody said so. Raises BadBodyError for any other."""
        reason = web.instead(f"no row matches {self.rows.partition(' | ')[0]!r}")
        if page.asked is not None or self.detail is None:
            raise BadBodyError(page.url, reason)
        try:
            return advert_on(page, self.detail, unasked=True)
        except BadBodyError as error:
            raise BadBodyError(page.url, reason) from error

    def _listed(self, postings: list[Posting], web: WebPage, page: Page) -> Parsed:
        seal = _seal(postings)
        if seal == page.carried.get("seal"):  # some repeat their last page for ever
            return Parsed(shortfall=web.shortfall, stated_total=self._total(web))
        wanted = [p for p in postings if p.url] if self.detail is not None else []
        kept = [posting for posting in postings if self.detail is None or not posting.url]
        if "url" not in self.fields:  # the list is where each of them stands
            kept = [replace(posting, url=link(page.url, "")) for posting in kept]
        return Parsed(
            postings=tuple(kept),
            follows=(*self._next(web, page, len(postings), seal), *(Follow(p.url or "", card=p) for p in wanted)),
            shortfall=web.shortfall or self._unasked(web),
            stated_total=self._total(web),
        )

    def _unasked(self, web: WebPage) -> str | None:
        """Why the list is a part alone, where its other pages can't be asked for."""
        if self.next or self.paging or not holds(web.root, BY_FORM):
            return None
        return because(TOTAL_NOT_REACHED, "its other pages are for a browser's form alone")

    def _total(self, web: WebPage) -> int | None:
        return number(web.root, self.total) if self.total else None

    def _next(self, web: WebPage, page: Page, listed: int, seal: str) -> tuple[Follow, ...]:
        seen = int(page.carried.get("seen", 0)) + listed
        url = href(web.root, self.next, web.base) if self.next else None
        url = url or self._counted(web, page, listed, seen)
        carried = {"seen": seen, "page": int(page.carried.get("page", 1)) + 1, "seal": seal}
        return (Follow(url, role="listing", carried=carried),) if listed and url and url != page.url else ()

    def _counted(self, web: WebPage, page: Page, listed: int, seen: int) -> str | None:
        """The address of the next page where pages are counted and this isn't known to be the last."""
        paging, read = self.paging, int(page.carried.get("page", 1))
        if paging is None or paging.parameter is None:
            return None
        total = self._total(web)
        last = paging.rows is not None and listed < paging.rows if total is None else seen >= total
        if self.pages:
            last = read >= (number(web.root, self.pages) or 1)
        value = seen if paging.rows else paging.first + read
        return None if last else link(with_parameter(self.url, paging.parameter, value), "")


def _each_once(postings: Sequence[Posting]) -> list[Posting]:
    """The postings without those told before: some lists show each job three times, for three widths of screen."""
    first: dict[tuple[str | None, ...], Posting] = {}
    for posting in postings:
        first.setdefault((posting.url, posting.reference, *((posting.title,) if not posting.url else ())), posting)
    return list(first.values())


def _seal(postings: Sequence[Posting]) -> str:
    """What tells one page of a list from another."""
    told = "\n".join(f"{posting.reference} {posting.url} {posting.title}" for posting in postings)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]
