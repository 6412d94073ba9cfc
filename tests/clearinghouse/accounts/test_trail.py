"""The audit trail: nobody alters it, and reading it finds what was asked for and is written down itself."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet

from clearinghouse.accounts import audit
from clearinghouse.accounts.actor import Actor
from clearinghouse.accounts.models import AuditEvent, Organisation, User
from clearinghouse.accounts.tags import Tag
from clearinghouse.accounts.trail import (
    NOUNS,
    Event,
    Question,
    all_events,
    events,
    note_export,
    note_look,
    organisations,
)
from clearinghouse.db import Store
from clearinghouse.settings import settings

NOW = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
OFFICER = Actor(1, "Dot", "dot@example.org", session=5)


@pytest.fixture
def kept(store: Store) -> Store:
    """A store with two people, two organisations, and a trail of six events, an hour apart."""
    with store.writing() as session:
        session.add_all(User(id=n, email=f"{name}@example.org", name=name, made_at=NOW) for n, name in PEOPLE)
        session.add_all(Organisation(id=n, slug=f"o{n}", name=name) for n, name in ((1, "Sandby"), (2, "Fenwick")))
        session.flush()
        for hours, (tag, by, about, organisation) in enumerate(TRAIL):
            audit.record(session, tag, by, about, NOW + hours * 60 * MINUTE, organisation=organisation, number=hours)
    return store


PEOPLE = ((1, "dot"), (2, "sec"))
SEC = Actor(2, "Sec", "sec@example.org", session=6)
TRAIL = (
    (Tag.SOURCE_PAUSE_ON, SEC, "sandby", 1),
    (Tag.SOURCE_PAUSE_OFF, SEC, "sandby", 1),
    (Tag.USER_ROLE_GIVEN, SEC, "user 9", None),
    (Tag.MEMBER_TERMS_SET, "users command", "fenwick_100%", 2),
    (Tag.ACCOUNT_SIGN_IN_FAILED, "nobody signed in", "user 2", None),
    (Tag.SOURCE_PAUSE_ON, "users command", "fenwick", 2),
)


def numbers(store: Store, question: Question) -> list[int]:
    with store.reading() as session:
        return [event.details["number"] for event in events(session, question) if event.details]


REPLACE = "insert or replace into audit_event (id, at, tag, by, about) select id, at, tag, by, 'x' from audit_event"
ALTERING = {
    "sqlite": ("update audit_event set about = 'x'", "delete from audit_event", REPLACE),
    "postgresql": ("update audit_event set about = 'x'", "delete from audit_event", "truncate audit_event"),
}


@pytest.mark.parametrize("number", range(3))
def test_the_database_itself_refuses_to_alter_the_trail(kept: Store, number: int) -> None:
    statement = ALTERING[kept.engine.dialect.name][number]
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), kept.writing() as session:
        session.execute(sa.text(statement))
    assert numbers(kept, Question()) == [5, 4, 3, 2, 1, 0]


def test_the_models_can_not_alter_it_either(kept: Store) -> None:
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), kept.writing() as session:
        session.scalars(sa.select(AuditEvent).limit(1)).one().about = "somebody else"


@pytest.mark.parametrize(
    ("question", "found"),
    [
        (Question(), [5, 4, 3, 2, 1, 0]),
        (Question(noun="source"), [5, 1, 0]),
        (Question(noun="source", organisation=2), [5]),
        (Question(noun="no such group"), []),
        (Question(person="SEC@"), [2, 1, 0]),
        (Question(person="command"), [5, 3]),
        (Question(about="Sandby"), [1, 0]),
        (Question(about="_100%"), [3]),
        (Question(about="%"), [3]),
        (Question(organisation=3), []),
        (Question(first=dt.date(2026, 11, 22), last=dt.date(2026, 11, 22)), [5, 4, 3, 2, 1, 0]),
        (Question(last=dt.date(2026, 11, 21)), []),
        (Question(first=dt.date(2026, 11, 23)), []),
    ],
)
def test_a_question_finds_its_events_newest_first(kept: Store, question: Question, found: list[int]) -> None:
    assert numbers(kept, question) == found


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-06-30T22:59:59+00:00", dt.date(2026, 6, 30)),
        ("2026-06-30T23:00:00+00:00", dt.date(2026, 7, 1)),
        ("2026-11-30T23:59:59+00:00", dt.date(2026, 11, 30)),
        ("2026-12-01T00:00:00+00:00", dt.date(2026, 12, 1)),
    ],
)
def test_days_are_those_of_london(store: Store, at: str, day: dt.date) -> None:
    with store.writing() as session:
        audit.record(session, Tag.SOURCE_PAUSE_ON, "a command", "x", dt.datetime.fromisoformat(at), number=1)
    one = dt.timedelta(days=1)
    assert numbers(store, Question(first=day, last=day)) == [1]
    assert numbers(store, Question(last=day - one)) == numbers(store, Question(first=day + one)) == []


def test_pages_hold_still_while_events_arrive(kept: Store) -> None:
    with kept.reading() as session:
        first = events(session, Question(), limit=2)
    with kept.writing() as session:
        audit.record(session, Tag.SOURCE_PAUSE_ON, SEC, "new", NOW)
    with kept.reading() as session:
        second = events(session, Question(), before=first[-1].id, limit=2)
    assert [event.details["number"] for event in (*first, *second) if event.details] == [5, 4, 3, 2]


def test_an_export_holds_every_event_once(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clearinghouse.accounts.trail.AT_A_TIME", 2)
    assert [event.id for event in all_events(kept, Question())] == [6, 5, 4, 3, 2, 1]


def test_an_event_says_what_when_who_where_and_to_what(kept: Store) -> None:
    with kept.reading() as session:
        event = events(session, Question(about="sandby"))[-1]
    assert event == Event(1, NOW, Tag.SOURCE_PAUSE_ON, "sec@example.org", "Sandby", "sandby", {"number": 0})
    assert event.words == "Source: pause on"


def test_the_organisations_to_choose_from_are_those_of_the_trail(kept: Store) -> None:
    with kept.reading() as session:
        assert organisations(session) == ((2, "Fenwick"), (1, "Sandby"))


def test_details_are_encrypted_and_say_so_when_the_key_is_gone(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with kept.reading() as session:
        stored = session.execute(sa.text("select details from audit_event")).scalars().all()
    assert all("number" not in one for one in stored)
    monkeypatch.setenv("CLEARINGHOUSE_DATA_KEY", Fernet.generate_key().decode())
    settings.cache_clear()
    try:
        with kept.writing() as session:
            audit.record(session, Tag.SOURCE_PAUSE_ON, SEC, "new", NOW, number=6)
        with kept.reading() as session:
            newest, *older = events(session, Question())
    finally:
        monkeypatch.undo()
        settings.cache_clear()
    assert (newest.details, newest.sealed) == ({"number": 6}, False)
    assert all(event.details is None and event.sealed for event in older)


def test_a_look_is_written_down_once_an_hour_a_session_and_a_question(kept: Store) -> None:
    def looks() -> int:
        with kept.reading() as session:
            return len(events(session, Question(noun="audit")))

    note_look(kept, Question(), OFFICER, NOW)
    note_look(kept, Question(), OFFICER, NOW + 59 * MINUTE)
    assert looks() == 1
    note_look(kept, Question(person="sec", about="x", last=dt.date(2026, 11, 1)), OFFICER, NOW + 59 * MINUTE)
    assert looks() == 2, "another question"
    note_look(kept, Question(), Actor(1, "Dot", "dot@example.org", session=8), NOW + 59 * MINUTE)
    assert looks() == 3, "another session"
    note_look(kept, Question(), OFFICER, NOW + 60 * MINUTE)
    assert looks() == 4, "another hour"


def test_every_export_is_written_down_with_its_question(kept: Store) -> None:
    for _ in range(2):
        note_export(kept, Question(noun="user", first=dt.date(2026, 11, 1)), OFFICER, NOW)
    with kept.reading() as session:
        found = events(session, Question(noun="audit"))
    assert [event.details for event in found] == [{"sitting": 5, "asked": {"noun": "user", "first": "2026-11-01"}}] * 2
    assert {event.about for event in found} == {"export"}


def test_every_tag_has_a_group_to_choose() -> None:
    assert {tag.partition(":")[0] for tag in Tag} == set(NOUNS)
    assert list(NOUNS) == sorted(NOUNS)
