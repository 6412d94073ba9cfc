"""How much of each field a source fills, and a few of its vacancies beside the originals: for whoever compares them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.vacancies.models import Sighting, Vacancy
from clearinghouse.vacancies.vocabulary import Status

LOOKED_AT = 500  # of a source's newest adverts: enough for a share, and read in a blink
SAMPLE = 10
Json = Mapping[str, Any]
Said = Callable[[Json], Any]


@dataclass(frozen=True)
class Field:
    """One fact of an advert: whether the source has a field for it, and whether we could read it."""

    label: str
    said: Said
    read: Said


@dataclass(frozen=True)
class Fill:
    """Of `looked_at` live adverts: in how many the source states the fact, in how many we have it, where we don't.

    `read` may be more than `said`: much stands in an advert's running text alone. `unread` counts the adverts that
    state it in words that we can't read.
    """

    label: str
    looked_at: int
    said: int
    read: int
    unread: int


@dataclass(frozen=True)
class Sample:
    """One vacancy as we read it (`draft`) with the link of the original, and the source's own words (`posting`)."""

    public_id: str
    url: str | None
    draft: Json
    posting: Json


def _key(name: str) -> Said:
    return lambda values: values.get(name)


def _pay_said(posting: Json) -> Any:
    extra = posting.get("extra") or {}
    return posting.get("salary") or extra.get("salary_minimum") or extra.get("salary_maximum")


def _pay_read(draft: Json) -> Any:
    salary = draft.get("salary") or {}
    return salary.get("minimum") or salary.get("maximum") or draft.get("salary_derived")


def _place_read(draft: Json) -> Any:
    return any(place.get("latitude") is not None or place.get("district") for place in draft.get("places") or ())


FIELDS = (
    Field("Title", _key("title"), _key("title")),
    Field("Employer", _key("employer"), _key("employer")),
    Field("Pay", _pay_said, _pay_read),
    Field("Place", _key("locations"), _place_read),
    Field("Closing date", _key("closes"), _key("closes_at")),
    Field("Date of posting", _key("posted"), _key("posted_at")),
    Field("Start", _key("starts"), _key("starts_at")),
    Field("Contract", _key("employment_type"), lambda draft: draft.get("contract") or draft.get("pattern")),
    Field("Working pattern", _key("working_pattern"), _key("pattern")),
    Field("Hours a week", _key("hours"), _key("hours_per_week")),
    Field("Description", _key("description_html"), _key("description_html")),
)


def fills(session: Session, slug: str) -> tuple[Fill, ...]:
    """How full each field is, over the source's newest live adverts; none when it has none."""
    found = _live(session, slug, LOOKED_AT)
    return tuple(_fill(field, found) for field in FIELDS) if found else ()


def _fill(field: Field, found: Sequence[Sample]) -> Fill:
    pairs = [(bool(field.said(one.posting)), bool(field.read(one.draft))) for one in found]
    said, read = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
    return Fill(field.label, len(found), said, read, sum(said and not read for said, read in pairs))


def sample(session: Session, slug: str) -> list[Sample]:
    """Ten of the source's newest live adverts, to be compared with the originals."""
    return _live(session, slug, SAMPLE)


def _live(session: Session, slug: str, most: int) -> list[Sample]:
    mine = sa.select(Sighting.id).where(Sighting.source == slug, Sighting.status != Status.WITHDRAWN)
    newest = mine.order_by(Sighting.id.desc()).limit(most).subquery()  # the sort carries no drafts and postings along
    columns = (Vacancy.public_id, Sighting.url, Vacancy.draft, Sighting.posting)
    statement = sa.select(*columns).join(newest, newest.c.id == Sighting.id)
    whole = statement.join(Vacancy, Vacancy.id == Sighting.vacancy_id).order_by(Sighting.id.desc())
    return [Sample(*row) for row in session.execute(whole)]
