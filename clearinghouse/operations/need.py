"""What may need a person: the kinds of it, with the minutes that each takes and the button that leads there."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass
from typing import Self

from clearinghouse.vacancies.draft import LONDON

HALF_AN_HOUR = 30  # minutes: a week's list takes less


class NeedKind(enum.StrEnum):
    """Why a person is asked, the most urgent first; the minutes of one, and what its button says.

    The minutes are an estimate for somebody who knows the site: to read, to look at the employer's own page, to decide.
    """

    minutes: int
    button: str

    def __new__(cls, value: str, minutes: int, button: str) -> Self:
        """The member's value, with its columns beside it."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.minutes = minutes
        member.button = button
        return member

    CRAWLING_STOPPED = "crawling_stopped", 15, "See the sources"
    DISK_FULL = "disk_full", 15, "See what to do"
    ALERTS_LATE = "alerts_late", 10, "See the alerts"
    MAIL_WAITING = "mail_waiting", 10, "See the mail"
    SOURCE_EMPTY = "source_empty", 5, "Look at the source"
    SOURCE_REFUSED = "source_refused", 5, "Look at the source"
    SOURCE_PROBLEM = "source_problem", 10, "Look at the source"
    SOURCE_FAILING = "source_failing", 10, "Look at the source"
    SOURCE_SAYS_LESS = "source_says_less", 5, "Look at the source"
    ADVERTS_REPORTED = "adverts_reported", 3, "Answer the reports"
    CORRECTIONS_DROPPED = "corrections_dropped", 3, "See the adverts"
    MAIL_GIVEN_UP = "mail_given_up", 3, "See the mail"
    INVITATION_EXPIRED = "invitation_expired", 2, "See the users"
    SOURCE_UNVERIFIED = "source_unverified", 10, "Compare and approve"
    SOURCES_UNREAD = "sources_unread", 10, "See the sources"
    CHECK_OVERDUE = "check_overdue", 5, "Compare again"
    MEMBERS_INCOMPLETE = "members_incomplete", 5, "See the members"


ORDER = {kind: place for place, kind in enumerate(NeedKind)}


@dataclass(frozen=True)
class Need:
    """One thing that a person is asked to do. `about` names what, `href` is the page where it is done."""

    kind: NeedKind
    about: str
    sentence: str
    since: dt.datetime | None
    minutes: int
    href: str

    @property
    def button(self) -> str:
        """What the button that leads there says."""
        return self.kind.button


def share(kind: NeedKind, number: int) -> tuple[int, str]:
    """Minutes for so many things of a kind, or for as many as one week has room for; then also words that say so."""
    most = min(number, (HALF_AN_HOUR - 1) // kind.minutes)
    return most * kind.minutes, "" if most == number else f" {most} of them are enough for this week."


def monday(now: dt.datetime) -> dt.datetime:
    """The beginning of this week in London."""
    today = now.astimezone(LONDON).date()
    first = today - dt.timedelta(days=today.weekday())
    return dt.datetime.combine(first, dt.time(), LONDON).astimezone(dt.UTC)


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
