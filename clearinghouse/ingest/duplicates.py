"""When two sources' adverts are the same vacancy (design rule 9): linked only where that is certain.

The seam for the later, fuller matching: `same_vacancies` reads the candidates, `choose` decides without I/O.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from rapidfuzz import fuzz, utils
from sqlalchemy.orm import InstrumentedAttribute, Session

from clearinghouse.vacancies.models import Sighting, Vacancy
from clearinghouse.vacancies.vocabulary import Status

NEAR = 95  # of 100: titles that differ in a dash or a letter case
CHUNK = 400  # values of one IN list


@dataclass(frozen=True)
class Newcomer:
    """An advert that its source brings for the first time."""

    key: str
    reference: str | None
    target: str | None
    organisation_id: int | None
    title: str


@dataclass(frozen=True)
class Candidate:
    """A live vacancy as one other source advertises it. `sources` are all that advertise it."""

    vacancy_id: int
    sources: frozenset[str]
    key: str
    target: str | None
    organisation_id: int | None
    title: str


def same_vacancies(session: Session, source: str, newcomers: Sequence[Newcomer]) -> dict[str, int]:
    """Which stored vacancy each newcomer of `source` is, by key; those that are new everywhere are left out."""
    targets = {each.target for each in newcomers if each.target}
    references = {each.reference for each in newcomers if each.reference}
    found = [*_candidates(session, source, Sighting.target, targets)]
    found += _candidates(session, source, Sighting.key, references)
    return choose(source, newcomers, found)


def choose(source: str, newcomers: Sequence[Newcomer], candidates: Iterable[Candidate]) -> dict[str, int]:
    """The certain matches: the same target, or the same reference, employer and near-equal title.

    A target that several newcomers share (a page for all jobs) proves nothing. Two keys of one source never meet in
    one vacancy, and a newcomer with several candidates has none.
    """
    shared = Counter(each.target for each in newcomers)
    free = [each for each in candidates if source not in each.sources]
    taken: set[int] = set()
    chosen: dict[str, int] = {}
    for each in newcomers:
        matches = {
            other.vacancy_id
            for other in free
            if (shared[each.target] == 1 and _same_target(each, other)) or _same_reference(each, other)
        }
        if len(matches) == 1 and not matches & taken:
            chosen[each.key] = matches.pop()
            taken.add(chosen[each.key])
    return chosen


def _same_target(one: Newcomer, other: Candidate) -> bool:
    return one.target is not None and one.target == other.target


def _same_reference(one: Newcomer, other: Candidate) -> bool:
    return (
        one.reference is not None
        and one.reference == other.key
        and one.organisation_id is not None
        and one.organisation_id == other.organisation_id
        and fuzz.ratio(one.title, other.title, processor=utils.default_process) >= NEAR
    )


def _candidates(
    session: Session, source: str, column: InstrumentedAttribute[Any], values: Collection[str]
) -> Iterable[Candidate]:
    ordered = sorted(values)
    for start in range(0, len(ordered), CHUNK):
        rows = session.execute(
            sa.select(Sighting.vacancy_id, Sighting.key, Sighting.target, Vacancy.organisation_id, Vacancy.title)
            .join(Vacancy, Vacancy.id == Sighting.vacancy_id)
            .where(column.in_(ordered[start : start + CHUNK]))
            .where(Sighting.source != source, Vacancy.status != Status.WITHDRAWN, Vacancy.merged_into.is_(None))
        ).all()
        sources = _sources(session, {row.vacancy_id for row in rows})
        for row in rows:
            yield Candidate(
                row.vacancy_id, sources[row.vacancy_id], row.key, row.target, row.organisation_id, row.title
            )


def _sources(session: Session, ids: Collection[int]) -> Mapping[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    rows = session.execute(sa.select(Sighting.vacancy_id, Sighting.source).where(Sighting.vacancy_id.in_(ids)))
    for row in rows:
        found.setdefault(row.vacancy_id, set()).add(row.source)
    return {vacancy: frozenset(names) for vacancy, names in found.items()}
