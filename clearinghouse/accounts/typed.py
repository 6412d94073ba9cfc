"""What people type about accounts: addresses as they are kept, and what is wrong with the rest, in sentences."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.accounts.actor import Actor, Hat
from clearinghouse.accounts.models import Organisation, User
from clearinghouse.accounts.permissions import can_give_role

LONGEST_EMAIL = 254  # RFC 5321
LONGEST_NAME = 100
EMAIL = re.compile(r"[^\s@<>\"(),:;\[\]\\]{1,64}@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}")


def tidy_email(typed: str) -> str:
    """An address as it is kept: without spaces around it, in lower case, composed (NFC); "" when it can't be one."""
    email = unicodedata.normalize("NFC", typed.strip()).lower()
    return email if len(email) <= LONGEST_EMAIL and EMAIL.fullmatch(email) and email.isprintable() else ""


def identity_problems(session: Session, email: str, name: str) -> dict[str, str]:
    """What is wrong with the address and the name of a new account, a sentence a field."""
    tidy = tidy_email(email)
    problems: dict[str, str] = {}
    if not tidy:
        problems["email"] = "Enter an email address, like name@example.org"
    elif session.scalar(sa.select(User.id).where(User.email == tidy)) is not None:
        problems["email"] = f"{tidy} has an account already"
    if sentence := name_problem(name):
        problems["name"] = sentence
    return problems


def name_problem(name: str) -> str | None:
    """What is wrong with a name, or None."""
    plain = " ".join(name.split())
    if not plain:
        return "Enter a name"
    if not plain.isprintable():
        return "The name holds characters that can't be shown"
    return f"The name must have {LONGEST_NAME} characters or fewer" if len(plain) > LONGEST_NAME else None


def hat_problems(session: Session, hats: Collection[Hat], by: Actor | str) -> dict[str, str]:
    """What is wrong with giving these roles, a sentence for `role` or `organisation`; empty = nothing."""
    for hat in sorted(hats, key=order):
        if isinstance(by, Actor) and not can_give_role(by, hat):
            return {"role": f"Your account may not give the role “{hat.role.label}” there"}
        if hat.role.bound and hat.organisation is None:
            return {"organisation": f"Choose the organisation: the role “{hat.role.label}” is for one"}
        if not hat.role.bound and hat.organisation is not None:
            return {"organisation": f"The role “{hat.role.label}” is for all organisations: choose none"}
        if hat.organisation is not None and session.get(Organisation, hat.organisation) is None:
            return {"organisation": "There is no such organisation"}
    return {}


def order(hat: Hat) -> tuple[str, int]:
    """How roles are sorted."""
    return hat.role.value, hat.organisation or 0
