"""Where a job is when its location doesn't say: from the title, or from a sentence that says where it is based.

Asked only of adverts whose location names no place and doesn't say that there are several or none. A name counts that
our own table has. Where the sentences name places apart from each other, nothing is read: the advert isn't clear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from clearinghouse.normalise.gazetteer import Spot, fold, kilometres, region
from clearinghouse.normalise.naming import NOWHERE, parts
from clearinghouse.normalise.text import around

_TOGETHER = 8.0
"""Kilometres within which the places that an advert names may be one."""

_NAME = r"(?P<where>[A-Z][\w'’-]*(?:,?\s[\w'’&-]+){0,7})"
_BASED = re.compile(
    r"\b(?i:based|located|situated)\s(?:at|in|near|on|from)\s(?:the\sheart\sof\s|the\s|our\s)?(?=" + _NAME + ")"
)
_SITE = re.compile(r"\b(?:at|in)\s(?:the\s|our\s)?(?=(?:[A-Z][\w'’-]*\s){1,6}(?:in|,)\s" + _NAME + ")")
_IN = re.compile(r"\b(?:at|come\sfrom|in|near|around)\s(?:the\s|our\s)?(?=" + _NAME + ")")
_ANY = re.compile(r"\b(?=" + _NAME + ")")
_BASES = ("based ", "located ", "situated ")
_SITES = (" unit ", " hospital ", " school ", " college ", " centre ", " site ")
_OTHERWISE = ("assessment", "course", "head office", "headquarters", "induction", "interview", "open day", "training")
"""What is at a place that the job itself needn't be at."""

_READ = 8000
"""Characters of a description that are read: the place stands near its head."""


@dataclass(frozen=True)
class Mention:
    """A place, its name as the advert writes it, and the words around that decide it."""

    spot: Spot
    name: str
    phrase: str


def mentioned(title: str | None, words: str | None, *, alone: bool = False) -> Mention | None:
    """The place of a job that its title or description states; None where none is clear.

    With `alone`, for a source that gives no location at all, the only town that the description names is believed too.
    """
    for part in parts(title or "")[1:]:
        spot = _whole(part)
        if spot is not None:
            return Mention(spot, part, part)
    text = (words or "")[:_READ]
    said = [*_said(_BASED, around(text, *_BASES)), *_said(_SITE, around(text, *_SITES))]
    if said or not alone:
        return said[0] if said and _together(said) else None
    named = next(_said(_IN, text, ended=True), None)
    return named if named and _together([named, *_said(_ANY, text)]) else None


def _together(found: list[Mention]) -> bool:
    return all(kilometres(found[0].spot, other.spot) <= _TOGETHER for other in found[1:])


def _said(pattern: re.Pattern[str], text: str, *, ended: bool = False) -> Iterator[Mention]:
    """Each place after the pattern. `ended`: not where the name is part of a longer one, as an employer's may be."""
    for match in pattern.finditer(text):
        before = text[max(0, match.start() - 60) : match.start()].casefold()
        found = None if any(word in before for word in _OTHERWISE) else _first(match["where"].split()[:7], ended=ended)
        if found is not None:
            spot, name = found
            yield Mention(spot, name.strip(","), match.group() + match["where"])


def _whole(name: str) -> Spot | None:
    key = fold(name)
    return next(iter(region().get(key, ())), None) if key not in NOWHERE else None


def _first(words: list[str], *, ended: bool) -> tuple[Spot, str] | None:
    """The longest name that the words begin with."""
    for end in range(min(6, len(words)), 0, -1):
        name = " ".join(words[:end])
        spot = _whole(name)
        if spot is not None:
            longer = not name.endswith(",") and words[end : end + 1] and words[end][0].isupper()
            return None if ended and longer else (spot, name)
    return None
