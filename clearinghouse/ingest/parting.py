"""Adverts that shared a vacancy and are a vacancy of their own again: prepared without a lock, then carried out.

A run parts an advert by itself only when its source gave it another title: then nothing that it says, to any other
advert of the vacancy, names the same work. Hours, pay and dates that differ for a while part nothing.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.accounts import organisations
from clearinghouse.db import Store
from clearinghouse.errors import ClearingHouseError
from clearinghouse.ingest.alike import other_work
from clearinghouse.ingest.models import Sameness
from clearinghouse.ingest.moving import Act, Reading, part
from clearinghouse.ingest.precedence import Held, Normalise, held
from clearinghouse.ingest.traits import Traits, traits
from clearinghouse.normalise.draft import normalise as normalise_posting
from clearinghouse.vacancies.draft import Draft, Refused
from clearinghouse.vacancies.models import Sighting
from clearinghouse.vacancies.posting import Posting

CHUNK = 400  # values of one IN list
WHY = "its source gave it another title"


class NotPartedError(ClearingHouseError):
    """The advert can't be parted from its vacancy: it is the only one, or can't be read by itself."""


@dataclass(frozen=True)
class Half:
    """How one half of a parted vacancy is read: by its leading advert."""

    draft: Draft
    organisation_id: int | None


@dataclass(frozen=True)
class Parting:
    """Which adverts leave which vacancy, under which words, and how both halves are read then (None = as it is)."""

    vacancy: int
    leaving: tuple[int, ...]
    digests: tuple[str, ...]
    alone: Half
    rest: Half | None


def prepared(
    session: Session, leaving: Collection[int], now: dt.datetime, normalise: Normalise = normalise_posting
) -> Parting:
    """What parting those adverts of one vacancy means. Raises NotPartedError where none would stay, or be readable."""
    first = session.get_one(Sighting, min(leaving))
    adverts = held(session, first.vacancy_id)
    go = [each for each in adverts if each.sighting.id in leaving]
    stay = [each for each in adverts if each.sighting.id not in leaving]
    if not stay or len(go) < len(leaving):
        raise NotPartedError("This advert shares its vacancy with no other one any more")
    leader = min(adverts, key=lambda each: each.rank)
    rest = _half(min(stay, key=lambda each: each.rank), now, normalise) if leader in go else None
    digests = tuple(each.sighting.digest for each in go)
    alone = _half(min(go, key=lambda each: each.rank), now, normalise)
    return Parting(first.vacancy_id, tuple(each.sighting.id for each in go), digests, alone, rest)


def carried_out(session: Session, parting: Parting, act: Act) -> int | None:
    """The vacancy of the adverts that left; None, and nothing done, where they moved or changed since `prepared`."""
    rows = session.scalars(sa.select(Sighting).where(Sighting.id.in_(parting.leaving)).order_by(Sighting.id)).all()
    if tuple((row.vacancy_id, row.digest) for row in rows) != tuple((parting.vacancy, d) for d in parting.digests):
        return None
    rest = _reading(session, parting.rest) if parting.rest else None
    return part(session, parting.leaving, _reading(session, parting.alone), rest, act)


def part_reworded(
    store: Store, source: str, keys: Collection[str], run: int, now: dt.datetime, normalise: Normalise
) -> int:
    """Part those adverts of `source`, whose words changed, that name other work than all others of their vacancy."""
    with store.reading() as session:
        found = [each for each in _shared(session, source, keys) if _is_other(session, each, now, normalise)]
        partings = [*_partings(session, found, now, normalise)]
    count = 0
    for parting in partings:
        with store.writing() as session:
            count += carried_out(session, parting, Act(f"run {run}", WHY, now)) is not None
    return count


def _partings(session: Session, found: Collection[int], now: dt.datetime, normalise: Normalise) -> Iterator[Parting]:
    for sighting in found:
        with contextlib.suppress(NotPartedError):  # what stays can't be read by itself: they stay together
            yield prepared(session, [sighting], now, normalise)


def read_alone(each: Held, draft: Draft) -> Traits:
    """The advert's own traits, whoever leads its vacancy."""
    sighting = each.sighting
    return traits(sighting.source, sighting.key, sighting.key, sighting.target, draft.as_json())


def _shared(session: Session, source: str, keys: Collection[str]) -> list[int]:
    other = sa.orm.aliased(Sighting)
    twice = sa.exists().where(other.vacancy_id == Sighting.vacancy_id, other.id != Sighting.id)
    ordered = sorted(keys)
    found: list[int] = []
    for start in range(0, len(ordered), CHUNK):
        some = Sighting.key.in_(ordered[start : start + CHUNK])
        found += session.scalars(sa.select(Sighting.id).where(Sighting.source == source, some, twice))
    return found


def _is_other(session: Session, sighting: int, now: dt.datetime, normalise: Normalise) -> bool:
    adverts = held(session, session.get_one(Sighting, sighting).vacancy_id)
    if _joined_by_hand(session, sighting):
        return False
    read = {each.sighting.id: _read(each, now, normalise) for each in adverts if each.live}
    mine = read.pop(sighting, None)
    others = [each for each in read.values() if each]
    return bool(mine and others) and all(other_work(mine, each) for each in others if mine)


def _joined_by_hand(session: Session, sighting: int) -> bool:
    ours = sa.or_(Sameness.one == sighting, Sameness.other == sighting)
    return bool(session.scalar(sa.select(sa.exists().where(ours, Sameness.same, Sameness.undone_at.is_(None)))))


def _read(each: Held, now: dt.datetime, normalise: Normalise) -> Traits | None:
    draft = normalise(Posting.from_json(each.sighting.posting), each.facts, now)
    return read_alone(each, draft) if isinstance(draft, Draft) else None


def _half(leader: Held, now: dt.datetime, normalise: Normalise) -> Half:
    draft = normalise(Posting.from_json(leader.sighting.posting), leader.facts, now)
    if isinstance(draft, Refused):
        raise NotPartedError(f"The advert can't be read by itself: {draft.reason.label}")
    return Half(draft, leader.organisation_id)


def _reading(session: Session, half: Half) -> Reading:
    name = half.draft.employer
    owner = organisations.find_or_create_all(session, {name})[name] if name else half.organisation_id
    return Reading(half.draft, owner)
