"""Why a vacancy is in a message: what of the search it meets, in plain words. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from clearinghouse.alerts.words import Labels
from clearinghouse.publish import in_words
from clearinghouse.search.asking import Ask, asked, typed_as
from clearinghouse.search.criteria import Criteria, label_of
from clearinghouse.search.parameters import PARAMETERS, Parameter
from clearinghouse.search.pay import UNKNOWN, pay
from clearinghouse.search.words import Stems, plain, stems_of

Doc = Mapping[str, Any]

NUMBERS = ("hours_min", "hours_max", "salary_min", "pay_min", "closing_within", "posted_within")
UNSAID = {"hours": "Hours", "pay": "Pay", "closing": "Closing date", "posted": "Date posted"}


def because(doc: Doc, criteria: Criteria, miles: float | None, labels: Labels) -> tuple[str, ...]:
    """What of the search this vacancy meets: its words first, then the place, then each filter.

    A filter that it passes only because its advert doesn't say is called that.
    """
    return tuple(dict.fromkeys((*_words(doc, criteria), *_place(criteria, miles), *_filters(doc, criteria, labels))))


def _words(doc: Doc, criteria: Criteria) -> Iterator[str]:
    if not criteria.q:
        return
    title = _stemmed(doc["title"])
    employer = _stemmed((doc.get("employer") or {}).get("name") or "")
    own: list[str] = []
    rest: list[str] = []
    for ask in asked(criteria.q).asks:
        said = typed_as(ask, criteria.q)
        if _has(title, ask.stems, phrase=ask.phrase):
            own.append(said)
        elif like := _alike(title, ask):
            rest.append(f"“{like}” in the title, for “{said}”")
        elif _has(employer, ask.stems, phrase=ask.phrase):
            rest.append(f"“{said}” in the employer's name")
        else:
            rest.append(f"“{said}”, or words like it, in the advert" if ask.synonyms else f"“{said}” in the advert")
    if own:
        yield f"“{' '.join(own)}” in the title"
    yield from rest


@lru_cache(maxsize=8192)
def _stemmed(text: str) -> list[tuple[str, str]]:
    """The words of a text, each as it stands beside its stem."""
    return [
        (word.strip(".,;:()/"), stem) for word in plain(text).replace("/", " / ").split() for stem in stems_of(word)
    ]


def _has(words: list[tuple[str, str]], stems: Stems, *, phrase: bool) -> bool:
    return bool(_run(words, stems)) if phrase else set(stems) <= {stem for _, stem in words}


def _alike(title: list[tuple[str, str]], ask: Ask) -> str:
    """The words of the title that stand for what was asked."""
    return next((run for each in ask.synonyms if (run := _run(title, each.stems))), "")


def _run(words: list[tuple[str, str]], stems: Stems) -> str:
    """The words with these stems one after the other; "" where there are none."""
    for first in range(len(words) - len(stems) + 1):
        part = words[first : first + len(stems)]
        if tuple(stem for _, stem in part) == stems:
            return " ".join(dict.fromkeys(word for word, _ in part))
    return ""


def _place(criteria: Criteria, miles: float | None) -> Iterator[str]:
    if not criteria.location:
        return
    if miles is None:
        yield f"The advert does not say how far it is from {criteria.location}"
    else:
        yield f"{in_words.miles(miles).removesuffix(' away').capitalize()} from {criteria.location}"


def _filters(doc: Doc, criteria: Criteria, labels: Labels) -> Iterator[str]:
    for parameter in PARAMETERS:
        if chosen := criteria.selected(parameter.name):
            met = [value for value in parameter.read(doc) if value in chosen]
            yield from (_label(parameter, value, doc, labels) for value in met)
            if not met:
                yield f"{parameter.label}: the advert does not say"
    if all(getattr(criteria, name) is None for name in NUMBERS):
        return
    said = _said(doc)
    for one in criteria.chosen():
        if one.parameter in NUMBERS:
            about = one.parameter.split("_")[0].replace("salary", "pay")
            yield one.label if said[about] else f"{UNSAID[about]}: the advert does not say"


def _label(parameter: Parameter, value: str, doc: Doc, labels: Labels) -> str:
    if parameter.name != "employer":
        return label_of(parameter.name, value, labels)
    named = [doc.get("employer") or {}, *(doc.get("employers_now") or ())]
    return next((each["name"] for each in named if each.get("slug") == value), label_of("employer", value, labels))


def _said(doc: Doc) -> Mapping[str, bool]:
    paid = pay(doc)
    return {
        "hours": doc.get("hours_per_week") is not None,
        "pay": max(paid.annual, paid.hour, paid.month, paid.year) != UNKNOWN,
        "closing": doc.get("closes_at") is not None,
        "posted": doc.get("posted_at") is not None,
    }
