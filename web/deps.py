"""What a page may ask for: the site it belongs to, the moment, the search generation, a database session."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from fastapi import Request
from sqlalchemy.orm import Session

from clearinghouse.accounts.actor import Actor
from clearinghouse.accounts.permissions import can_see_unpublished
from clearinghouse.db import Clock, Store
from clearinghouse.errors import ClearingHouseError
from clearinghouse.settings import Settings
from clearinghouse.vacancies.clicks import Clicks
from clearinghouse.vacancies.visible import PUBLIC, Visible, staff
from web.asks import Asks
from web.forgotten import Forgotten
from web.limits import RateLimit, asker, proxies

if TYPE_CHECKING:
    from clearinghouse.search.generation import Generation, Reader

REPORTS = 5  # of wrong adverts, that one address may send in an hour
RESETS = 10  # forgotten passwords, of which one address may tell us in an hour
ASKS = 20  # searches that one address may ask to be told of in an hour: a library has one for all its visitors


class NotReadyError(ClearingHouseError):
    """The search index isn't there yet: the site has just been started."""


@dataclass(frozen=True)
class Site:
    """What one running site consists of."""

    settings: Settings
    store: Store
    reader: Reader
    clock: Clock
    clicks: Clicks = field(default_factory=Clicks)
    forgotten: Forgotten = field(default_factory=Forgotten)
    reports: RateLimit = field(default_factory=lambda: RateLimit(REPORTS, 3600))
    resets: RateLimit = field(default_factory=lambda: RateLimit(RESETS, 3600))
    asks: Asks = field(default_factory=Asks)
    alert_asks: RateLimit = field(default_factory=lambda: RateLimit(ASKS, 3600))


def site(request: Request) -> Site:
    """The site that answers this request."""
    found: Site = request.app.state.site
    return found


def now(request: Request) -> dt.datetime:
    """The moment of this request."""
    return site(request).clock()


def actor(request: Request) -> Actor | None:
    """The person who asks, as the gate found them out; None = a visitor."""
    found: Actor | None = request.scope.get("actor")
    return found


def is_let_in(request: Request) -> bool:
    """True for a person with everything that we ask for: one-time codes too, but in a demo."""
    person = actor(request)
    return person is not None and (person.strong or site(request).settings.demo)


def visible(request: Request) -> Visible:
    """What the one who asks may see: staff also what isn't public yet."""
    person = actor(request)
    more = person is not None and is_let_in(request) and can_see_unpublished(person)
    return Visible(staff(person.organisation) if person and more else PUBLIC, now(request))


def to_all(request: Request) -> Visible:
    """What everyone may see, whoever asks: for what is copied, subscribed to and read by other programs."""
    return Visible(PUBLIC, now(request))


def secret(request: Request) -> str:
    """What signs cookies, tokens and links: without SECRET_KEY, which only the demo may be, as long as this process."""
    return site(request).settings.secret_key or _secret_of_this_process()


@cache
def _secret_of_this_process() -> str:
    return secrets.token_hex(32)


def generation(request: Request) -> Generation:
    """The search generation that this request uses throughout. Raises NotReadyError (503) before the first one."""
    current = site(request).reader.current()
    if current is None:
        raise NotReadyError("the search index isn't ready yet")
    return current


@contextmanager
def reading(request: Request) -> Iterator[Session]:
    """A session that reads the store."""
    with site(request).store.reading() as session:
        yield session


def counted_as(request: Request) -> str | None:
    """What this request is counted under where an address may do something only so often; None = it isn't counted."""
    peer = request.client.host if request.client else ""
    return asker(peer, request.headers, proxies(site(request).settings.trusted_proxies))


def is_head(request: Request) -> bool:
    """True when only the headers are wanted: such a request counts as no visit."""
    return bool(request.scope.get("was_head"))
