"""Where the vacancies of a planned write are by now: between plan and write a person may have joined or parted some."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.ingest.plan import Write
from clearinghouse.vacancies.models import UNREAD, Sighting, Vacancy


def as_now(session: Session, writes: Sequence[Write]) -> tuple[Write, ...]:
    """The writes, each of which names its advert's vacancy of this moment.

    The draft of one that moved was chosen beside other adverts: its vacancy keeps the draft that it has, and the
    advert is marked to be read again.
    """
    known = [write.decision.known.id for write in writes if write.rows > 1 and write.decision.known]
    linked = [write.vacancy_id for write in writes if write.vacancy_id and not write.decision.known]
    homes = dict(session.execute(sa.select(Sighting.id, Sighting.vacancy_id).where(Sighting.id.in_(known))).all())
    merged = sa.select(Vacancy.id, Vacancy.merged_into).where(Vacancy.id.in_(linked), Vacancy.merged_into.is_not(None))
    into = dict(session.execute(merged).all()) if linked else {}
    return tuple(_moved(write, homes, into) for write in writes)


def _moved(write: Write, homes: dict[int, int], into: dict[int, int | None]) -> Write:
    known = write.decision.known
    now = homes.get(known.id, write.vacancy_id) if known else into.get(write.vacancy_id or 0, write.vacancy_id)
    if now == write.vacancy_id:
        return write
    advert = replace(write.advert, reading=UNREAD) if write.advert else None
    return replace(write, vacancy_id=now, advert=advert, draft=None)
