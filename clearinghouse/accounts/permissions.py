"""Who may do what. One predicate a permission; nothing is allowed that none of them allows.

Where a predicate takes `owner`, that is the number of the organisation that the thing belongs to, or None when it
belongs to no one organisation (a board of many employers, a thing that doesn't exist).
"""

from __future__ import annotations

from collections.abc import Iterable

from clearinghouse.accounts.actor import Account, Actor, Hat
from clearinghouse.accounts.roles import Role

KEEPERS = (Role.ADMINISTRATOR, Role.SECRETARIAT)  # who keep the clearing house going
GUARDED = (Role.ADMINISTRATOR, Role.DATA_PROTECTION)  # roles that only an administrator gives or takes


def can_open_account(actor: Actor) -> bool:  # noqa: ARG001 - whoever it is
    """Everyone who has signed in: the pages about the own account show and change nobody else's."""
    return True


def can_use_own_account(actor: Actor, account: int) -> bool:
    """Everyone their own alone: password, codes and sessions are nobody else's business."""
    return actor.user == account


def can_see_sources(actor: Actor) -> bool:
    """The keepers see every source; employers come here for their own; the steering group sees how all are doing."""
    return actor.has(*KEEPERS, Role.EMPLOYER, Role.STEERING)


def can_see_source(actor: Actor, owner: int | None) -> bool:
    """The keepers and the steering group any; an employer its own, for its adverts hang on it."""
    return actor.has(*KEEPERS, Role.STEERING) or actor.has_for(owner, Role.EMPLOYER)


def can_change_source(actor: Actor, owner: int | None) -> bool:
    """The keepers any; an employer its own: it knows best when, where and how many it advertises."""
    return actor.has(*KEEPERS) or actor.has_for(owner, Role.EMPLOYER)


def can_approve_source(actor: Actor, owner: int | None) -> bool:
    """As for changing it: approving makes what the source brings public, and is a word on one's own adverts alone."""
    return can_change_source(actor, owner)


def can_add_source(actor: Actor) -> bool:
    """The keepers alone: a new source makes our crawlers read an address that somebody typed."""
    return actor.has(*KEEPERS)


def can_remove_source(actor: Actor, owner: int | None) -> bool:  # noqa: ARG001 - asked of a source, whoever owns it
    """The keepers alone, any: who adds sources in the browser takes them away again."""
    return can_add_source(actor)


def can_see_members(actor: Actor) -> bool:
    """The keepers and the steering group: the list of all members with their agreements."""
    return actor.has(*KEEPERS, Role.STEERING)


def can_see_member(actor: Actor, owner: int | None) -> bool:
    """Who sees all of them, and the member's own people in HR."""
    return can_see_members(actor) or actor.has_for(owner, Role.EMPLOYER)


def can_change_member(actor: Actor, owner: int | None) -> bool:
    """The keepers, and the member's own people in HR: agreement, terms of reuse and takedown contact are its word."""
    return actor.has(*KEEPERS) or actor.has_for(owner, Role.EMPLOYER)


def can_set_successor(actor: Actor, owner: int | None) -> bool:  # noqa: ARG001 - asked of a member, whichever
    """The keepers any: it makes one employer stand for another's adverts, and neither can say so of the other."""
    return actor.has(*KEEPERS)


def can_answer_report(actor: Actor, owner: int | None) -> bool:
    """The keepers any report of a wrong advert; an employer those about its own."""
    return actor.has(*KEEPERS) or actor.has_for(owner, Role.EMPLOYER)


def can_see_adverts(actor: Actor) -> bool:
    """The keepers and employers: whoever may hide or correct some advert finds it here, and no other's."""
    return actor.has(*KEEPERS, Role.EMPLOYER)


def can_correct_vacancy(actor: Actor, owner: int | None) -> bool:
    """The keepers any; an employer its own, whichever source brings them, and those of whom it has succeeded."""
    return actor.has(*KEEPERS) or owner in actor.looks_after


def can_say_same(actor: Actor, owner: int | None) -> bool:
    """The keepers of any two adverts, that they are one job or two; an employer where both are its own."""
    return can_correct_vacancy(actor, owner)


def can_see_operations(actor: Actor) -> bool:
    """The keepers: what needs a person this week."""
    return actor.has(*KEEPERS)


def can_see_quality(actor: Actor) -> bool:
    """The keepers, who put it right, and the steering group: how well all sources are read, beside each other."""
    return actor.has(*KEEPERS, Role.STEERING)


def can_see_users(actor: Actor) -> bool:
    """The keepers all of them, a team lead those of the own organisation."""
    return actor.has(*KEEPERS, Role.TEAM_LEAD)


def can_see_user(actor: Actor, hats: Iterable[Hat] | None) -> bool:
    """The keepers anybody; a team lead whoever has a role at the own organisation, for they are colleagues."""
    return actor.has(*KEEPERS) or any(actor.has_for(hat.organisation, Role.TEAM_LEAD) for hat in hats or ())


def can_add_user(actor: Actor) -> bool:
    """The keepers and team leads; whom they may invite as what, `can_give_role` decides."""
    return actor.has(*KEEPERS, Role.TEAM_LEAD)


def can_give_role(actor: Actor, hat: Hat) -> bool:
    """An administrator any; the secretariat all but the guarded ones; a team lead advisers of the own organisation."""
    if actor.has(Role.ADMINISTRATOR):
        return True
    if actor.has(Role.SECRETARIAT):
        return hat.role not in GUARDED
    return hat.role == Role.ADVISER and actor.has_for(hat.organisation, Role.TEAM_LEAD)


def can_manage_user(actor: Actor, hats: Iterable[Hat] | None) -> bool:
    """Invite, disable or send a reset to somebody with these roles: who could give every one of them.

    Somebody without any role, or who doesn't exist (None), is for the keepers.
    """
    theirs = tuple(hats or ())
    return all(can_give_role(actor, hat) for hat in theirs) if theirs else actor.has(*KEEPERS)


def can_change_user(actor: Actor, account: Account | None) -> bool:
    """Who may manage somebody with these roles, but nobody the own account: nobody raises or frees themself."""
    return can_manage_user(actor, account.hats if account else None) and (not account or account.user != actor.user)


def can_read_audit(actor: Actor) -> bool:
    """The data protection officer alone: those whom the trail watches don't browse it."""
    return actor.has(Role.DATA_PROTECTION)


def can_see_unpublished(actor: Actor) -> bool:
    """Everyone who works here: search shows them what unverified sources bring, marked so, and their own held ones."""
    return bool(actor.hats)
