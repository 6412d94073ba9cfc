"""Text messages: off unless somebody pays for them, and no more in a month than were paid for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.mail.models import Channel, Mail
from clearinghouse.mail.outbox import waits
from clearinghouse.settings import Settings

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Month:
    """Text messages of this month in London: how many may go out, went out, and wait now; when the next one begins."""

    limit: int
    sent: int
    waiting: int
    next_month: dt.date

    @property
    def left(self) -> int:
        """How many more may go out."""
        return max(0, self.limit - self.sent)

    @property
    def held(self) -> bool:
        """True when some wait for no other reason than the limit."""
        return self.waiting > 0 and self.left == 0


def month(session: Session, settings: Settings, now: dt.datetime) -> Month:
    """How it stands; a limit of 0 where text messages are off."""
    first = _first(now)
    went = Mail.sent_at >= _begins(first)
    counts = sa.select(sa.func.count(sa.case((went, 1))), sa.func.count(sa.case((waits(), 1))))
    sent, waiting = session.execute(counts.where(Mail.channel == Channel.TEXT, sa.or_(went, waits()))).one()
    limit = settings.texts_a_month if settings.sends_texts else 0
    return Month(limit, sent, waiting, (first + dt.timedelta(days=31)).replace(day=1))


def still_counts(now: dt.datetime) -> sa.ColumnElement[bool]:
    """The condition on a text message that went out in this month: without its row the limit would let another go."""
    return sa.and_(Mail.channel == Channel.TEXT, Mail.sent_at.is_not(None), Mail.sent_at >= _begins(_first(now)))


def _first(now: dt.datetime) -> dt.date:
    return now.astimezone(LONDON).date().replace(day=1)


def _begins(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), LONDON).astimezone(dt.UTC)


def channels(session: Session, settings: Settings, now: dt.datetime) -> tuple[Channel, ...]:
    """The channels whose messages wait only as long as it takes: not texts that wait for the next month."""
    texts_too = settings.sends_texts and month(session, settings, now).left
    return (Channel.EMAIL, Channel.TEXT) if texts_too else (Channel.EMAIL,)


def in_words(month: Month) -> str:
    """How it stands in a sentence; none where text messages are off."""
    if not month.limit:
        return f"Text messages are off, and {month.waiting:,} of them wait." if month.waiting else ""
    said = f"{month.sent:,} of this month's {month.limit:,} text messages are sent"
    if month.held:
        rest = "1 more waits" if month.waiting == 1 else f"{month.waiting:,} more wait"
        return f"{said}. {rest} until {month.next_month.day} {month.next_month:%B}."
    return f"{said}."
