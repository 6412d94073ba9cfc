"""Hours a week and the working pattern, from an advert's words."""

# ruff: noqa: E501 - a pattern reads better on one line than broken by length
from __future__ import annotations

import re
from decimal import Decimal

from clearinghouse.normalise.text import kept, says, tidy
from clearinghouse.vacancies.vocabulary import Pattern

LONGEST = 600
MOST = Decimal(84)
"""Hours a week above which a figure is something else (a year's hours, a typing slip)."""

_UNIT = r"(?:hours?|hrs?\.?|h)"
_NUMBER = r"(?<![\d.,£/:-])(?P<{0}>\d{{1,3}}(?:[.,]\d{{1,3}}|\s?[½¼¾])?)"
_WEEKLY = r"(?:per|a|each|every|/|p\.?/?|in\sa)\s?(?:working\s|normal\s)?(?:week|wk|w\b|calendar\sweek)"
_RANGE = re.compile(
    _NUMBER.format("low")
    + rf"\s?{_UNIT}?\s?(?:-|–|—|to|/|or|and|&)\s?"
    + r"(?P<high>\d{1,2}(?:\.\d{1,2})?)\s?"
    + rf"{_UNIT}(?![a-z])",
    re.IGNORECASE,
)
_MINUTES = re.compile(
    _NUMBER.format("n") + rf"\s?{_UNIT}\s?(?:and\s|&\s)?(?P<minutes>\d{{1,2}})\s?(?:(?:minutes|mins?)\b|(?={_WEEKLY}))",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    rf"(?<![\d.,£])(?P<n>\d{{1,2}}):(?P<minutes>[0-5]\d)\s?(?:{_UNIT}(?![a-z])\s?)?{_WEEKLY}", re.IGNORECASE
)
_PER_WEEK = re.compile(
    _NUMBER.format("n")
    + rf"[\s-]?(?:(?:contracted|contractual|working)\s)?(?:{_UNIT}[\s-]?)?(?:\((?:[^()]{{1,30}})\)\s?)?(?:{_WEEKLY}|weekly|pw\b|week\b)",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    _NUMBER.format("n")
    + rf"[\s-]?{_UNIT}(?![a-z\d/])(?!\s?(?:per|a|each|every|/)\s?(?:day|month|year|annum|fortnight|shift|session|night))",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\b(?:hours|hrs)(?:\s(?:of\swork|per\sweek|a\sweek|worked|weekly))?\s?[:=–-]\s?(?P<n>\d{1,2}(?:\.\d{1,2})?)(?![\d:.]|\s?(?:-|–|to)\s?\d|\s?[ap]m)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_BARE = re.compile(r"(?P<n>\d{1,2}(?:\.\d{1,2})?)")
_OTHER = re.compile(
    r"\bhours?(?:'|’)?\s(?:notice|response|service|a\sday)"
    rf"|\b24[\s/-]?(?:hours?|hrs?|7)\b(?!\s?(?:{_WEEKLY}|weekly\b|pw\b))"
    r"|\b(?:annual|annualised|total)\shours\b|\bzero\s?-?hours?\b",
    re.IGNORECASE,
)
_FRACTIONS = {"½": ".5", "¼": ".25", "¾": ".75"}
_SPELT = (("1/2", "½"), ("1/4", "¼"), ("3/4", "¾"))
_LIMIT = re.compile(
    r"\b(?:up\sto|maximum(?:\sof)?|max\.?|minimum(?:\sof)?|min\.?|at\sleast|from|no\smore\sthan)\s(?:a\s)?\d{1,2}(?:\.\d{1,2})?\s?(?:hours?|hrs?)\b"
    r"|\b(?:hours?|hrs?)\s(?:(?:per|a)\sweek\s)?(?:maximum|max|minimum|min)\b",
    re.IGNORECASE,
)
_PATTERNS = (
    (Pattern.FULL_TIME, ("full", "f/t"), re.compile(r"\bfull[\s_-]{0,2}time\b(?![\s_-]{0,2}(?:equivalent|salary|rate|pay))|\bF/T\b", re.IGNORECASE)),
    (Pattern.PART_TIME, ("part", "p/t", "less"), re.compile(r"\bpart[\s_-]{0,2}time\b|\bP/T\b|\bless\sthan\sfull[\s-]time", re.IGNORECASE)),
    (Pattern.JOB_SHARE, ("job",), re.compile(r"\bjob[\s_-]{0,2}shar(?:e|es|ing)\b", re.IGNORECASE)),
    (Pattern.FLEXIBLE, ("flex", "compressed"), re.compile(r"\bflexible[\s_-](?:working|hours|work)\b|\bflexi[\s-]?time\b|\bcompressed\shours\b|^[ ]*flexible[ ]*$|\bflexible_working\b|[,;/]\s?flexible[ ]*$", re.IGNORECASE | re.MULTILINE)),
)  # fmt: skip
_NEGATED = re.compile(
    r"\b(?:not|no)\s(?:available\s(?:as\s|for\s)?|suitable\sfor\s|open\sto\s|offered\sas\s)?(?:a\s)?(?:job[\s-]?shar\w{1,3}|part[\s-]?time|flexible\sworking)\b"
    r"|\b(?:job[\s-]?shar\w{1,3}|part[\s-]?time|flexible\sworking)\s(?:\w{1,9}\s){0,2}?(?:not\s(?:be\s)?|un)(?:available|possible|considered|offered|suitable|an\soption)\b",
    re.IGNORECASE,
)
_NEGATED_HINTS = ("no", "un")


def read_hours(text: str | None) -> Decimal | None:
    """The hours a week that the words state; "37 hours 30 minutes" is 37.5.

    None for a range, a limit ("up to 37 hours") or several figures (the advert leaves it open), for hours a day, a month or a year, and where
    nothing is stated.
    """
    words = tidy(text)
    return _hours(words[:LONGEST]) if words is not None and _DIGIT.search(words) else None


@kept
def _hours(words: str) -> Decimal | None:
    line = _OTHER.sub(" ", words)
    for spelt, sign in _SPELT:
        line = line.replace(f" {spelt}", sign)
    if _is_range(line) or _LIMIT.search(line):
        return None
    for pattern in (_MINUTES, _CLOCK):
        match = pattern.search(line)
        if match:
            return _sane(Decimal(match["n"]) + Decimal(match["minutes"]) / 60)
    for pattern in (_PER_WEEK, _LABEL, _PLAIN):
        found = {value for match in pattern.finditer(line) if (value := _value(match["n"])) is not None}
        if found:
            return _sane(found.pop()) if len(found) == 1 else None
    bare = _BARE.fullmatch(line.strip())
    return _sane(Decimal(bare["n"])) if bare else None


def _is_range(line: str) -> bool:
    match = _RANGE.search(line)
    if match is None:
        return False
    low, high = _value(match["low"]), _value(match["high"])
    return low is not None and high is not None and low != high and max(low, high) <= MOST


def _value(text: str) -> Decimal | None:
    for sign, digits in _FRACTIONS.items():
        text = text.replace(sign, digits)
    text = re.sub(r"\s", "", text).replace(",", ".")
    value = Decimal(text)
    return value if value <= MOST else None


def _sane(value: Decimal) -> Decimal | None:
    return value.quantize(Decimal("0.01")) if 0 < value <= MOST else None


def read_patterns(*texts: str | None) -> tuple[Pattern, ...]:
    """The working patterns that the words name, in the vocabulary's order; none where they name none."""
    line = "\n".join(words[:LONGEST] for text in texts if (words := tidy(text)))
    low = line.lower()
    line = _NEGATED.sub(" ", line) if says(low, _NEGATED_HINTS) else line
    return tuple(pattern for pattern, hints, words in _PATTERNS if says(low, hints) and words.search(line))
