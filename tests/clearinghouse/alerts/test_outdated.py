"""Nothing is told of what went out of sight while its message waited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from board import DAY, Board

from clearinghouse.alerts.models import Often
from clearinghouse.alerts.outdated import send_due
from clearinghouse.mail.letter import Outgoing
from clearinghouse.mail.models import Mail
from clearinghouse.mail.sending import Sent
from clearinghouse.mail.server import Connection
from clearinghouse.settings import Settings

MINUTE = dt.timedelta(minutes=1)


class Box:
    """A mail server that takes everything."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.taken: list[Outgoing] = []

    @contextmanager
    def transport(self, _settings: Settings) -> Iterator[Connection]:
        yield self

    def send(self, mail: Outgoing) -> None:
        self.taken.append(mail)

    def turn(self, later: dt.timedelta = MINUTE) -> Sent:
        """What `schedule` does of mails, and then of alerts."""
        self.board.now += later
        sent = send_due(self.board.store, self.board.settings, self.board.now, self.transport)
        self.board.send()
        return sent

    def titles(self) -> list[list[str]]:
        return [[title for title in ("Cook", "Head cook", "Late cook") if f"{title}\n" in m.text] for m in self.taken]


@pytest.mark.parametrize("often", [Often.DAILY, Often.WEEKLY])
def test_what_went_out_of_sight_while_its_message_waited_is_not_told(board: Board, often: Often) -> None:
    box = Box(board)
    board.follow("q=cook", often=often)
    board.show(1, "Cook")
    board.show(2, "Head cook")
    board.tomorrow(5)
    board.now += 2 * DAY
    board.hide(1)
    board.show(3, "Late cook")
    assert box.turn() == Sent(given_up=1)
    assert box.turn() == Sent(sent=1)
    assert box.titles() == [["Head cook", "Late cook"]]
    given_up = board.mails()[0]
    assert (given_up.given_up_at is not None, given_up.seen_at is not None) == (True, True)
    assert box.turn(7 * DAY) == box.turn(7 * DAY) == Sent()


def test_nothing_is_sent_when_all_of_it_went(board: Board) -> None:
    box = Box(board)
    board.follow("q=cook")
    board.show(1)
    board.tomorrow()
    board.hide(1)
    assert [box.turn(), box.turn()] == [Sent(given_up=1), Sent()]
    board.show(2, "Head cook")
    board.tomorrow()
    box.turn()
    assert box.titles() == [["Head cook"]]


@pytest.mark.parametrize(("tries", "gone"), [(1, 1), (0, 9)], ids=["it may have arrived", "another one went"])
def test_a_message_goes_as_it_is(board: Board, tries: int, gone: int) -> None:
    box = Box(board)
    board.show(9, "Nurse")
    board.follow("q=cook")
    board.show(1)
    board.tomorrow()
    with board.store.writing() as session:
        session.execute(sa.update(Mail).values(tries=tries))
    board.hide(gone)
    assert box.turn() == Sent(sent=1)
    assert box.taken[0].message_id == board.mails()[0].message_id
