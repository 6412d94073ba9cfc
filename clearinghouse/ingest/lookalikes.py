"""What helps a person to judge whether two adverts are one job: which look alike, and where they agree. Reads alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.ingest.alike import Answer, compare
from clearinghouse.ingest.duplicates import organisations_alike
from clearinghouse.ingest.employer_words import may_be_one
from clearinghouse.ingest.models import Sameness
from clearinghouse.ingest.precedence import Held, held
from clearinghouse.ingest.sameness import kept_apart, said_of
from clearinghouse.ingest.title_words import taken_apart
from clearinghouse.ingest.traits import Traits, traits
from clearinghouse.ingest.where_alike import near
from clearinghouse.ingest.wording import LIKE, likeness
from clearinghouse.normalise.draft import normalise
from clearinghouse.vacancies.draft import Draft
from clearinghouse.vacancies.models import Sighting, Vacancy
from clearinghouse.vacancies.posting import Posting
from clearinghouse.vacancies.vocabulary import Status

MOST = 10  # candidates shown
LOOKED_AT = 300  # of an employer's vacancies with a word of the title in common, the newest


@dataclass(frozen=True)
class Advert:
    """One source's advert as it is read by itself; `sighting` is its number, `vacancy` where it stands."""

    sighting: int
    vacancy: str
    source: str
    reference: str | None
    url: str | None
    live: bool
    draft: Mapping[str, Any]
    traits: Traits


@dataclass(frozen=True)
class Agreement:
    """In what two adverts agree: by the name of a line True, False, or None = one of them says nothing."""

    lines: Mapping[str, bool | None]
    answer: Answer

    @property
    def count(self) -> int:
        """How many lines agree."""
        return sum(agrees is True for agrees in self.lines.values())


@dataclass(frozen=True)
class Candidate:
    """Another vacancy that may be the same."""

    public_id: str
    advert: Advert
    agreement: Agreement


@dataclass(frozen=True)
class End:
    """One of two adverts that somebody spoke of: where it is, and of which vacancy; `owner` None = nobody's."""

    source: str
    title: str
    public_id: str
    owner: int | None


def adverts_of(session: Session, vacancy: Vacancy, now: dt.datetime) -> list[Advert]:
    """The vacancy's adverts, the leading one first."""
    ranked = sorted(held(session, vacancy.id), key=lambda each: each.rank)
    return [_advert(each, vacancy, now) for each in ranked]


def agreement(one: Advert, other: Advert) -> Agreement:
    """Line by line, in the order in which a page shows them."""
    a, b = one.traits, replace(other.traits, source="")  # two of one source are compared like any others
    text = likeness(a, b)
    lines = {
        "title": a.title.words == b.title.words,
        "employer": may_be_one(a.employer, b.employer) if a.employer.stated and b.employer.stated else None,
        "reference": _equal(a.reference, b.reference),
        "salary": _equal(a.pay, b.pay),
        "hours_per_week": _equal(a.hours, b.hours),
        "contract": _equal(a.contract, b.contract),
        "places": near(a, b),
        "closes_at": _equal(a.closes, b.closes),
        "description_text": None if text is None else text >= LIKE,
    }
    return Agreement(lines, compare(a, b))


def candidates(
    session: Session, vacancy: Vacancy, now: dt.datetime, owners: frozenset[int] | None = None
) -> list[Candidate]:
    """Vacancies of that employer that look like this one and that nobody has judged, the likest first.

    `owners` = whose adverts the person may see, None = all: an employer's board names others with its own.
    """
    lead = adverts_of(session, vacancy, now)[0]
    found = [
        (other, agreed)
        for other in _near(session, vacancy, owners)
        if (agreed := agreement(lead, _as_led(other))).answer is not Answer.DIFFERENT or agreed.lines["title"]
    ]
    found.sort(key=lambda each: (-each[1].answer, -each[1].count, each[0].id))
    return [candidate(session, lead, other, now) for other, _ in found[:MOST]]


def candidate(session: Session, lead: Advert, other: Vacancy, now: dt.datetime) -> Candidate:
    """That vacancy's leading advert beside `lead`."""
    theirs = adverts_of(session, other, now)[0]
    return Candidate(other.public_id, theirs, agreement(lead, theirs))


def spoken_of(session: Session, vacancy: Vacancy) -> dict[Sameness, tuple[End, End]]:
    """What people said of that vacancy's adverts and hold to, newest first, with the two adverts that it is about."""
    said = said_of(session, vacancy.id)
    ends = {end for each in said for end in (each.one, each.other)}
    columns = sa.select(Sighting.id, Sighting.source, Vacancy.title, Vacancy.public_id, Vacancy.organisation_id)
    rows = session.execute(columns.join(Vacancy, Vacancy.id == Sighting.vacancy_id).where(Sighting.id.in_(ends)))
    known = {row.id: End(row.source, row.title, row.public_id, row.organisation_id) for row in rows}
    return {each: (known[each.one], known[each.other]) for each in said}


def _near(session: Session, vacancy: Vacancy, may_see: frozenset[int] | None) -> Sequence[Vacancy]:
    owner = vacancy.organisation_id
    owners = organisations_alike(session, [owner])[owner] if owner is not None else []
    owners = [each for each in owners if may_see is None or each in may_see]
    words = taken_apart(vacancy.title).words
    others = sa.select(Vacancy).where(
        Vacancy.organisation_id.in_(owners),
        Vacancy.id != vacancy.id,
        Vacancy.status != Status.WITHDRAWN,
        Vacancy.merged_into.is_(None),
        Vacancy.id.not_in(kept_apart(session, vacancy.id)),
    )
    rows = session.execute(others.with_only_columns(Vacancy.id, Vacancy.title).order_by(Vacancy.id.desc()))
    ids = [row.id for row in rows if not words.isdisjoint(taken_apart(row.title).words)][:LOOKED_AT]
    return session.scalars(sa.select(Vacancy).where(Vacancy.id.in_(ids))).all()


def _as_led(vacancy: Vacancy) -> Advert:
    read = traits("", "", None, None, vacancy.draft)
    return Advert(0, vacancy.public_id, "", None, None, live=True, draft=vacancy.draft, traits=read)


def _advert(each: Held, vacancy: Vacancy, now: dt.datetime) -> Advert:
    sighting = each.sighting
    said = normalise(Posting.from_json(sighting.posting), each.facts, now)
    draft = said.as_json() if isinstance(said, Draft) else vacancy.draft
    reference = sighting.posting.get("reference")
    read = traits(sighting.source, sighting.key, reference, sighting.target, draft)
    return Advert(
        sighting.id, vacancy.public_id, sighting.source, reference, sighting.url, each.live, draft, read
    )  # fmt: skip


def _equal(one: object, other: object) -> bool | None:
    return None if one is None or other is None else one == other
