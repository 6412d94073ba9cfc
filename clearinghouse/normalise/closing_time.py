"""The time of the closing day that a list leaves out and the advert's text gives: the same day, never another."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from clearinghouse.normalise.dates import END, Closing, read_closing
from clearinghouse.normalise.days import find_clock
from clearinghouse.normalise.text import mentions
from clearinghouse.vacancies.draft import LONDON

LONGEST = 60_000
"""Characters of a description that are looked through."""

REACH = 200
"""Characters to either side of a time within which its sentence begins and ends."""

_FIGURES = re.compile(r"\d(?:[:.]\d\d(?![\d./])|\s?[ap]\.?\s?m\b)", re.IGNORECASE)
_NOON = re.compile(r"\b(?:noon|mid-?day)\b", re.IGNORECASE)
_TIMED = re.compile(r"mid-?night|\bnoon\b|mid-?day|\d\s?[ap]\.?\s?m\b", re.IGNORECASE)
"""A time that people write: a field that has one states more than a day."""
_ABOUT = re.compile(
    r"\bclosing\b|\bclosure\sdate|\bdeadline|\b(?:advert|applications?|vacancy|post|role)\b[^.\n]{0,30}\bclos(?:es?|ed)\b|(?:^|[.!?\n]\s{0,3})closes?\b"
    r"|\b(?:apply|applications?|complete|completed|email|forms?|received|return|returned|send|sent|submit|submitted)\b(?:[^.\n]|\.(?=\S)){0,60}?\b(?:by|before|no\slater\sthan)\b",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[.!?]\s{1,3}(?=[A-Z])|\n")
_THAT_DAY = re.compile(
    r"\bon\s(?:the\s)?(?:closing|deadline)\s(?:date|day)\b|\bon\s(?:the\s)?day\sof\s(?:closing|the\sdeadline)\b",
    re.IGNORECASE,
)


def with_the_texts_time(
    closing: Closing, stated: str, words: str | None, today: dt.date, posted: dt.date | None
) -> Closing:
    """`closing`, at the time that the text gives for the same day where the field `stated` only a day; else as it was.

    Of several times for that day the earliest, which is safe to keep.
    """
    text = (words or "")[:LONGEST]
    if closing.closes_at is None or not _only_a_day(closing.closes_at, stated):
        return closing
    end = closing.closes_at.astimezone(LONDON)
    times = (_time(sentence, end.date(), today, posted) for sentence in _sentences(text))
    found = min((time for time in times if time is not None), default=None)
    return closing if found is None else replace(closing, closes_at=found)


def _only_a_day(closes_at: dt.datetime, stated: str) -> bool:
    """True for a bare day, and for one that a machine filled up with 00:00 or 23:59."""
    there = closes_at.astimezone(LONDON)
    return (there.hour, there.minute) == (END.hour, END.minute) and not _TIMED.search(stated)


def _sentences(text: str) -> Iterator[str]:
    """The sentences about closing that name a time, each once."""
    times = list(_FIGURES.finditer(text))
    if mentions(text, "noon", "mid"):
        times = sorted((*times, *_NOON.finditer(text)), key=lambda match: match.start())
    end = 0
    for match in times:
        if match.start() < end:
            continue
        floor = max(end, match.start() - REACH)
        start = max((cut.end() for cut in _BREAK.finditer(text, floor, match.start())), default=floor)
        after = _BREAK.search(text, match.end(), match.end() + REACH)
        end = after.start() if after else match.end() + REACH
        if _ABOUT.search(text, start, end):
            yield text[start:end]


def _time(sentence: str, day: dt.date, today: dt.date, posted: dt.date | None) -> dt.datetime | None:
    """The moment on that day that the sentence names; None where it names none, or only the end of the day."""
    if _THAT_DAY.search(sentence):
        clock, _ = find_clock(sentence)
        at = dt.datetime.combine(day, clock, LONDON).astimezone(dt.UTC) if clock else None
        return at if clock != dt.time(0) else None
    at = read_closing(sentence, today, posted).closes_at
    there = at.astimezone(LONDON) if at else None
    return at if there and there.date() == day and there.time() != END else None
