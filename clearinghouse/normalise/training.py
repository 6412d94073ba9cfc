"""An apprenticeship's training: standard, length, provider and school grades, where the advert says them. Pure."""

# ruff: noqa: E501 - a pattern reads better on one line than broken by length
from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from clearinghouse.normalise.standards import Standard, by_lars, is_title, named_in
from clearinghouse.normalise.text import mentions, tidy
from clearinghouse.vacancies.draft import Training

LONGEST = 20_000
SENTENCE = 300  # characters of the longest sentence that is read
MOST_MONTHS = 84

T = TypeVar("T")

_I = re.IGNORECASE
_SENTENCE = re.compile(r"[\n;]|\.(?=\s|$)")
_COUNT = r"(?:\d{1,2}|one|two|three|four|five|six|twelve|fifteen|eighteen)"
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "twelve": 12, "fifteen": 15, "eighteen": 18}
_LENGTH = re.compile(
    rf"(?<![\w£.-])(?P<range>{_COUNT}\s?(?:to|-|–|or)\s?)?(?P<first>{_COUNT})[\s-]?(?P<unit>year|month)s?(?:\s(?:and\s)?(?P<more>\d{{1,2}})\smonths?)?\b(?!['’])",
    _I,
)
_LASTS = re.compile(
    r"\b(?:duration|length|lasts?|takes?|train\w*|course|programme|apprenticeship|standard|stud(?:y|ies)|level\s?\d|university|college)\b|\bL\d\b",
    _I,
)
_OTHER_LENGTH = re.compile(
    r"\b(?:contract|probation\w*|first|experience|education\sfor|resid\w+|paid|absence|notice|within)\b", _I
)
_LEARNT = re.compile(
    r"\b(?:standards?|level\s?\d|lars|ST\d{4}|apprenticeship|course|stud(?:y|ying)|train|qualification|programme|duration|months?|years?)\b|\bL\d\b",
    _I,
)
_LEVELS = re.compile(r"\b(?:level\s?|L)([2-7])\b", _I)
_LARS = re.compile(r"\bLARS(?:\s(?:code|number|standard))?\W{0,3}(\d{1,6})\b", _I)
_UNKNOWN = re.compile(r"^(?:to\sbe\s|tb[acd]\b|n/?a\b|none\b|not\s|unknown\b|various\b)", _I)
_NAME = r"(?P<name>[A-Z][^.;:\n(|]{2,80})"
_BODY = r"(?P<name>(?:[A-Z][\w&'’-]{0,30}\s){1,5}?(?:College|University|Academy|Learning|Training|Skills)(?:\s(?:Ltd|Limited|Group|CIC|Academy))?|University\sof(?:\s[A-Z][\w'’-]{1,20}){1,3})(?![\w'’])"
_PROVIDERS = (
    re.compile(rf"\b(?:[Tt]raining\s)?[Pp]rovider\s?(?:is|:|-|–)\s?(?:the\s)?{_NAME}"),
    re.compile(rf"\bwith\s{_BODY}\sas\s(?:your|our|the)\straining\sprovider"),
    re.compile(rf"\b(?:with|by|at|from)\s(?:the\s)?{_BODY}"),
)  # fmt: skip
_WORKPLACE = re.compile(r"\b(?:work|based|join|located|employed)\s(?:\w{1,15}\s)?(?:at|with|by|for)\b", _I)
_TRAINS = re.compile(
    r"\b(?:train\w*|course|stud(?:y|ies|ying)|release|standard|level\s?\d|provider|deliver\w*|apprenticeship|years|months|programme)\b|\bL\d\b",
    _I,
)
_BODY_HINTS = ("provider", "college", "university", "academy", "learning", "training", "skills")
_GRADES = re.compile(r"\bGCSEs?\b|\bgrades?\s(?:[9A-D4]|[45]\b)", _I)


@dataclass(frozen=True)
class Told:
    """What was read, and the advert's words that name the standard; None where a field of the source does."""

    training: Training | None = None
    words: str | None = None


