"""People with passwords and codes for tests, and signing in as a browser does it."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pyotp
import sqlalchemy as sa
from staffing import Staff, add_person, staff_client

from clearinghouse.accounts import passwords
from clearinghouse.accounts.actor import Hat
from clearinghouse.accounts.models import SignedIn, User
from clearinghouse.accounts.roles import Role

if TYPE_CHECKING:
    from web.conftest import Town

EMAIL, PASSWORD = "pat@example.org", "correct horse battery"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
HR = Hat(Role.EMPLOYER, 1)


def somebody(town: Town, *hats: Hat, email: str = EMAIL, codes: bool = True, password: str | None = PASSWORD) -> int:
    number = add_person(town.store, town.now, *(hats or (Hat(Role.SECRETARIAT),)), email=email)
    with town.store.writing() as session:
        user = session.get_one(User, number)
        user.password = password and passwords.hashed(password)
        user.code_secret = SECRET if codes else None
    return number


def member(town: Town, *, codes: bool = True, **settings: object) -> Staff:
    """Somebody who is signed in, with a password and perhaps codes."""
    person = staff_client(town.app(**settings), HR)
    with town.store.writing() as session:
        user = session.get_one(User, person.user)
        user.password, user.code_secret = passwords.hashed(PASSWORD), SECRET if codes else None
        if not codes:
            session.execute(sa.update(SignedIn).where(SignedIn.user_id == user.id).values(strong=False))
    return person


def email_of(town: Town, person: Staff) -> str:
    with town.store.reading() as session:
        return session.get_one(User, person.user).email


def submit(person: Staff, path: str, **fields: str):
    """A form with the token of the browser's session, whichever others the person has."""
    return person.post(path, data={"csrf": hidden(person.get("/account").text, "csrf"), **fields})


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return html.unescape(found[1])


def sign_in(town: Town, person: Staff, email: str, password: str = PASSWORD, **carried: str):
    """Both steps, in the browser of `person`; its last answer."""
    step = person.post("/sign-in", data={"email": email, "password": password, **carried})
    fields = {name: hidden(step.text, name) for name in ("step", "kept") if f'name="{name}"' in step.text}
    return person.post("/sign-in", data={**fields, "code": pyotp.TOTP(SECRET).at(town.now)})
