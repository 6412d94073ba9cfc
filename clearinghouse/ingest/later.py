"""Employers whose work others do: an advert of the one may be the same post as one of the other."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from clearinghouse.accounts.successions import Heirs, heirs
from clearinghouse.ingest.employer_words import Employer, employer
from clearinghouse.ingest.traits import Traits


@dataclass(frozen=True)
class Later:
    """The names under which organisations' posts may be advertised anew, by their numbers; and who is one with whom.

    A successor counts from the moment in which it is recorded: it often advertises before its first day.
    """

    names: Mapping[int, tuple[Employer, ...]] = field(default_factory=dict)
    kin: Mapping[int, frozenset[int]] = field(default_factory=dict)

    def told(self, organisation: int | None, advert: Traits) -> Traits:
        """The traits of that organisation's advert, with the names of those to whom its work passes on."""
        names = self.names.get(organisation) if organisation is not None else None
        return replace(advert, later=names) if names else advert

    def related(self, organisation: int) -> Collection[int]:
        """Those to whom its work passes on, and those whose work passes on to it."""
        return self.kin.get(organisation, frozenset())


def later(session: Session) -> Later:
    """What is recorded now, in one query."""
    known = heirs(session)
    lines = {number: known.line(number) for number in known.steps}
    names = {number: tuple(employer(heir.name) for heir in line) for number, line in lines.items()}
    return Later(names, {number: _kin(known, number) for number in known.concerned})


def _kin(known: Heirs, organisation: int) -> frozenset[int]:
    after = {heir.id for heir in known.line(organisation)}
    before = {each for each in known.steps if organisation in (heir.id for heir in known.line(each))}
    return frozenset(after | before) - {organisation}
