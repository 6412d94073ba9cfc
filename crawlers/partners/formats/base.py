"""What every simulated recruitment system is given and gives back.

A module of this package holds one or several `Format` constants; the table finds them by their `key`, which a partner
names. To write one: say where a source starts (`entry`), where an advert's own page stands (`path`, `page`), and what
the system answers: `listings` for documents at addresses that never change (a feed, a sitemap), `answers` for all that
depends on the request (pages of a list, POST, headers, cookies, one advert's JSON). Addresses are made from `view.base`
alone, so that a board stays on its simulated host. The faults of `faults.py` change every listing by themselves.
"""

from __future__ import annotations

import datetime as dt
import json as _json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import format_datetime
from html import escape as _escape
from typing import Any

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.request import Request
from crawlers.partners.members import Partner

XML = "application/xml; charset=utf-8"
RSS = "application/rss+xml; charset=utf-8"
HTML = "text/html; charset=utf-8"
JSON = "application/json; charset=utf-8"


@dataclass(frozen=True)
class View:
    """A partner's site at one moment: its address without a final slash, what it advertises, and its today.

    `sites` are the addresses of the other partners, by slug.
    """

    partner: Partner
    base: str
    adverts: tuple[Advert, ...]
    today: dt.date
    sites: Mapping[str, str] = field(default_factory=dict)

    def original(self, advert: Advert) -> str | None:
        """The employer's own advert, where this one is a copy that sends people there."""
        slug, path = advert.original or ("", "")
        return self.sites[slug] + path if slug in self.sites else None

    @property
    def now(self) -> dt.datetime:
        """The moment at which the site says that it was last built: six in the morning of its today, UTC."""
        return dt.datetime.combine(self.today, dt.time(6), dt.UTC)


@dataclass(frozen=True)
class Document:
    """A body and its content type."""

    content: bytes
    type: str = HTML


@dataclass(frozen=True)
class Reply:
    """What a system answers to a request.

    A `listing` says which adverts there are, and every fault changes it; an advert's own answer is none, and is a 404
    under the fault `not_found`.
    """

    document: Document
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    listing: bool = True


@dataclass(frozen=True)
class Told:
    """What this system tells of an advert: what a perfect reader makes of it. None = it doesn't say.

    `{base}` in a `reference` is the site's address. `pay` is its words, or the lowest and the highest sum where the
    system has sums alone. The `title` is the advert's own unless the system adds something to it.
    """

    reference: str | None
    closes: dt.datetime | None
    pay: str | tuple[float, float] | None
    title: str | None = None


def in_full(advert: Advert) -> Told:
    """What a system tells that keeps the reference, the second of closing, and the advert's own words for pay."""
    return Told(advert.reference, advert.closing.at, advert.pay.text)


def _no_listings(_: View) -> Mapping[str, Document]:
    return {}


def _no_answer(_: View, __: Request) -> Reply | None:
    return None


@dataclass(frozen=True)
class Format:
    """One recruitment system.

    `key` is what a partner calls it, `name` what a person does; `entry` is the address (from the site's root on) that
    a source of it is given, `adapter` and `fields` how our registry calls the adapter and what it needs beside it.
    `path` gives the address of an advert's own page, `page` its body, if `answers` gave none for it. `listings` are
    documents by address; the order of a query makes no difference. `answers` is asked next, with every method; None =
    not an address of it. `front` is the site's front page as employers on this system have it, an own page that lists
    the adverts by default. `in_robots` = robots.txt names the entry, as sitemaps are. `form_below` is what the address
    of an advert's application form adds to the advert's own, where the system's answers say it. `told` is for tests.
    """

    key: str
    name: str
    entry: str
    path: Callable[[Advert], str]
    page: Callable[[View, Advert], Document]
    listings: Callable[[View], Mapping[str, Document]] = _no_listings
    answers: Callable[[View, Request], Reply | None] = _no_answer
    front: Callable[[View], Document] | None = None
    adapter: str = "feed"
    fields: Mapping[str, Any] = field(default_factory=dict)
    in_robots: bool = False
    form_below: str = ""
    told: Callable[[Advert], Told] = in_full

    def url(self, view: View, advert: Advert) -> str:
        """The address of an advert's own page."""
        return view.base + self.path(advert)


def xml(text: object) -> str:
    """`text` as XML character data."""
    return _escape(str(text), quote=True).replace("&#x27;", "&#39;")


def element(name: str, text: object | None) -> str:
    """An element with that text; one without a value is left out altogether."""
    return "" if text is None else f"<{name}>{xml(text)}</{name}>"


def cdata(text: str) -> str:
    """`text` as a CDATA section."""
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


def rfc822(moment: dt.datetime) -> str:
    """`moment` as RSS writes dates."""
    return format_datetime(moment.astimezone(dt.UTC), usegmt=True)


def midnight(day: dt.date) -> dt.datetime:
    """The first moment of `day`, UTC."""
    return dt.datetime.combine(day, dt.time(), dt.UTC)


def document(lines: list[str], type_: str) -> Document:
    """Lines of text as a UTF-8 document."""
    return Document("\n".join(line for line in lines if line).encode(), type_)


def json(value: object, type_: str = JSON) -> Document:
    """`value` as a JSON document."""
    return Document(_json.dumps(value, ensure_ascii=False).encode(), type_)