def read_training(
    title: str,
    text: str | None,
    identifiers: Mapping[str, str],
    extra: Mapping[str, str],
    employment: str | None = None,
) -> Told:
    """What an apprenticeship's advert says of its training; nothing where it says nothing.

    The source's own fields lead (`employment` is its type of employment, as "Apprenticeship (18 months)"), then the description, then a title that names a standard. A stated code leads over a
    named standard. A length that is a range, or another one (a contract, probation), is no length.
    """
    sentences = list(_sentences((text or "")[:LONGEST]))
    code, standard, words = _standard(title, sentences, identifiers, extra)
    found = Training(
        standard=standard.title if standard else tidy(extra.get("course")),
        lars=code,
        months=_months(extra.get("duration") or "")
        or _first(map(_months_said, [*_of_apprentices(employment), *_with(sentences, "month", "year")])),
        provider=tidy(extra.get("training_provider")) or _first(map(_provider, _with(sentences, *_BODY_HINTS))),
        grades=tidy(extra.get("grades")) or next(filter(_GRADES.search, _with(sentences, "gcse", "grade")), None),
    )
    return Told(found, words) if found != Training() else Told()


def _sentences(text: str) -> Iterator[str]:
    for each in _SENTENCE.split(text):
        words = " ".join(each.split())
        if 2 < len(words) <= SENTENCE:
            yield words


def _with(sentences: list[str], *hints: str) -> list[str]:
    """The sentences with one of these words: a quick look, first at them all, before slow patterns."""
    if not mentions(" ".join(sentences), *hints):
        return []
    return [sentence for sentence in sentences if mentions(sentence, *hints)]


def _standard(
    title: str, sentences: list[str], identifiers: Mapping[str, str], extra: Mapping[str, str]
) -> tuple[int | None, Standard | None, str | None]:
    """The code, the standard and the words that name it."""
    own = identifiers.get("lars", "")
    if own.isascii() and own.isdigit() and len(own) <= 6:
        named = named_in(extra.get("course", ""))
        return int(own), named if named and named.lars == int(own) else by_lars().get(int(own)), None
    for sentence in _with(sentences, "lars"):
        stated = _LARS.search(sentence)
        if stated:
            return int(stated[1]), by_lars().get(int(stated[1])), sentence
    for sentence in sentences:
        learnt = is_title(sentence) or _LEARNT.search(sentence)
        found = named_in(sentence, _levels(sentence)) if learnt else None
        if found:
            return found.lars, found, sentence
    found = named_in(extra.get("course", "")) or named_in(title, _levels(title))
    return (found.lars, found, None if extra.get("course") else title) if found else (None, None, None)


def _of_apprentices(employment: str | None) -> Iterator[str]:
    """The type of employment where it speaks of an apprenticeship: any other's length is a contract's."""
    return (words for words in _sentences(employment or "") if mentions(words, "pprentic"))


def _levels(text: str) -> frozenset[int]:
    return frozenset(int(level) for level in _LEVELS.findall(text))


def _months_said(sentence: str) -> int | None:
    whole = _LENGTH.fullmatch(sentence)
    if whole is None and (not (_LASTS.search(sentence) or named_in(sentence)) or _OTHER_LENGTH.search(sentence)):
        return None
    return _months(sentence)


def _months(text: str) -> int | None:
    """The months of the one length in a text; None for none, for several, for a range and for what can't be."""
    found = list(_LENGTH.finditer(text[:SENTENCE]))
    if len(found) != 1 or found[0]["range"]:
        return None
    first = found[0]["first"].lower()
    number = _NUMBERS.get(first) or int(first)
    months = number * (12 if found[0]["unit"].lower() == "year" else 1) + int(found[0]["more"] or 0)
    return months if 1 < months <= MOST_MONTHS else None


def _provider(sentence: str) -> str | None:
    if not _TRAINS.search(sentence):
        return None
    for number, pattern in enumerate(_PROVIDERS):
        found = pattern.search(sentence)
        if found and not _UNKNOWN.match(found["name"]) and not (number and _WORKPLACE.search(sentence)):
            return found["name"].strip(" ,-")
    return None


def _first(values: Iterator[T | None]) -> T | None:
    return next((value for value in values if value is not None), None)
