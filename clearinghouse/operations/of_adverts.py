"""What adverts need of a person: those that people had hidden or put right, until their source's words changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.ingest.models import Correction
from clearinghouse.operations.need import Need, NeedKind, counted, share
from clearinghouse.vacancies.models import Vacancy
from clearinghouse.vacancies.vocabulary import Status


def of_adverts(session: Session, now: dt.datetime) -> Iterator[Need]:
    """One thing to do for all of them; an advert that is over needs nobody."""
    number, since = session.execute(
        sa.select(sa.func.count(Correction.vacancy_id.distinct()), sa.func.min(Correction.dropped_at))
        .join(Vacancy, Vacancy.id == Correction.vacancy_id)
        .where(
            Correction.dropped_source.is_not(None),
            Correction.settled_at.is_(None),
            Vacancy.status != Status.WITHDRAWN,
            sa.or_(Vacancy.closes_at.is_(None), Vacancy.closes_at > now),
        )
    ).one()
    if number:
        kind = NeedKind.CORRECTIONS_DROPPED
        minutes, rest = share(kind, number)
        had = "that people had hidden or put right"
        adverts = counted(number, f"advert {had} has", f"adverts {had} have")
        sentence = f"{adverts} new words at the source, which everyone sees now. Put back what still holds.{rest}"
        yield Need(kind, "adverts", sentence, since, minutes, "/adverts?show=dropped")
