"""How long 100,000 saved searches take against a day's 3,000 new vacancies: `python -m benchmarks.alerts [SEARCHES]`.

Everything from the store and back: what is new is read, each different search is carried out, messages are written in
text and HTML, encrypted and queued, bookmarks moved. One process, one core. Searches are those of the search benchmark,
asked for by as many people as real ones: a few by very many, most by few. The floor is what no way of doing it can
save: each message, ready made, is encrypted and put into the outbox.
"""

from __future__ import annotations

import base64
import datetime as dt
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("CLEARINGHOUSE_DATA_KEY", base64.urlsafe_b64encode(b"a key of the benchmark, 32 bytes").decode())

import sqlalchemy as sa

from benchmarks.corpus import NOW, publications, searches
from clearinghouse.alerts.models import Often, SavedSearch
from clearinghouse.alerts.queries import kept, query_of
from clearinghouse.alerts.sending import BATCH, send_due
from clearinghouse.commands.migrate import upgrade
from clearinghouse.db import Store
from clearinghouse.mail.models import Channel, Mail, MailKind
from clearinghouse.mail.outbox import enqueue
from clearinghouse.publish.models import Change
from clearinghouse.settings import Settings
from clearinghouse.vacancies.models import Vacancy
from clearinghouse.vacancies.vocabulary import Status

SEARCHES, VACANCIES, DIFFERENT = 100_000, 3000, 30_000
BEFORE = 1000  # steps of the public sequence, at which the searches were confirmed
GOAL = 300.0  # seconds
AT_ONCE = 5000
SETTINGS = Settings(
    secret_key="a secret of thirty-two characters",  # noqa: S106 - of nobody
    public_url="https://jobs.example.org",
)


def main(count: int) -> int:
    """Build, measure, say; 1 when it took longer than it may."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'store.sqlite3'}"
        upgrade(url)
        store = Store(url)
        publish(store)
        save_all(store, count)
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        started, used = time.perf_counter(), time.process_time()
        done = send_due(store, SETTINGS, NOW + dt.timedelta(days=1), pause=lambda _: None)
        took, used = time.perf_counter() - started, time.process_time() - used
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        floor = time_floor(store, done.queued)
        store.close()
    print(f"{done.looked:,} saved searches, {VACANCIES:,} new vacancies, {done.queued:,} messages")
    print(f"{took:.0f} s, {used:.0f} s of a core (goal {GOAL:.0f} s): {1000 * used / done.looked:.2f} ms a search")
    print(f"floor (the same messages encrypted and queued): {floor:.0f} s of a core; {used / floor:.1f} times that")
    print(f"memory: {most / 1024:.0f} MB at most, {held / 1024:.0f} MB before")
    return int(used > GOAL or done.looked != count)


def publish(store: Store) -> None:
    """The new vacancies, each a step of the public sequence."""
    with store.writing() as session:
        for seq, row in enumerate(publications(VACANCIES), BEFORE + 1):
            row.doc |= {"id": row.public_id}
            session.add(Vacancy(id=row.vacancy_id, public_id=row.public_id, title=row.doc["title"], draft={},
                                status=Status.OPEN, first_seen=NOW, updated=NOW, hidden=False))  # fmt: skip
            session.flush()
            session.add(row)
            session.add(Change(public_seq=seq, vacancy_id=row.vacancy_id, op="upsert", at=NOW))


def save_all(store: Store, count: int) -> None:
    """The saved searches, confirmed before anything was published."""
    every = list(saved_searches(count))
    for start in range(0, count, AT_ONCE):
        with store.writing() as session:
            session.execute(sa.insert(SavedSearch), every[start : start + AT_ONCE])


def saved_searches(count: int) -> Iterator[dict[str, object]]:
    """Rows: the nth most common search is asked for by a share of 1/(n + 20)."""
    rnd = random.Random(7)
    queries = list(dict.fromkeys(query_of(kept(each)) for each in searches(DIFFERENT)))
    shares = [1 / (n + 20) for n in range(len(queries))]
    for number, query in enumerate(rnd.choices(queries, shares, k=count)):
        yield {
            "public_id": f"s{number:09d}", "channel": Channel.EMAIL, "address": f"person{number}@example.org",
            "address_digest": f"{number:064d}", "query": query, "often": Often.DAILY, "reveals": False,
            "notice": "2026-11", "asked_at": NOW, "confirmed_at": NOW, "renew_by": NOW + dt.timedelta(days=365),
            "due_at": NOW, "started": number % BEFORE, "bookmark": BEFORE, "before": BEFORE,
        }  # fmt: skip


def time_floor(store: Store, count: int) -> float:
    """Seconds of a core to encrypt and queue so many messages that are ready made."""
    with store.reading() as session:
        sample = session.scalars(sa.select(Mail).limit(BATCH)).all()
    many = min(count, 20 * BATCH)
    used = time.process_time()
    for start in range(0, many, BATCH):
        with store.writing() as session:
            for mail in sample[: many - start]:
                enqueue(session, MailKind.ALERT, mail.to, mail.subject, mail.text, NOW, html=mail.html,
                        headers=mail.headers)  # fmt: skip
    return (time.process_time() - used) * count / many


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else SEARCHES))
