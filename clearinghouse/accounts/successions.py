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

    `replaced` has those organisations' numbers and names by slug. Work may pass on to several, each a part.
    """

    steps: Mapping[int, tuple[Heir, ...]] = field(default_factory=dict)
    replaced: Mapping[str, tuple[int, str]] = field(default_factory=dict)

    def of(self, organisation: int | None, day: dt.date, seen: tuple[int, ...] = ()) -> tuple[Heir, ...]:
        """Who does its work that day, none = itself. A successor may have some in its turn: `since` is the first's."""
        found: dict[int, Heir] = {}
        if organisation is not None and organisation not in seen:
            for step in self.steps.get(organisation, ()):
                if step.since <= day:
                    for last in self.of(step.id, day, (*seen, organisation)) or (step,):
                        found.setdefault(last.id, replace(last, since=step.since))
        return tuple(found.values())

    def next_change(self, organisation: int | None, day: dt.date) -> dt.date | None:
        """The first day after `day` on which its work passes on; None = we know of none."""
        return min((heir.since for heir in self.line(organisation) if heir.since > day), default=None)

    def line(self, organisation: int | None) -> tuple[Heir, ...]:
        """All to whom its work passes on, now or later, each once."""
        found: dict[int, Heir] = {}
        left = [*self.steps.get(organisation, ())] if organisation is not None else []
        while left:
            step = left.pop(0)
            if step.id not in found:
                found[step.id] = step
                left += self.steps.get(step.id, ())
        return tuple(found.values())

    def forebears(self, organisation: int, day: dt.date) -> frozenset[int]:
        """The organisations whose work it does on that day, all or a part; itself not among them."""
        every = {each for each in self.steps if organisation in (heir.id for heir in self.of(each, day))}
        return frozenset(every - {organisation})

    def family(self, organisation: int, day: dt.date) -> frozenset[int]:
        """Who does its work on that day, and all whose work those do: a search for it finds what they all have."""
        heads = {heir.id for heir in self.of(organisation, day)} or {organisation}
        return frozenset(heads).union(*(self.forebears(head, day) for head in heads))

    @cached_property
    def concerned(self) -> frozenset[int]:
        """Every organisation that is replaced or replaces one, now or later."""
        return frozenset(self.steps) | {heir.id for step in self.steps.values() for heir in step}

    def told(self, organisations: Collection[int]) -> tuple[tuple[str, str, dt.date], ...]:
        """Slug, name, and since when another does their work, of some that are replaced; by name."""
        found = [
            (slug, name, min(heir.since for heir in self.steps[number]))
            for slug, (number, name) in self.replaced.items()
            if number in organisations
        ]
        return tuple(sorted(found, key=lambda each: each[1].casefold()))


def heirs(session: Session) -> Heirs:
    """All that is recorded, in one query."""
    old, new = sa.orm.aliased(Organisation), sa.orm.aliased(Organisation)
    names = (Succession.organisation_id, old.slug.label("was"), old.name.label("called"))
    columns = sa.select(*names, new.id, new.slug, new.name, Succession.since)
    joined = columns.join(old, old.id == Succession.organisation_id).join(new, new.id == Succession.successor_id)
    steps: dict[int, tuple[Heir, ...]] = {}
    replaced: dict[str, tuple[int, str]] = {}
    for row in session.execute(joined.order_by(Succession.organisation_id, new.name)):
        heir = Heir(row.id, row.slug, row.name, row.since)
        steps[row.organisation_id] = (*steps.get(row.organisation_id, ()), heir)
        replaced[row.was] = (row.organisation_id, row.called)
    return Heirs(steps, replaced)
