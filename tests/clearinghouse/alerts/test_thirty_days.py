"""Over thirty days, with a sender that dies again and again, each new matching vacancy is told exactly once.

A mail goes out again only where the server had taken it when its sender died: the same mail, by its Message-ID, and at
most one for each death.
"""

from __future__ import annotations

import datetime as dt
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller
from board import Board
from month import Month, Taken

from clearinghouse.alerts.sending import Done
from clearinghouse.mail.letter import Outgoing
from clearinghouse.mail.sending import Sent, send_due
from clearinghouse.settings import Settings

SENDER = str(Path(__file__).parent / "dying_sender.py")
ROOT = Path(__file__).parent.parent.parent.parent


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Killed(BaseException):
    """The sender is dead: no Exception, so that nothing on its way takes it for a failure."""


class Sender:
    """What `schedule` does at every turn. It may be told to die at its nth step, whatever that is.

    A step is a statement of a transaction that writes, its end, or a mail given to the server. Who is dead does nothing
    any more, not even give its lease back.
    """

    def __init__(self, board: Board, taken: list[Taken]) -> None:
        self.board = board
        self.taken = taken
        self.left = -1  # steps to live; negative: for ever
        sa.event.listen(board.store.engine, "before_cursor_execute", self._step)
        sa.event.listen(board.store.engine, "commit", self._step)

    def turn(self, now: dt.datetime, steps: int) -> bool:
        """One turn; True when something was done in it. Raises Killed."""
        self.left = steps
        try:
            done = self.board.send(now)
            sent = send_due(self.board.store, self.board.settings, now, self.transport)
        finally:
            self.left = -1
        return done != Done() or sent != Sent()

    def _step(self, *_: Any) -> None:
        if self.left == 0:
            raise Killed
        self.left -= 1

    @contextmanager
    def transport(self, _settings: Settings) -> Iterator[Sender]:
        yield self

    def send(self, mail: Outgoing) -> None:
        self._step()
        self.taken.append(Taken(mail.to, mail.message_id, mail.text))
        self._step()


def play(board: Board, seed: int, days: int, followers: int) -> tuple[Month, int, set[str]]:
    """A month with deaths: what came of it, how many died, and what may have gone out again."""
    rnd, taken, deaths = random.Random(seed), list[Taken](), []
    sender = Sender(board, taken)

    def turn(now: dt.datetime) -> bool:
        try:
            return sender.turn(now, rnd.choice([-1, rnd.randrange(20), rnd.randrange(60), rnd.randrange(60)]))
        except Killed:
            deaths.append(month.unmarked())
            return True

    month = Month(board, rnd, turn, taken)
    month.play(days, followers)
    assert all(len(after - before) <= 1 for before, after in pairwise([set[str](), *deaths]))
    return month, len(deaths), {mail for unmarked in deaths for mail in unmarked}


@pytest.mark.parametrize(
    ("seed", "days", "followers"),
    [(7, 14, 4), *(pytest.param(seed, 30, 40, marks=pytest.mark.soak) for seed in (2, 3))],
)
def test_nothing_is_lost_and_nothing_told_twice_however_often_the_sender_dies(
    board: Board, seed: int, days: int, followers: int
) -> None:
    month, deaths, in_flight = play(board, seed, days, followers)
    assert deaths > days
    assert month.told() == month.owed()
    copies = month.copies()
    assert copies.keys() <= in_flight
    assert sum(copies.values()) <= deaths


class Process:
    """A sender as a process of its own, which is killed for good."""

    def __init__(self, board: Board, smtp: str) -> None:
        self.arguments = [sys.executable, SENDER, board.store.url, smtp, board.settings.secret_key or ""]
        self.started: subprocess.Popen[str] | None = None

    def turn(self, now: dt.datetime, after: float | None) -> str:
        """What it says of its turn; nothing when it was killed so many seconds after the turn began."""
        if self.started is None:
            self.started = subprocess.Popen(
                self.arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
            )
            self._answer()
        assert self.started.stdin
        self.started.stdin.write(f"{now.isoformat()}\n")
        self.started.stdin.flush()
        if after is None:
            return self._answer()
        time.sleep(after)
        self.end()
        time.sleep(0.05)  # the mail server may still take what was on its way
        return ""

    def _answer(self) -> str:
        assert self.started
        assert self.started.stdout
        answer = self.started.stdout.readline().strip()
        assert answer, "it died by itself"
        return answer

    def end(self) -> None:
        if self.started:
            self.started.kill()
            self.started.wait()
            for pipe in (self.started.stdin, self.started.stdout):
                with suppress(BrokenPipeError):
                    pipe and pipe.close()
            self.started = None


class Box:
    """A mail server on loopback that takes everything."""

    def __init__(self) -> None:
        self.taken: list[Taken] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        mail = cast("EmailMessage", message_from_bytes(envelope.content, policy=policy.default))
        body = mail.get_body(("plain",))
        assert body
        self.taken.append(Taken(str(mail["To"]), str(mail["Message-ID"]), body.get_content()))
        return "250 taken"


@pytest.mark.soak
@pytest.mark.parametrize("seed", [1, 2])
def test_the_same_holds_for_real_processes_that_are_killed(board: Board, seed: int) -> None:
    rnd, box, deaths = random.Random(seed), Box(), []
    controller = Controller(box, hostname="127.0.0.1", port=free_port(), ready_timeout=10)
    controller.start()
    process = Process(board, f"smtp://127.0.0.1:{controller.port}")

    def turn(now: dt.datetime) -> bool:
        said = process.turn(now, rnd.choice([None, rnd.random() * 0.4]))
        if not said:
            deaths.append(month.unmarked())
        return said != "quiet"

    month = Month(board, rnd, turn, box.taken)
    try:
        month.play(30, 12)
    finally:
        process.end()
        controller.stop()
    assert len(deaths) > 30
    assert month.told() == month.owed()
    assert month.copies().keys() <= set[str]().union(*deaths)
    assert sum(month.copies().values()) <= len(deaths)
