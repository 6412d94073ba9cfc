"""Who may do what, written down by hand from the promises in `accounts/permissions.py`, to hold the code against.

For each predicate, and for each thing it may be asked about, the roles that may. What a thing is called here:
`own` belongs to the asker's organisation, `other` to another one, `none` to no organisation or doesn't exist. Of
people: `own` advises the asker's organisation, `colleague` is in HR there, `other` advises another one, `guarded` is
an administrator, `none` has no role, `self` is the asker. What needs no thing is `-`.
"""

from __future__ import annotations

from clearinghouse.accounts.roles import Role

A, S = Role.ADMINISTRATOR, Role.SECRETARIAT
EVERY = frozenset(Role)
KEEPERS = frozenset({A, S})
NOBODY: frozenset[Role] = frozenset()
EMPLOYER, LEAD, STEERING = (frozenset({role}) for role in (Role.EMPLOYER, Role.TEAM_LEAD, Role.STEERING))
OFFICER = frozenset({Role.DATA_PROTECTION})

MAY: dict[str, dict[str, frozenset[Role]]] = {
    "can_add_source": {"-": KEEPERS},
    "can_add_user": {"-": KEEPERS | LEAD},
    "can_answer_report": {"own": KEEPERS | EMPLOYER, "other": KEEPERS, "none": KEEPERS},
    "can_approve_source": {"own": KEEPERS | EMPLOYER, "other": KEEPERS, "none": KEEPERS},
    "can_change_member": {"own": KEEPERS | EMPLOYER, "other": KEEPERS, "none": KEEPERS},
    "can_change_source": {"own": KEEPERS | EMPLOYER, "other": KEEPERS, "none": KEEPERS},
    "can_change_user": {
        "own": KEEPERS | LEAD, "colleague": KEEPERS, "other": KEEPERS, "guarded": {A}, "none": KEEPERS, "self": NOBODY,
    },
    "can_correct_vacancy": {"own": KEEPERS | EMPLOYER, "other": KEEPERS, "none": KEEPERS},
    "can_give_role": {"own": KEEPERS | LEAD, "colleague": KEEPERS, "other": KEEPERS, "guarded": {A}},
    "can_manage_user": {
        "own": KEEPERS | LEAD, "colleague": KEEPERS, "other": KEEPERS, "guarded": {A}, "none": KEEPERS,
    },
    "can_read_audit": {"-": OFFICER},
    "can_remove_source": {"own": KEEPERS, "other": KEEPERS, "none": KEEPERS},
    "can_say_same": {"own": KEEPERS | EMPLOYER, "other": KEEPERS, "none": KEEPERS},
    "can_see_adverts": {"-": KEEPERS | EMPLOYER},
    "can_see_member": {"own": KEEPERS | STEERING | EMPLOYER, "other": KEEPERS | STEERING, "none": KEEPERS | STEERING},
    "can_see_members": {"-": KEEPERS | STEERING},
    "can_see_operations": {"-": KEEPERS},
    "can_see_quality": {"-": KEEPERS | STEERING},
    "can_see_source": {"own": KEEPERS | STEERING | EMPLOYER, "other": KEEPERS | STEERING, "none": KEEPERS | STEERING},
    "can_see_sources": {"-": KEEPERS | STEERING | EMPLOYER},
    "can_see_unpublished": {"-": EVERY},
    "can_see_user": {
        "own": KEEPERS | LEAD, "colleague": KEEPERS | LEAD, "other": KEEPERS, "guarded": KEEPERS, "none": KEEPERS,
    },
    "can_see_users": {"-": KEEPERS | LEAD},
    "can_set_successor": {"own": KEEPERS, "other": KEEPERS, "none": KEEPERS},
}  # fmt: skip
EVERYONE_THEIR_OWN = frozenset({"can_open_account", "can_use_own_account"})  # with or without a role; nobody another's
