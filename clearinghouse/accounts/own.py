"""What somebody who is signed in changes about their own account, with their password once more."""

from __future__ import annotations

import datetime as dt

from clearinghouse.accounts import codes, passwords, sessions
from clearinghouse.accounts.actor import Actor
from clearinghouse.accounts.models import User
from clearinghouse.accounts.password_policy import problem
from clearinghouse.accounts.people import keep_password
from clearinghouse.accounts.signing_in import Passed, Way, confirm
from clearinghouse.db import Store
from clearinghouse.errors import BadFormError


def change_password(store: Store, actor: Actor, present: str, new: str, way: Way, now: dt.datetime) -> None:
    """Choose another password; every other session ends. Raises BadFormError for `present` or `new`, and BusyError."""
    if sentence := problem(new, actor.email, actor.name):
        raise BadFormError({"new": sentence})
    _confirmed(store, actor, present, way, now, "present")
    stored = passwords.hashed(new)
    with store.writing() as session:
        keep_password(session, actor.user, stored, actor, now)
        sessions.end_all(session, actor.user, actor, now, but=actor.session)


def set_up_codes(
    store: Store, actor: Actor, secret: str, code: str, password: str, way: Way, now: dt.datetime
) -> tuple[str, ...]:
    """Keep the secret of an authenticator that shows this code; the recovery codes, to be shown this once.

    Who has another authenticator already gives their password besides. This session counts as one with a code from now
    on; the others end. Raises BadFormError for `password` or `code`.
    """
    with store.reading() as session:
        kept = session.get_one(User, actor.user).code_secret
    if kept is not None and kept != secret:
        _confirmed(store, actor, password, way, now, "password")
    with store.writing() as session:
        recovery = codes.set_up(session, actor.user, secret, code, actor, now)
        sessions.strengthen(session, actor.session or 0)
        sessions.end_all(session, actor.user, actor, now, but=actor.session)
        return recovery


def turn_off_codes(store: Store, actor: Actor, password: str, way: Way, now: dt.datetime) -> None:
    """Sign in without codes from now on. Raises BadFormError for `password`."""
    _confirmed(store, actor, password, way, now, "password")
    with store.writing() as session:
        codes.take_away(session, actor.user, actor, now, "the person's own wish")


def renew_recovery(store: Store, actor: Actor, password: str, way: Way, now: dt.datetime) -> tuple[str, ...]:
    """Ten new recovery codes, the old ones count no more. Raises BadFormError for `password` or `codes`."""
    _confirmed(store, actor, password, way, now, "password")
    with store.writing() as session:
        return codes.renew_recovery(session, actor.user, actor, now)


def _confirmed(store: Store, actor: Actor, password: str, way: Way, now: dt.datetime, field: str) -> None:
    found = confirm(store, actor, password, way, now)
    if isinstance(found, Passed):
        return
    seconds = getattr(found, "seconds", 0)
    wait = f"Wait {seconds} seconds, then try again" if seconds else "This is not your password"
    raise BadFormError({field: wait})
