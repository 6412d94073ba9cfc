"""When an advert closes, was posted and the job starts (design §6, "How closing is read")."""

# ruff: noqa: E501 - a pattern reads better on one line than broken by length
from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from clearinghouse.normalise.closing_words import about_closing, days_left
from clearinghouse.normalise.days import Found, find_clock, find_day, padded
from clearinghouse.normalise.text import says, tidy
from clearinghouse.vacancies.draft import LONDON
from clearinghouse.vacancies.vocabulary import Flag

LONGEST = 400
"""Characters of a closing field that are read."""

END = dt.time(23, 59, 59)

_EPOCH = re.compile(r"(?:/Date\()?(?P<seconds>1\d{9}|[2-3]\d{9})(?P<thousandths>\d{3})?(?:[+-]\d{4})?(?:\)/)?")
"""Seconds or milliseconds since 1970, alone or as .NET writes them (there the offset is only for show)."""
_STAMP = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?")
"""A day or moment as machines write it: it has no other words."""
_FLAGS = (
    (Flag.MAY_CLOSE_EARLY, re.compile(
        r"\b(?:may|might|could|can|will|to|we)\s(?:be\s)?clos\w{0,3}\s(?:\w{1,12}\s){0,5}?(?:early|earlier|sooner|before\sthe)\b|\bclos\w{1,3}\s(?:\w{1,12}\s){0,5}?(?:early|earlier|sooner)\b"
        r"|\bright\sto\s(?:\w{1,12}\s){0,3}?(?:clos|end|withdraw)|\bearly\s(?:closure|closing)\b|\bbefore\sthe\s(?:\w{1,12}\s)?clos\w{1,3}\sdate"
        r"|\b(?:sufficient|enough|high|large)\s(?:\w{1,12}\s){0,3}?(?:applications|applicants|interest|response)", re.IGNORECASE)),
    (Flag.CLOSES_ON_A_CAP, re.compile(
        r"\b(?:until|once|when|after|if|first|maximum\sof|capped?\s(?:at|of)|limited\sto|limit\sof|up\sto)\s(?:we\s)?(?:(?!date\b)\w{1,12}\s){0,4}?\d{1,5}\s(?:\w{1,12}\s){0,2}?(?:applications|applicants|candidates)\b(?!\s(?:will|may|can|to|shall)?\s?be\s(?:invited|interviewed|shortlisted|appointed|selected))"
        r"|\bapplica(?:tions|nts)\s(?:(?!\d)\w{1,12}\s){0,4}?(?:capped|limited|restricted)\s(?:at|to)\s(?:\w{1,8}\s){0,2}?\d", re.IGNORECASE)),
)  # fmt: skip
_NOT_EARLY = re.compile(
    r"\b(?:not|never)\s(?:be\s)?clos\w{0,3}\s(?:\w{1,12}\s){0,5}?(?:early|earlier|sooner|before)\b", re.IGNORECASE
)
_HINTS = (
    (Flag.MAY_CLOSE_EARLY, ("earl", "sooner", "right", "before", "sufficient", "enough", "high", "large")),
    (Flag.CLOSES_ON_A_CAP, ("applica", "candidates")),
)
_COUNTED = re.compile(r"\d\s(?:\w{1,12}\s){0,2}?(?:applica|candidates)|capped|limited|restricted")
"""What the pattern of each needs somewhere: a quick look before it searches."""


_OTHER_FIGURES = re.compile(
    r"(?<!\d)(?<!\d\s)\b(?:hours|hrs|salary|pay|grade|rate|working\spattern)\b|£", re.IGNORECASE
)
"""What no closing time stands behind: "Hours 18.30" are the week's."""

_FILLED = re.compile(r"\b(?:until|till|when|once|if|unless)\s(?:\w{1,12}\s){0,4}?filled\b", re.IGNORECASE)


@dataclass(frozen=True)
class Closing:
    """When an advert closes as read from its words. None = it doesn't say, or says no day that exists."""

    closes_at: dt.datetime | None = None
    closes_text: str | None = None
    flags: tuple[Flag, ...] = ()


def read_closing(text: str | None, today: dt.date, posted: dt.date | None = None) -> Closing:
    """The moment at which it closes, in UTC, with the advert's words.

    A bare date, or one padded with midnight, is the end of that day in London. A zone-less time is London's.
    """
    words = tidy(text)
    if words is None:
        return Closing()
    line = words[:LONGEST]
    if _STAMP.fullmatch(line):
        return Closing(_stated(line, today, posted, END), line)
    moment = _epoch(line) or _counted(line, today) or _stated(about_closing(line, today), today, posted, END)
    flags = closing_flags(line)
    if moment is not None and _FILLED.search(line):  # a day, or sooner
        flags = tuple(flag for flag, _ in _FLAGS if flag in {*flags, Flag.MAY_CLOSE_EARLY})
    return Closing(moment, line, flags)


def read_start_of_day(text: str | None, today: dt.date, after: dt.date | None = None) -> dt.datetime | None:
    """The moment of a posting or starting date, in UTC: a bare date is the start of that day in London."""
    words = tidy(text)
    if words is None:
        return None
    line = words[:LONGEST]
    return _epoch(line) or _stated(line, today, after, dt.time(0))


def closing_flags(text: str) -> tuple[Flag, ...]:
    """What the words say about closing before the date."""
    low = text.lower()
    hinted = [flag for flag, hints in _HINTS if says(low, hints)]
    if Flag.CLOSES_ON_A_CAP in hinted and not _COUNTED.search(low):
        hinted.remove(Flag.CLOSES_ON_A_CAP)
    if not hinted:
        return ()
    said = _NOT_EARLY.sub(" ", text)
    return tuple(flag for flag, pattern in _FLAGS if flag in hinted and pattern.search(said))


def _epoch(line: str) -> dt.datetime | None:
    match = _EPOCH.fullmatch(line)
    if match is None:
        return None
    return dt.datetime.fromtimestamp(int(match["seconds"]), dt.UTC)


def _counted(line: str, today: dt.date) -> dt.datetime | None:
    """The end of the day that "3 days left" means, counted from the day on which the page was read."""
    count = days_left(line)
    if count is None or find_day(line, today):
        return None
    clock, _ = find_clock(line) if count.may_have_a_time else (None, None)
    at = END if clock in (None, dt.time(0)) else clock
    return dt.datetime.combine(today + dt.timedelta(days=count.days), at or END, LONDON).astimezone(dt.UTC)


def _stated(line: str, today: dt.date, after: dt.date | None, default: dt.time) -> dt.datetime | None:
    found = find_day(line, today, after)
    if found is None or found.day is None:
        return None
    clock, zone = _clock(found, line)
    if padded(found.day, clock, zone):
        return dt.datetime.combine(found.day, default, LONDON).astimezone(dt.UTC)
    assert clock is not None  # noqa: S101 - padded() is True without one, for mypy
    moment = dt.datetime.combine(found.day, clock, zone or LONDON).astimezone(LONDON)
    if found.clock is not None and zone is dt.UTC and moment.time() == dt.time(0):
        moment = dt.datetime.combine(
            moment.date(), default, LONDON
        )  # summer's 23:00Z is a padded date, as winter's 00:00Z
    return moment.astimezone(dt.UTC)


def _clock(found: Found, line: str) -> tuple[dt.time | None, dt.timezone | None]:
    if found.clock is not None:
        return found.clock, found.zone
    after = _OTHER_FIGURES.split(line[found.end : found.end + 60], maxsplit=1)[0]
    return find_clock(f"{line[max(0, found.start - 60) : found.start]} | {after}")
