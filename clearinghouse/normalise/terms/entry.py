"""Whether somebody at the start of a working life can do a job."""

from __future__ import annotations

import re

from clearinghouse.normalise.terms.clauses import Found, Words, hints
from clearinghouse.vacancies.draft import Level
from clearinghouse.vacancies.vocabulary import Experience, Flag

HIGHEST = 2
"""The highest qualification level, GCSEs at grade 4 and above, that an entry-level job may ask for."""

_HINTS = hints("entry leaver leavers qualifications grades gcses")
_SAID = re.compile(r"\bentry[\s-]level\b(?!\s(?:qualif|[1-3]\b))|\bfor\sschool[\s-]leavers\b")
_NO_GRADES = re.compile(
    r"\bno\s(?:formal\s|particular\s|specific\s|previous\s)?(?:qualifications?|grades|gcses)\b(?:\sor\s\w{1,12})?\s?(?:\w{1,8}\s){0,2}(?:needed|required|necessary|essential)|\b(?:do|does)(?:n't|\snot)\sneed\s(?:any\s)?qualifications\b|\bgrades\s(?:do\snot|don't)\smatter\b"
)
_NEWLY = re.compile(r"\b(?:newly|recently)[\s-](?:qualified|registered)|\bects\b|\breturn\sto\spractice\b", re.I)
_SENIOR = re.compile(
    r"\b(?:senior|lead|leader|head|manager|director|principal|chief|deputy|supervisor(?<!midday\ssupervisor)|consultant|specialist|advanced|graduate|registered|nurse|teacher|doctor|therapist|psychologist|practitioner)\b",
    re.I,
)


def read_entry(title: str, said: Words, level: Level, experience: Found[Experience] | None) -> Found[Flag] | None:
    """The flag ENTRY_LEVEL where all three of these are so; None otherwise.

    1. the advert calls itself entry level, or says that it needs no experience, or no qualifications;
    2. it asks for no experience, and neither asks nor wishes for a qualification above level 2;
    3. its title is no senior one and no profession's that takes a registration ("newly qualified" nurses).
    """
    if (
        max(level.essential or 0, level.desirable or 0) > HIGHEST
        or (experience and experience.value is Experience.ASKED)
        or _SENIOR.search(title)
    ):
        return None
    if experience and not _NEWLY.search(experience.words):
        return Found(Flag.ENTRY_LEVEL, experience.words)
    for clause in said.clauses(_HINTS):
        if _SAID.search(clause.low) or _NO_GRADES.search(clause.low):
            return Found(Flag.ENTRY_LEVEL, clause.words)
    return None
