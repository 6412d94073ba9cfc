"""Signing in for tests: a client that holds a session of a person with the roles that it is given."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import sqlalchemy as sa
from fastapi import FastAPI
from httpx2 import Response
from visiting import Visitor

from clearinghouse.accounts import sessions
from clearinghouse.accounts.actor import Hat
from clearinghouse.accounts.models import Membership, User
from clearinghouse.db import Store

_numbers = itertools.count(1)


class Staff(Visitor):
    """A signed-in visitor, who follows no redirect; `submit` posts a form with this session's token."""

    user: int

    def submit(self, path: str, **fields: Any) -> Response:
        return self.post(path, data={"csrf": self.csrf(), **fields})

    def csrf(self) -> str:
        from web.staff import token_of

        with self.app.state.site.store.reading() as session:
            number = session.scalars(
                sa.select(sessions.SignedIn.id).where(sessions.SignedIn.user_id == self.user)
            ).one()
        return token_of(self.app.state.site.settings.secret_key, self.user, number)


def add_person(store: Store, now: dt.datetime, *hats: Hat, email: str | None = None) -> int:
    """An account with these roles, which can't sign in by password; its number."""
    email = email or f"person{next(_numbers)}@example.org"
    with store.writing() as session:
        user = User(email=email, name=email.partition("@")[0].title(), made_at=now)
        session.add(user)
        session.flush()
        session.add_all(Membership(user_id=user.id, role=hat.role, organisation_id=hat.organisation) for hat in hats)
        return user.id


def staff_client(app: FastAPI, *hats: Hat, base_url: str = "http://127.0.0.1:8000") -> Staff:
    """A client of `app` that has signed in with these roles."""
    site = app.state.site
    client = Staff(app, base_url=base_url)
    client.user = add_person(site.store, site.clock(), *hats)
    with site.store.writing() as session:
        token = sessions.start(session, client.user, "a test", site.clock(), strong=True)
    client.cookies.set("session", token)
    return client
