"""The people of the demo."""

from __future__ import annotations

import datetime as dt

import pyotp
import sqlalchemy as sa

from clearinghouse.accounts import codes, demo, people, sessions
from clearinghouse.accounts.models import AuditEvent, Organisation
from clearinghouse.accounts.organisations import find_or_create
from clearinghouse.accounts.password_policy import problem
from clearinghouse.accounts.people import Person
from clearinghouse.accounts.roles import Role
from clearinghouse.accounts.signing_in import Passed, Refused, Way, check_password
from clearinghouse.accounts.tags import Tag
from clearinghouse.db import Store

WAY = Way("127.0.0.1")


def person_at(store: Store, email: str) -> Person:
    with store.reading() as session:
        found = people.by_email(session, email)
    assert found
    return found


def test_there_is_one_sign_in_a_role_with_a_new_password_at_every_start(store: Store, now: dt.datetime) -> None:
    first = demo.sign_ins(store, now)
    assert sorted(each.role for each in first) == sorted(Role)
    employer = next(each for each in first if each.role == Role.EMPLOYER)
    with store.writing() as session:
        jo, secret = person_at(store, employer.email), codes.new_secret()
        codes.set_up(session, jo.id, secret, pyotp.TOTP(secret).at(now), jo.actor, now)
        people.disable(session, person_at(store, first[-1].email).id, "a test", now)
    second = demo.sign_ins(store, now)
    for before, after in zip(first, second, strict=True):
        person = person_at(store, after.email)
        assert {hat.role for hat in person.hats} == {after.role}
        assert check_password(store, after.email, after.password, WAY, now) == Passed(person.id)
        assert check_password(store, before.email, before.password, WAY, now) == Refused()
        assert problem(after.password, after.email, person.name) is None


def test_its_members_agree_unless_they_said_something_already(store: Store, now: dt.datetime) -> None:
    with store.writing() as session:
        for name in ("Asked", "Unasked", "Stranger"):
            row = session.get_one(Organisation, find_or_create(session, name))
            row.member = name != "Stranger"
            row.agreed_on = now.date() if name == "Asked" else None
    demo.members_agree(store)
    with store.reading() as session:
        found = session.execute(sa.select(Organisation.name, Organisation.agreed_on, Organisation.takedown_contact))
        assert {row.name: tuple(row)[1:] for row in found} == {
            "Asked": (now.date(), None),
            "Unasked": (demo.AGREED_ON, "jobs@unasked.example"),
            "Stranger": (None, None),
        }


def test_where_it_is_no_demo_nobody_comes_in_with_what_a_demo_printed(store: Store, now: dt.datetime) -> None:
    """Not even as the only administrator."""
    printed = demo.sign_ins(store, now)
    with store.writing() as session:
        tokens = [sessions.start(session, person_at(store, each.email).id, "", now, strong=True) for each in printed]
    demo.shut_all_out(store, now)
    demo.shut_all_out(store, now)
    for each, token in zip(printed, tokens, strict=True):
        assert check_password(store, each.email, each.password, WAY, now) == Refused()
        assert sessions.actor_of(store, token, now) is None
    with store.reading() as session:
        disabled = sa.select(sa.func.count()).where(AuditEvent.tag == Tag.USER_ACCOUNT_DISABLED)
        assert session.scalar(disabled) == len(printed)


def test_the_employer_is_one_of_the_members_and_the_adviser_is_in_the_team_leads_team(
    sqlite_store: Store, now: dt.datetime
) -> None:
    demo.sign_ins(sqlite_store, now)
    with sqlite_store.writing() as session:
        council, college = (find_or_create(session, name) for name in (demo.COUNCIL, demo.COLLEGE))
        assert [each.email for each in people.people(session, council)] == ["employer@demo.example"]
        emails = [each.email for each in people.people(session, college)]
    assert emails == ["adviser@demo.example", "team-lead@demo.example"]


def test_the_table_has_three_columns_a_line() -> None:
    made = (demo.SignIn(Role.DATA_PROTECTION, "d@demo.example", "one-two"), demo.SignIn(Role.STEERING, "st@x.y", "p"))
    assert demo.table(made).splitlines() == [
        "data_protection  d@demo.example  one-two",
        "steering         st@x.y          p",
    ]
