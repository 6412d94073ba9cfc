"""Every term that only an advert's words tell, with the words that decided it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from clearinghouse.normalise.terms.age import read_min_age
from clearinghouse.normalise.terms.checks import read_check
from clearinghouse.normalise.terms.clauses import Found, Words
from clearinghouse.normalise.terms.driving import read_driving
from clearinghouse.normalise.terms.entry import read_entry
from clearinghouse.normalise.terms.experience import read_experience
from clearinghouse.normalise.terms.home import read_place_of_work
from clearinghouse.normalise.terms.level import Asked, read_qualifications
from clearinghouse.normalise.terms.unpaid import read_unpaid
from clearinghouse.normalise.terms.when import read_when
from clearinghouse.vacancies.draft import Level
from clearinghouse.vacancies.vocabulary import Dbs, Driving, Experience, Flag, Remote, When


@dataclass(frozen=True)
class Terms:
    """What the words say, None and empty where they are silent; `because` by the names that a draft has for them."""

    when: tuple[When, ...] = ()
    experience: Experience | None = None
    driving: Driving | None = None
    min_age: int | None = None
    remote: Remote | None = None
    level: Level = field(default_factory=Level)
    dbs: Dbs | None = None
    flags: tuple[Flag, ...] = ()
    because: Mapping[str, str] = field(default_factory=dict)


def read_terms(title: str, said: Words, *places: str | None) -> Terms:
    """The terms of an advert from its title, its own words and what the source says of where the work is done.

    `said` is the description below the title and the source's working pattern.
    """
    when = read_when(said)
    experience = read_experience(said)
    driving = read_driving(title, said)
    age = read_min_age(said)
    remote = read_place_of_work(title, said, *places)
    asked = read_qualifications(said)
    check = read_check(said)
    flags = (*read_unpaid(said), read_entry(title, said, asked.level, experience))
    single = {"experience": experience, "driving": driving, "min_age": age, "remote": remote, "dbs": check}
    return Terms(
        when=tuple(found.value for found in when),
        experience=experience and experience.value,
        driving=driving and driving.value,
        min_age=age and age.value,
        remote=remote and remote.value,
        level=asked.level,
        dbs=check and check.value,
        flags=_flags(asked, flags),
        because=_because(single, when, asked, flags),
    )


def _flags(asked: Asked, found: tuple[Found[Flag] | None, ...]) -> tuple[Flag, ...]:
    said = {flag.value for flag in found if flag} | ({Flag.OR_EXPERIENCE} if asked.or_experience else set())
    return tuple(flag for flag in Flag if flag in said)


def _because(
    single: Mapping[str, Found[Any] | None],
    when: tuple[Found[When], ...],
    asked: Asked,
    flags: tuple[Found[Flag] | None, ...],
) -> dict[str, str]:
    """Several sentences that decided one term stand with " … " between them."""
    lists = {
        "when": [found.words for found in when],
        "level": [words for words in asked.because if words],
        "flags": [flag.words for flag in flags if flag],
    }
    told = {name: " … ".join(dict.fromkeys(words)) for name, words in lists.items() if words}
    return {name: found.words for name, found in single.items() if found} | told
