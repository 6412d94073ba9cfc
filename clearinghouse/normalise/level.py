"""Apprenticeship levels, where an advert states them plainly."""

from __future__ import annotations

import re

_I = re.IGNORECASE
_NUMBERED = re.compile(r"\b(?:level|lvl|L)\s{0,2}[:-]?\s?([2-7])\b(?!\s?[.,]\d)", _I)
_NAMED = (
    (re.compile(r"\bintermediate\b", _I), 2),
    (re.compile(r"\badvanced\b(?!\s(?:practitioner|clinical|nurse))", _I), 3),
    (re.compile(r"\bhigher\b", _I), 4),
    (re.compile(r"\bmaster'?s?\b", _I), 7),
    (re.compile(r"\bdegree\b", _I), 6),
)


def read_apprenticeship_level(*texts: str | None) -> int | None:
    """2 to 7, from "Level N" or the level's name, in the first of the texts that states one.

    None where none does, or the first that does names several. A name that covers two levels means the lower: higher
    is 4, degree is 6.
    """
    for text in texts:
        if not text:
            continue
        numbers = {int(number) for number in _NUMBERED.findall(text)}
        if numbers:
            return numbers.pop() if len(numbers) == 1 else None
        for pattern, level in _NAMED:
            if pattern.search(text):
                return level
    return None


def read_apprenticeship_value(text: str | None) -> int | None:
    """A source's own level field: "3", "Advanced", "Level 6 (Degree)"."""
    words = (text or "").strip()
    return int(words) if re.fullmatch(r"[2-7]", words) else read_apprenticeship_level(words)
