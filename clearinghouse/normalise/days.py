"""A calendar day and a time of day in an advert's words: explicit patterns, ISO first, no guessing."""

# ruff: noqa: E501 - a pattern reads better on one line than broken by length
from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import lru_cache

from clearinghouse.vacancies.draft import LONDON

LOOK_BACK = dt.timedelta(days=60)
"""How long ago a day without a year may have been: adverts stay up for a while after they close."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_ZONE = r"(?P<zone>(?:GMT|UTC)\s?[+-]\d{1,2}(?::?\d{2})?|Z|UTC|GMT|BST|CES?T|EES?T|[ECMP][SD]T|[+-]\d{2}:?\d{2}|[+-]\d{2}(?!\d))"
_ISO = re.compile(
    r"(?<!\d)(?P<year>\d{4})(?P<dash>[-/.])(?P<m>\d{1,2})(?P=dash)(?P<day>\d{1,2})(?!\d)"
    r"(?:(?:T|\s{1,3}|,\s?)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?(?!\d)\s{0,2}"
    + _ZONE
    + r"?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(
    r"(?<![\w./-])(?P<year>20\d{2}|19\d{2})(?P<m>\d{2})(?P<day>\d{2})(?:T?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?Z?)?(?![\w./-])"
)
_JAVA = re.compile(
    _MONTH
    + r"\s{1,2}(?P<day>\d{1,2})\s{1,2}(?P<hour>\d{2}):(?P<minute>\d{2}):(?P<second>\d{2})\s{1,2}(?:(?P<zone>[A-Z]{3,4}|[+-]\d{2}:?\d{2})\s)?(?P<year>\d{4})\b",
    re.IGNORECASE,
)
_DAY_MONTH = re.compile(
    r"(?<!\d)(?<!\d[:.])(?P<day>\d{1,2})\s?(?:st|nd|rd|th)?(?![\d:])\s?(?:day\s)?(?:of\s)?[\s,./-]{0,3}"
    + _MONTH
    + r"(?:[\s,./-]{0,3}(?P<year>\d{4}(?!\d)|(?:'|’)?\d{2}(?![\d:.]\d|\d|\s?[ap]\.?m|\s?hrs|\s?noon|\s?mid-?(?:day|night)|:)))?",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    r"(?<![a-z])"
    + _MONTH
    + r"[\s,-]{0,3}(?P<day>\d{1,2})(?:st|nd|rd|th)?(?![\d:])(?:[\s,-]{1,3}(?P<year>\d{4})(?!\d))?",
    re.IGNORECASE,
)
_NUMERIC = re.compile(
    r"(?<!\d)(?<!\d:)(?P<day>\d{1,2})\s?(?P<dash>[/.-])\s?(?P<m>\d{1,2})\s?(?P=dash)\s?(?P<year>\d{4}|\d{2})(?![\d:])"
)
_SHORT = re.compile(r"(?<![\d/])(?<!\d[:.])(?!24/7)(?P<day>\d{1,2})/(?P<m>\d{1,2})(?![\d/])")
_SHAPES = (_ISO, _COMPACT, _JAVA, _DAY_MONTH, _MONTH_DAY, _NUMERIC, _SHORT)
_TO = re.compile(
    r"\s{0,2}(?:-|–|—|/|to|until|till)\s{0,2}(?:midnight\s(?:on\s)?)?(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},?\s)?(?:the\s)?",
    re.IGNORECASE,
)

_OFFSETS = {
    "Z": 0, "UTC": 0, "GMT": 0, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
"""Hours ahead of UTC by a zone's name, as the recruitment systems sold here write them."""

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(r"\b(?P<name>mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},?\s(?:the\s)?$", re.IGNORECASE)

_NOON = re.compile(r"\b(?:12(?:[:.]00)?\s?)?(?:noon|mid-?day)\b", re.IGNORECASE)
_MIDNIGHT = re.compile(
    r"\b(?:12(?:[:.]00)?\s?)?mid-?night\b|\b24[:.]00\b|(?<![\d:.])(?:12|0?0)(?:[:.]00)?\s?a\.?m\b", re.IGNORECASE
)
_CLOCK = re.compile(
    r"(?<![\d.£/-])(?<!\d:)(?P<hour>[01]?\d|2[0-3])(?:(?P<dot>[:.])(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:\.\d{1,9})?)?)?(?![\d%])\s{0,2}(?:o'clock\s|o’clock\s)?"
    r"(?P<half>[ap]\.?\s?m\b\.?)?(?:\s?(?:hrs|hours|h|o'clock|o’clock)\b)?\s{0,2}\(?(?:" + _ZONE + r")?(?![a-z\d])",
    re.IGNORECASE,
)
_FOUR = re.compile(
    r"(?<![\d/.-])(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?:\s?(?:hrs|hours|h)\b|\s(?:on\b|\|))", re.IGNORECASE
)


