"""What the recruitment systems whose lists are web pages have in common: an Html that their address decides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from clearinghouse.errors import BadBodyError
from crawlers.adapters.body import unpacked
from crawlers.adapters.html import Html
from crawlers.adapters.pdf import is_pdf
from crawlers.adapters.text import link
from crawlers.source import Follow, Page, Parsed, Posting


@dataclass(frozen=True)
class HtmlVendor:
    """A board at `url`: any address of it. A system's class says by `html` how its list and its adverts are read.

    `marks` are names in the markup of which every page of this system has one; none where there are no such.
    """

    url: str

    name: ClassVar[str]
    identity: ClassVar[tuple[str, ...]] = ("reference", "url", "content")
    marks: ClassVar[tuple[bytes, ...]] = ()

    def html(self) -> Html:
        """The board's pages."""
        raise NotImplementedError

    def start(self) -> tuple[Follow, ...]:
        """The first page of the list."""
        return self.html().start()

    def parse(self, page: Page) -> Parsed:
        """Each job as a posting. Raises BadBodyError for a body that isn't this system's."""
        body = unpacked(page)
        if self.marks and not is_pdf(body) and not any(mark in body for mark in self.marks):
            raise BadBodyError(
                page.url, f"a page without {' or '.join(mark.decode() for mark in self.marks)}: not {self.name}'s"
            )
        parsed = self.html().parse(page)
        postings = tuple(refined for posting in parsed.postings if (refined := self.refine(posting, page)))
        return replace(
            parsed, postings=postings, follows=tuple(self._opened(follow, page) for follow in parsed.follows)
        )

    def refine(self, posting: Posting, page: Page) -> Posting | None:
        """The posting, a card or a detail page's, with what selectors alone can't tell; None for what is no vacancy."""
        return posting

    def detail(self, posting: Posting) -> str | None:
        """The address of the page that is read for a card; its link as it stands unless the system says otherwise."""
        return posting.url

    def _opened(self, follow: Follow, page: Page) -> Follow:
        card = self.refine(follow.card, page) if follow.card else None
        return replace(follow, card=card, url=link(self.detail(card), "") or follow.url) if card else follow
