"""Thirty days of adverts that come, change, go and come back, and of people who follow them, told by whoever asks.

`Month` plays the days and keeps what a mail server took; what sends, and how it dies, is its caller's.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import sqlalchemy as sa
from board import DAY, NOW, Board

from clearinghouse.alerts.models import Often
from clearinghouse.mail.models import Mail

TITLES = ("Cook", "Nurse", "Planner")
URGENT = "Driver"  # jobs that close in two days, which nobody follows by the week
KEY = re.compile(r"/vacancies/id(\d{8})-")
TURN = dt.timedelta(minutes=7)
GONE_AFTER = 9  # days, by which everybody was told
STARTS = (0, 11)  # days on which people begin to follow
TURNS = 25  # at most, until a day's mails are out, however often their sender dies


@dataclass
class Advert:
    """One vacancy: its title, whether it is there now, and the day since when it is or isn't."""

    title: str
    since: int
    there: bool = True


@dataclass(frozen=True)
class Taken:
    """A message that the mail server took."""

    to: str
    message_id: str
    text: str


@dataclass
class Follower:
    """One saved search: the word that it looks for, what was there when it began, and what it is owed since."""

    word: str
    known: set[int]
    owed: set[int] = field(default_factory=set)


@dataclass
class Month:
    """The days so far. `turn(now)` sends what is due, or dies; it says whether there may be more to do."""

    board: Board
    rnd: random.Random
    turn: Callable[[dt.datetime], bool]
    taken: list[Taken]
    adverts: dict[int, Advert] = field(default_factory=dict)
    followers: dict[str, Follower] = field(default_factory=dict)

    def play(self, days: int, followers: int) -> None:
        """That many days, and quiet ones until the last weekly message is out."""
        for day in range(days):
            self.board.now = NOW + day * DAY
            if day in STARTS:
                self._begin(day, followers)
            self._publish(day)
            self._send(NOW + day * DAY)
            self._send((NOW + (day + 1) * DAY).replace(hour=7, minute=1))
        for day in range(days + 1, days + 9):
            self._send((NOW + day * DAY).replace(hour=7, minute=1))

    def _begin(self, day: int, followers: int) -> None:
        """People begin to follow."""
        known = {key for key, advert in self.adverts.items() if advert.there}
        for number in range(followers):
            word, often = ("", *TITLES)[number % 4], list(Often)[number % 3]
            address = f"p{day}-{number}@example.org"
            if word or often is not Often.WEEKLY:  # a week of every job is more than one message shows
                self.board.follow(f"q={word}" if word else "", address, often)
                self.followers[address] = Follower(word, known)

    def _publish(self, day: int) -> None:
        """Some adverts are new, some change, some go or come back."""
        for _ in range(self.rnd.randrange(1, 4)):
            key = len(self.adverts) + 1
            self.adverts[key] = Advert(self.rnd.choice((*TITLES, URGENT)), day)
            self._show(key)
        for key, advert in self.adverts.items():
            if advert.since < day - GONE_AFTER and self.rnd.random() < 0.2:
                advert.since, advert.there = day, not advert.there
                if advert.there:
                    self._show(key)
                else:
                    self.board.hide(key)
            elif advert.there and self.rnd.random() < 0.1:
                self._show(key)

    def _show(self, key: int) -> None:
        """Show it, for the first time, again, or with a change."""
        title = self.adverts[key].title
        closes = self.board.soon(2 if title == URGENT else 60)
        self.board.show(key, title, closes_at=closes, description_text=f"Good work {self.rnd.random()}")
        for follower in self.followers.values():
            if follower.word in ("", title) and key not in follower.known:
                follower.owed.add(key)

    def _send(self, start: dt.datetime) -> None:
        """Turns, each after the last, until all is out."""
        for number in range(TURNS):
            if not self.turn(start + number * TURN) and not self._waiting():
                return

    def _waiting(self) -> int:
        with self.board.store.reading() as session:
            waits = sa.select(sa.func.count()).select_from(Mail).where(Mail.sent_at.is_(None))
            return session.scalar(waits) or 0

    def unmarked(self) -> set[str]:
        """The messages that the server took and that our outbox doesn't know as sent."""
        with self.board.store.reading() as session:
            sent = set(session.scalars(sa.select(Mail.message_id).where(Mail.sent_at.is_not(None))))
        return {mail.message_id for mail in self.taken} - sent

    def copies(self) -> Counter[str]:
        """How often each message was taken beyond the first time."""
        return Counter(mail.message_id for mail in self.taken) - Counter({mail.message_id for mail in self.taken})

    def told(self) -> Counter[tuple[str, int]]:
        """Address and vacancy, and how many different messages told of it."""
        different = {mail.message_id: mail for mail in self.taken}.values()
        return Counter((mail.to, int(key)) for mail in different for key in set(KEY.findall(mail.text)))

    def owed(self) -> Counter[tuple[str, int]]:
        """Address and vacancy, once for each that had to be told."""
        return Counter((address, key) for address, follower in self.followers.items() for key in follower.owed)
