"""From when each audience may see a vacancy: the stated openings, and what holds it back from them.

An advert for people who work there already is for staff alone. One that is ring-fenced opens at once to the people at
risk in the employing organisation, through an opening of their own, and to nobody else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.vacancies.models import Opening, Vacancy
from clearinghouse.vacancies.visible import TIERS
from clearinghouse.vacancies.vocabulary import Restriction


@dataclass(frozen=True)
class Audiences:
    """`opens` has a time for each of TIERS, None = never; `own` the openings to one organisation's people at risk.

    `staff_only` = all who work here see it, marked, and nobody else does.
    """

    opens: tuple[dt.datetime | None, ...]
    own: Mapping[int, dt.datetime]
    staff_only: bool


def audiences(vacancy: Vacancy, restricted: str | None, openings: Sequence[Opening], *, unverified: bool) -> Audiences:
    """Who may see it from when. `unverified` = no advert of it is from a source that everyone may see."""
    ring_fenced = restricted == Restriction.RING_FENCED
    internal = restricted == Restriction.INTERNAL or (ring_fenced and vacancy.organisation_id is None)
    own = {o.organisation_id: o.opens for o in openings if o.organisation_id and not _ours(o, vacancy)}
    if ring_fenced and vacancy.organisation_id is not None:
        own.setdefault(vacancy.organisation_id, vacancy.first_seen)
    held_back = unverified or vacancy.hidden or restricted is not None
    return Audiences(_tiers(openings, held_back=held_back), own, unverified or internal)


def settle(session: Session, vacancy: Vacancy, openings: Sequence[Opening], own: Mapping[int, dt.datetime]) -> None:
    """Write or take away the opening that a ring-fence gives; those that people set stay as they are."""
    stored = {o.organisation_id: o for o in openings if o.organisation_id}
    for organisation in own.keys() - stored.keys():
        opens = own[organisation]
        session.merge(Opening(vacancy_id=vacancy.id, audience=TIERS[-1], organisation_id=organisation, opens=opens))
    gone = stored.keys() - own.keys()
    if gone:
        session.execute(sa.delete(Opening).where(Opening.vacancy_id == vacancy.id, Opening.organisation_id.in_(gone)))


def _ours(opening: Opening, vacancy: Vacancy) -> bool:
    """True for the opening that a ring-fence gave: from the first moment, when no plan for a release begins."""
    return opening.opens == vacancy.first_seen


def _tiers(openings: Sequence[Opening], *, held_back: bool) -> tuple[dt.datetime | None, ...]:
    """From when public, referred and at_risk may see it: each the earliest of its own time and those before it."""
    if held_back:
        return (None,) * len(TIERS)
    stated = {o.audience: o.opens for o in openings if not o.organisation_id}
    effective: list[dt.datetime | None] = []
    for tier in TIERS:
        known = [at for at in (stated.get(tier), effective[-1] if effective else None) if at]
        effective.append(min(known, default=None))
    return tuple(effective)
