"""A person's word on duplicates: two adverts are one vacancy, or are not (design rule 9). Remembered until taken back.

Each act stands in the history of both vacancies and in the audit trail, in the transaction that does it. It follows a
vacancy that was merged to the one that it was merged into, may be sent twice with one result (False the second time),
and raises sqlalchemy.exc.NoResultFound for an unknown vacancy or advert.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from itertools import product

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.accounts import audit
from clearinghouse.accounts.actor import Actor
from clearinghouse.accounts.tags import Tag
from clearinghouse.db import Store
from clearinghouse.ingest.models import Sameness
from clearinghouse.ingest.moving import Act, elder, join
from clearinghouse.ingest.parting import NotPartedError, carried_out, prepared
from clearinghouse.ingest.precedence import Normalise
from clearinghouse.ingest.typed_reading import reason_of
from clearinghouse.normalise.draft import normalise as normalise_posting
from clearinghouse.vacancies.models import Sighting, Vacancy


def standing(session: Session, public_id: str) -> Vacancy:
    """That vacancy, or the one that it was merged into."""
    found = session.scalars(sa.select(Vacancy).where(Vacancy.public_id == public_id)).one()
    return session.get_one(Vacancy, found.merged_into) if found.merged_into else found


def said_of(session: Session, vacancy: int) -> Sequence[Sameness]:
    """What people said of that vacancy's adverts and hold to, newest first; of each word the first pair."""
    mine = sa.select(Sighting.id).where(Sighting.vacancy_id == vacancy)
    about = sa.or_(Sameness.one.in_(mine), Sameness.other.in_(mine))
    held = sa.select(Sameness).where(about, Sameness.undone_at.is_(None)).order_by(Sameness.id.desc())
    return [*{_word(row): row for row in session.scalars(held)}.values()]


def kept_apart(session: Session, vacancy: int) -> set[int]:
    """The vacancies that somebody said are not this one."""
    mine = sa.select(Sighting.id).where(Sighting.vacancy_id == vacancy)
    held = sa.select(Sameness.one, Sameness.other).where(
        sa.or_(Sameness.one.in_(mine), Sameness.other.in_(mine)), ~Sameness.same, Sameness.undone_at.is_(None)
    )
    ends = {end for row in session.execute(held) for end in row}
    return set(session.scalars(sa.select(Sighting.vacancy_id).where(Sighting.id.in_(ends)))) - {vacancy}


def say_same(store: Store, public_id: str, other: str, reason: str, by: Actor, now: dt.datetime) -> bool:
    """Make two vacancies one, even of one source, whatever we thought of them. Raises BadFormError without a reason."""
    why = reason_of(reason)
    with store.writing() as session:
        one, two = standing(session, public_id), standing(session, other)
        if one.id == two.id:
            return False
        pairs = [*product(_adverts(session, one.id), _adverts(session, two.id))]
        _take_back(session, pairs, by, now)
        into, gone = elder(session, one.id, two.id)
        join(session, into, gone, Act(by.email, f"said to be the same: {why}", now, by_hand=True))
        _remember(session, pairs, why, by, now, same=True)
        _record(session, Tag.VACANCY_SAMENESS_SAID, into, by, now, other=gone, same=True, reason=why)
        return True


def say_different(store: Store, public_id: str, other: str, reason: str, by: Actor, now: dt.datetime) -> bool:
    """Never join these two vacancies, however alike they get. Raises BadFormError without a reason."""
    why = reason_of(reason)
    with store.writing() as session:
        one, two = standing(session, public_id), standing(session, other)
        pairs = [*product(_adverts(session, one.id), _adverts(session, two.id))]
        if one.id == two.id or _known(session, pairs):
            return False
        _remember(session, pairs, why, by, now, same=False)
        _record(session, Tag.VACANCY_SAMENESS_SAID, one.id, by, now, other=two.id, same=False, reason=why)
        return True


def say_apart(
    store: Store,
    advert: int,
    reason: str,
    by: Actor,
    now: dt.datetime,
    normalise: Normalise = normalise_posting,
) -> bool:
    """Give an advert a vacancy of its own, never to be joined with the rest again.

    Raises BadFormError without a reason; NotPartedError where it can't be read by itself.
    """
    why = reason_of(reason)
    with store.reading() as session:
        rest = [each for each in _adverts(session, session.get_one(Sighting, advert).vacancy_id) if each != advert]
        if not rest:
            return False
        parting = prepared(session, [advert], now, normalise)
    with store.writing() as session:
        pairs = [(advert, each) for each in rest]
        own = carried_out(session, parting, Act(by.email, f"said to be different: {why}", now, by_hand=True))
        if own is None:
            raise NotPartedError("Its source said something new a moment ago. Look at it again")
        _take_back(session, pairs, by, now)
        _remember(session, pairs, why, by, now, same=False)
        _record(session, Tag.VACANCY_SAMENESS_SAID, parting.vacancy, by, now, other=own, same=False, reason=why)
        return True


