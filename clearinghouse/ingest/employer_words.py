"""Whether two names can mean one employer: "MUH NHS Trust" and "Meadowbank University Hospitals NHS Trust"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from clearinghouse.ingest.title_words import LONGEST_INITIALS, plain, words_of

_LEGAL = frozenset(
    {"borough", "c", "centre", "church", "cic", "city", "co", "cofe", "county", "district", "e", "education",
     "england", "foundation", "ft", "group", "inc", "limited", "ltd", "metropolitan", "nhs", "parish", "partnership",
     "plc", "roman", "service", "town", "trust", "uk"}
)  # fmt: skip
_SORTS = {
    "academy": "school", "bc": "council", "cc": "council", "ce": "school", "college": "college",
    "constabulary": "police", "council": "council", "dc": "council", "fire": "fire", "home": "housing",
    "medical": "gp", "practice": "gp", "surgery": "gp",
    "hospital": "nhs", "housing": "housing", "icb": "nhs", "infant": "school", "junior": "school", "nhs": "nhs",
    "nursery": "nursery", "police": "police", "primary": "school", "school": "school", "secondary": "school",
    "tc": "council", "university": "university",
}  # fmt: skip
KEPT = frozenset({"infant", "junior", "primary", "secondary"})
"""Words of a sort that tell two neighbours apart."""
_AGENT = re.compile(
    r"\b(?:recruit\w*|agency|client|staffing|personnel|employment business|confidential)\b"
    r"|^(?:\w+ ){1,2}(?:jobs|vacancies)(?: online)?$"  # a board: "NHS Jobs", "Teaching Vacancies"
)
_WRITTEN = re.compile(r"\b[A-Z][A-Za-z]{2,5}\b")
_WORD = re.compile(r"[A-Za-z]+")
_SMALL = frozenset({"and", "for", "of", "the"})


@dataclass(frozen=True, slots=True)
class Employer:
    """A name taken apart: its own words, what sort of body it is, initials written in it, and those that it would have.

    `stated` is False where an agency's name stands, or none.
    """

    words: frozenset[str] = frozenset()
    sorts: frozenset[str] = frozenset()
    written: frozenset[str] = frozenset()
    initials: frozenset[str] = frozenset()
    stated: bool = False


UNSTATED = Employer()


@lru_cache(maxsize=8192)
def employer(name: str | None) -> Employer:
    """The parts of an employer's name, whatever its capitals and legal form."""
    if not name or _AGENT.search(plain(name)):
        return UNSTATED
    words = words_of(plain(_without_town(name.partition(" - ")[0])))
    sorts = frozenset(_SORTS[word] for word in words if word in _SORTS)
    own = frozenset(word for word in words if word in KEPT or (word not in _LEGAL and word not in _SORTS))
    return Employer(own or frozenset(words), sorts, _written(name), _initials(name), stated=True)


def _without_town(name: str) -> str:
    """The name without what follows a comma, where it is whole before: "Holly Primary School, Newark"."""
    whole = name.partition(",")[0]
    return whole if any(word in _SORTS for word in words_of(plain(whole))) else name


def may_be_one(one: Employer, other: Employer) -> bool:
    """True when the names agree: the same own words or one's within the other's, and not two sorts of body."""
    if one.written & other.initials or other.written & one.initials:
        return True
    if one.sorts and other.sorts and not one.sorts & other.sorts:
        return False
    return one.words <= other.words or other.words <= one.words


def _written(name: str) -> frozenset[str]:
    shouted = name == name.upper() and any(len(word) > LONGEST_INITIALS for word in _WORD.findall(name))
    found = () if shouted else _WRITTEN.findall(name)
    return frozenset(word.casefold() for word in found if sum(map(str.isupper, word)) > 1 and word != "NHS")


def _initials(name: str) -> frozenset[str]:
    every = _WORD.findall(name)
    telling = [word for word in every if word.casefold() not in _SMALL]
    return frozenset(
        "".join(word[0] for word in words[:length]).casefold()
        for words in (telling, every)
        for length in range(3, min(len(words), 7) + 1)
    )
