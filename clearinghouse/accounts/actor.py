"""Who acts: a signed-in person as a value, for predicates, the audit trail and pages."""

from __future__ import annotations

from dataclasses import dataclass

from clearinghouse.accounts.roles import Role


@dataclass(frozen=True)
class Hat:
    """A role that somebody has: for one organisation, or (None) for the Compact as a whole."""

    role: Role
    organisation: int | None = None


@dataclass(frozen=True)
class Account:
    """Somebody's account as a thing that another person acts on."""

    user: int
    hats: frozenset[Hat] = frozenset()


@dataclass(frozen=True)
class Actor:
    """A person who has signed in. `session` is its number; `strong` = a one-time code was used.

    `forebears` are the organisations whose work those do by now at which the person is an employer.
    """

    user: int
    name: str
    email: str
    hats: frozenset[Hat] = frozenset()
    session: int | None = None
    strong: bool = False
    forebears: frozenset[int] = frozenset()

    def has(self, *roles: Role) -> bool:
        """True when the person has one of `roles`, for whatever organisation."""
        return any(hat.role in roles for hat in self.hats)

    def has_for(self, organisation: int | None, *roles: Role) -> bool:
        """True when the person has one of `roles` for that organisation; nobody has one for None."""
        return organisation is not None and any(
            hat.role in roles and hat.organisation == organisation for hat in self.hats
        )

    @property
    def looks_after(self) -> frozenset[int]:
        """The organisations whose adverts the person answers for as an employer: the own ones and their forebears."""
        own = {hat.organisation for hat in self.hats if hat.organisation and hat.role is Role.EMPLOYER}
        return self.forebears.union(own)

    @property
    def organisation(self) -> int | None:
        """The organisation that the person works for, the first where there are several; None = the Compact itself."""
        return min((hat.organisation for hat in self.hats if hat.organisation is not None), default=None)
