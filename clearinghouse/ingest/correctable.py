"""Which readings of an advert people may correct, and how each is asked for: a table. Pure.

Each is asked for on a page of its own, by one of few kinds of form. `ingest/typed_reading.py` reads what is typed.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from clearinghouse.vacancies.occupation import Occupation
from clearinghouse.vacancies.vocabulary import (
    Contract,
    Dbs,
    Driving,
    Experience,
    Flag,
    Kind,
    Pattern,
    Remote,
    Restriction,
    Term,
    When,
)

HIDDEN = "Hidden from everyone"


class Form(enum.StrEnum):
    """How a reading is typed."""

    DATE = "date"
    LEVELS = "levels"
    MANY = "many"
    MOMENT = "moment"
    NUMBER = "number"
    ONE = "one"
    PAY = "pay"
    PLACES = "places"
    TEXT = "text"


@dataclass(frozen=True)
class Field:
    """One reading: its key in Draft, what people call it, its form, and for choices the values with their labels.

    `silent` says what the choice "not stated" is called; None where there is no such choice.
    """

    name: str
    label: str
    form: Form
    question: str
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    silent: str | None = "The advert doesn’t say"


def _of(vocabulary: Iterable[Term]) -> tuple[tuple[str, str], ...]:
    return tuple((term.value, term.label) for term in vocabulary)


FIELDS: Mapping[str, Field] = {
    field.name: field
    for field in (
        Field("title", "Title", Form.TEXT, "What is the job called?", silent=None),
        Field("kind", "Kind", Form.ONE, "What sort of opportunity is it?", choices=_of(Kind), silent=None),
        Field("occupation", "Kind of work", Form.ONE, "What kind of work is it?", choices=_of(Occupation)),
        Field("salary", "Pay", Form.PAY, "What does the job pay?"),
        Field("closes_at", "Closing date", Form.MOMENT, "When does the advert close?"),
        Field("starts_at", "Start", Form.DATE, "When does the job start?"),
        Field(
            *("places", "Where", Form.PLACES, "Where is the work?"),
            "One place on a line: a postcode, a town, a village or a hospital",
        ),
        Field("remote", "Working from home", Form.ONE, "May the work be done at home?", choices=_of(Remote)),
        Field("contract", "Contract", Form.ONE, "How long does the job last?", choices=_of(Contract)),
        Field("pattern", "Working pattern", Form.MANY, "How is the working week cut?", choices=_of(Pattern)),
        Field("hours_per_week", "Hours a week", Form.NUMBER, "How many hours a week?", "For example, 37 or 18.5"),
        Field("when", "Times of work", Form.MANY, "At what times is the work done?", choices=_of(When)),
        Field("level", "Qualification", Form.LEVELS, "Which level of qualification does it ask for?"),
        Field(
            *("apprenticeship_level", "Apprenticeship level", Form.ONE, "Which level is the apprenticeship?"),
            choices=tuple((str(level), f"Level {level}") for level in range(2, 8)),
        ),
        Field("experience", "Experience", Form.ONE, "Does it ask for experience?", choices=_of(Experience)),
        Field("driving", "Driving", Form.ONE, "Does it ask for a driving licence or a car?", choices=_of(Driving)),
        Field("dbs", "Criminal record check", Form.ONE, "Which check does the job ask for?", choices=_of(Dbs)),
        Field("min_age", "Youngest age", Form.NUMBER, "How old must people be?", "In years, for example 18"),
        Field(
            *("restricted", "Who may apply", Form.ONE, "Who alone may apply?"),
            choices=_of(Restriction), silent="Everyone may",
        ),
        Field(
            *("flags", "Good to know", Form.MANY, "What else is true of it?"),
            choices=_of(flag for flag in Flag if flag is not Flag.BELOW_LEGAL_MINIMUM), silent="None of these",
        ),
    )
}  # fmt: skip
NUMBERS = frozenset({"apprenticeship_level", "min_age"})  # whole numbers in Draft's JSON, not text


def label_of(field: str | None) -> str:
    """What people call the field; None stands for the whole advert, which is hidden."""
    if field is None:
        return HIDDEN
    return FIELDS[field].label if field in FIELDS else field
