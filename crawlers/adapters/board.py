"""A board whose JSON says more than paths can tell: entries refined one by one, and each job's own page followed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar
from urllib.parse import urlsplit

from clearinghouse.errors import BadBodyError
from crawlers.adapters.claim import Claim
from crawlers.adapters.json_api import posting_of
from crawlers.adapters.json_vendor import JsonVendor
from crawlers.adapters.jsonbody import Object, error_in, json_body, objects_at, values
from crawlers.adapters.pay import composed
from crawlers.adapters.text import link
from crawlers.source import Adapter, Follow, Page, Parsed, Posting

SHORT = 2000  # bytes; no list without a job is longer
MOMENT = re.compile(r"\d{10}(?:\d{3})?", re.ASCII)  # from the year 2001 to the year 2286


@dataclass(frozen=True)
class Board(JsonVendor):
    """A JsonVendor. `own` are keys of which each job of this system has one, and other systems' haven't.

    A page that is one job has it at `single` ("" = the body itself), and is read by `details`, else as a list's entry.
    """

    own: ClassVar[tuple[str, ...]]
    fields: ClassVar[Mapping[str, str]]
    details: ClassVar[Mapping[str, str] | None] = None
    single: ClassVar[str] = ""

    def parse(self, page: Page) -> Parsed:
        """Each job of a list, or the job that the page is. Raises BadBodyError for a body that isn't this system's."""
        body = json_body(page)
        job = self.job(body)
        if job is not None:
            posting = self.refine(job, posting_of(job, self.details or self.fields, page.url))
            return Parsed(postings=(posting,) if posting else ())
        if page.role == "detail":
            raise BadBodyError(page.url, f"{error_in(body) or 'JSON'} without a job of its own")
        name = self.api().items.partition("|")[0].strip()
        bare = isinstance(body, list) and body and name.isidentifier()  # saved without what it stood in
        return self.listed({name: body} if bare else body, page)

    def job(self, body: Any) -> Object | None:
        """The job that the body is; None for a list."""
        found = values(body, self.single) if self.single else iter((body,))
        return next((one for one in found if isinstance(one, dict) and self.owns(one)), None)

    def owns(self, item: Object) -> bool:
        """True for a job of this system."""
        return any(key in item for key in self.own)

    def listed(self, body: Any, page: Page) -> Parsed:
        """Each entry of the list that the body holds. Raises BadBodyError for the list of another system."""
        api = self.api()
        items = objects_at(body, api.items) or []
        if items and not any(self.owns(item) for item in items):
            keys = " or ".join(self.own)
            raise BadBodyError(page.url, f"a list of {len(items)} entries without {keys}: another system's")
        parsed = api.read(body, page)
        both = zip(items, parsed.postings, strict=True)
        kept = [posting for item, read in both if (posting := self.refine(item, read))]
        left = int(page.carried.get("left", 0)) + len(items) - len(kept)
        pages = parsed.follows
        if left:
            pages = tuple(replace(follow, carried={**follow.carried, "left": left}) for follow in pages)
        # Said on the last page alone: how many positions are on no public list is only known there.
        total = None if pages or parsed.stated_total is None else max(0, parsed.stated_total - left)
        return self.opened(replace(parsed, postings=tuple(kept), follows=pages, stated_total=total), page)

    def refine(self, item: Object, posting: Posting) -> Posting | None:
        """The posting with what its entry says in codes; None for a position that isn't on the public list."""
        return paid(posting)

    def opened(self, parsed: Parsed, page: Page) -> Parsed:
        """The list with the postings whose own page says more as the cards of follows."""
        told = [(posting, link(self.detail(posting, page), "")) for posting in parsed.postings]
        headers = self.api().headers
        follows = tuple(Follow(url, card=posting, headers=headers) for posting, url in told if url)
        postings = tuple(posting for posting, url in told if not url)
        return replace(parsed, postings=postings, follows=(*parsed.follows, *follows))

    def detail(self, posting: Posting, page: Page) -> str | None:
        """The address of the job's own page in the API; None where the list says all, or the address isn't known."""
        return None


def recognised(
    board: Callable[[str], Adapter],
    page: Page,
    address: re.Pattern[str],
    system: str,
    *marks: bytes,
    empty: tuple[bytes, ...] = (),
) -> Claim | None:
    """A claim by the page's address, or by its body: all the `marks`, keys that stand in the system's every list.

    `empty` are what its list without a job is told by; none where other systems' may look the same. `address` begins
    with the slashes before the host: an address that another one only mentions is none.
    """
    if marks and all(mark in page.body for mark in marks):
        return Claim(board(page.url), 1.0, f"jobs as {system} lists them")
    if empty and len(page.body) < SHORT and all(mark in page.body for mark in empty):
        return Claim(board(page.url), 0.6, f"an empty list such as {system} gives")
    own = address.match(page.url, page.url.find("//")) if "//" in page.url else None
    return Claim(board(page.url), 0.9, f"an address of {system}") if own else None


def shown(page: Page, name: bytes, jobs: re.Pattern[bytes]) -> str | None:
    """The address of a job that a page of HTML shows as one system's careers sites do, whoever's domain they stand on.

    `name` is the system's, which its pages tell somewhere; `jobs` finds a link to a job, its first group the address.
    """
    if name not in page.body or b"<" not in page.body[:500]:
        return None
    found = jobs.search(page.body)
    return link(found[1].decode("utf-8", "replace"), page.url) if found else None


def site_of(url: str) -> str | None:
    """Scheme and host of an http(s) address; None for any other."""
    if link(url, "") is None:
        return None
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def at_site(url: str, path: str) -> str:
    """`path` on the site of `url`; `url` itself where it is that already, query and all, or no web address."""
    site = site_of(url)
    return url if site is None or path.partition("?")[0].rstrip("/") in url else f"{site}{path}"


def moment(said: str | None) -> str | None:
    """Seconds or milliseconds since 1970 as an ISO time in UTC; anything else as it stands."""
    if said is None or not MOMENT.fullmatch(said):
        return said
    whole, rest = divmod(int(said.ljust(13, "0")), 1000)
    time = dt.datetime.fromtimestamp(whole, dt.UTC) + dt.timedelta(milliseconds=rest)
    return time.isoformat(timespec="milliseconds" if rest else "seconds")


def paid(posting: Posting) -> Posting:
    """The posting, with its stated sums as words where it has no words for its pay."""
    if posting.salary:
        return posting
    low, high, unit, currency = (posting.extra.get(f"salary_{n}") for n in ("minimum", "maximum", "unit", "currency"))
    return replace(posting, salary=composed(low, high, None, unit, currency))


def headed(parts: Iterable[tuple[str | None, str | None]]) -> str | None:
    """Parts of a description, each heading (plain words) over its HTML; those without HTML left out."""
    told = [f"<h3>{heading}</h3>\n{body}" if heading else body for heading, body in parts if body]
    return "\n".join(told) or None
