"""Searches that somebody wants to hear of, until a thread of the site's saves them.

The answer to the one who asks touches no store, so it takes as long whether or not we know their address.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import deque

import structlog
from sqlalchemy.exc import SQLAlchemyError

from clearinghouse.alerts import addresses, asking
from clearinghouse.alerts.asking import Asked
from clearinghouse.alerts.queries import kept
from clearinghouse.alerts.revealing import revealing, without_private
from clearinghouse.db import Store
from clearinghouse.errors import BadFormError, ClearingHouseError
from clearinghouse.mail.models import Channel
from clearinghouse.search.criteria import Criteria
from clearinghouse.settings import Settings

AT_MOST = 1_000  # waiting at once; of a flood the oldest are forgotten

log = structlog.get_logger("web")


class Asks:
    """What waits to be saved, with the time when each was asked; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[tuple[Asked, dt.datetime]] = deque(maxlen=AT_MOST)

    def add(self, asked: Asked, now: dt.datetime) -> None:
        """Keep one in mind."""
        with self._lock:
            self._waiting.append((asked, now))

    def save(self, store: Store, settings: Settings) -> None:
        """Save each, and ask its address. What a failing store has kept from it waits for the next time."""
        while self._waiting:
            with self._lock:
                asked, now = self._waiting.popleft()
            try:
                with store.writing() as session:
                    asking.ask(session, settings, asked, now)
            except SQLAlchemyError:
                self.add(asked, now)
                raise
            except ClearingHouseError as error:  # it can't be taken, now or later
                log.warning("a search could not be saved", why=str(error))


def problems(settings: Settings, criteria: Criteria, typed: str, channel: Channel, *, keep: bool) -> dict[str, str]:
    """What `asking.ask` would not take, a sentence for each field; empty = nothing."""
    found: dict[str, str] = {}
    try:
        addresses.tidied(channel, typed, settings)
    except BadFormError as bad:
        found |= bad.errors
    if revealing(criteria) and not keep and not kept(without_private(criteria)).to_query():
        found["private"] = asking.NOTHING_LEFT
    return found
