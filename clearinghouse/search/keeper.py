"""The keeper: the child process of every `serve` that publishes and indexes, where no other does so already.

`python -m clearinghouse.search.keeper`. It stands for publisher of the store (the lease `publisher`) and for indexer
of INDEX_DIR (a file lock); whoever loses keeps trying and takes over within 10 seconds. It ends with its parent.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import secrets
import signal
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from clearinghouse.db import Clock, Store, utc_now
from clearinghouse.db import store as the_store
from clearinghouse.errors import ClearingHouseError, LeaseLostError
from clearinghouse.leases import claim, release
from clearinghouse.logs import configure
from clearinghouse.publish.publisher import LEASE, due, publish_due
from clearinghouse.search.indexer import Indexer, lock
from clearinghouse.settings import settings

POLL = 0.2  # seconds between two looks for work
STAND = 1.0  # seconds between two tries of a loser
RENEW = 3.0
TTL = dt.timedelta(seconds=8)
REST = 4  # times that the indexer rests as long as its last commit took, so that a crawl leaves the machine to others
LONGEST_REST = 1.0  # seconds, whatever the last commit took: a change has to be searchable within three

log = logging.getLogger(__name__)


def keep(store: Store, index_dir: Path, stop: threading.Event, clock: Clock = utc_now) -> None:
    """Publish and index until `stop` is set. Errors of the store or the disk are logged and tried again."""
    publisher = threading.Thread(target=_publish, args=(store, stop, clock), name="publisher")
    publisher.start()
    try:
        _retrying(lambda: _index(store, index_dir, stop, clock), stop)
    finally:
        stop.set()
        publisher.join()


def _retrying(work: Callable[[], None], stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            work()
        except (sa.exc.SQLAlchemyError, OSError, ValueError, ClearingHouseError):
            log.exception("the keeper tries again")
            stop.wait(STAND)


def _publish(store: Store, stop: threading.Event, clock: Clock) -> None:
    holder = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
    _retrying(lambda: _publish_as(store, holder, stop, clock), stop)
    try:
        release(store, LEASE, holder, clock())
    except sa.exc.SQLAlchemyError:
        log.warning("couldn't give the publisher's lease back: it will run out")


def _publish_as(store: Store, holder: str, stop: threading.Event, clock: Clock) -> None:
    while not stop.is_set():
        number = claim(store, LEASE, holder, clock(), TTL)
        if number is None:
            stop.wait(STAND)
            continue
        renew_at = time.monotonic() + RENEW
        while not stop.is_set() and time.monotonic() < renew_at:
            if not _published(store, holder, number, clock):
                stop.wait(POLL)


def _published(store: Store, holder: str, number: int, clock: Clock) -> bool:
    """True when something was published."""
    now = clock()
    try:
        return due(store, now) and publish_due(store, holder, number, now) > 0
    except LeaseLostError:
        log.warning("another process publishes by now")
        return False


def _index(store: Store, index_dir: Path, stop: threading.Event, clock: Clock) -> None:
    held = lock(index_dir)
    if held is None:
        stop.wait(STAND)
        return
    indexer = Indexer(store, index_dir)
    try:
        while not stop.is_set():
            written = indexer.step(clock())
            stop.wait(max(POLL, min(REST * indexer.took, LONGEST_REST)) if written else POLL)
    finally:
        indexer.close()
        held.close()


def main() -> None:
    """Keep the store and the index that the settings name, until a signal comes or the parent is gone."""
    configure(settings().log_format)
    stop, parent = threading.Event(), os.getppid()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    threading.Thread(target=_watch, args=(parent, stop), daemon=True).start()
    keep(the_store(), settings().index_dir, stop)


def _watch(parent: int, stop: threading.Event) -> None:
    while os.getppid() == parent and not stop.wait(0.5):
        pass
    stop.set()


if __name__ == "__main__":
    main()
