"""The Monday mail: what needs a person this week, once to each of those who keep the clearing house going.

It carries links to pages, never one that changes anything (rule 14).
"""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.accounts.models import Membership, User
from clearinghouse.accounts.roles import Role
from clearinghouse.db import Store
from clearinghouse.mail.models import Mail, MailKind
from clearinghouse.mail.outbox import enqueue
from clearinghouse.operations.need import Need, counted, monday
from clearinghouse.operations.needs import Week, this_week
from clearinghouse.settings import Settings
from clearinghouse.vacancies.draft import LONDON

SENT_AT = dt.time(7, 30)  # on Mondays, in London


def queue_week(store: Store, settings: Settings, now: dt.datetime) -> int:
    """Queue this week's mail to everyone who hasn't got it yet, from Monday 07:30 to Sunday; how many were queued.

    Asked at any time and by any number of processes, each person gets one a week. Who joined after Monday 07:30 gets
    the next one.
    """
    start = due_at(now)
    if now < start:
        return 0
    with store.reading() as session:
        waiting = _without(session, week_of(start), start)
        week = this_week(session, settings, now) if waiting else Week(())
    return sum(_queue(store, settings, key, email, week, now) for key, email in waiting)


def due_at(now: dt.datetime) -> dt.datetime:
    """When this week's mail is due."""
    first = monday(now).astimezone(LONDON).date()
    return dt.datetime.combine(first, SENT_AT, LONDON).astimezone(dt.UTC)


def week_of(moment: dt.datetime) -> str:
    """The ISO week in London, such as 2026-W48."""
    year, week, _ = moment.astimezone(LONDON).isocalendar()
    return f"{year}-W{week:02}"


def recipients(session: Session, before: dt.datetime) -> list[tuple[int, str]]:
    """Number and address of each active person of the secretariat, of the administrators where there is none."""
    found = (
        sa.select(User.id, User.email, Membership.role)
        .join(Membership, Membership.user_id == User.id)
        .where(
            Membership.role.in_((Role.SECRETARIAT, Role.ADMINISTRATOR)),
            User.password.is_not(None),
            User.disabled_at.is_(None),
            User.made_at <= before,
        )
        .order_by(User.id)
    )
    rows = session.execute(found).all()
    first = [row for row in rows if row.role == Role.SECRETARIAT] or rows
    return [(row.id, row.email) for row in first]


def text(week: Week, public_url: str) -> str:
    """The mail's words."""
    page = f"{public_url}/operations"
    rest = f"{counted(len(week.later), 'more thing')} can wait until next week.\n\n" if week.later else ""
    if not week.needs:
        return f"{week.headline}.\n\n{rest}How everything is: {page}\n"
    things = "\n\n".join(f"{number}. {_one(need, public_url)}" for number, need in enumerate(week.needs, 1))
    return (
        f"This needs you this week. It takes about {week.minutes} minutes in all.\n\n{things}\n\n{rest}"
        f"The same list, as it is now: {page}\nSign in first; nothing changes until you press a button there.\n"
    )


def _one(need: Need, public_url: str) -> str:
    since = f" Since {day(need.since)}." if need.since else ""
    return f"{need.sentence}{since} About {need.minutes} minutes.\n   {need.button}: {public_url}{need.href}"


def day(moment: dt.datetime) -> str:
    """A day as people write it: Monday 9 November 2026."""
    there = moment.astimezone(LONDON)
    return f"{there:%A} {there.day} {there:%B %Y}"


def _without(session: Session, week: str, start: dt.datetime) -> list[tuple[str, str]]:
    people = {f"week:{week}:{user}": email for user, email in recipients(session, start)}
    have = set(session.scalars(sa.select(Mail.key).where(Mail.key.in_(people))))
    return [(key, email) for key, email in people.items() if key not in have]


def _queue(store: Store, settings: Settings, key: str, email: str, week: Week, now: dt.datetime) -> bool:
    subject = f"This week: {len(week.needs)} to do, about {week.minutes} minutes" if week.needs else week.headline
    try:
        with store.writing() as session:
            enqueue(session, MailKind.WEEK, email, subject, text(week, settings.public_url), now, key)
    except sa.exc.IntegrityError:  # another process was first
        return False
    return True
