"""Queueing what is new for every saved search whose time has come.

One process at a time works, under a lease that fences its writes. A batch's messages, and the bookmarks that these
move, are written in one transaction: whoever is killed loses nothing, and whoever follows tells nobody twice.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import secrets
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from clearinghouse.alerts import due, ending, urgent, words
from clearinghouse.alerts.composing import Composer
from clearinghouse.alerts.due import Waiting
from clearinghouse.alerts.news import news
from clearinghouse.alerts.writing import Fence, Look, write
from clearinghouse.db import Store
from clearinghouse.errors import LeaseLostError
from clearinghouse.leases import claim, release
from clearinghouse.publish.following import latest_seq
from clearinghouse.settings import Settings

LEASE = "alerts"
HELD = dt.timedelta(minutes=5)
BEAT = 60.0  # seconds between two renewals of the lease
BATCH = 100  # searches of one transaction: so many messages take less than 0.2 seconds
PAUSE = 0.1  # seconds between two transactions, for those of others

Pause = Callable[[float], None]

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Done:
    """What one turn did: searches `looked` at, messages `queued`, searches asked about `again`, and `ended`."""

    looked: int = 0
    queued: int = 0
    again: int = 0
    ended: int = 0

    def __str__(self) -> str:
        """In words."""
        return (
            f"{self.looked} saved {'search' if self.looked == 1 else 'searches'} looked at, "
            f"{self.queued} {'message' if self.queued == 1 else 'messages'} queued, "
            f"{self.again} asked whether they are still wanted, {self.ended} ended"
        )


def send_due(
    store: Store, settings: Settings, now: dt.datetime, pause: Pause = time.sleep, *, early: bool = False
) -> Done:
    """Queue what is new for the saved searches that are due; ask about those that run out, end those that are over.

    `early` tells everyone what is new by now, whatever the hour and the day of their next message. Nothing is done
    while another process does it. Raises BadSettingError without SECRET_KEY or DATA_KEY.
    """
    with store.reading() as session:
        if not (due.anything(session, now, early=early) or urgent.anything(session) or ending.anything(session, now)):
            return Done()
    holder = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
    number = claim(store, LEASE, holder, now, HELD)
    if number is None:
        return Done()
    turn = Turn(store, settings, now, Fence(LEASE, holder, number), pause, early=early)
    try:
        turn.run()
    except LeaseLostError:
        log.warning("another process sends the alerts by now")
    finally:
        release(store, LEASE, holder, now)
    if turn.done != Done():
        log.info("alerts: %s", turn.done)
    return turn.done


class Turn:
    """One turn of the process that holds the lease, with what it has done so far."""

    def __init__(
        self, store: Store, settings: Settings, now: dt.datetime, fence: Fence, pause: Pause, *, early: bool
    ) -> None:
        self.done = Done()
        self._early = early
        self._store = store
        self._settings = settings
        self._now = now
        self._fence = fence
        self._pause = pause
        self._started = self._renewed = time.monotonic()

    def run(self) -> None:
        """Do all that is to be done at this moment."""
        store, fence, now = self._store, self._fence, self._now
        self.done = replace(self.done, ended=ending.end_bounced(store, fence, now) + ending.end_old(store, fence, now))
        self.done = replace(self.done, again=ending.ask_again(store, fence, self._settings, now))
        with store.reading() as session:
            latest = latest_seq(session)
            late = due.waiting(session, due.come(session, now, early=self._early))
        self._tell_all(late, latest)
        with store.reading() as session:
            at_once, looked = urgent.found(session, now)
            seen = urgent.mark(session)
        self._tell_all(at_once, looked)
        if looked != seen:
            urgent.move(store, fence, looked)

    def _tell_all(self, searches: Sequence[Waiting], latest: int) -> None:
        for group in due.groups(searches, latest):
            with self._store.reading() as session:
                fresh = news(session, min(each.bookmark for each in group), self._now)
                composer = Composer(self._settings, fresh, words.employers(session))
            self._tell(group, composer)

    def _tell(self, searches: Sequence[Waiting], composer: Composer) -> None:
        """Tell those that have news; equal searches stand one after the other, and are carried out once."""
        ordered = sorted(searches, key=lambda each: (each.query, each.bookmark, each.often, each.channel, each.number))
        for start in range(0, len(ordered), BATCH):
            self._keep_lease()
            batch = ordered[start : start + BATCH]
            looks = [Look(each, composer.letter(each)) for each in batch]
            queued = write(self._store, self._fence, looks, composer.news.latest, self._now)
            self.done = replace(self.done, looked=self.done.looked + len(batch), queued=self.done.queued + queued)
            self._pause(PAUSE)

    def _keep_lease(self) -> None:
        """Renew the lease, however long the turn takes."""
        if time.monotonic() - self._renewed > BEAT:
            self._renewed = time.monotonic()
            later = self._now + dt.timedelta(seconds=self._renewed - self._started)
            claim(self._store, LEASE, self._fence.holder, later, HELD)
