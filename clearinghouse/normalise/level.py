"""Qualification levels and apprenticeship levels, where an advert states them plainly."""

# ruff: noqa: E501 - a pattern reads better on one line than broken by length
from __future__ import annotations

import re

from clearinghouse.normalise.text import mentions
from clearinghouse.vacancies.draft import Level

_I = re.IGNORECASE
_NUMBERED = re.compile(r"\b(?:level|lvl|L)\s{0,2}[:-]?\s?([2-7])\b(?!\s?[.,]\d)", _I)
_NAMED = (
    (re.compile(r"\bintermediate\b", _I), 2),
    (re.compile(r"\badvanced\b(?!\s(?:practitioner|clinical|nurse))", _I), 3),
    (re.compile(r"\bhigher\b", _I), 4),
    (re.compile(r"\bmaster'?s?\b", _I), 7),
    (re.compile(r"\bdegree\b", _I), 6),
)
_ESSENTIAL = re.compile(
    r"\bessential\b|\bmust\s(?:have|hold|be)\b|\brequired?\b|\bneed(?:ed)?\b|\bminimum\b|\byou\swill\s(?:have|hold)\b",
    _I,
)
_DESIRABLE = re.compile(r"\bdesirable\b|\bpreferred\b|\badvantageous\b|\bideally\b|\bwould\sbe\san\sadvantage\b", _I)
_OPEN = re.compile(r"\bor\s(?:\w{1,12}\s){0,3}?experience\b|\bwork(?:ing)?\stowards\b|\bwilling(?:ness)?\sto\b", _I)
_SENTENCE = re.compile(r"[\n;]|\.\s")
_HINTS = (
    "degree", "level", "gcse", "nvq", "phd", "ph.d", "doctorate", "master", "msc", "m.sc", "pgce", "postgrad", "bachelor",
    "hnd", "hnc", "certhe", "btec", "access to he",
)  # fmt: skip
_QUALIFICATIONS = (
    (8, re.compile(r"\bPh\.?D\b|\bdoctorate\b", _I)),
    (7, re.compile(r"\bmaster'?s(?:\sdegree|\slevel)?\b|\bM\.?Sc\b|\bPGCE\b|\bpostgraduate\s(?:degree|qualification|diploma)", _I)),
    (6, re.compile(r"\bbachelor'?s\b|\b(?:honours|hons|undergraduate|first)\sdegree\b|\bdegree[\s-](?:level|educated)|\beducated\sto\sdegree|\bdegree\sin\b|\ba\s(?:\w{1,12}\s)?degree\b(?!\s?(?:of\b|apprentic))", _I)),
    (5, re.compile(r"\bHND\b|\bfoundation\sdegree\b|\b(?:NVQ|QCF|RQF)?\s?level\s5\s(?:diploma|qualification|nvq|certificate)|\bNVQ\s(?:level\s)?5\b", _I)),
    (4, re.compile(r"\bHNC\b|\bCertHE\b|\b(?:NVQ|QCF|RQF)?\s?level\s4\s(?:diploma|qualification|nvq|certificate)|\bNVQ\s(?:level\s)?4\b", _I)),
    (3, re.compile(r"\bA[\s-]levels?\b|\bT[\s-]levels?\b|\bBTEC\snational\b|\baccess\sto\sHE\b|\b(?:NVQ|QCF|RQF)?\s?level\s(?:3|three)\s(?:diploma|qualification|nvq|certificate|or\sabove)|\bNVQ\s(?:level\s)?3\b", _I)),
    (2, re.compile(r"\bGCSEs?\b|\bO[\s-]levels?\b|\bfunctional\sskills\s(?:at\s)?level\s2|\b(?:NVQ|QCF|RQF)?\s?level\s(?:2|two)\s(?:diploma|qualification|nvq|certificate|in\s(?:english|maths))|\bNVQ\s(?:level\s)?2\b", _I)),
)  # fmt: skip


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


def read_level(text: str | None) -> Level:
    """The qualification levels asked for: from sentences that name one and say whether it is essential or desirable.

    "Or equivalent experience" means the level is no bar, so it isn't essential; silence stays None.
    """
    essential: list[int] = []
    desirable: list[int] = []
    words = (text or "")[:20_000]
    low = words.lower()
    hints = [hint for hint in _HINTS if hint in low]
    for sentence in _SENTENCE.split(words) if hints else ():
        if len(sentence) > 600 or not mentions(sentence, *hints) or not (level := _named_level(sentence)):
            continue
        if _DESIRABLE.search(sentence):
            desirable.append(level)
        elif _ESSENTIAL.search(sentence) and not _OPEN.search(sentence):
            essential.append(level)
    return Level(max(essential, default=None), max(desirable, default=None))


def _named_level(sentence: str) -> int | None:
    """The lowest level that a sentence names: "degree or HND" is met by the HND."""
    found = [level for level, pattern in _QUALIFICATIONS if pattern.search(sentence)]
    return min(found, default=None)
