"""A real mail server on loopback that answers as a test wants, and an outbox with mails in it."""

from __future__ import annotations

import asyncio
import datetime as dt
import socket
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller

from clearinghouse.db import Store
from clearinghouse.mail.models import Mail, MailKind
from clearinghouse.mail.outbox import enqueue
from clearinghouse.mail.sending import Sent, send_due
from clearinghouse.settings import Settings

NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class MailServer:
    """Keeps what it takes; `answers` says what it answers to an address or, by the key "data", to the mail itself."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.answers: dict[str, str] = {}
        self.sessions = 0
        self.pause = 0.0  # seconds between taking a mail and saying so
        self.controller = Controller(self, hostname="127.0.0.1", port=free_port(), ready_timeout=10)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.controller.port}"

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's names
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> Any:
        self.sessions += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        answer = self.answers.get(address, "250 fine")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        answer = self.answers.get("data", "250 taken")
        if answer.startswith("250"):
            self.taken.append(cast("EmailMessage", message_from_bytes(envelope.content, policy=policy.default)))
        await asyncio.sleep(self.pause)
        return answer


class Post:
    """An outbox, and the clock of whoever sends."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = NOW

    def add(self, to: str = "ann@example.org", text: str = "Hello", **values: Any) -> int:
        kind = values.pop("kind", MailKind.INVITATION)
        with self.store.writing() as session:
            enqueue(session, kind, to, values.pop("subject", "A subject"), text, self.now, **values)
            session.flush()
            return session.scalars(sa.select(sa.func.max(Mail.id))).one()

    def send(self, url: str | None, **settings: Any) -> Sent:
        values = {"smtp_url": url, "contact_email": "desk@clearinghouse.example", "public_url": "http://127.0.0.1:8000"}
        return send_due(self.store, Settings(**{**values, **settings}), self.now)

    def mail(self, number: int) -> Mail:
        with self.store.reading() as session:
            return session.get_one(Mail, number)


@pytest.fixture
def server() -> Iterator[MailServer]:
    """A mail server that takes everything until it is told otherwise."""
    made = MailServer()
    made.controller.start()
    yield made
    made.controller.stop()


@pytest.fixture
def post(sqlite_store: Store) -> Post:
    """An outbox on one kind of database."""
    return Post(sqlite_store)


@pytest.fixture
def post_on_both(store: Store) -> Post:
    """The same on each."""
    return Post(store)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Makes us less patient with a server than we are in life."""
    return lambda seconds: monkeypatch.setattr("clearinghouse.mail.server.PATIENCE", seconds)
