"""What a page may ask for: the site it belongs to, the moment, the search generation, a database session."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fastapi import Request
from sqlalchemy.orm import Session

from clearinghouse.db import Clock, Store
from clearinghouse.errors import ClearingHouseError
from clearinghouse.settings import Settings
from clearinghouse.vacancies.clicks import Clicks
from clearinghouse.vacancies.visible import PUBLIC, Visible

if TYPE_CHECKING:
    from clearinghouse.search.generation import Generation, Reader


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


def site(request: Request) -> Site:
    """The site that answers this request."""
    found: Site = request.app.state.site
    return found


def now(request: Request) -> dt.datetime:
    """The moment of this request."""
    return site(request).clock()


def visible(request: Request) -> Visible:
    """What the one who asks may see. Everyone is the public until accounts open."""
    return Visible(PUBLIC, now(request))


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


def is_head(request: Request) -> bool:
    """True when only the headers are wanted: such a request counts as no visit."""
    return bool(request.scope.get("was_head"))
