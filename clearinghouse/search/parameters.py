"""The search parameters of the site and the API as one table (design §7): what each takes, and what it counts.

A faceted parameter has one or more values on every vacancy, or none: `not_stated` stands for none. A parameter with
`words` takes these values only; one without takes whatever the vacancies themselves bring.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from clearinghouse.vacancies.occupation import Occupation
from clearinghouse.vacancies.vocabulary import (
    Contract,
    Dbs,
    Flag,
    Kind,
    Pattern,
    Remote,
    Term,
    When,
)

NOT_STATED = "not_stated"
NOT_STATED_LABEL = "Not stated"

Values = tuple[str, ...]
Doc = Mapping[str, Any]


def _field(name: str) -> Callable[[Doc], Values]:
    """A reader of one key of a publication: its value, each of its values, or nothing."""

    def read(doc: Doc) -> Values:
        value = doc.get(name)
        if value is None:
            return ()
        return tuple(str(item) for item in value) if isinstance(value, list) else (str(value),)

    return read


def _employer(doc: Doc) -> Values:
    """Whom the advert names, or who does that one's work by now."""
    employers = doc.get("employers_now") or [doc.get("employer") or {}]
    return tuple(sorted(employer["slug"] for employer in employers if employer.get("slug")))


def _districts(doc: Doc) -> Values:
    found = (place.get("district") for place in doc.get("places") or ())
    return tuple(sorted({district for district in found if district}))


def _level(doc: Doc) -> Values:
    essential = (doc.get("level") or {}).get("essential")
    return () if essential is None else (str(essential),)


def _min_age(doc: Doc) -> Values:
    """The two ages that a search may name stand for all: 14 is found under 16, and 17 and 21 under 18."""
    age = doc.get("min_age")
    return () if age is None else ("16",) if age <= YOUNG else ("18",)


def _flags(doc: Doc) -> Values:
    return tuple(sorted(set(doc.get("flags") or ()) & FLAGS.keys()))


def _terms(kind: type[Term]) -> Mapping[str, str]:
    return MappingProxyType({term.value: term.label for term in kind})


FLAGS: Mapping[str, str] = MappingProxyType(
    {
        flag.value: flag.label
        for flag in (
            Flag.ENTRY_LEVEL,
            Flag.GUARANTEED_INTERVIEW,
            Flag.CONSIDERS_CONVICTIONS,
            Flag.UNDER_25_APPRENTICESHIP,
            Flag.REDEPLOYMENT,
            Flag.LEP,
        )
    }
)
LEVELS = MappingProxyType(
    {
        "0": "Entry level",
        "1": "Level 1, like GCSEs at grades 3 to 1",
        "2": "Level 2, like five GCSEs at grades 9 to 4",
        "3": "Level 3, like A levels",
        "4": "Level 4, like an HNC",
        "5": "Level 5, like an HND or a foundation degree",
        "6": "Level 6, like a degree",
        "7": "Level 7, like a master's degree",
        "8": "Level 8, like a doctorate",
    }
)
YOUNG = 16
MIN_AGES = MappingProxyType({"16": "You can be 16", "18": "You must be 17 or older"})
EXPERIENCE = MappingProxyType({"none_asked": "No experience asked for", "asked": "Experience asked for"})
DBS = MappingProxyType({**_terms(Dbs), "none": "No criminal record check"})  # its chip stands alone
DRIVING = MappingProxyType({"needed": "You need to drive", "not_needed": "You need not drive"})
"""In full, since a chosen value stands alone above the results."""

APPRENTICESHIP_LEVELS = MappingProxyType(
    {
        "2": "Level 2 (intermediate)",
        "3": "Level 3 (advanced)",
        "4": "Level 4 (higher)",
        "5": "Level 5 (higher)",
        "6": "Level 6 (degree)",
        "7": "Level 7 (degree)",
    }
)


class Facet(NamedTuple):
    """One value of a faceted parameter. `count` is the total that choosing it alone would give (design §7)."""

    value: str
    label: str
    count: int  # type: ignore[assignment]  # it takes the place of a method of tuples that nobody needs here
    chosen: bool


@dataclass(frozen=True)
class Parameter:
    """One faceted parameter: its name in the URL, its heading, its values, and how a publication states them.

    `silent` is False where an advert that lacks the value has not thereby left anything unsaid: there is no
    `not_stated` then. `ranked` puts the most frequent of a long vocabulary first; without a vocabulary they always are.
    """

    name: str
    label: str
    read: Callable[[Doc], Values]
    words: Mapping[str, str] | None = None
    silent: bool = field(default=True)
    ranked: bool = field(default=False)

    def takes(self, value: str) -> bool:
        """True when `value` may stand in a query for this parameter."""
        if value == NOT_STATED:
            return self.silent
        return bool(value) and (self.words is None or value in self.words)


PARAMETERS: tuple[Parameter, ...] = (
    Parameter("employer", "Employer", _employer),
    Parameter("district", "District", _districts),
    Parameter("kind", "Kind of opportunity", _field("kind"), _terms(Kind)),
    Parameter("contract", "Contract", _field("contract"), _terms(Contract)),
    Parameter("pattern", "Working pattern", _field("pattern"), _terms(Pattern)),
    Parameter("when", "When the work is done", _field("when"), _terms(When)),
    Parameter("level", "Qualification level asked for", _level, LEVELS),
    Parameter("apprenticeship_level", "Apprenticeship level", _field("apprenticeship_level"), APPRENTICESHIP_LEVELS),
    Parameter("occupation", "Kind of work", _field("occupation"), _terms(Occupation), ranked=True),
    Parameter("experience", "Experience", _field("experience"), EXPERIENCE),
    Parameter("driving", "Driving", _field("driving"), DRIVING),
    Parameter("dbs", "Criminal record check", _field("dbs"), DBS),
    Parameter("min_age", "Youngest age", _min_age, MIN_AGES),
    Parameter("remote", "Working from home", _field("remote"), _terms(Remote)),
    Parameter("flag", "Worth knowing", _flags, FLAGS, silent=False),
)
BY_NAME: Mapping[str, Parameter] = MappingProxyType({parameter.name: parameter for parameter in PARAMETERS})

SORTS: Mapping[str, str] = MappingProxyType(
    {
        "relevance": "Best match",
        "newest": "Newest first",
        "closing": "Closing soonest",
        "salary": "Highest pay",
        "distance": "Nearest first",
    }
)
PAY_PERIODS: Mapping[str, str] = MappingProxyType({"hour": "an hour", "month": "a month", "year": "a year"})
