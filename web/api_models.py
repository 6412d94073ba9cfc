"""The shapes of the API's answers, for /openapi.json; the tests hold real answers against them."""

from __future__ import annotations

import datetime as dt

from pydantic import BaseModel, ConfigDict, Field

from clearinghouse.vacancies.vocabulary import Basis, Contract, Kind, Pattern, Period, Precision, Reuse, Status


class Model(BaseModel):
    """A shape with these keys and no other."""

    model_config = ConfigDict(extra="forbid")


class EmployerName(Model):
    """An employer, as a vacancy names it."""

    slug: str
    name: str


class PlaceOfWork(Model):
    """A place of work: the advert's words and our reading, degrees in WGS 84; unknown is null."""

    text: str
    postcode: str | None
    district: str | None
    latitude: float | None
    longitude: float | None
    precision: Precision


class Pay(Model):
    """Pay as the advert states it: pounds as decimal text for one `period`; `annual_*` are our own equivalents."""

    minimum: str | None
    maximum: str | None
    period: Period | None
    basis: Basis
    annual_minimum: str | None
    annual_maximum: str | None
    text: str | None


class Seen(Model):
    """One source's advert of the vacancy."""

    source: str
    reference: str | None
    url: str | None


class Vacancy(Model):
    """One vacancy. Times have London's offset. `reuse` says whether the advert's own words may be copied."""

    id: str
    url: str
    apply_url: str | None
    title: str
    employer: EmployerName | None
    kind: Kind
    contract: Contract | None
    pattern: list[Pattern]
    places: list[PlaceOfWork]
    salary: Pay | None
    closes_at: dt.datetime | None
    posted_at: dt.datetime | None
    first_seen: dt.datetime
    last_seen: dt.datetime | None
    updated: dt.datetime
    status: Status
    reuse: Reuse
    sightings: list[Seen]


class FacetValue(Model):
    """One value of a parameter; `count` is the total with that value as the only one of its parameter."""

    value: str
    label: str
    count: int


class VacancyPage(Model):
    """A page of a search. `next` is the address of the page after it. `notices` name what we could not read."""

    total: int
    page: int
    per_page: int
    items: list[Vacancy]
    facets: dict[str, list[FacetValue]]
    next: str | None
    notices: list[str]


class Gone(Model):
    """A vacancy that was here and isn't open any more."""

    detail: str
    id: str
    status: str = Field(description="closed (its closing time has passed) or withdrawn (its source took it down)")
    ended_at: dt.datetime | None


class Trouble(Model):
    """What is the matter, in a sentence."""

    detail: str


class Change(Model):
    """One step for a copy: `upsert` with the vacancy as it is now, or `delete` with null."""

    seq: int
    id: str
    op: str
    vacancy: Vacancy | None


class Changes(Model):
    """Steps in ascending order, each vacancy once at its latest; `latest` is the last number given out."""

    items: list[Change]
    latest: int
    notices: list[str]


class Successor(EmployerName):
    """An employer that does another's work, or a part of it, since that day."""

    since: dt.date


class Employer(Model):
    """A member of the Compact, or another employer that has a vacancy open now (`vacancies` counts those).

    `reuse` is its own word on copying its adverts, null = it gave none; `licence` names the open licence.
    `successors` do its work by now, none = it does so itself: a search for it finds their vacancies and its own.
    """

    slug: str
    name: str
    type: str | None
    member: bool
    homepage: str | None
    recruitment_url: str | None
    link_checked: dt.datetime | None
    vacancies: int
    last_read: dt.datetime | None
    reuse: Reuse | None
    licence: str | None
    successors: list[Successor]


class Employers(Model):
    """Every employer of the directory, by name."""

    items: list[Employer]


class Source(Model):
    """One place that we read vacancies from; `last_read` is the last good run, null = not yet."""

    slug: str
    organisation: str | None
    homepage: str | None
    every_hours: float
    last_read: dt.datetime | None


class Sources(Model):
    """Every source that is shown to the public, by slug."""

    items: list[Source]
