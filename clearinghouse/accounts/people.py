"""People with accounts: who they are, which roles they have, whether they may come in.

A role that is always for one organisation (`Role.bound`) needs one; the others take none: they are for the Compact as
a whole. Nobody gives themself a role, and the last administrator stays one.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.accounts import audit, sessions
from clearinghouse.accounts.actor import Actor, Hat
from clearinghouse.accounts.models import AccountLink, Membership, User
from clearinghouse.accounts.permissions import can_give_role
from clearinghouse.accounts.roles import Role
from clearinghouse.accounts.tags import Tag
from clearinghouse.accounts.typed import hat_problems, identity_problems, name_problem, order, tidy_email
from clearinghouse.errors import BadFormError


class State(enum.StrEnum):
    """Whether somebody can sign in."""

    ACTIVE = "active"
    DISABLED = "disabled"
    INVITED = "invited"  # has chosen no password yet


@dataclass(frozen=True)
class Person:
    """Somebody with an account. `codes` = signs in with one-time codes besides the password."""

    id: int
    email: str
    name: str
    hats: frozenset[Hat]
    state: State
    signed_in_at: dt.datetime | None
    codes: bool

    @property
    def actor(self) -> Actor:
        """The person as one who acts, outside of any session."""
        return Actor(self.id, self.name, self.email, self.hats)


def add_user(session: Session, email: str, name: str, hats: Iterable[Hat], by: Actor | str, now: dt.datetime) -> int:
    """A new account with these roles and no password; its number. Send it an invitation (`links.send_link`).

    Raises BadFormError with a sentence for `email` (no address, or taken), `name`, `role` or `organisation`.
    """
    hats = frozenset(hats)
    problems = identity_problems(session, email, name) | hat_problems(session, hats, by)
    if problems:
        raise BadFormError(problems)
    user = User(email=tidy_email(email), name=" ".join(name.split()), made_at=now)
    session.add(user)
    session.flush()
    audit.record(session, Tag.USER_ACCOUNT_ADDED, by, user.email, now, name=user.name)
    for hat in sorted(hats, key=order):
        _give(session, user, hat, by, now)
    return user.id


def rename(session: Session, user_id: int, name: str, by: Actor | str, now: dt.datetime) -> None:
    """Call somebody otherwise. Raises BadFormError for `name`."""
    user = session.get_one(User, user_id)
    problem = name_problem(name)
    if problem:
        raise BadFormError({"name": problem})
    new = " ".join(name.split())
    if new != user.name:
        audit.record(session, Tag.USER_ACCOUNT_RENAMED, by, user.email, now, before=user.name, after=new)
        user.name = new


def give_role(session: Session, user_id: int, hat: Hat, by: Actor | str, now: dt.datetime) -> None:
    """Give somebody a role; nothing happens when they have it. Raises BadFormError for `role` or `organisation`."""
    user = session.get_one(User, user_id, with_for_update=True)  # one of two clicks at a time
    if hat in _hats(session, user_id):
        return
    problems = hat_problems(session, {hat}, by)
    if isinstance(by, Actor) and by.user == user_id:
        problems = {"role": "You can't give yourself a role: ask somebody else who can"}
    if problems:
        raise BadFormError(problems)
    _give(session, user, hat, by, now)


def take_role(session: Session, user_id: int, hat: Hat, by: Actor | str, now: dt.datetime) -> None:
    """Take a role away; nothing happens when they don't have it. Raises BadFormError for `role`."""
    user = session.get_one(User, user_id)
    if hat not in _hats(session, user_id):
        return
    if isinstance(by, Actor) and not can_give_role(by, hat):
        raise BadFormError({"role": f"Your account may not take the role “{hat.role.label}” away"})
    if hat.role == Role.ADMINISTRATOR and _is_last_administrator(session, user):
        raise BadFormError({"role": "The last administrator must stay one: make somebody else an administrator first"})
    session.execute(
        sa.delete(Membership).where(
            Membership.user_id == user_id,
            Membership.role == hat.role,
            Membership.organisation_id.is_not_distinct_from(hat.organisation),
        )
    )
    audit.record(session, Tag.USER_ROLE_TAKEN, by, user.email, now, organisation=hat.organisation, role=hat.role.value)


