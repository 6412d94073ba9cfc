"""Who has an account: the list, and inviting somebody. The page of one person is in users_person.py."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Annotated

import sqlalchemy as sa
from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from clearinghouse.accounts import people
from clearinghouse.accounts.actor import Actor, Hat
from clearinghouse.accounts.inviting import Invitation, Sent, invite
from clearinghouse.accounts.links import IN_WORDS
from clearinghouse.accounts.models import LinkPurpose, Membership, Organisation
from clearinghouse.accounts.people import Person, State
from clearinghouse.accounts.permissions import KEEPERS, can_add_user, can_give_role, can_see_user, can_see_users
from clearinghouse.accounts.roles import Role
from clearinghouse.errors import BadFormError
from web import deps
from web.paging import part
from web.staff import requires, requires_form, who
from web.templating import render

HINTS: Mapping[Role, str] = {
    Role.ADMINISTRATOR: "Keeps the clearing house going, and decides who administrates it and who protects data",
    Role.ADVISER: "Helps people find work at one organisation",
    Role.DATA_PROTECTION: "Reads the audit trail",
    Role.EMPLOYER: "Looks after one member's page and sources",
    Role.JOBCENTRE: "Works at one Jobcentre",
    Role.REDUNDANCY_LEAD: "Leads the response to redundancies at one organisation",
    Role.SECRETARIAT: "Keeps the clearing house going: sources, members, accounts",
    Role.STEERING: "Sees how members and sources are doing, and changes nothing",
    Role.TEAM_LEAD: "Invites and looks after the advisers of one organisation",
}
STATES: Mapping[str, str] = {
    State.ACTIVE.value: "Can sign in",
    State.DISABLED.value: "Disabled",
    State.INVITED.value: "Invited, has not chosen a password yet",
}

router = APIRouter()


@router.get("/users", dependencies=[requires(can_see_users)])
def users(request: Request, q: str = "", role: str = "", page: str = "1") -> Response:
    """Everybody that the person may see, by name, as far as the search lets them through."""
    actor = who(request)
    with deps.reading(request) as session:
        everybody = [one for one in people.people(session) if can_see_user(actor, one.hats)]
        names = organisation_names(session)
    found = [one for one in everybody if _matches(one, q, role)]
    listed = part(found, page, "/users", {"q": q, "role": role})
    return render(
        request, "users.html", title=f"Users{listed.place}", states=STATES, q=q, role=role, total=len(everybody),
        listed=listed, people=[shown(one, actor, names) for one in listed.items],
        roles=[("", "Any"), *((one.value, one.label) for one in Role)],
    )  # fmt: skip


def _matches(one: Person, words: str, role: str) -> bool:
    wanted = words.strip().casefold()
    named = wanted in one.name.casefold() or wanted in one.email.casefold()
    return named and (role not in set(Role) or any(hat.role == role for hat in one.hats))


def organisation_names(session: Session) -> dict[int, str]:
    """The names of the organisations that a role may be for or is for: those on the list, and those in use."""
    used = sa.select(Membership.organisation_id)
    wanted = sa.or_(Organisation.listed, Organisation.member, Organisation.id.in_(used))
    rows = session.execute(sa.select(Organisation.id, Organisation.name).where(wanted).order_by(Organisation.name))
    return {row.id: row.name for row in rows}


def shown(one: Person, actor: Actor, names: Mapping[int, str]) -> dict[str, object]:
    """A person as the templates take one: to a team lead with the roles of the own organisation alone."""
    seen = [hat for hat in one.hats if actor.has(*KEEPERS) or can_see_user(actor, (hat,))]
    hats = [
        {"role": hat.role.value, "label": hat.role.label, "organisation": hat.organisation,
         "name": names.get(hat.organisation or 0), "may_take": can_give_role(actor, hat)}
        for hat in sorted(seen, key=lambda hat: (hat.role.label, names.get(hat.organisation or 0, "")))
    ]  # fmt: skip
    return {
        "id": one.id, "name": one.name, "email": one.email, "state": one.state.value, "hats": hats,
        "signed_in_at": one.signed_in_at, "codes": one.codes,
    }  # fmt: skip


def choices(actor: Actor, names: Mapping[int, str]) -> dict[str, object]:
    """The roles and organisations that this person may choose from in a form."""
    numbers = [number for number in names if _gives(actor, number)]
    roles = [
        role for role in Role if any(can_give_role(actor, Hat(role, n)) for n in (numbers if role.bound else [None]))
    ]
    return {
        "roles": [(role.value, role.label, HINTS[role]) for role in roles],
        "organisations": [("", "Choose one"), *((str(number), names[number]) for number in numbers)],
        "may_add_organisation": actor.has(*KEEPERS),
    }


def _gives(actor: Actor, organisation: int) -> bool:
    return any(can_give_role(actor, Hat(role, organisation)) for role in Role if role.bound)


@router.get("/users/new", dependencies=[requires(can_add_user)])
def new(request: Request) -> Response:
    """The form to invite somebody."""
    return _form(request, Invitation("", ""), {})


@router.post("/users/new", dependencies=[requires_form(can_add_user)])
def add(
    request: Request,
    name: Annotated[str, Form()] = "",
    email: Annotated[str, Form()] = "",
    role: Annotated[list[str] | None, Form()] = None,
    organisation: Annotated[str, Form()] = "",
    new_organisation: Annotated[str, Form()] = "",
) -> Response:
    """Invite, and on to the person's page; where no mail can be sent, the answer itself shows the link, this once."""
    wanted = Invitation(email, name, (), number_in(organisation), new_organisation)
    site = deps.site(request)
    try:
        wanted = replace(wanted, roles=roles_in(role or ()))
        sent = invite(
            site.store, wanted, who(request), deps.now(request), site.settings.public_url, mails=mails(request)
        )
    except BadFormError as error:
        return _form(request, wanted, error.errors)
    return answer(request, sent, "invited")


def answer(request: Request, sent: Sent, done: str) -> Response:
    """What follows on an invitation or a reset: the person's page, or the link where nothing can mail it."""
    if sent.link is None:
        return RedirectResponse(f"/users/{sent.user}?done={done}", 303)
    with deps.reading(request) as session:
        person = people.person(session, sent.user)
    invited = person is not None and person.state == State.INVITED
    lasts = IN_WORDS[LinkPurpose.INVITATION if invited else LinkPurpose.RESET]
    return render(request, "user_link.html", title="Pass this link on", person=person, link=sent.link, lasts=lasts)


def mails(request: Request) -> bool:
    """True when this site can send mail."""
    return deps.site(request).settings.sends_mail


def roles_in(values: Iterable[str]) -> tuple[Role, ...]:
    """The roles among these values. Raises BadFormError for `role` naming one that doesn't exist."""
    known = {role.value: role for role in Role}
    unknown = [value for value in values if value not in known]
    if unknown:
        raise BadFormError({"role": f"There is no role “{unknown[0][:50]}”"})
    return tuple(dict.fromkeys(known[value] for value in values))


def number_in(words: str) -> int | None:
    """The number that a form or a path names; None when it names none."""
    return int(words) if words.isascii() and words.isdigit() and len(words) < 10 else None


def _form(request: Request, wanted: Invitation, errors: Mapping[str, str]) -> Response:
    with deps.reading(request) as session:
        names = organisation_names(session)
    return render(
        request, "user_new.html", title=f"{'Error: ' if errors else ''}Invite somebody",
        status=400 if errors else 200, wanted=wanted, errors=errors, mails=mails(request),
        **choices(who(request), names),
    )  # fmt: skip
