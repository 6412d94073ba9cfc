"""What an old search means by now: values that stand for a district or an employer that others have replaced. Pure."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from clearinghouse.accounts.successions import Heir, Heirs
from clearinghouse.normalise.district_file import all_changes
from clearinghouse.normalise.districts import DistrictChange
from clearinghouse.search.criteria import Criteria
from clearinghouse.vacancies.draft import LONDON


@dataclass(frozen=True)
class Successions:
    """The changes of districts that the operator has loaded, and the organisations whose work others do."""

    changes: tuple[DistrictChange, ...] = ()
    heirs: Heirs = field(default_factory=Heirs)

    def applied(self, criteria: Criteria, now: dt.datetime) -> tuple[Criteria, tuple[str, ...]]:
        """The search with today's names in place of old ones, and a sentence for each of these.

        So an old link, feed or alert finds what the successors have, and no old name is among the results' facets.
        """
        today, notices = now.astimezone(LONDON).date(), []
        districts: list[str] = []
        known = all_changes(self.changes)
        for name in criteria.district:
            successors = known.successors(name, today)
            if successors != (name,):
                notices.append(_replaced(name, successors))
            districts += successors
        employers: list[str] = []
        for slug in criteria.employer:
            number, called = self.heirs.replaced.get(slug, (None, slug))
            found = self.heirs.of(number, today)
            if found:
                notices.append(_replaced(called, [heir.name for heir in found]))
            employers += [heir.slug for heir in found] or [slug]
        if not notices:
            return criteria, ()
        changed = {"district": _once(districts), "employer": _once(employers), "page": criteria.page}
        return criteria.replace(**changed), tuple(notices)

    def as_text(self) -> str:
        """The same as JSON, for `from_text`."""
        changes = [[each.since.isoformat(), each.district, each.successor, each.part] for each in self.changes]
        heirs = [
            [slug, number, called, heir.id, heir.slug, heir.name, heir.since.isoformat()]
            for slug, (number, called) in self.heirs.replaced.items()
            for heir in self.heirs.steps[number]
        ]
        return json.dumps({"districts": changes, "employers": heirs}, ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> Successions:
        """What `as_text` wrote. Raises ValueError for anything else."""
        try:
            held = json.loads(text)
            changes = tuple(DistrictChange(dt.date.fromisoformat(day), *rest) for day, *rest in held["districts"])
            steps: dict[int, tuple[Heir, ...]] = {}
            for _, number, _, new, slug, name, day in held["employers"]:
                heir = Heir(new, slug, name, dt.date.fromisoformat(day))
                steps[number] = (*steps.get(number, ()), heir)
            replaced = {slug: (number, called) for slug, number, called, *_ in held["employers"]}
            return cls(changes, Heirs(steps, replaced))
        except (KeyError, TypeError) as error:
            raise ValueError("these are no successions") from error


def _replaced(name: str, successors: Sequence[str]) -> str:
    shown = " and ".join(successors)
    return f"{name[:60]} is part of {shown} now: we show {shown if len(successors) == 1 else 'all of them'}."


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
