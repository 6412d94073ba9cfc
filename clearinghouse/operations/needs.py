"""What needs a person this week: gathered, put in order, and no more of it than half an hour.

Whoever keeps the clearing house going has half an hour a week for it. The most urgent comes first; what doesn't fit is
shown as what can wait, and comes up again the week after, by then among the oldest of its kind. What was done since
Monday counts, so that doing something doesn't bring the next thing up: the list comes to an end.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.accounts.models import AuditEvent, Membership
from clearinghouse.accounts.permissions import KEEPERS
from clearinghouse.accounts.tags import Tag
from clearinghouse.operations.need import HALF_AN_HOUR, ORDER, Need, NeedKind, monday
from clearinghouse.operations.of_adverts import of_adverts
from clearinghouse.operations.of_alerts import of_alerts
from clearinghouse.operations.of_machine import of_machine
from clearinghouse.operations.of_people import of_people
from clearinghouse.operations.of_sources import of_sources
from clearinghouse.settings import Settings

NOTHING = "Nothing needs you this week"
ENOUGH = "You have done enough for this week"
LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)
AT_ONCE = frozenset(  # never can wait
    {NeedKind.ALERTS_LATE, NeedKind.CRAWLING_STOPPED, NeedKind.DISK_FULL, NeedKind.MAIL_WAITING}
)
TOOK: Mapping[Tag, int] = {  # minutes of what the trail says was done, at the most
    Tag.ACCOUNT_LINK_SENT: NeedKind.INVITATION_EXPIRED.minutes,
    Tag.MAIL_SENDING_LEFT: NeedKind.MAIL_GIVEN_UP.minutes,
    Tag.MAIL_SENDING_RETRIED: NeedKind.MAIL_GIVEN_UP.minutes,
    Tag.MEMBER_AGREEMENT_SET: NeedKind.MEMBERS_INCOMPLETE.minutes,
    Tag.REPORT_ADVERT_CLOSED: NeedKind.ADVERTS_REPORTED.minutes,
    Tag.SOURCE_CRAWL_ASKED: NeedKind.SOURCE_FAILING.minutes,
    Tag.SOURCE_COUNT_ACCEPTED: NeedKind.SOURCE_REFUSED.minutes,
    Tag.SOURCE_SETTING_CHANGED: NeedKind.SOURCE_FAILING.minutes,
    Tag.SOURCE_VERIFIED_ON: NeedKind.SOURCE_UNVERIFIED.minutes,
    Tag.USER_ACCOUNT_DISABLED: NeedKind.INVITATION_EXPIRED.minutes,
    Tag.VACANCY_NOTICE_LEFT: NeedKind.CORRECTIONS_DROPPED.minutes,
}


@dataclass(frozen=True)
class Week:
    """What needs a person now, and what can wait until next week."""

    needs: tuple[Need, ...]
    later: tuple[Need, ...] = ()

    @property
    def minutes(self) -> int:
        """How long it takes now."""
        return sum(need.minutes for need in self.needs)

    @property
    def headline(self) -> str:
        """It in a few words; NOTHING only when nothing waits either."""
        if self.needs:
            return "What needs you this week"
        return ENOUGH if self.later else NOTHING


def this_week(session: Session, settings: Settings, now: dt.datetime) -> Week:
    """What needs a person now. Pure reading, in a fixed number of queries."""
    return fitting(needs(session, settings, now), spent(session, now))


def needs(session: Session, settings: Settings, now: dt.datetime) -> tuple[Need, ...]:
    """All that needs a person, the most urgent first, then what has waited longest."""
    found = (
        *of_machine(session, settings, now),
        *of_alerts(session, now),
        *of_sources(session, now),
        *of_adverts(session, now),
        *of_people(session, now),
    )
    return tuple(sorted(found, key=lambda need: (ORDER[need.kind], need.since or LONG_AGO, need.about)))


def fitting(found: Iterable[Need], already: int = 0) -> Week:
    """What of it, in its order, fits into a week of which so many minutes are spent already.

    What never can wait is always in it.
    """
    taken: list[Need] = []
    later: list[Need] = []
    minutes = already
    for need in found:
        if need.kind in AT_ONCE or minutes + need.minutes < HALF_AN_HOUR:
            taken.append(need)
            minutes += need.minutes
        else:
            later.append(need)
    return Week(tuple(taken), tuple(later))


def spent(session: Session, now: dt.datetime) -> int:
    """Minutes that those who keep the clearing house going have spent on such things since Monday.

    Who does several things to one source, or answers several reports of one advert, looks at it once: what takes
    longest counts.
    """
    keepers = sa.select(Membership.user_id).where(Membership.role.in_(KEEPERS))
    done = (
        sa.select(AuditEvent.tag, AuditEvent.about)
        .where(AuditEvent.at >= monday(now), AuditEvent.tag.in_(TOOK), AuditEvent.user_id.in_(keepers))
        .distinct()
    )
    longest: dict[tuple[str, str], int] = {}
    for tag, about in session.execute(done):
        thing = (tag.partition(":")[0], about)
        longest[thing] = max(longest.get(thing, 0), TOOK[tag])
    return sum(longest.values())
