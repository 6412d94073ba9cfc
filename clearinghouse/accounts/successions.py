"""Which organisation does another's work by now: councils that are replaced, trusts that merge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.accounts.models import Organisation, Succession


@dataclass(frozen=True)
class Heir:
    """The organisation that does another's work from the day `since` on."""

    id: int
    slug: str
    name: str
    since: dt.date


@dataclass(frozen=True)
class Heirs:
    """Every succession that is recorded: `steps` by the number of the organisation that is replaced.

    `replaced` has those organisations' numbers and names by slug.
    """

    steps: Mapping[int, Heir] = field(default_factory=dict)
    replaced: Mapping[str, tuple[int, str]] = field(default_factory=dict)

    def of(self, organisation: int | None, day: dt.date) -> Heir | None:
        """Who does its work that day, None = itself. A successor may have one in its turn: `since` is the first's."""
        passed: list[Heir] = []
        for heir in self.line(organisation):
            if heir.since > day:
                break
            passed.append(heir)
        return replace(passed[-1], since=passed[0].since) if passed else None

    def next_change(self, organisation: int | None, day: dt.date) -> dt.date | None:
        """The first day after `day` on which its work passes on; None = we know of none."""
        return min((heir.since for heir in self.line(organisation) if heir.since > day), default=None)

    def line(self, organisation: int | None) -> tuple[Heir, ...]:
        """Those to whom its work passes on, now or later, one after another; a circle is walked once."""
        found: dict[int, Heir] = {}
        step = self.steps.get(organisation) if organisation is not None else None
        while step and step.id not in found:
            found[step.id] = step
            step = self.steps.get(step.id)
        return tuple(found.values())

    def forebears(self, organisation: int, day: dt.date) -> frozenset[int]:
        """The organisations whose work it does on that day, itself not among them."""
        every = {each for each in self.steps if (heir := self.of(each, day)) and heir.id == organisation}
        return frozenset(every - {organisation})

    @cached_property
    def concerned(self) -> frozenset[int]:
        """Every organisation that is replaced or replaces one, now or later."""
        return frozenset(self.steps) | {heir.id for heir in self.steps.values()}

    def told(self, organisations: Collection[int]) -> tuple[tuple[str, str, dt.date], ...]:
        """Slug, name, and since when another does their work, of some that are replaced; by name."""
        found = [
            (slug, name, self.steps[number].since)
            for slug, (number, name) in self.replaced.items()
            if number in organisations
        ]
        return tuple(sorted(found, key=lambda each: each[1].casefold()))

    def family(self, organisation: int, day: dt.date) -> frozenset[int]:
        """Who does its work on that day, and all whose work that one does: a search for one finds them all."""
        heir = self.of(organisation, day)
        head = heir.id if heir else organisation
        return self.forebears(head, day) | {head}


def heirs(session: Session) -> Heirs:
    """All that is recorded, in one query."""
    old, new = sa.orm.aliased(Organisation), sa.orm.aliased(Organisation)
    replaced = (Succession.organisation_id, old.slug.label("was"), old.name.label("called"))
    columns = sa.select(*replaced, new.id, new.slug, new.name, Succession.since)
    joined = columns.join(old, old.id == Succession.organisation_id).join(new, new.id == Succession.successor_id)
    rows = session.execute(joined.order_by(Succession.organisation_id)).all()
    steps = {row.organisation_id: Heir(row.id, row.slug, row.name, row.since) for row in rows}
    return Heirs(steps, {row.was: (row.organisation_id, row.called) for row in rows})