def undo(store: Store, number: int, by: Actor, now: dt.datetime, normalise: Normalise = normalise_posting) -> bool:
    """Take a person's word back: what was joined by it is parted; what was kept apart is judged by its words again."""
    with store.reading() as session:
        said = session.get_one(Sameness, number)
        if said.undone_at:
            return False
        leaving = _joined_by(session, said) if said.same else set()
        parting = prepared(session, leaving, now, normalise) if leaving else None
    with store.writing() as session:
        said = session.get_one(Sameness, number)
        vacancy = session.get_one(Sighting, said.one).vacancy_id
        for row in _as_said(session, said):
            row.undone_at, row.undone_by = now, by.email
        if parting:
            rest = set(_adverts(session, vacancy)) - leaving
            _take_back(session, product(leaving, rest), by, now)
            carried_out(session, parting, Act(by.email, "no longer said to be the same", now, by_hand=True))
        _record(session, Tag.VACANCY_SAMENESS_UNDONE, vacancy, by, now, same=said.same, reason=said.reason)
        return True


def _joined_by(session: Session, said: Sameness) -> set[int]:
    """The adverts that stood on one side of the word: those that had another vacancy before, where that is known."""
    rows = _as_said(session, said)
    ends = {end for row in rows for end in (row.one, row.other)}
    mine = session.scalars(sa.select(Sighting).where(Sighting.id.in_(ends))).all()
    homes = {advert.id: advert.home for advert in mine if advert.vacancy_id == mine[0].vacancy_id}
    sides = [{end for row in rows if at in (row.one, row.other) for end in (row.one, row.other) if end != at}
             for at in (said.one, said.other)]  # fmt: skip
    first, second = ({end for end in side if end in homes} for side in sides)
    return first if any(homes[end] for end in first) or not second else second


def _word(row: Sameness) -> tuple[object, ...]:
    """What all pairs have in common that a person spoke of at once."""
    return row.at, row.by, row.reason, row.same


def _as_said(session: Session, said: Sameness) -> Sequence[Sameness]:
    """All pairs that a person spoke of with this one, and that hold still."""
    alike = sa.select(Sameness).where(Sameness.at == said.at, Sameness.by == said.by, Sameness.reason == said.reason)
    return session.scalars(alike.where(Sameness.same == said.same, Sameness.undone_at.is_(None))).all()


def _adverts(session: Session, vacancy: int) -> list[int]:
    return [*session.scalars(sa.select(Sighting.id).where(Sighting.vacancy_id == vacancy).order_by(Sighting.id))]


def _pair(one: int, other: int) -> tuple[int, int]:
    return min(one, other), max(one, other)


def _known(session: Session, pairs: Collection[tuple[int, int]]) -> bool:
    held = sa.select(Sameness.one, Sameness.other).where(~Sameness.same, Sameness.undone_at.is_(None))
    either = sa.or_(*(sa.and_(Sameness.one == a, Sameness.other == b) for a, b in (_pair(*each) for each in pairs)))
    return len({(row.one, row.other) for row in session.execute(held.where(either))}) == len(pairs)


def _take_back(session: Session, pairs: Iterable[tuple[int, int]], by: Actor, now: dt.datetime) -> None:
    for one, other in (_pair(*each) for each in pairs):
        session.execute(
            sa.update(Sameness)
            .where(Sameness.one == one, Sameness.other == other, Sameness.undone_at.is_(None))
            .values(undone_at=now, undone_by=by.email)
        )


def _remember(
    session: Session, pairs: Iterable[tuple[int, int]], why: str, by: Actor, now: dt.datetime, *, same: bool
) -> None:
    for one, other in (_pair(*each) for each in pairs):
        session.add(Sameness(one=one, other=other, same=same, reason=why, by=by.email, at=now))


def _record(
    session: Session, tag: Tag, vacancy: int, by: Actor, now: dt.datetime, other: int | None = None, **details: object
) -> None:
    about = session.get_one(Vacancy, vacancy)
    if other:
        details["other"] = session.get_one(Vacancy, other).public_id
    audit.record(session, tag, by, about.public_id, now, organisation=about.organisation_id, **details)
