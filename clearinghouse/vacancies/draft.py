"""A posting interpreted (Draft), or the reason why it can't be (Refused). No SQLAlchemy here."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from clearinghouse.vacancies.vocabulary import (
    Basis,
    Contract,
    Dbs,
    Driving,
    Experience,
    Kind,
    Pattern,
    Period,
    Precision,
    Refusal,
    Remote,
    Restriction,
    Status,
    When,
)

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Salary:
    """Pay as the advert states it, in pounds for one `period`; `text` is the advert's words.

    `annual_*` are for filter and sort only: our own equivalents, never shown as the advert's (rule 3).
    """

    minimum: Decimal | None = None
    maximum: Decimal | None = None
    period: Period | None = None
    basis: Basis = Basis.UNKNOWN
    annual_minimum: Decimal | None = None
    annual_maximum: Decimal | None = None
    text: str | None = None


@dataclass(frozen=True)
class DerivedSalary:
    """Pay that a dated table gives for a band or point that the advert names, in pounds a year."""

    minimum: Decimal
    maximum: Decimal
    table: str
    dated: dt.date


@dataclass(frozen=True)
class Place:
    """One place of work: the advert's `text` and our reading. Position in degrees (WGS 84), unknown = None."""

    text: str
    postcode: str | None = None
    district: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: Precision = Precision.UNKNOWN


@dataclass(frozen=True)
class Level:
    """Qualification levels asked for, 0 (entry) to 8; None = not stated."""

    essential: int | None = None
    desirable: int | None = None


@dataclass(frozen=True)
class Training:
    """An apprenticeship's training, as far as the advert says.

    `standard` is the title of the apprenticeship standard, `lars` its code in the Learning Aims Reference Service;
    `months` how long it lasts; `grades` what school grades are asked for, in the advert's words.
    """

    standard: str | None = None
    lars: int | None = None
    months: int | None = None
    provider: str | None = None
    grades: str | None = None


@dataclass(frozen=True)
class Draft:
    """What we think one posting says. None and empty mean "not stated" or "unreadable", never a default.

    Times are aware UTC. `description_html` is sanitised; `description_text` the same as plain words.
    `district` of a place is the ONS code's name, as in "Ashfield". `min_age` is in years. `because` has, by the name of
    a field, the advert's words that decided it, where the source has no field of its own for it.
    """

    title: str
    employer: str | None = None
    kind: Kind = Kind.JOB
    contract: Contract | None = None
    pattern: tuple[Pattern, ...] = ()
    hours_per_week: Decimal | None = None
    salary: Salary | None = None
    salary_derived: DerivedSalary | None = None
    places: tuple[Place, ...] = ()
    remote: Remote | None = None
    posted_at: dt.datetime | None = None
    closes_at: dt.datetime | None = None
    closes_text: str | None = None
    starts_at: dt.datetime | None = None
    level: Level = field(default_factory=Level)
    apprenticeship_level: int | None = None
    occupation: str | None = None
    dbs: Dbs | None = None
    description_text: str | None = None
    flags: tuple[str, ...] = ()
    status: Status = Status.OPEN
    description_html: str | None = None
    when: tuple[When, ...] = ()
    experience: Experience | None = None
    driving: Driving | None = None
    min_age: int | None = None
    training: Training | None = None
    restricted: Restriction | None = None
    because: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The draft under its contract keys (design §6), `description_html` aside."""
        return {f.name: plain(getattr(self, f.name)) for f in dataclasses.fields(self) if f.name != "description_html"}


@dataclass(frozen=True)
class Refused:
    """Why a posting is no vacancy, and the value that decided it."""

    reason: Refusal
    value: str | None = None

    def as_json(self) -> dict[str, Any]:
        """`reason` and `value`, as `parse --interpret` prints them."""
        return {"reason": self.reason.value, "value": self.value}


def plain(value: object) -> Any:
    """A draft's value as JSON has it: money as decimal text, times in London's offset, enums by value."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return plain({f.name: getattr(value, f.name) for f in dataclasses.fields(value)})
    if isinstance(value, Mapping):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    return _plain_scalar(value)


def _plain_scalar(value: object) -> object:
    if isinstance(value, dt.datetime):
        return london(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return str(value) if isinstance(value, str) else value


def london(value: dt.datetime) -> str:
    """A time as people and the API read it: 2026-09-23T23:59:59+01:00, never Z."""
    return value.astimezone(LONDON).isoformat(timespec="seconds")
