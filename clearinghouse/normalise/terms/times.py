"""The times of day that a sentence gives for the work: "Monday to Friday, 9am to 3pm"."""

# ruff: noqa: E501 - a pattern reads better on one line than broken by length
from __future__ import annotations

import re
from collections.abc import Iterator

from clearinghouse.vacancies.vocabulary import When

_CLOCK = r"(?P<h{0}>[01]?\d|2[0-4])(?:(?:[.:](?P<m{0}>[0-5]\d))|(?P<b{0}>[0-5]\d(?=\s?(?:hrs|hours))))?\s?(?P<p{0}>[ap]\.?m\b\.?|noon\b|hrs\b)?"
_RANGE = re.compile(
    r"(?<![\d£.,/:-])(?:between\s)?"
    + _CLOCK.format(1)
    + r"\s?(?:-|–|—|to|until|till|and)\s?"
    + _CLOCK.format(2)
    + r"(?![\d%]|\.\d|\s?(?:hours|minutes|mins|months|years|weeks|days|people|per\b|posts|grade|miles|£))"
)
_CLOCKED = re.compile(r"\d\s?(?:[ap]\.?m\b|[.:]?[0-5]\d\b|hrs\b|-|–|to\s\d)")
_FROM = re.compile(
    r"\b(?:meetings?|sessions?|classes|clubs?|starts?|from)\s(?:at\s|from\s)?(?P<hour>[4-9])(?:[.:][0-5]\d)?\s?pm\b"
)
_UNTIL = re.compile(r"\b(?:until|till)\s(?P<hour>[7-9]|1[01])(?:[.:][0-5]\d)?\s?pm\b")
_OTHER = re.compile(
    r"\b(?:clos(?:e|es|ing)|call|contact(?!\scentre)|telephone|phone|ring|interviews?|deadline|apply\sby|applications?|bus|visits?\sbetween|£|bedded|wards?\sround|staffed\sbetween)\b|\bservice\soperates\b"
)
_EARLY, _SCHOOL, _LATE, _EVENING, _NIGHT = 7 * 60, (8 * 60 + 30, 15 * 60 + 30), 18 * 60 + 30, 19 * 60, 21 * 60 + 30


def times(low: str) -> set[When]:
    """When the hours that a lower-case sentence gives are worked; empty where it gives none or means something else."""
    if not _CLOCKED.search(low) or _OTHER.search(low):
        return set()
    found = {when for start, end in _ranges(low) for when in _when(start, end)}
    if (_FROM.search(low) and not found) or _UNTIL.search(low):
        found.add(When.EVENING)
    return found


def _ranges(low: str) -> Iterator[tuple[int, int]]:
    """Starts and ends in minutes after midnight, where the words leave no doubt that they are times of day."""
    for match in _RANGE.finditer(low):
        plain = not (match["p1"] or match["p2"] or match["m1"] or match["m2"] or match["b1"] or match["b2"])
        if plain and not re.search(r"\b(?:mon|monday|weekday|fri|friday|hours\sof)\b", low[: match.start()]):
            continue
        first, last = _minutes(match, 1), _minutes(match, 2)
        if not (match["p1"] or "").startswith("p") and (match["p2"] or "").startswith("p") and match["p1"] is None:
            first = _nearest(first, last)
        if last <= first and not match["p2"] and last < 12 * 60:
            last += 12 * 60
        yield first, last if last > first else last + 24 * 60


def _nearest(first: int, last: int) -> int:
    """The start of "6-9pm" is in the afternoon too, that of "9-3pm" in the morning."""
    return first + 12 * 60 if first < 8 * 60 and first + 12 * 60 < last else first


def _minutes(match: re.Match[str], which: int) -> int:
    hour = int(match[f"h{which}"])
    part = (match[f"p{which}"] or "").replace(".", "")
    if part == "pm" and hour < 12:
        hour += 12
    return hour * 60 + int(match[f"m{which}"] or match[f"b{which}"] or 0)


def _when(start: int, end: int) -> Iterator[When]:
    if end > 24 * 60 or start >= _NIGHT:
        yield When.NIGHT
    elif end >= _EVENING or start >= 17 * 60:
        yield When.EVENING
    elif _SCHOOL[0] <= start and end <= _SCHOOL[1]:
        yield When.SCHOOL_HOURS
    elif end <= _LATE:
        yield When.DAYTIME
