"""What every simulated recruitment system is given and gives back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import format_datetime
from html import escape as _escape

from crawlers.partners.adverts import Advert
from crawlers.partners.members import Partner

XML = "application/xml; charset=utf-8"
RSS = "application/rss+xml; charset=utf-8"
HTML = "text/html; charset=utf-8"


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
class Format:
    """One recruitment system: the path of the listing to start at, all its listings, an advert's path and its page."""

    name: str
    entry: str
    listings: Callable[[View], Mapping[str, Document]]
    path: Callable[[Advert], str]
    page: Callable[[View, Advert], Document]

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
