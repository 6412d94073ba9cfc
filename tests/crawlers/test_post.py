"""Whoever holds the schedule's lease sends the mail; nobody else does."""

from __future__ import annotations

import datetime as dt
import socket
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from clearinghouse.db import Store
from clearinghouse.leases import claim
from clearinghouse.mail.models import Mail, MailKind
from clearinghouse.mail.outbox import enqueue
from clearinghouse.settings import Settings
from crawlers.schedule import HELD, LEASE, Schedule

NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)


class Letterbox(Message):
    """Counts what arrives."""

    def __init__(self) -> None:
        super().__init__()
        self.subjects: list[Any] = []

    def handle_message(self, message: Any) -> None:
        self.subjects.append(message["Subject"])


@pytest.fixture
def letterbox() -> Iterator[tuple[Letterbox, str]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    box = Letterbox()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, f"smtp://127.0.0.1:{port}"
    controller.stop()


def test_the_holder_of_the_lease_sends_what_waits(sqlite_store: Store, letterbox: tuple[Letterbox, str]) -> None:
    box, url = letterbox
    with sqlite_store.writing() as session:
        enqueue(session, MailKind.INVITATION, "ann@example.org", "Come in", "…", NOW)
    moments = [NOW]
    schedule = Schedule(sqlite_store, Settings(smtp_url=url), lambda: moments[-1])
    claim(sqlite_store, LEASE, "another process", NOW, HELD)
    schedule.post()
    assert box.subjects == []
    moments.append(NOW + HELD)
    schedule.post()
    schedule.post()
    assert box.subjects == ["Come in"]
    with sqlite_store.reading() as session:
        assert session.scalars(sa.select(Mail.sent_at)).all() == [moments[-1]]
