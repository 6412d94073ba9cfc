"""What a simulated site answers to a request: decided here, sent by server.py."""

from __future__ import annotations

import datetime as dt
import enum
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from crawlers.partners.adverts import Advert, World
from crawlers.partners.faults import Fault, advertised, spoilt
from crawlers.partners.formats.base import Document, Format, Reply, View
from crawlers.partners.formats.pages import application, apply_path, broken, front, missing
from crawlers.partners.formats.request import Request
from crawlers.partners.formats.table import FORMATS
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
        self._listings = {_place(path): found for path, found in self.format.listings(self.view).items()}
        self._pages = {_place(self.format.path(advert)): advert for advert in shown}
        self._forms = {_place(path): advert for advert in shown for path in self._form_paths(advert)}

    def answer(
        self, target: str, method: str = "GET", headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> Answer:
        """The answer to a request for `target` (path and query)."""
        asked = Request.of(target, method, headers, body)
        reply = self._reply(asked)
        if reply:
            return self._listing(reply) if reply.listing else self._detail(reply)
        if asked.method != "GET":
            return Answer(501, missing(self.view))
        if target == "/robots.txt":
            return Answer(200, Document(self._robots().encode(), "text/plain"))
        if asked.place == ("/", ()):
            return Answer(200, self._front())
        if asked.path.startswith(LOOP) and self.moment.fault is Fault.REDIRECT_LOOP:
            step = asked.path.removeprefix(LOOP)
            return self._moved(int(step) % 3 + 1 if step.isdecimal() else 1)
        return self._page(asked)

    def _form_paths(self, advert: Advert) -> tuple[str, ...]:
        """Where its application form stands: as our own pages link it, and as the system's answers do."""
        below = self.format.form_below
        return (apply_path(advert), self.format.path(advert) + below) if below else (apply_path(advert),)

    def _reply(self, asked: Request) -> Reply | None:
        """What the system itself answers: the document that always stands there, or what it makes of the request."""
        document = self._listings.get(asked.place) if asked.method == "GET" else None
        return Reply(document) if document else self.format.answers(self.view, asked)

    def _page(self, asked: Request) -> Answer:
        if asked.place in self._forms and self.moment.fault is not Fault.NOT_FOUND:
            return Answer(200, application(self.view, self._forms[asked.place]))
        advert = self._pages.get(asked.place)
        return self._detail(Reply(self.format.page(self.view, advert))) if advert else Answer(404, missing(self.view))

    def _detail(self, reply: Reply) -> Answer:
        fault = self.moment.fault
        if fault is Fault.NOT_FOUND:
            return Answer(404, missing(self.view))
        return Answer(reply.status, spoilt(reply.document, _charset_only(fault)), reply.headers)

    def _listing(self, reply: Reply) -> Answer:
        fault = self.moment.fault
        if fault is Fault.ERROR500:
            return Answer(500, broken(self.view))
        if fault is Fault.ERROR_PAGE:
            return Answer(200, broken(self.view))
        if fault is Fault.REDIRECT_LOOP:
            return self._moved(1)
        delivery = DELIVERIES.get(fault, Delivery.WHOLE)
        return Answer(reply.status, spoilt(reply.document, fault), reply.headers, delivery)

    def _moved(self, step: int) -> Answer:
        return Answer(302, missing(self.view), {"Location": f"{self.moment.base}{LOOP}{step}"})

    def _robots(self) -> str:
        delay = self.moment.partner.crawl_delay
        sitemap = f"Sitemap: {self.moment.base}{self.format.entry}\n" if self.format.in_robots else ""
        return ROBOTS + (f"Crawl-delay: {delay}\n" if delay else "") + sitemap

    def _front(self) -> Document:
        """The front page: the system's own, else a list of the adverts with a link to the feed in its head."""
        if self.format.front:
            return self.format.front(self.view)
        rows = [(self.format.url(self.view, advert), advert.title) for advert in self.view.adverts]
        return front(self.view, self._link(), rows)

    def _link(self) -> str:
        feed = self._reply(Request.of(self.format.entry))
        if feed is None or self.format.in_robots:
            return ""
        href = self.format.entry.replace("&", "&amp;")
        return f'<link rel="alternate" type="{feed.document.type.split(";")[0]}" title="Vacancies" href="{href}">'


DELIVERIES = {
    Fault.HUGE: Delivery.ENDLESS,
    Fault.SLOW: Delivery.DRIP,
    Fault.TIMEOUT: Delivery.NEVER,
    Fault.TRUNCATED: Delivery.CUT,
}


def _charset_only(fault: Fault) -> Fault:
    return fault if fault is Fault.WRONG_CHARSET else Fault.NONE


def _place(path: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    return Request.of(path).place
