"""The facts of an advert whose reading is measured: where the source says each, and whether we have a value. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from clearinghouse.ingest.quality_words import about
from clearinghouse.vacancies.own_words import closing_words, hours_words, pay_words, place_words
from clearinghouse.vacancies.vocabulary import Term

Json = Mapping[str, Any]


class Field(Term):
    """A fact of an advert that is measured, in the order in which people read them."""

    TITLE = "title", "Title"
    EMPLOYER = "employer", "Employer"
    SALARY = "salary", "Pay"
    CLOSING = "closing", "Closing time"
    PLACE = "place", "Place"
    HOURS = "hours", "Hours a week"
    CONTRACT = "contract", "Contract"
    PATTERN = "pattern", "Working pattern"
    POSTED = "posted", "Date of posting"
    DESCRIPTION = "description", "Description"
    LEVEL = "level", "Qualification"
    OCCUPATION = "occupation", "Kind of work"
    DBS = "dbs", "Criminal record check"
    WHEN = "when", "Time of day or year"
    EXPERIENCE = "experience", "Experience"
    DRIVING = "driving", "Driving"


def _nothing(posting: Json, draft: Json) -> str:  # noqa: ARG001  the shape of every rule
    return ""


def _posting(name: str) -> Callable[[Json, Json], str]:
    return lambda posting, draft: str(posting.get(name) or "")  # noqa: ARG005


def _draft(name: str) -> Callable[[Json], Any]:
    return lambda draft: draft.get(name)


def _pay_said(posting: Json, draft: Json) -> str:  # noqa: ARG001
    extra = posting.get("extra") or {}
    sums = [str(extra[name]) for name in ("salary_minimum", "salary_maximum") if extra.get(name)]
    return posting.get("salary") or " to ".join(sums)


def _pay_read(draft: Json) -> Any:
    salary = draft.get("salary") or {}
    return salary.get("minimum") or salary.get("maximum") or draft.get("salary_derived")


def _place_read(draft: Json) -> Any:
    return any(place.get("latitude") is not None or place.get("district") for place in draft.get("places") or ())


def _place_doubt(posting: Json, draft: Json) -> str:  # noqa: ARG001
    return " ".join(place_words(place) for place in draft.get("places") or ()).strip()


def _level_read(draft: Json) -> Any:
    level = draft.get("level") or {}
    return level.get("essential") is not None or level.get("desirable") is not None


@dataclass(frozen=True)
class Rule:
    """How one field is told: the source's words for it, whether we have a value, and the words shown where in doubt.

    `own` says that sources have a field of their own for it; else its words are searched in the description.
    """

    said: Callable[[Json, Json], str]
    read: Callable[[Json], Any]
    doubt: Callable[[Json, Json], str] = _nothing
    own: bool = True


RULES: Mapping[Field, Rule] = {
    Field.TITLE: Rule(_posting("title"), _draft("title")),
    Field.EMPLOYER: Rule(_posting("employer"), _draft("employer")),
    Field.SALARY: Rule(_pay_said, _pay_read, lambda posting, draft: pay_words(draft)),  # noqa: ARG005
    Field.CLOSING: Rule(_posting("closes"), _draft("closes_at"), lambda posting, draft: closing_words(draft)),  # noqa: ARG005
    Field.PLACE: Rule(lambda posting, draft: "; ".join(posting.get("locations") or ()), _place_read, _place_doubt),  # noqa: ARG005
    Field.HOURS: Rule(
        _posting("hours"), _draft("hours_per_week"),
        lambda posting, draft: hours_words({**draft, "hours_text": posting.get("hours")}),
    ),
    Field.CONTRACT: Rule(_posting("employment_type"), lambda draft: draft.get("contract") or draft.get("pattern")),
    Field.PATTERN: Rule(_posting("working_pattern"), _draft("pattern")),
    Field.POSTED: Rule(_posting("posted"), _draft("posted_at")),
    Field.DESCRIPTION: Rule(_posting("description_html"), _draft("description_html")),
    Field.LEVEL: Rule(about("level"), _level_read, own=False),
    Field.OCCUPATION: Rule(_posting("title"), _draft("occupation")),
    Field.DBS: Rule(about("dbs"), _draft("dbs"), own=False),
    Field.WHEN: Rule(about("when"), _draft("when"), own=False),
    Field.EXPERIENCE: Rule(about("experience"), _draft("experience"), own=False),
    Field.DRIVING: Rule(about("driving"), _draft("driving"), own=False),
}  # fmt: skip
