"""Where a job is when its location doesn't say: from the title, or from a sentence that says where it is based.

Asked only of adverts whose location names no place and doesn't say that there are several or none. A name counts that
our own table has. Where the sentences name places apart from each other, nothing is read: the advert isn't clear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clearinghouse.normalise.gazetteer import Spot, fold, kilometres, region
from clearinghouse.normalise.naming import NOWHERE, parts
from clearinghouse.normalise.text import around

_TOGETHER = 8.0
"""Kilometres within which the places that an advert names may be one."""

_BASED = re.compile(
    r"\b(?:based|located|situated)\s(?:at|in|near|on|from)\s(?:the\s|our\s)?(?P<where>[A-Z][^.;:\n]{2,80})"
)
_SITE = re.compile(
    r"\b(?:at|in)\s(?:the\s|our\s)?"
    r"(?P<where>(?:[A-Z][\w'’-]*\s){1,6}(?:in|,)\s[A-Z][\w'’-]*(?:\s[A-Z][\w'’-]*)?)"
)
_BASES = ("based ", "located ", "situated ")
_SITES = (" unit ", " hospital ", " school ", " college ", " centre ", " site ")
_OTHERWISE = ("assessment", "course", "head office", "headquarters", "induction", "interview", "open day", "training")
"""What is at a place that the job itself needn't be at."""

_WORD = re.compile(r"[\w'’-]+")
_READ = 8000
"""Characters of a description that are read: the place stands near its head."""


def mentioned(title: str | None, words: str | None) -> tuple[Spot, str] | None:
    """The place of a job that its title or description states, with the words that say so; None where none is clear."""
    for part in parts(title or "")[1:]:
        spot = _whole(part)
        if spot is not None:
            return spot, part
    return _agreed(list(_sentences((words or "")[:_READ])))


def _agreed(found: list[tuple[Spot, str]]) -> tuple[Spot, str] | None:
    if not found or any(kilometres(found[0][0], spot) > _TOGETHER for spot, _ in found[1:]):
        return None
    return found[0]


def _sentences(words: str) -> Iterator[tuple[Spot, str]]:
    for pattern, place, hints in ((_BASED, _first, _BASES), (_SITE, _last, _SITES)):
        text = around(words, *hints)
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - 60) : match.start()].casefold()
            spot = None if any(word in before for word in _OTHERWISE) else place(match["where"])
            if spot is not None:
                yield spot, match.group().strip()


def _whole(name: str) -> Spot | None:
    key = fold(name)
    return next(iter(region().get(key, ())), None) if key not in NOWHERE else None


def _first(where: str) -> Spot | None:
    """The longest name that the words begin with."""
    words = _WORD.findall(where)[:6]
    return next((spot for end in range(len(words), 0, -1) if (spot := _whole(" ".join(words[:end])))), None)


def _last(where: str) -> Spot | None:
    """The place that ends "The Farndon Unit in Newark": the longest name after the last "in" or comma."""
    return _first(re.split(r",\s|\sin\s", where)[-1])
