"""Each who keeps the clearing house going gets one mail a week, whatever restarts and clocks do."""

from __future__ import annotations

import datetime as dt
import re
import threading

import pytest
import sqlalchemy as sa

from clearinghouse.accounts.actor import Hat
from clearinghouse.accounts.roles import Role
from clearinghouse.mail.models import Mail
from clearinghouse.operations.monday import due_at, queue_week, week_of
from clearinghouse.operations.needs import NOTHING
from clearinghouse.operations.post import post

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def queue(office, now: dt.datetime) -> int:
    return queue_week(office.store, office.settings, now)


def mails(office) -> list[Mail]:
    with office.store.reading() as session:
        return list(session.scalars(sa.select(Mail).order_by(Mail.id)))


@pytest.mark.parametrize(
    ("now", "due", "week"),
    [
        ("2026-11-23T00:00", "2026-11-23T07:30", "2026-W48"),  # winter: London is UTC
        ("2026-11-29T23:59", "2026-11-23T07:30", "2026-W48"),
        ("2026-06-07T22:59", "2026-06-01T06:30", "2026-W23"),  # summer: an hour ahead
        ("2026-06-07T23:00", "2026-06-08T06:30", "2026-W24"),  # Monday already, in London
        ("2026-03-29T02:00", "2026-03-23T07:30", "2026-W13"),  # the clocks went forward an hour ago
        ("2026-03-30T12:00", "2026-03-30T06:30", "2026-W14"),
        ("2026-10-26T12:00", "2026-10-26T07:30", "2026-W44"),  # they went back the day before
        ("2027-01-01T12:00", "2026-12-28T07:30", "2026-W53"),
    ],
)
def test_the_mail_is_due_on_monday_at_half_past_seven_in_london(now: str, due: str, week: str) -> None:
    assert due_at(at(now)) == at(due)
    assert week_of(due_at(at(now))) == week


def test_each_gets_one_a_week_however_often_it_is_asked_for(office_on_both) -> None:
    office = office_on_both
    people = [office.secretary(), office.secretary()]
    office.person(Hat(Role.ADMINISTRATOR))
    office.person(Hat(Role.STEERING))
    assert queue(office, at("2026-11-22T23:00")) == 2  # that of the week before, which the machine slept through
    assert queue(office, at("2026-11-23T07:29")) == 0
    for moment in ("07:30", "07:30", "07:31", "23:00"):
        queue(office, at(f"2026-11-23T{moment}"))
    queue(office, at("2026-11-29T20:00"))
    assert [mail.to for mail in mails(office)] == [person.email for person in people] * 2
    assert [mail.key for mail in mails(office)] == [
        f"week:2026-W{week}:{person.user}" for week in (47, 48) for person in people
    ]


def test_two_schedulers_at_once_queue_one(office_on_both) -> None:
    office = office_on_both
    office.secretary()
    done: list[int] = []
    both = [threading.Thread(target=lambda: done.append(queue(office, office.now))) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert len(done) == 2
    assert len(mails(office)) == 1


def test_a_machine_that_was_off_on_monday_catches_up(office) -> None:
    office.secretary()
    assert queue(office, at("2026-11-27T15:00")) == 1


def test_who_joined_later_gets_the_next_one(office) -> None:
    office.person(Hat(Role.SECRETARIAT), made=HOUR)
    assert queue(office, office.now) == 0
    assert queue(office, office.now + 7 * DAY) == 1


def test_the_administrators_get_it_where_there_is_no_secretariat(office) -> None:
    one = office.person(Hat(Role.ADMINISTRATOR))
    office.person(Hat(Role.SECRETARIAT), password=None)
    office.person(Hat(Role.SECRETARIAT), disabled_at=office.now)
    assert queue(office, office.now) == 1
    assert [mail.to for mail in mails(office)] == [one.email]


def test_it_says_what_there_is_to_do_with_links_to_pages_alone(office) -> None:
    office.secretary()
    office.source("new")
    office.report(None, at("2026-11-20T09:00"))
    queue(office, office.now)
    (mail,) = mails(office)
    assert mail.subject == "This week: 2 to do, about 13 minutes"
    assert "It takes about 13 minutes in all." in mail.text
    assert "visitors say that 1 advert has something wrong. Since Friday 20 November 2026." in mail.text
    assert re.findall(r"https?://\S+", mail.text) == [
        "https://jobs.example.org/operations/reports",
        "https://jobs.example.org/sources/new",
        "https://jobs.example.org/operations",
    ]
    assert max(map(len, mail.text.splitlines())) < 998  # RFC 5322


def test_it_says_so_when_there_is_nothing(office) -> None:
    office.secretary()
    queue(office, office.now)
    (mail,) = mails(office)
    assert mail.subject == NOTHING == "Nothing needs you this week"
    assert mail.text.startswith("Nothing needs you this week.\n")


def test_the_post_goes_on_when_the_store_does_not(office, caplog) -> None:
    office.secretary()
    office.settings = office.settings.model_copy(update={"smtp_url": "smtp://127.0.0.1:1"})
    with office.store.writing() as session:
        session.execute(sa.text("alter table mail rename to elsewhere"))
    post(office.store, office.settings, office.now)
    with office.store.writing() as session:
        session.execute(sa.text("alter table elsewhere rename to mail"))
    post(office.store, office.settings, office.now)
    assert [record.getMessage() for record in caplog.records][:2] == ["the post waits: the store: OperationalError"] * 2
    assert len(mails(office)) == 1
