"""The readings of an advert as staff see them: what everyone is shown, what we read, the words it comes from, how sure.

Pure. Worded by the same functions as the public page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from clearinghouse.ingest.correctable import FIELDS, Field
from clearinghouse.ingest.models import Correction
from clearinghouse.vacancies import own_words
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
from web import wording
from web.comparing import Verdict, joined, pay_is_odd, pay_words, verdict, words_of

Said = Mapping[str, Any]


@dataclass(frozen=True)
class Reading:
    """One field. `ours` is what everyone sees, "" = nothing; `read` what we read, where somebody put it right since.

    `theirs` are the words of the advert, from its own field or from its text.
    """

    field: Field
    ours: str
    read: str | None
    theirs: str
    verdict: Verdict
    correction: Correction | None


def readings(draft: Said, shown: Said, posting: Said, standing: Mapping[str | None, Correction]) -> tuple[Reading, ...]:
    """Every field that people may correct. `standing` has the corrections in force by their field."""
    return tuple(_reading(field, draft, shown, posting, standing.get(field.name)) for field in FIELDS.values())


def _reading(field: Field, draft: Said, shown: Said, posting: Said, correction: Correction | None) -> Reading:
    tell = TOLD[field.name]
    stated = SAID.get(field.name, _nothing)(posting)
    theirs = stated or (draft.get("because") or {}).get(field.name) or KEPT.get(field.name, _nothing)(draft)
    doubtful = {"salary": pay_is_odd, "closes_at": own_words.closing_words}.get(field.name, _nothing)(draft)
    silent = field.name == "kind" and draft.get("kind") == Kind.JOB  # whatever says nothing else is a job
    found = Verdict.READ if silent else verdict(tell(draft), stated, doubtful=bool(doubtful))
    return Reading(field, tell(shown), tell(draft) if correction else None, theirs, found, correction)


def told(field: Field, value: Any) -> str:
    """A value of that field, in the words of the public page."""
    return TOLD[field.name]({"flags": (), "title": "", field.name: value})


def _nothing(_posting: Said) -> str:
    return ""


def _of(name: str, vocabulary: type[Term]) -> Callable[[Said], str]:
    return lambda draft: wording.labels(draft.get(name), vocabulary)


def _day(draft: Said) -> str:
    return wording.day(draft["starts_at"]) if draft.get("starts_at") else ""


def _places(draft: Said) -> str:
    return "; ".join(wording.place(one) for one in draft.get("places") or () if one.get("precision") != "unknown")


def _level(draft: Said) -> str:
    levels = draft.get("level") or {}
    named = (("essential", "Needed"), ("desirable", "Helpful"))
    return ". ".join(f"{word}: {wording.level(levels[n])}" for n, word in named if levels.get(n) is not None)


def _closing(draft: Said) -> str:
    return wording.closing(draft).removeprefix("Closes ")


def _number(name: str, before: str = "", after: str = "") -> Callable[[Said], str]:
    return lambda draft: f"{before}{draft[name]}{after}" if draft.get(name) is not None else ""


TOLD: Mapping[str, Callable[[Said], str]] = {
    "apprenticeship_level": _number("apprenticeship_level", "Level "),
    "closes_at": _closing,
    "contract": _of("contract", Contract),
    "dbs": _of("dbs", Dbs),
    "driving": _of("driving", Driving),
    "experience": _of("experience", Experience),
    "flags": _of("flags", Flag),
    "hours_per_week": lambda draft: wording.hours(draft.get("hours_per_week")),
    "kind": _of("kind", Kind),
    "level": _level,
    "min_age": _number("min_age", after=" years"),
    "occupation": _of("occupation", Occupation),
    "pattern": _of("pattern", Pattern),
    "places": _places,
    "remote": _of("remote", Remote),
    "restricted": _of("restricted", Restriction),
    "salary": wording.pay,
    "starts_at": _day,
    "title": lambda draft: draft["title"],
    "when": _of("when", When),
}


def _stated(name: str) -> Callable[[Said], str]:
    return lambda posting: words_of(posting.get(name))


SAID: Mapping[str, Callable[[Said], str]] = {
    "closes_at": _stated("closes"),
    "contract": _stated("employment_type"),
    "hours_per_week": _stated("hours"),
    "kind": _stated("kind"),
    "level": _stated("level"),
    "occupation": _stated("occupation"),
    "pattern": _stated("working_pattern"),
    "places": lambda posting: joined(*posting.get("locations", ())),
    "salary": pay_words,
    "starts_at": _stated("starts"),
    "title": _stated("title"),
}
KEPT: Mapping[str, Callable[[Said], str]] = {
    "closes_at": lambda draft: draft.get("closes_text") or "",
    "salary": lambda draft: (draft.get("salary") or {}).get("text") or "",
}
"""The words that we keep of what only the advert's text says."""

POSTED: Mapping[str, str] = {
    "reference": "Reference",
    "title": "Title",
    "employer": "Employer",
    "locations": "Where",
    "salary": "Pay",
    "employment_type": "Contract",
    "working_pattern": "Working pattern",
    "hours": "Hours",
    "posted": "Posted",
    "closes": "Closing date",
    "starts": "Start",
    "kind": "Kind",
    "level": "Level",
    "occupation": "Kind of work",
}


def posted(posting: Said) -> tuple[tuple[str, str], ...]:
    """The fields that a source filled, with its own words."""
    found = [(label, words_of(posting.get(name))) for name, label in POSTED.items()]
    extra = [(name.replace("_", " "), words_of(value)) for name, value in (posting.get("extra") or {}).items()]
    return tuple(pair for pair in (*found, *extra) if pair[1])
