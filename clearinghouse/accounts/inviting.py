"""Inviting people: an account, its roles and the mail with its link, whole or not at all, and once however often asked.

Where the site has no mail server the link is handed back, for whoever invited to pass on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.accounts.actor import Actor, Hat
from clearinghouse.accounts.links import send_link
from clearinghouse.accounts.models import AccountLink, LinkPurpose, Organisation
from clearinghouse.accounts.organisations import Entry, register, slug_of
from clearinghouse.accounts.people import Person, State, add_user, by_email, person
from clearinghouse.accounts.permissions import KEEPERS
from clearinghouse.accounts.roles import Role
from clearinghouse.accounts.typed import identity_problems
from clearinghouse.db import Store
from clearinghouse.errors import BadFormError

SAME_CLICK = dt.timedelta(minutes=1)  # an equal wish so soon is the same one sent twice
LONGEST_NAME = 200  # characters of an organisation's


@dataclass(frozen=True)
class Invitation:
    """Whom somebody wants to invite: as typed, with `roles` of which the bound ones are for one organisation.

    `organisation` is its number, or None; `new_organisation` the name of one that isn't on the list.
    """

    email: str
    name: str
    roles: tuple[Role, ...] = ()
    organisation: int | None = None
    new_organisation: str = ""


@dataclass(frozen=True)
class Sent:
    """What came of it: whose account, and the link where nobody but the one who asked can pass it on."""

    user: int
    link: str | None = None


def invite(store: Store, wanted: Invitation, by: Actor, now: dt.datetime, public_url: str, *, mails: bool) -> Sent:
    """Make the account and send its link; the same invitation again within a minute finds the account that it made.

    `mails` = the site can send mail. Raises BadFormError with a sentence a field.
    """
    try:
        with store.writing() as session:
            return _invite(session, wanted, by, now, public_url, mails=mails)
    except sa.exc.IntegrityError:  # the other one of two clicks was quicker
        with store.writing() as session:
            return _invite(session, wanted, by, now, public_url, mails=mails)


def send_again(session: Session, user_id: int, by: Actor, now: dt.datetime, public_url: str, *, mails: bool) -> Sent:
    """A new link for somebody: an invitation to who has chosen no password yet, else a reset; once a minute by mail.

    Raises BadFormError for `user` when the account is disabled.
    """
    found = person(session, user_id)
    purpose = LinkPurpose.INVITATION if found and found.state == State.INVITED else LinkPurpose.RESET
    newest = newest_link(session, user_id, purpose)
    if mails and newest is not None and now - newest.made_at < SAME_CLICK and newest.expires > now:
        return Sent(user_id)
    link = send_link(session, user_id, purpose, by, now, public_url)
    return Sent(user_id, None if mails else link)


def newest_link(session: Session, user_id: int, purpose: LinkPurpose) -> AccountLink | None:
    """The link that was sent last; it may have been used or be too old."""
    wanted = sa.select(AccountLink).where(AccountLink.user_id == user_id, AccountLink.purpose == purpose)
    return session.scalar(wanted.order_by(AccountLink.id.desc()).limit(1))


def hats_wanted(roles: Collection[Role], organisation: int | None) -> frozenset[Hat]:
    """The roles, those that are for one organisation for that one. Raises BadFormError when none is chosen."""
    if not roles:
        raise BadFormError({"role": "Choose at least one role"})
    return frozenset(Hat(role, organisation if role.bound else None) for role in roles)


def _invite(session: Session, wanted: Invitation, by: Actor, now: dt.datetime, public_url: str, *, mails: bool) -> Sent:
    try:
        hats = hats_wanted(wanted.roles, organisation_wanted(session, wanted, by))
    except BadFormError as error:
        raise BadFormError(identity_problems(session, wanted.email, wanted.name) | error.errors) from error
    known = by_email(session, wanted.email)
    if known is None or not _is_same_click(session, known, hats, now):
        user = add_user(session, wanted.email, wanted.name, hats, by, now)
        link = send_link(session, user, LinkPurpose.INVITATION, by, now, public_url)
        return Sent(user, None if mails else link)
    return send_again(session, known.id, by, now, public_url, mails=mails)


def _is_same_click(session: Session, known: Person, hats: frozenset[Hat], now: dt.datetime) -> bool:
    newest = newest_link(session, known.id, LinkPurpose.INVITATION)
    recent = newest is not None and now - newest.made_at < SAME_CLICK
    return recent and known.state == State.INVITED and known.hats == hats


def organisation_wanted(session: Session, wanted: Invitation, by: Actor) -> int | None:
    """The organisation's number; one that isn't on the list yet is put there, by the keepers alone.

    Raises BadFormError for `new_organisation`.
    """
    name = " ".join(wanted.new_organisation.split())
    if not name:
        return wanted.organisation
    if not by.has(*KEEPERS):
        raise BadFormError({"new_organisation": "Your account may not add an organisation"})
    if not any(role.bound for role in wanted.roles):
        raise BadFormError({"new_organisation": "None of these roles is for one organisation: leave this empty"})
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise BadFormError({"new_organisation": f"The name must have {LONGEST_NAME} characters or fewer, all readable"})
    if wanted.organisation is not None:
        raise BadFormError({"new_organisation": "Choose an organisation or type the name of a new one, not both"})
    found = session.scalar(sa.select(Organisation.id).where(Organisation.slug == slug_of(name)))
    if found is None:
        register(session, [Entry(name, member=False)])
        found = session.scalars(sa.select(Organisation.id).where(Organisation.slug == slug_of(name))).one()
    return found
