"""When two sources' adverts are the same vacancy (design rule 9): linked only where that is certain.

`same_vacancies` reads the candidates, `choose` decides without I/O by what `alike` says of each pair.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from clearinghouse.accounts.models import Organisation
from clearinghouse.ingest.alike import Answer
from clearinghouse.ingest.employer_words import employer, may_be_one
from clearinghouse.ingest.later import Later, later
from clearinghouse.ingest.newcomers import Known
from clearinghouse.ingest.title_words import taken_apart
from clearinghouse.ingest.traits import Traits, traits
from clearinghouse.vacancies.models import Sighting, Vacancy
from clearinghouse.vacancies.vocabulary import Status

CHUNK = 400  # values of one IN list


@dataclass(frozen=True)
class Newcomer:
    """An advert that its source brings for the first time, its employer as a row of the store."""

    key: str
    reference: str | None
    organisation_id: int | None
    traits: Traits


@dataclass(frozen=True)
class Candidate:
    """One advert of a live vacancy, as another source has it. `sources` are all that advertise the vacancy."""

    vacancy_id: int
    sources: frozenset[str]
    traits: Traits


def same_vacancies(session: Session, source: str, newcomers: Sequence[Newcomer]) -> dict[str, int]:
    """Which stored vacancy each newcomer of `source` is, by key; those that are new everywhere are left out."""
    known = later(session)
    newcomers = [replace(each, traits=known.told(each.organisation_id, each.traits)) for each in newcomers]
    targets = {each.traits.target for each in newcomers if each.traits.target}
    references = {each.reference for each in newcomers if each.reference}
    ids = {*_advertised(session, Sighting.target, targets), *_advertised(session, Sighting.key, references)}
    ids |= {*_of_employers(session, source, newcomers, known)}
    return choose(source, newcomers, _candidates(session, source, ids, known))


def choose(source: str, newcomers: Sequence[Newcomer], candidates: Iterable[Candidate]) -> dict[str, int]:
    """The vacancy of each newcomer that is certainly one of the candidates.

    A target that several newcomers share (a page for all jobs) proves nothing. Two keys of one source never meet in
    one vacancy: the surer claim has it, and neither of two equal ones. A newcomer with several candidates has none.
    """
    free = [each for each in candidates if source not in each.sources]
    known = Known([each.traits for each in free])
    shared = Counter(each.traits.target for each in newcomers)
    claims: dict[int, list[tuple[Answer, str]]] = defaultdict(list)
    for each in newcomers:
        answers = known.same_as(each.traits, own_target=shared[each.traits.target] == 1)
        best = max(answers.values(), default=Answer.DIFFERENT)
        vacancies = {free[at].vacancy_id for at, answer in answers.items() if answer is best}
        if len(vacancies) == 1:
            claims[vacancies.pop()].append((best, each.key))
    return {key: vacancy for vacancy, made in claims.items() if (key := _surest(made)) is not None}


def _surest(claims: Sequence[tuple[Answer, str]]) -> str | None:
    best = max(answer for answer, _ in claims)
    keys = [key for answer, key in claims if answer is best]
    return keys[0] if len(keys) == 1 else None


def _advertised(session: Session, column: InstrumentedAttribute[Any], values: Collection[str]) -> Iterator[int]:
    for some in _chunks(values):
        yield from session.scalars(sa.select(Sighting.vacancy_id).where(column.in_(some)))


def _of_employers(session: Session, source: str, newcomers: Sequence[Newcomer], known: Later) -> Iterator[int]:
    """The vacancies of the newcomers' employers whose titles have a word in common with a newcomer's there."""
    titles: dict[int, set[str]] = defaultdict(set)
    employers = {each.organisation_id for each in newcomers if each.organisation_id is not None}
    alike = organisations_alike(session, employers)
    for each in newcomers:
        own = known.related(each.organisation_id) if each.organisation_id is not None else ()
        for organisation in {*alike.get(each.organisation_id, ()), *own}:
            titles[organisation] |= each.traits.title.words
    for some in _chunks(titles):
        columns = sa.select(Vacancy.id, Vacancy.organisation_id, Vacancy.title)
        for row in session.execute(columns.where(Vacancy.organisation_id.in_(some), _live(source))):
            if not titles[row.organisation_id].isdisjoint(taken_apart(row.title).words):
                yield row.id


def organisations_alike(session: Session, ids: Collection[int]) -> dict[int | None, list[int]]:
    """The organisations that bear a name of the same employer, by each of `ids`; itself among them."""
    rows = {row.id: employer(row.name) for row in session.execute(sa.select(Organisation.id, Organisation.name))}
    by_word: dict[str, set[int]] = defaultdict(set)
    for number, name in rows.items():
        for word in (*name.words, *name.written, *name.initials):
            by_word[word].add(number)
    found: dict[int | None, list[int]] = {}
    for number in ids:
        name = rows[number]
        near = set().union(*(by_word[word] for word in (*name.words, *name.written, *name.initials)))
        found[number] = [other for other in near | {number} if other == number or may_be_one(name, rows[other])]
    return found


def _candidates(session: Session, source: str, ids: Collection[int], known: Later) -> list[Candidate]:
    found = []
    columns = (Sighting.vacancy_id, Sighting.source, Sighting.key, Sighting.target)
    joined = sa.select(*columns, Vacancy.organisation_id, Vacancy.draft).join(
        Vacancy, Vacancy.id == Sighting.vacancy_id
    )
    for some in _chunks(ids):
        rows = session.execute(joined.where(Vacancy.id.in_(some), _live(source))).all()
        sources = defaultdict(set)
        for row in rows:
            sources[row.vacancy_id].add(row.source)
        found += [
            Candidate(
                row.vacancy_id,
                frozenset(sources[row.vacancy_id]),
                known.told(row.organisation_id, traits(row.source, row.key, row.key, row.target, row.draft)),
            )
            for row in rows
        ]
    return found


def _live(source: str) -> sa.ColumnElement[bool]:
    """That a vacancy stands, and that `source` doesn't advertise it already."""
    own = aliased(Sighting)
    ours = sa.exists().where(own.vacancy_id == Vacancy.id, own.source == source)
    return sa.and_(Vacancy.status != Status.WITHDRAWN, Vacancy.merged_into.is_(None), ~ours)


def _chunks(values: Collection[Any]) -> Iterator[list[Any]]:
    ordered = sorted(values)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]
