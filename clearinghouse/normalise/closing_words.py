"""Which part of a line is about closing, and how many days it says are left."""

# ruff: noqa: E501 - a pattern reads better on one line than broken by length
from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from clearinghouse.normalise.days import find_day

_LABEL = re.compile(
    r"\b(?:(?P<closing>clos(?:es?|ing|ed|ure)\b|deadlines?\b|(?:apply|received|submitted)\s(?:by|before|no\slater\sthan)\b|expir(?:es|y|ing)\b|applications?\sby\b|(?:advert|vacancy|campaign)\sends?\b|ends?\s(?:on|date)\b)"
    r"|(?P<opening>open(?:s|ing|ed)?\b)"
    r"|(?P<other>interview|shortlist|sift|assessment\scent|start\sdate|commenc|posted|published|advertised|added\son|listed|date\sadded|review))",
    re.IGNORECASE,
)
_AFRESH = re.compile(
    r"\b(?:(?:extended|moved|changed|revised|brought\sforward|put\sback)\s(?:to|until|till)|now)\b", re.IGNORECASE
)
REACH = 25
"""Characters between "extended to" and its day: room for a weekday and a time."""

_SENTENCE = re.compile(r"(?:[.!?]\s|[;|])")
_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}  # fmt: skip
_MANY = rf"\d{{1,3}}|{'|'.join(_NUMBERS)}"
_LEFT = re.compile(
    rf"\b(?:(?P<count>{_MANY})\s(?P<unit>day|week)s?\s(?:left|remaining|to\s(?:go|apply))|(?:clos(?:es?|ing)|expir(?:es|ing)|end(?:s|ing))\sin\s(?P<within>{_MANY})\s(?P<units>day|week)s?)\b",
    re.IGNORECASE,
)
_SOON = re.compile(
    r"\b(?:clos(?:es?|ing)|expir(?:es|ing)|end(?:s|ing))\s(?:at\s[\w.:]{1,6}\s)?(?P<when>today|tomorrow)\b|^\W{0,3}(?P<alone>today|tomorrow)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Left:
    """How many days are left; a time of day may stand beside "today" and "tomorrow"."""

    days: int
    may_have_a_time: bool = False


def days_left(line: str) -> Left | None:
    """The days from today to the last one ("3 days left", "closes in two weeks", "ends tomorrow"); None where it says no such thing."""
    soon = _SOON.search(line)
    if soon:
        return Left(1 if (soon["when"] or soon["alone"]).lower() == "tomorrow" else 0, may_have_a_time=True)
    left = _LEFT.search(line)
    if left is None:
        return None
    count = (left["count"] or left["within"]).lower()
    days = int(count) if count.isdigit() else _NUMBERS[count]
    return Left(days * (7 if (left["unit"] or left["units"]).lower() == "week" else 1))


def about_closing(line: str, today: dt.date) -> str:
    """The part that names the closing day: what is labelled as the interview's, the posting's or another day is left out.

    What is labelled as closing leads, then what has no label, then an opening time ("open 1 to 12 June"); "" where none names a day.
    """
    parts = _parts(line, today)
    if len(parts) == 1:
        return line
    for kind in ("closing", "", "opening"):
        for name, part in parts:
            if name == kind and find_day(part, today) is not None:
                return _latest(part, today)
    return ""


def _parts(line: str, today: dt.date) -> list[tuple[str, str]]:
    """The line cut at its labels, each part with its label's kind. Words without a day that lead up to a closing label in one sentence go with it."""
    cuts = [(match.start(), match.lastgroup or "") for match in _LABEL.finditer(line)]
    if not cuts:
        return [("", line)]
    ends = [*(start for start, _ in cuts[1:]), len(line)]
    lead = line[: cuts[0][0]]
    parts = [(kind, line[start:end]) for (start, kind), end in zip(cuts, ends, strict=True)]
    sentence = _SENTENCE.split(lead)[-1]
    if cuts[0][1] == "closing" and find_day(sentence, today) is None:
        parts[0] = ("closing", sentence + parts[0][1])
    return [("", lead), *parts]


def _latest(part: str, today: dt.date) -> str:
    """The part from "extended to" on, where a day follows at once."""
    for match in reversed(list(_AFRESH.finditer(part))):
        found = find_day(part[match.end() :], today)
        if found is not None and found.start < REACH:
            return part[match.end() :]
    return part
