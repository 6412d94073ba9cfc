"""What one run of one source brought: the value that the crawlers hand to ingest."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from clearinghouse.vacancies.posting import Posting

# How a problem of a listing page is worded, so that ingest can tell one from another. The wording stands at the
# problem's beginning, or after the page's address: "https://…/rss: it is not well formed: …".
TRUNCATED = "it stops before its end"
ILL_FORMED = "it is not well formed"
TOTAL_NOT_REACHED = "it holds fewer than it states"


def merely_ill_formed(problem: str) -> bool:
    """True when `problem` says that a page was ill formed but whole: a source may be declared to be always so."""
    return ILL_FORMED in problem and TRUNCATED not in problem and TOTAL_NOT_REACHED not in problem


@dataclass(frozen=True)
class Harvest:
    """One run of one source, cards and details joined.

    `postings` has one for each job that the listings named and whose own page (if it has one) answered or stood as
    last read (304). `finished` is False when the run was cut short. `pages` counts the pages that answered (2xx or
    304): a run in which none did has failed. `problems` says, a sentence each, why a listing page was not well and
    complete; none = all were. `failed` are the URLs of detail pages that did not answer well, `failed_keys` the
    identity keys (vacancies.identity.key_of) of cards whose detail page did not; `gone` and `gone_keys` the same for
    404 and 410. `not_modified` is True when every page answered 304. `bare` counts detail pages that held no posting.
    """

    source: str
    started: dt.datetime
    ended: dt.datetime
    finished: bool
    pages: int
    postings: tuple[Posting, ...] = ()
    problems: tuple[str, ...] = ()
    failed: frozenset[str] = frozenset()
    failed_keys: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    gone_keys: frozenset[str] = frozenset()
    not_modified: bool = False
    bare: int = 0
    messages: tuple[str, ...] = ()
