"""What a simulated site answers to a request: decided here, sent by server.py."""

from __future__ import annotations

import datetime as dt
import enum
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from crawlers.partners.adverts import World
from crawlers.partners.faults import Fault, advertised, spoilt
from crawlers.partners.formats.base import Document, Format, View
from crawlers.partners.formats.pages import application, apply_path, broken, front, missing
from crawlers.partners.formats.table import FORMATS, SITEMAPS
from crawlers.partners.life import adverts_on
from crawlers.partners.members import Partner

ROBOTS = "User-agent: *\nDisallow: /apply/\n"
LOOP = "/moved/"


class Delivery(enum.Enum):
    """How an answer's bytes leave."""

    WHOLE = "whole"
    CUT = "cut"
    DRIP = "drip"
    ENDLESS = "endless"
    NEVER = "never"


@dataclass(frozen=True)
class Answer:
    """Status, body and further headers of an answer; `etag` is None where the answer has no validators."""

    status: int
    document: Document
    headers: Mapping[str, str] = field(default_factory=dict)
    delivery: Delivery = Delivery.WHOLE

    @property
    def etag(self) -> str | None:
        """A hash of the body, for whole answers with status 200."""
        if self.status != 200 or self.delivery is not Delivery.WHOLE:
            return None
        return f'"{hashlib.sha256(self.document.content).hexdigest()[:24]}"'


@dataclass(frozen=True)
class Moment:
    """One partner's site on one day of the simulation, with what is wrong with it.

    `sites` are the addresses of all partners, by slug.
    """

    world: World
    partner: Partner
    base: str
    day: int = 0
    fault: Fault = Fault.NONE
    sites: Mapping[str, str] = field(default_factory=dict)


class Site:
    """A rendered moment: its listings, and its adverts by their addresses."""

    def __init__(self, moment: Moment) -> None:
        shown = advertised(adverts_on(moment.world, moment.partner, moment.day), moment.fault)
        today = moment.world.start + dt.timedelta(days=moment.day)
        self.moment = moment
        self.view = View(moment.partner, moment.base, shown, today, moment.sites)
        self.format: Format = FORMATS[moment.partner.format]
        self.listings = {
            path: spoilt(document, moment.fault) for path, document in self.format.listings(self.view).items()
        }
        self._pages = {self.format.path(advert): advert for advert in shown}
        self._forms = {apply_path(advert): advert for advert in shown}

    def answer(self, target: str) -> Answer:
        """The answer to a GET of `target` (path and query)."""
        parts = urlsplit(target)
        query = "&".join(pair for pair in parts.query.split("&") if not pair.startswith("utm_"))
        path = f"{parts.path}?{query}" if query else parts.path
        if path in self.listings:
            return self._listing(self.listings[path])
        if path == "/robots.txt":
            return Answer(200, Document(self._robots().encode(), "text/plain"))
        if path == "/":
            return Answer(200, front(self.view, self._link(), self._rows()))
        if path.startswith(LOOP) and self.moment.fault is Fault.REDIRECT_LOOP:
            step = path.removeprefix(LOOP)
            return self._moved(int(step) % 3 + 1 if step.isdecimal() else 1)
        return self._page(path)

    def _page(self, path: str) -> Answer:
        fault = self.moment.fault
        if fault is Fault.NOT_FOUND:
            return Answer(404, missing(self.view))
        if path in self._pages:
            return Answer(200, spoilt(self.format.page(self.view, self._pages[path]), _charset_only(fault)))
        if path in self._forms:
            return Answer(200, application(self.view, self._forms[path]))
        return Answer(404, missing(self.view))

    def _listing(self, document: Document) -> Answer:
        fault = self.moment.fault
        if fault is Fault.ERROR500:
            return Answer(500, broken(self.view))
        if fault is Fault.ERROR_PAGE:
            return Answer(200, broken(self.view))
        if fault is Fault.REDIRECT_LOOP:
            return self._moved(1)
        return Answer(200, document, delivery=DELIVERIES.get(fault, Delivery.WHOLE))

    def _moved(self, step: int) -> Answer:
        return Answer(302, missing(self.view), {"Location": f"{self.moment.base}{LOOP}{step}"})

    def _robots(self) -> str:
        delay = self.moment.partner.crawl_delay
        sitemap = f"Sitemap: {self.moment.base}{self.format.entry}\n" if self.moment.partner.format in SITEMAPS else ""
        return ROBOTS + (f"Crawl-delay: {delay}\n" if delay else "") + sitemap

    def _link(self) -> str:
        if self.moment.partner.format in SITEMAPS:
            return ""
        kind = self.listings[self.format.entry].type.split(";")[0]
        href = self.format.entry.replace("&", "&amp;")
        return f'<link rel="alternate" type="{kind}" title="Vacancies" href="{href}">'

    def _rows(self) -> list[tuple[str, str]]:
        return [(self.format.url(self.view, advert), advert.title) for advert in self.view.adverts]


DELIVERIES = {
    Fault.HUGE: Delivery.ENDLESS,
    Fault.SLOW: Delivery.DRIP,
    Fault.TIMEOUT: Delivery.NEVER,
    Fault.TRUNCATED: Delivery.CUT,
}


def _charset_only(fault: Fault) -> Fault:
    return fault if fault is Fault.WRONG_CHARSET else Fault.NONE
