"""Sessions: how long they last, who ends them, and what is left of one that ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from clearinghouse.accounts import people, sessions
from clearinghouse.accounts.housekeeping import old_lanes, old_links, old_sessions
from clearinghouse.accounts.links import send_link
from clearinghouse.accounts.models import LinkPurpose
from clearinghouse.accounts.people import Person
from clearinghouse.accounts.sessions import actor_of, end, end_all, sessions_of, user_of_ended
from clearinghouse.accounts.tags import Tag
from clearinghouse.db import Store

Grow = Callable[..., Person]
HOUR = dt.timedelta(hours=1)


def started(store: Store, user: int, at: dt.datetime, agent: str = "Firefox") -> str:
    with store.writing() as session:
        return sessions.start(session, user, agent, at, strong=True)


def test_a_session_says_who_acts_until_it_is_idle_or_a_day_old(store: Store, now: dt.datetime, grow: Grow) -> None:
    jo = grow("jo@example.org")
    token = started(store, jo.id, now)
    actor = actor_of(store, token, now)
    assert actor
    assert (actor.user, actor.hats, actor.strong) == (jo.id, jo.hats, True)
    assert actor_of(store, token, now + 2 * HOUR) is None
    for hour in range(1, 12):
        assert actor_of(store, token, now + hour * HOUR)
    assert actor_of(store, token, now + 12 * HOUR) is None
    with store.reading() as session:
        found = people.person(session, jo.id)
    assert found
    assert found.signed_in_at == now


def test_sessions_are_listed_and_ended_one_by_one_or_all_but_this(
    store: Store, now: dt.datetime, grow: Grow, trail: Callable[..., list[people.audit.AuditEvent]]
) -> None:
    jo, al = grow("jo@example.org"), grow("al@example.org")
    tokens = [started(store, jo.id, now + number * HOUR / 10, f"Browser {number}\n\0") for number in range(4)]
    others = started(store, al.id, now)
    with store.reading() as session:
        found = sessions_of(session, jo.id, now + HOUR)
    assert [each.agent for each in found] == ["Browser 3", "Browser 2", "Browser 1", "Browser 0"]
    for _ in range(2):
        with store.writing() as session:
            end(session, found[0].number, jo.actor, now + HOUR)
    assert actor_of(store, tokens[3], now + HOUR) is None
    with store.writing() as session:
        end_all(session, jo.id, jo.actor, now + HOUR, but=found[1].number)
        assert [each.number for each in sessions_of(session, jo.id, now + HOUR)] == [found[1].number]
    assert actor_of(store, tokens[2], now + HOUR)
    assert actor_of(store, tokens[1], now + HOUR) is None
    assert actor_of(store, others, now + HOUR)
    assert len(trail(Tag.ACCOUNT_SESSION_ENDED)) == 3
    assert len(trail(Tag.ACCOUNT_SESSION_STARTED)) == 5


def test_for_a_day_it_is_known_whose_an_ended_session_was(store: Store, now: dt.datetime, grow: Grow) -> None:
    jo = grow("jo@example.org")
    grow("boss@example.org")
    idle, ended = (started(store, jo.id, now) for _ in range(2))
    assert user_of_ended(store, idle, now + HOUR) is None  # it hasn't ended
    with store.writing() as session:
        end(session, actor.session or 0, actor, now) if (actor := actor_of(store, ended, now)) else None
    assert user_of_ended(store, ended, now) == jo.id
    assert user_of_ended(store, idle, now + 2 * HOUR) == jo.id
    assert user_of_ended(store, idle, now + 26 * HOUR - dt.timedelta(seconds=1)) == jo.id
    assert user_of_ended(store, idle, now + 26 * HOUR) is None
    for strange in ("", "\0", "\ud800", "x" * 10_000):
        assert user_of_ended(store, strange, now) is None
        assert actor_of(store, strange, now) is None
    with store.writing() as session:
        people.disable(session, jo.id, "a test", now)
    assert user_of_ended(store, ended, now) is None


def test_the_night_takes_old_sessions_and_links_and_leaves_unanswered_invitations(
    store: Store, now: dt.datetime, grow: Grow
) -> None:
    jo, new = grow("jo@example.org"), grow("new@example.org", None)
    started(store, jo.id, now)
    for person, purpose in (jo, LinkPurpose.INVITATION), (new, LinkPurpose.INVITATION), (new, LinkPurpose.RESET):
        with store.writing() as session:
            send_link(session, person.id, purpose, "a test", now, "https://jobs.example.org")
    said = {}
    for days in (29, 31, 40):
        night = now + dt.timedelta(days=days)
        said[days] = [part(store, night).split()[0] for part in (old_lanes, old_sessions, old_links)]
    assert said == {29: ["0", "0", "0"], 31: ["0", "1", "1"], 40: ["0", "0", "1"]}


@pytest.mark.parametrize("part", [old_lanes, old_sessions, old_links])
def test_nothing_to_take_away_is_said_too(
    sqlite_store: Store, now: dt.datetime, part: Callable[[Store, dt.datetime], str]
) -> None:
    assert part(sqlite_store, now).startswith("0 ")
