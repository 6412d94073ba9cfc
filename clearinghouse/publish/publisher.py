"""The one publisher: from touched vacancies and passing times to publications and the change sequence (design §4.2).

Rows of `touched` are read first, the vacancies after them, and only the rows read are deleted, by their ids: whatever
is touched meanwhile has a new row and is published again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.accounts.models import Organisation
from clearinghouse.db import Store
from clearinghouse.ingest.corrections import in_force
from clearinghouse.ingest.overlay import Corrected, closing_of, laid_over
from clearinghouse.leases import confirm
from clearinghouse.publish.audiences import Audiences, audiences, settle
from clearinghouse.publish.document import Advert, document
from clearinghouse.publish.models import Change, Publication
from clearinghouse.publish.promises import promised
from clearinghouse.publish.turning import ALWAYS, Turning, turning
from clearinghouse.vacancies.models import Opening, Sighting, SourceRow, Touched, Vacancy
from clearinghouse.vacancies.naming import source_name
from clearinghouse.vacancies.visible import PUBLIC, Showing, Visible, seconds
from clearinghouse.vacancies.vocabulary import Status

LEASE = "publisher"
EMPLOYER = (Organisation.id, Organisation.slug, Organisation.name, Organisation.terms, Organisation.promises)
ONE_SECOND = dt.timedelta(seconds=1)


@dataclass(frozen=True)
class State:
    """What the store holds of one vacancy, as far as its publication depends on it."""

    vacancy: Vacancy
    employer: Mapping[str, str] | None
    employer_terms: str | None
    promises: Mapping[str, Any] | None
    adverts: tuple[Advert, ...]
    openings: tuple[Opening, ...]
    corrections: tuple[Corrected, ...] = ()
    turning: Turning = ALWAYS

    def draft(self) -> Mapping[str, Any]:
        """What was read of it, with what people corrected laid over."""
        return laid_over(self.vacancy.draft, self.corrections)

    def audiences(self) -> Audiences:
        """From when each audience may see it."""
        unverified = not any(advert.public for advert in self.adverts)
        return audiences(self.vacancy, self.draft().get("restricted"), self.openings, unverified=unverified)


@dataclass(frozen=True)
class Known:
    """What was published of a vacancy last."""

    digest: str
    public_digest: str | None


@dataclass(frozen=True)
class Batch:
    """The touched rows and the vacancies that one step of the publisher settles."""

    touched: tuple[int, ...]
    states: tuple[State, ...]
    known: Mapping[int, Known]


def publish_due(store: Store, holder: str, number: int, now: dt.datetime, limit: int = 500) -> int:
    """Publish what was touched and what a passing time changed, `limit` vacancies at the most.

    Returns how many vacancies it settled; 0 = nothing was due. Raises LeaseLostError, with nothing written, when the
    lease `publisher` with that `number` is another's by now.
    """
    batch = _read(store, now, limit)
    if not batch.touched and not batch.states:
        return 0
    fresh = [publication(state, now) for state in batch.states]
    changed = [row for row in fresh if _known(batch, row).digest != row.digest]
    waits = [row for row in fresh if _known(batch, row).digest == row.digest]
    with store.writing() as session:
        confirm(session, LEASE, holder, number)
        for row in changed:
            session.merge(row)
        for state in batch.states:
            settle(session, state.vacancy, state.openings, state.audiences().own)
        for row in waits:
            session.execute(
                sa.update(Publication).where(Publication.vacancy_id == row.vacancy_id).values(next_due=row.next_due)
            )
        _append(session, [(row, _known(batch, row)) for row in changed], now)
        session.execute(sa.delete(Touched).where(Touched.id.in_(batch.touched)))
    return max(len(fresh), 1)


def _known(batch: Batch, row: Publication) -> Known:
    return batch.known.get(row.vacancy_id, Known("", None))


def _append(session: Session, changed: Iterable[tuple[Publication, Known]], now: dt.datetime) -> None:
    last = session.scalar(sa.select(sa.func.max(Change.public_seq))) or 0
    for row, known in changed:
        noticed = known.public_digest != row.public_digest
        last += noticed
        op = "upsert" if row.public_digest or not noticed else "delete"
        session.add(Change(public_seq=last if noticed else None, vacancy_id=row.vacancy_id, op=op, at=now))
        session.flush()


def _read(store: Store, now: dt.datetime, limit: int) -> Batch:
    with store.reading() as session:
        rows = session.execute(sa.select(Touched.id, Touched.vacancy_id).order_by(Touched.id).limit(limit)).all()
        due = sa.select(Publication.vacancy_id).where(Publication.next_due <= now).limit(limit)
        ids = sorted({row.vacancy_id for row in rows} | set(session.scalars(due)))
        known = session.execute(
            sa.select(Publication.vacancy_id, Publication.digest, Publication.public_digest).where(
                Publication.vacancy_id.in_(ids)
            )
        )
        return Batch(
            tuple(row.id for row in rows),
            tuple(states(session, ids)),
            {row.vacancy_id: Known(row.digest, row.public_digest) for row in known},
        )


def states(session: Session, ids: Sequence[int]) -> list[State]:
    """What the store holds of those vacancies, in seven queries whatever their number."""
    vacancies = session.scalars(sa.select(Vacancy).where(Vacancy.id.in_(ids)).order_by(Vacancy.id)).all()
    organisations = {
        row.id: row
        for row in session.execute(
            sa.select(*EMPLOYER).where(Organisation.id.in_({v.organisation_id for v in vacancies if v.organisation_id}))
        )
    }
    adverts: dict[int, list[tuple[Advert, bool]]] = {}
    joined = sa.select(Sighting, SourceRow, Organisation.name, Organisation.terms)
    joined = joined.join(SourceRow, SourceRow.slug == Sighting.source)
    joined = joined.outerjoin(Organisation, Organisation.id == SourceRow.organisation_id)
    for sighting, source, name, terms in session.execute(joined.where(Sighting.vacancy_id.in_(ids))):
        live = sighting.status is not Status.WITHDRAWN
        adverts.setdefault(sighting.vacancy_id, []).append((_advert(sighting, source, name, terms), live))
    openings: dict[int, list[Opening]] = {}
    for opening in session.scalars(sa.select(Opening).where(Opening.vacancy_id.in_(ids))):
        openings.setdefault(opening.vacancy_id, []).append(opening)
    corrections = in_force(session, ids)
    turns = turning(session, [laid_over(vacancy.draft, corrections.get(vacancy.id, ())) for vacancy in vacancies])
    return [
        State(
            vacancy,
            *_employer(organisations.get(vacancy.organisation_id or 0)),
            _leading(adverts.get(vacancy.id, [])),
            tuple(openings.get(vacancy.id, ())),
            corrections.get(vacancy.id, ()),
            turns,
        )
        for vacancy in vacancies
    ]


def _employer(
    row: sa.Row[int, str, str, str | None, dict[str, Any] | None] | None,
) -> tuple[Mapping[str, str] | None, str | None, Mapping[str, Any] | None]:
    """An organisation as documents name it, its own word on reuse, and what it promises."""
    return ({"slug": row.slug, "name": row.name}, row.terms, row.promises) if row else (None, None, None)


def _leading(adverts: list[tuple[Advert, bool]]) -> tuple[Advert, ...]:
    """The live adverts; of a vacancy that has none left, all that it had."""
    return tuple(a for a, live in adverts if live) or tuple(a for a, _ in adverts)


def _advert(sighting: Sighting, source: SourceRow, organisation: str | None, terms: str | None) -> Advert:
    facts = {**source.facts, **source.override}
    return Advert(
        source=source.slug,
        source_name=source_name(source.slug, organisation),
        adapter=facts["adapter"],
        terms=terms or facts.get("terms", "facts_only"),
        public=source.public,
        own=source.organisation_id is not None,
        reference=sighting.posting.get("reference"),
        url=sighting.url,
        apply_url=sighting.posting.get("apply_url"),
        first_seen=sighting.first_seen,
        hours=sighting.posting.get("hours"),
    )


def publication(state: State, now: dt.datetime) -> Publication:
    """What each audience may see of a vacancy at `now`."""
    vacancy = state.vacancy
    draft, shown = state.draft(), state.audiences()
    closes_at = closing_of(draft) if state.corrections else vacancy.closes_at
    opens, own, unverified = shown.opens, shown.own, shown.staff_only
    doc = document(
        vacancy.public_id,
        draft,
        state.employer,
        state.adverts,
        status=vacancy.status,
        first_seen=vacancy.first_seen,
        updated=vacancy.updated,
        employer_terms=state.employer_terms,
    )
    doc, turns = state.turning.turned(promised(doc, state.promises), vacancy.organisation_id, now)
    live = vacancy.status in (Status.OPEN, Status.UNCONFIRMED) and vacancy.merged_into is None
    public = Visible(PUBLIC, now).sees(Showing(live, seconds(closes_at), seconds(opens[0])))
    whole = [doc, live, *opens, sorted(own.items()), unverified, vacancy.hidden, vacancy.organisation_id, public]
    closed = closes_at + ONE_SECOND if closes_at else None
    return Publication(
        vacancy_id=vacancy.id,
        public_id=vacancy.public_id,
        doc=doc,
        live=live,
        closes_at=closes_at,
        public_from=opens[0],
        referred_from=opens[1],
        at_risk_from=opens[2],
        unverified=unverified,
        hidden=vacancy.hidden,
        organisation_id=vacancy.organisation_id,
        digest=_digest(whole),
        public_digest=_digest(doc) if public else None,
        next_due=min((at for at in (*opens, *own.values(), closed, turns) if at and at > now), default=None),
    )


def _digest(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, default=lambda at: at.isoformat())
    return hashlib.sha256(text.encode()).hexdigest()


def due(store: Store, now: dt.datetime) -> bool:
    """True when `publish_due` has something to do: a cheap look, fit for several times a second."""
    with store.reading() as session:
        touched = sa.exists(sa.select(Touched.id))
        passing = sa.exists(sa.select(Publication.vacancy_id).where(Publication.next_due <= now))
        return bool(session.scalar(sa.select(touched | passing)))
