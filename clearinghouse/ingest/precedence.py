"""Which advert of a vacancy leads: the one whose words people see (design rule 9)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.ingest.sources import effective
from clearinghouse.vacancies.draft import Draft, Refused
from clearinghouse.vacancies.models import Sighting, SourceRow
from clearinghouse.vacancies.posting import Posting, SourceFacts
from clearinghouse.vacancies.vocabulary import Status

Normalise = Callable[[Posting, SourceFacts, dt.datetime], Draft | Refused]
Rank = tuple[bool, bool, float]


@dataclass(frozen=True)
class Held:
    """One advert of a vacancy as it stands, its source's own organisation beside it."""

    sighting: Sighting
    facts: SourceFacts
    organisation_id: int | None

    @property
    def live(self) -> bool:
        """Whether its source still has it."""
        return self.sighting.status is not Status.WITHDRAWN

    @property
    def rank(self) -> tuple[bool, Rank]:
        """The lowest leads: a live one, and of several the first in the order of precedence."""
        return not self.live, leads(self.facts.public, self.facts.organisation is not None, self.sighting.id)


def leads(public: bool, own: bool, number: float) -> Rank:  # noqa: FBT001 - a sort key
    """The order of precedence among a vacancy's live adverts: what everyone may see, the employer's own, the oldest.

    A source that nobody verified never puts its words before everyone in a vacancy that another made public.
    """
    return (not public, not own, number)


def held(session: Session, vacancy: int) -> list[Held]:
    """The vacancy's adverts, oldest first."""
    joined = sa.select(Sighting, SourceRow).join(SourceRow, SourceRow.slug == Sighting.source)
    rows = session.execute(joined.where(Sighting.vacancy_id == vacancy).order_by(Sighting.id))
    return [Held(sighting, effective(row), row.organisation_id) for sighting, row in rows]
