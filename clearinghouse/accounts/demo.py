"""The people of the demo: one a role, with passwords that are new at every start and no one-time codes.

And what its members said, so that nothing needs anyone until something goes wrong.
"""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.accounts import codes, passwords
from clearinghouse.accounts.actor import Hat
from clearinghouse.accounts.models import Organisation
from clearinghouse.accounts.organisations import find_or_create
from clearinghouse.accounts.people import State, add_user, by_email, enable, give_role, keep_password, shut_out
from clearinghouse.accounts.roles import Role
from clearinghouse.db import Store

BY = "demo"
COLLEGE = "Maid Marian College"
COUNCIL = "Sherwood Vale District Council"
COUNTY = "Trentshire County Council"
JOBCENTRE = "Jobcentre Plus Trentshire"

PEOPLE: tuple[tuple[Role, str, str | None], ...] = (
    (Role.ADMINISTRATOR, "Ada Chambers", None),
    (Role.SECRETARIAT, "Sam Oakley", None),
    (Role.EMPLOYER, "Priya Marsh", COUNCIL),
    (Role.ADVISER, "Ben Hartley", COLLEGE),
    (Role.TEAM_LEAD, "Grace Lowe", COLLEGE),
    (Role.JOBCENTRE, "Tom Wren", JOBCENTRE),
    (Role.REDUNDANCY_LEAD, "Nadia Frost", COUNTY),
    (Role.DATA_PROTECTION, "Owen Pike", None),
    (Role.STEERING, "Ruth Bell", None),
)
AGREED_ON = dt.date(2010, 3, 27)
AGREED_BY = "Made up for the demo"
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # that nobody takes for one another


@dataclass(frozen=True)
class SignIn:
    """What somebody types to try a role."""

    role: Role
    email: str
    password: str


def sign_ins(store: Store, now: dt.datetime) -> tuple[SignIn, ...]:
    """Make the demo's people, or give those of the last start new passwords; what to type, a role each."""
    made = tuple(SignIn(role, _email(role), _password()) for role, _, _ in PEOPLE)
    stored = {each.email: passwords.hashed(each.password) for each in made}
    with store.writing() as session:
        for each, (role, name, organisation) in zip(made, PEOPLE, strict=True):
            hat = Hat(role, find_or_create(session, organisation) if organisation else None)
            keep_password(session, _person(session, each.email, name, hat, now), stored[each.email], BY, now)
    return made


def members_agree(store: Store) -> None:
    """Let the members that have not said so agree to be read, and name whom to tell when an advert must come down."""
    with store.writing() as session:
        for row in session.scalars(
            sa.select(Organisation).where(Organisation.member, Organisation.agreed_on.is_(None))
        ):
            row.agreed_on, row.agreed_by = AGREED_ON, AGREED_BY
            row.takedown_contact = row.takedown_contact or f"jobs@{row.slug}.example"


def shut_all_out(store: Store, now: dt.datetime) -> None:
    """Disable the demo's people in a store that is used in earnest: their passwords stood on a screen."""
    with store.reading() as session:
        found = [by_email(session, _email(role)) for role, _, _ in PEOPLE]
    left = [person.id for person in found if person and person.state != State.DISABLED]
    if left:
        with store.writing() as session:
            for number in left:
                shut_out(session, number, BY, now)


def table(made: tuple[SignIn, ...]) -> str:
    """The sign-ins, a line each: role, address, password."""
    wide = max(len(each.role.value) for each in made), max(len(each.email) for each in made)
    return "\n".join(f"{each.role.value:{wide[0]}}  {each.email:{wide[1]}}  {each.password}" for each in made)


def _person(session: Session, email: str, name: str, hat: Hat, now: dt.datetime) -> int:
    found = by_email(session, email)
    if found is None:
        return add_user(session, email, name, [hat], BY, now)
    enable(session, found.id, BY, now)
    give_role(session, found.id, hat, BY, now)
    codes.take_away(session, found.id, BY, now, "a demo starts without codes")
    return found.id


def _email(role: Role) -> str:
    return f"{role.replace('_', '-')}@demo.example"


def _password() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))
