"""People with accounts: made, given roles, kept out and let in again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearinghouse.accounts import people, sessions
from clearinghouse.accounts.actor import Hat
from clearinghouse.accounts.models import LinkPurpose
from clearinghouse.accounts.organisations import find_or_create
from clearinghouse.accounts.people import Person, State
from clearinghouse.accounts.roles import Role
from clearinghouse.accounts.tags import Tag
from clearinghouse.accounts.typed import tidy_email
from clearinghouse.db import Store
from clearinghouse.errors import BadFormError

SECRETARIAT = Hat(Role.SECRETARIAT)
ADMINISTRATOR = Hat(Role.ADMINISTRATOR)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("jo@example.org", "jo@example.org"),
        ("  Jo.Smith@Example.ORG ", "jo.smith@example.org"),
        ("jo+jobs@mail.example.co.uk", "jo+jobs@mail.example.co.uk"),
        ("josé@example.org", "josé@example.org"),
        ("josé@example.org", "josé@example.org"),
        ("", ""),
        ("jo", ""),
        ("jo@", ""),
        ("jo@localhost", ""),
        ("jo smith@example.org", ""),
        ("jo@example.org, al@example.org", ""),
        ("Jo <jo@example.org>", ""),
        ("jo@example.org\nBcc: al@example.org", ""),
        ("jo@exa\x00mple.org", ""),
        ("j\u202eo@example.org", ""),
        ("j" * 65 + "@example.org", ""),
        ("jo@" + "a" * 250 + ".org", ""),
    ],
)
def test_an_address_is_kept_in_one_way_or_not_at_all(typed: str, kept: str) -> None:
    assert tidy_email(typed) == kept


@given(st.text())
def test_any_text_is_an_address_or_none(text: str) -> None:
    tidy = tidy_email(text)
    assert tidy == "" or tidy == tidy_email(tidy)


def test_a_new_person_is_invited_and_found_however_the_address_is_typed(store: Store, now: dt.datetime) -> None:
    with store.writing() as session:
        number = people.add_user(session, " Jo@Example.org", "Jo  Smith ", [SECRETARIAT], "a test", now)
    with store.reading() as session:
        found = people.by_email(session, "JO@EXAMPLE.ORG ")
        assert found == people.person(session, number)
        assert people.by_email(session, "\0") is None
    assert found == Person(
        number, "jo@example.org", "Jo Smith", frozenset({SECRETARIAT}), State.INVITED, None, codes=False
    )


@pytest.mark.parametrize(
    ("email", "name", "hats", "field"),
    [
        ("nobody", "Jo", [SECRETARIAT], "email"),
        ("TAKEN@example.org", "Jo", [SECRETARIAT], "email"),
        ("jo@example.org", "  ", [SECRETARIAT], "name"),
        ("jo@example.org", "J" * 101, [SECRETARIAT], "name"),
        ("jo@example.org", "J\0o", [SECRETARIAT], "name"),
        ("jo@example.org", "Jo", [Hat(Role.EMPLOYER)], "organisation"),
        ("jo@example.org", "Jo", [Hat(Role.EMPLOYER, 999)], "organisation"),
        ("jo@example.org", "Jo", [Hat(Role.SECRETARIAT, 1)], "organisation"),
    ],
)
def test_what_cant_be_taken_is_said_beside_its_field_and_nothing_is_made(
    sqlite_store: Store, now: dt.datetime, email: str, name: str, hats: list[Hat], field: str
) -> None:
    with sqlite_store.writing() as session:
        find_or_create(session, "Anytown Borough Council")
        people.add_user(session, "taken@example.org", "Al", [ADMINISTRATOR], "a test", now)
    with sqlite_store.writing() as session, pytest.raises(BadFormError) as bad:
        people.add_user(session, email, name, hats, "a test", now)
    assert set(bad.value.errors) == {field}
    with sqlite_store.reading() as session:
        assert len(people.people(session)) == 1


def test_nobody_gives_a_role_that_their_own_doesnt_let_them_give(
    store: Store, now: dt.datetime, grow: Callable[..., Person]
) -> None:
    secretary, other = grow("sec@example.org", "correct horse battery", SECRETARIAT), grow("jo@example.org")
    with store.writing() as session:
        with pytest.raises(BadFormError, match="may not give the role “Administrator”"):
            people.add_user(session, "x@example.org", "X", [ADMINISTRATOR], secretary.actor, now)
        with pytest.raises(BadFormError, match="may not give"):
            people.give_role(session, other.id, Hat(Role.DATA_PROTECTION), secretary.actor, now)
        with pytest.raises(BadFormError, match="may not take"):
            people.take_role(session, other.id, ADMINISTRATOR, secretary.actor, now)
        with pytest.raises(BadFormError, match="yourself"):
            people.give_role(session, other.id, Hat(Role.DATA_PROTECTION), other.actor, now)


def test_a_role_is_given_once_and_taken_once(
    store: Store, now: dt.datetime, grow: Callable[..., Person], trail: Callable[..., list[object]]
) -> None:
    boss, jo = grow("boss@example.org"), grow("jo@example.org", None, SECRETARIAT)
    with store.writing() as session:
        hat = Hat(Role.EMPLOYER, find_or_create(session, "Anytown Borough Council"))
        for _ in range(2):
            people.give_role(session, jo.id, hat, boss.actor, now)
        people.give_role(session, jo.id, Hat(Role.STEERING), boss.actor, now)
    with store.reading() as session:
        assert [person.id for person in people.people(session, hat.organisation)] == [jo.id]
    with store.writing() as session:
        for _ in range(2):
            people.take_role(session, jo.id, hat, boss.actor, now)
            people.take_role(session, jo.id, SECRETARIAT, boss.actor, now)
        left = people.person(session, jo.id)
    assert left
    assert left.hats == {Hat(Role.STEERING)}
    assert len(trail(Tag.USER_ROLE_TAKEN)) == 2
    assert len(trail(Tag.USER_ROLE_GIVEN)) == 4


def test_the_last_administrator_who_can_sign_in_stays_one(
    store: Store, now: dt.datetime, grow: Callable[..., Person]
) -> None:
    boss = grow("boss@example.org")
    grow("invited@example.org", None)
    with store.writing() as session:
        with pytest.raises(BadFormError, match="last administrator"):
            people.take_role(session, boss.id, ADMINISTRATOR, "a test", now)
        with pytest.raises(BadFormError, match="last administrator"):
            people.disable(session, boss.id, "a test", now)
    second = grow("second@example.org")
    with store.writing() as session:
        people.disable(session, boss.id, second.actor, now)
        with pytest.raises(BadFormError, match="last administrator"):
            people.disable(session, second.id, "a test", now)
        people.enable(session, boss.id, second.actor, now)
        people.take_role(session, second.id, ADMINISTRATOR, boss.actor, now)


def test_nobody_disables_themself(store: Store, now: dt.datetime, grow: Callable[..., Person]) -> None:
    boss = grow("boss@example.org")
    grow("second@example.org")
    with store.writing() as session, pytest.raises(BadFormError, match="your own account"):
        people.disable(session, boss.id, boss.actor, now)


def test_whoever_is_disabled_is_out_at_once_and_their_links_are_dead(
    store: Store, now: dt.datetime, grow: Callable[..., Person]
) -> None:
    from clearinghouse.accounts import links

    boss, jo = grow("boss@example.org"), grow("jo@example.org", "correct horse battery", SECRETARIAT)
    with store.writing() as session:
        token = sessions.start(session, jo.id, "Firefox", now, strong=True)
        url = links.send_link(session, jo.id, LinkPurpose.RESET, boss.actor, now, "https://jobs.example.org")
    assert sessions.actor_of(store, token, now)
    for _ in range(2):
        with store.writing() as session:
            people.disable(session, jo.id, boss.actor, now)
    assert sessions.actor_of(store, token, now) is None
    assert links.use_link(store, url.rpartition("/")[2], "a new long passphrase", now) is None
    with store.writing() as session:
        with pytest.raises(BadFormError, match="disabled"):
            links.send_link(session, jo.id, LinkPurpose.RESET, boss.actor, now, "https://jobs.example.org")
        people.enable(session, jo.id, boss.actor, now)
        found = people.person(session, jo.id)
    assert found
    assert (found.state, found.hats) == (State.ACTIVE, {SECRETARIAT})
    assert sessions.actor_of(store, token, now) is None


def test_people_are_renamed_and_listed_by_name(store: Store, now: dt.datetime, grow: Callable[..., Person]) -> None:
    first, second = grow("a@example.org"), grow("b@example.org")
    with store.writing() as session:
        people.rename(session, first.id, "  zoe  Adams", "a test", now)
        people.rename(session, second.id, "Ann Adams", "a test", now)
        with pytest.raises(BadFormError, match="Enter a name"):
            people.rename(session, second.id, " ", "a test", now)
    with store.reading() as session:
        assert [person.name for person in people.people(session)] == ["Ann Adams", "zoe Adams"]
        assert people.person(session, 999) is None


def test_two_administrators_who_disable_each_other_at_once_leave_one(
    store: Store, now: dt.datetime, grow: Callable[..., Person]
) -> None:
    first, second = grow("first@example.org"), grow("second@example.org")

    def disable_first() -> None:
        with store.writing() as session:
            people.disable(session, first.id, second.actor, now)

    with ThreadPoolExecutor(1) as pool:
        with store.writing() as session:
            people.disable(session, second.id, first.actor, now)
            session.flush()
            answer = pool.submit(disable_first)
            with pytest.raises(TimeoutError):  # it waits until this transaction has ended
                answer.result(0.5)
        with pytest.raises(BadFormError, match="last administrator"):
            answer.result(20)