@dataclass(frozen=True)
class Found:
    """A day in a text: where it stands, the day (None when there is no such day), the clock written with it."""

    start: int
    end: int
    day: dt.date | None
    clock: dt.time | None = None
    zone: dt.timezone | None = None
    yearless: bool = False


@lru_cache(maxsize=2048)
def find_day(text: str, today: dt.date, after: dt.date | None = None) -> Found | None:
    """The first day named in the text; of a range ("1 June to 12 June") the last.

    A day without a year is the next such day on or after `after`, or else on or after a little before today; or, where that
    isn't the weekday named with it and the same day a year before is, that one.
    """
    since = after if after is not None else today - LOOK_BACK
    first = _earliest(text, 0, since)
    if first is not None and after is None:
        first = _by_weekday(first, text)
    if first is None:
        return None
    link = _TO.match(text, first.end)
    second = _earliest(text, link.end(), since) if link else None
    return second if second is not None and link is not None and second.start == link.end() else first


def _earliest(text: str, start: int, since: dt.date) -> Found | None:
    best: re.Match[str] | None = None
    for shape in _SHAPES:
        match = shape.search(text, start)
        if match and (best is None or match.start() < best.start()):
            best = match
            if match.start() == start:  # nothing stands before it
                break
    return _found(best, since) if best else None


def _by_weekday(found: Found, text: str) -> Found:
    named = _WEEKDAY.search(text[max(0, found.start - 14) : found.start]) if found.yearless else None
    if named is None or found.day is None:
        return found
    weekday = _WEEKDAYS.index(named["name"].lower())
    before = _date(found.day.year - 1, found.day.month, found.day.day)
    if found.day.weekday() == weekday or before is None or before.weekday() != weekday:
        return found
    return replace(found, day=before)


def _found(match: re.Match[str], since: dt.date) -> Found:
    parts = match.groupdict()
    month = int(parts["m"]) if parts.get("m") else _MONTHS.index(parts["month"][:3].lower()) + 1
    day = _day(_year(parts.get("year")), month, int(parts["day"]), since)
    clock = None
    if parts.get("hour"):
        try:
            hour = 0 if parts["hour"] == "24" and parts["minute"] == "00" else int(parts["hour"])  # 24:00 ends the day
            clock = dt.time(hour, int(parts["minute"]), int(parts.get("second") or 0))
        except ValueError:
            day = None  # 25:61 is no time: the whole is unreadable
    return Found(match.start(), match.end(), day, clock, zone_of(parts.get("zone")), not parts.get("year"))


def _year(text: str | None) -> int | None:
    if not text:
        return None
    digits = text.strip("'’")
    return int(digits) + 2000 if len(digits) == 2 else int(digits)


def _day(year: int | None, month: int, day: int, since: dt.date) -> dt.date | None:
    if year is not None:
        return _date(year, month, day) if 1990 <= year <= 2100 else None
    candidates = (_date(since.year + ahead, month, day) for ahead in range(9))  # 9: over a skipped leap year
    return next((candidate for candidate in candidates if candidate and candidate >= since), None)


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def zone_of(text: str | None) -> dt.timezone | None:
    """The offset that a zone's name or digits mean; None when it has none or we don't know it."""
    if not text:
        return None
    name = text.upper()
    if name in _OFFSETS:
        return dt.timezone(dt.timedelta(hours=_OFFSETS[name])) if _OFFSETS[name] else dt.UTC
    digits = re.fullmatch(r"(?:GMT|UTC)?\s?([+-])(\d{1,2}):?(\d{2})?", name)
    if not digits or int(digits[2]) > 14 or int(digits[3] or 0) > 59:
        return None
    offset = dt.timedelta(hours=int(digits[2]), minutes=int(digits[3] or 0))
    return dt.timezone(-offset if digits[1] == "-" else offset)


def find_clock(text: str) -> tuple[dt.time | None, dt.timezone | None]:
    """The time of day named in a text whose day is blanked out; midnight is 00:00, which means the end of the day."""
    if _NOON.search(text):
        return dt.time(12), None
    if _MIDNIGHT.search(text):
        return dt.time(0), None
    four = _FOUR.search(text)
    if four:
        return dt.time(int(four["hour"]), int(four["minute"])), None
    for match in _CLOCK.finditer(text):
        if match["half"] or match["dot"]:
            return _clock(match), zone_of(match["zone"])
    return None, None


def _clock(match: re.Match[str]) -> dt.time:
    hour = int(match["hour"])
    half = (match["half"] or "")[:1].lower()
    if half == "p" and hour < 12:
        hour += 12
    if half == "a" and hour == 12:
        hour = 0
    return dt.time(hour, int(match["minute"] or 0), int(match["second"] or 0))


def padded(day: dt.date, clock: dt.time | None, zone: dt.timezone | None) -> bool:
    """True when the time says no more than the day: no time, or midnight in no zone, in UTC or in London's own."""
    if clock is None:
        return True
    if clock != dt.time(0):
        return False
    london = dt.datetime.combine(day, clock, LONDON).utcoffset()
    return zone is None or zone.utcoffset(None) in (dt.timedelta(0), london)