def disable(session: Session, user_id: int, by: Actor | str, now: dt.datetime) -> None:
    """Let somebody in no more: their sessions end and their links die. Nothing happens when it is so already.

    Raises BadFormError for `user`: nobody disables themself, nor the last administrator who can sign in.
    """
    user = session.get_one(User, user_id)
    if user.disabled_at is not None:
        return
    if isinstance(by, Actor) and by.user == user_id:
        raise BadFormError({"user": "You can't disable your own account"})
    if _is_last_administrator(session, user):
        raise BadFormError({"user": "The last administrator can't be disabled: make somebody else one first"})
    shut_out(session, user_id, by, now)


def shut_out(session: Session, user_id: int, by: Actor | str, now: dt.datetime) -> None:
    """Disable an account, whosever it is."""
    user = session.get_one(User, user_id)
    user.disabled_at = now
    kill_links(session, user_id, now)
    sessions.end_all(session, user_id, by, now)
    audit.record(session, Tag.USER_ACCOUNT_DISABLED, by, user.email, now)


def enable(session: Session, user_id: int, by: Actor | str, now: dt.datetime) -> None:
    """Let a disabled person in again, with the password and the roles they had."""
    user = session.get_one(User, user_id)
    if user.disabled_at is not None:
        user.disabled_at = None
        audit.record(session, Tag.USER_ACCOUNT_ENABLED, by, user.email, now)


def keep_password(session: Session, user_id: int, stored: str, by: Actor | str, now: dt.datetime) -> None:
    """Keep the hash of a new password; every link that could have set one dies."""
    user = session.get_one(User, user_id)
    user.password, user.password_set_at = stored, now
    kill_links(session, user_id, now)
    audit.record(session, Tag.ACCOUNT_PASSWORD_SET, by, user.email, now)


def kill_links(session: Session, user_id: int, now: dt.datetime) -> None:
    """End every link of a person that still works."""
    session.execute(
        sa.update(AccountLink).where(AccountLink.user_id == user_id, AccountLink.expires > now).values(expires=now)
    )


def person(session: Session, user_id: int) -> Person | None:
    """The person with that number."""
    return next(iter(_people(session, User.id == user_id)), None)


def by_email(session: Session, email: str) -> Person | None:
    """The person with that address, however it is typed."""
    return next(iter(_people(session, User.email == tidy_email(email))), None)


def people(session: Session, organisation: int | None = None) -> list[Person]:
    """Everybody, or those with a role for one organisation, by name."""
    if organisation is None:
        return _people(session, sa.true())
    theirs = sa.select(Membership.user_id).where(Membership.organisation_id == organisation)
    return _people(session, User.id.in_(theirs))


def _people(session: Session, which: sa.ColumnElement[bool]) -> list[Person]:
    rows = session.execute(
        sa.select(
            User.id, User.email, User.name, User.signed_in_at, User.disabled_at,
            User.password.is_not(None).label("answered"), User.code_secret.is_not(None).label("codes"),
        ).where(which).order_by(sa.func.lower(User.name), User.id)
    ).all()  # fmt: skip
    hats = sessions.hats_of(session, [row.id for row in rows])
    return [
        Person(
            row.id, row.email, row.name, hats[row.id], _state(row.disabled_at, answered=row.answered),
            row.signed_in_at, bool(row.codes),
        )
        for row in rows
    ]  # fmt: skip


def _state(disabled_at: dt.datetime | None, *, answered: bool) -> State:
    if disabled_at is not None:
        return State.DISABLED
    return State.ACTIVE if answered else State.INVITED


def _give(session: Session, user: User, hat: Hat, by: Actor | str, now: dt.datetime) -> None:
    session.add(Membership(user_id=user.id, role=hat.role, organisation_id=hat.organisation))
    session.flush()
    audit.record(session, Tag.USER_ROLE_GIVEN, by, user.email, now, organisation=hat.organisation, role=hat.role.value)


def _is_last_administrator(session: Session, user: User) -> bool:
    """True when nobody else could do what this person can: one who can sign in isn't replaced by one who can't yet.

    The rows stay locked until the transaction ends, so that two administrators can't each take the other away.
    """
    found = session.execute(
        sa.select(User.id, User.password.is_not(None).label("answered"))
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.role == Role.ADMINISTRATOR, User.disabled_at.is_(None))
        .order_by(User.id)
        .with_for_update()
    ).all()
    if user.id not in {row.id for row in found}:
        return False
    return not any(row.id != user.id and (row.answered or user.password is None) for row in found)


def _hats(session: Session, user_id: int) -> frozenset[Hat]:
    return sessions.hats_of(session, [user_id])[user_id]
