"""Every predicate against the table that people wrote by hand."""

from __future__ import annotations

import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st
from permission_table import EVERYONE_THEIR_OWN, MAY

from clearinghouse.accounts import permissions
from clearinghouse.accounts.actor import Account, Actor, Hat
from clearinghouse.accounts.roles import Role

OWN, OTHER = 1, 2
PREDICATES = {
    name: found
    for name, found in inspect.getmembers(permissions, inspect.isfunction)
    if name.startswith("can_") and found.__module__ == permissions.__name__
}
OWNERS = {"own": OWN, "other": OTHER, "none": None}
HATS = {
    "own": Hat(Role.ADVISER, OWN),
    "colleague": Hat(Role.EMPLOYER, OWN),
    "other": Hat(Role.ADVISER, OTHER),
    "guarded": Hat(Role.ADMINISTRATOR),
}
hats = st.builds(Hat, st.sampled_from(Role), st.sampled_from([None, OWN, OTHER]))


def somebody(*roles: Role) -> Actor:
    return Actor(7, "Pat", "pat@example.org", frozenset(Hat(role, OWN if role.bound else None) for role in roles))


def things(name: str, what: str) -> list[tuple[object, ...]]:
    """What the predicate is asked about, one or several things that should be decided alike."""
    if what == "-":
        return [()]
    if name == "can_give_role":
        return [(HATS[what],)]
    theirs = frozenset({HATS[what]}) if what in HATS else frozenset()
    if name == "can_change_user":
        own = somebody(*Role).hats
        known = Account(7, own) if what == "self" else Account(8, theirs)
        return [(known,), (None,)] if what == "none" else [(known,)]
    if name in ("can_manage_user", "can_see_user"):
        return [(theirs,), (None,)] if what == "none" else [(theirs,)]
    return [(OWNERS[what],)]


CASES = [(name, what) for name, of in MAY.items() for what in of]


def test_the_table_decides_every_predicate() -> None:
    assert set(MAY) | EVERYONE_THEIR_OWN == set(PREDICATES), "add it to tests/permission_table.py, by hand"


@pytest.mark.parametrize(("name", "what"), CASES, ids=[" ".join(case) for case in CASES])
def test_exactly_the_roles_of_the_table_may(name: str, what: str) -> None:
    for thing in things(name, what):
        may = {role for role in Role if PREDICATES[name](somebody(role), *thing)}
        assert may == MAY[name][what]
        assert not PREDICATES[name](somebody(), *thing), "somebody without a role may do nothing"


def test_every_predicate_says_who_and_why() -> None:
    for name, predicate in PREDICATES.items():
        assert len((predicate.__doc__ or "").split()) >= 8, name


def test_everyone_has_their_own_account_and_nobody_anothers() -> None:
    for person in (somebody(), somebody(*Role)):
        assert permissions.can_use_own_account(person, 7)
        assert not permissions.can_use_own_account(person, 8)


def test_a_role_counts_only_for_the_organisation_that_it_is_for() -> None:
    both = Actor(7, "Pat", "pat@example.org", frozenset({Hat(Role.EMPLOYER, OTHER), Hat(Role.ADVISER, OWN)}))
    assert permissions.can_change_source(both, OTHER)
    assert not permissions.can_change_source(both, OWN)
    unbound = Actor(7, "Pat", "pat@example.org", frozenset({Hat(Role.EMPLOYER), Hat(Role.TEAM_LEAD)}))
    assert not permissions.can_change_source(unbound, None), "nobody owns what belongs to no one"
    assert not permissions.can_give_role(unbound, Hat(Role.ADVISER))


@given(st.frozensets(hats, max_size=3), hats)
def test_somebody_with_two_roles_may_all_that_either_may(held: frozenset[Hat], more: Hat) -> None:
    def may(theirs: frozenset[Hat]) -> set[tuple[str, str]]:
        return {
            (name, what) for name, what in CASES for thing in things(name, what)
            if PREDICATES[name](Actor(7, "Pat", "pat@example.org", theirs), *thing)
        }  # fmt: skip

    assert may(held | {more}) == may(held) | may(frozenset({more}))


@given(st.frozensets(hats, max_size=3), hats)
def test_nobody_manages_somebody_with_a_role_that_they_could_not_give(held: frozenset[Hat], extra: Hat) -> None:
    for role in Role:
        actor = somebody(role)
        if permissions.can_manage_user(actor, held | {extra}):
            assert permissions.can_give_role(actor, extra)
