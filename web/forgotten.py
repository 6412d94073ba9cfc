"""Forgotten passwords that somebody told us of, until a thread of the site's sees to them.

The answer to the one who asks touches no store, so it takes as long whether or not there is such an account.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import deque

from sqlalchemy.exc import SQLAlchemyError

from clearinghouse.accounts.links import ask_for_reset
from clearinghouse.db import Store

AT_MOST = 1_000  # waiting at once; of a flood the oldest are forgotten


class Forgotten:
    """The addresses that wait, with the time when each was told; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[tuple[str, dt.datetime]] = deque(maxlen=AT_MOST)

    def add(self, email: str, now: dt.datetime) -> None:
        """Keep one in mind."""
        with self._lock:
            self._waiting.append((email, now))

    def send(self, store: Store, public_url: str) -> None:
        """Mail a link to each that has an account. What a failing store has kept from it waits for the next time."""
        while self._waiting:
            with self._lock:
                email, now = self._waiting.popleft()
            try:
                with store.writing() as session:
                    ask_for_reset(session, email, now, public_url)
            except SQLAlchemyError:
                self.add(email, now)
                raise
