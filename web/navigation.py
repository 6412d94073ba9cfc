"""Where a signed-in person can go: the links of the staff menu, and the page that comes first."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from fastapi import Request
from sqlalchemy.orm import Session

from clearinghouse.accounts import permissions
from clearinghouse.accounts.actor import Actor
from clearinghouse.accounts.models import Organisation
from clearinghouse.accounts.roles import Role
from web import deps

Link = tuple[str, str]
PAGES: tuple[tuple[Callable[[Actor], bool], str, str], ...] = (
    (permissions.can_see_operations, "/operations", "Needs attention"),
    (permissions.can_see_sources, "/sources", "Sources"),
    (permissions.can_see_adverts, "/adverts", "Adverts"),
    (permissions.can_see_members, "/members", "Members"),
    (permissions.can_see_users, "/users", "Users"),
    (permissions.can_read_audit, "/audit", "Audit"),
)
ACCOUNT: Link = ("/account", "Account")
FIRST = (
    (Role.ADMINISTRATOR, "/operations"),
    (Role.SECRETARIAT, "/operations"),
    (Role.EMPLOYER, None),  # the page of the own organisation
    (Role.STEERING, "/members"),
    (Role.DATA_PROTECTION, "/audit"),
    (Role.TEAM_LEAD, "/users"),
)


def links(request: Request) -> tuple[Link, ...]:
    """The staff menu of the person who asks, in its order; nothing for a visitor."""
    actor = deps.actor(request)
    if actor is None:
        return ()
    if not deps.is_let_in(request):
        return (ACCOUNT,)
    shared = tuple((href, text) for may, href, text in PAGES if may(actor))
    return (*_own(request, actor), *shared, ACCOUNT)


def _own(request: Request, actor: Actor) -> tuple[Link, ...]:
    """The pages of the organisations that this person is an employer of."""
    if not actor.has(Role.EMPLOYER):
        return ()
    try:
        with deps.reading(request) as session:
            return own_pages(session, actor)
    except sa.exc.OperationalError:  # the page that says so has a menu too
        return ()


def own_pages(session: Session, actor: Actor) -> tuple[Link, ...]:
    """Their addresses, with the organisation's name where there are several; none for who is no employer."""
    numbers = [hat.organisation for hat in actor.hats if hat.role is Role.EMPLOYER and hat.organisation]
    wanted = sa.select(Organisation.slug, Organisation.name).where(Organisation.id.in_(numbers))
    found = session.execute(wanted.order_by(Organisation.name)).all() if numbers else []
    return tuple((f"/members/{slug}", name if len(found) > 1 else "Your organisation") for slug, name in found)


def first_page(session: Session, actor: Actor) -> str:
    """Where somebody who has just signed in begins: with what their first role is for."""
    for role, page in FIRST:
        if actor.has(role):
            found = page or next((href for href, _ in own_pages(session, actor)), None)
            if found:
                return found
    return ACCOUNT[0]
