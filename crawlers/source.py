"""The contract between a source file, the adapter it names, and the spider that fetches for it.

Everything here is a frozen value, and an adapter is pure: bytes in, postings and follows out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, Protocol

from clearinghouse.vacancies.posting import Expectation as Expect
from clearinghouse.vacancies.posting import Posting

__all__ = ["ANEW", "Adapter", "Expect", "Follow", "Page", "Parsed", "Posting", "Source"]

Role = Literal["listing", "detail"]
ANEW = {"cache-control": "no-store"}  # headers of a Follow whose answer is another each time: nothing of it is kept


@dataclass(frozen=True)
class Follow:
    """A page that an adapter wants fetched.

    A `listing` says which jobs there are: the run is whole only when every one of them answered well. A `detail`
    belongs to one job, and its failure leaves only that job unconfirmed. `carried` comes back on the Page as it is
    (plain JSON values); `card` is the posting that the listing already told of this job, to be joined with the
    detail page's. With ANEW among its headers it is never asked for by validators: a session begins with each run.
    """

    url: str
    role: Role = "detail"
    carried: Mapping[str, Any] = field(default_factory=dict)
    card: Posting | None = None
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True)
class Page:
    """What was fetched: `url` after redirects, `headers` with lower-case names, and the Follow that asked for it."""

    url: str
    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    asked: Follow | None = None

    @property
    def carried(self) -> Mapping[str, Any]:
        """What the Follow that asked for this page carried."""
        return self.asked.carried if self.asked else {}

    @property
    def card(self) -> Posting | None:
        """What the list said of the job whose page this is."""
        return self.asked.card if self.asked else None

    @property
    def role(self) -> Role:
        """What the Follow took this page for; a saved file with no Follow is a listing."""
        return self.asked.role if self.asked else "listing"


@dataclass(frozen=True)
class Parsed:
    """What an adapter read from one page.

    `shortfall` says why the page isn't the whole of what it set out to tell (its root never closed, a stated total
    not reached); None = complete. `stated_total` is the number of jobs that the source itself claims, over all pages.
    """

    postings: tuple[Posting, ...] = ()
    follows: tuple[Follow, ...] = ()
    shortfall: str | None = None
    stated_total: int | None = None


class Adapter(Protocol):
    """What is known about one recruitment system or format: a frozen dataclass whose fields a source file fills.

    `identity` says what tells one posting from another here, best first: reference, url, content. One that knows how
    slowly its system wants to be asked has `pace`, a ClassVar: seconds between two requests.
    """

    name: ClassVar[str]

    @property
    def identity(self) -> tuple[str, ...]:
        """What tells one posting from another, best first."""
        ...

    def start(self) -> Iterable[Follow]:
        """The first pages to fetch."""
        ...

    def parse(self, page: Page) -> Parsed:
        """What `page` says. Raises BadBodyError, and nothing else, for a body that isn't this format."""
        ...


@dataclass(frozen=True)
class Source:
    """One place where one organisation, or one national board, publishes vacancies.

    `organisation` is None for a board of many employers. `verified` is the date on which a person last checked the
    source live. `loopback` lets it be on this machine. `terms` is what we may reuse: open_licence, facts_only, none.
    """

    organisation: str | None
    adapter: Adapter
    homepage: str | None = None
    every_hours: float = 4
    expect: Expect = Expect()
    verified: dt.date | None = None
    terms: str = "facts_only"
    loopback: bool = False
