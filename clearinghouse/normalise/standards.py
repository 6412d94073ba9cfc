"""The apprenticeship standards by title and code, from a list of facts (data/standards.csv). Pure.

Standards that came later are known by the words of the advert alone; the operator's list (`reference load`) adds links.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

LONGEST = 100  # characters of a title: the list's have 90
_ASIDE = re.compile(r"\([^)]*\)|\[[^]]*\]|\b(?:integrated\s)?degree(?:\sapprenticeship)?\b")
_TOKEN = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class Standard:
    """A standard: its LARS code, its title as the list has it, and the level of what is learnt."""

    lars: int
    title: str
    level: int


@cache
def by_lars() -> Mapping[int, Standard]:
    """Every standard by its code."""
    lines = resources.files("clearinghouse.normalise").joinpath("data/standards.csv").read_text("utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {int(row["lars"]): Standard(int(row["lars"]), row["title"], int(row["level"])) for row in rows}


@cache
def _by_first_word() -> Mapping[str, Sequence[tuple[tuple[str, ...], Standard]]]:
    """Titles as words, with asides and without, by the first: longest first, then lower level, then newest."""
    found: dict[str, list[tuple[tuple[str, ...], Standard]]] = {}
    for standard in by_lars().values():
        for words in {_words(standard.title), tuple(_TOKEN.findall(standard.title.lower()))}:
            found.setdefault(words[0], []).append((words, standard))
    return {
        first: sorted(rows, key=lambda row: (-len(row[0]), row[1].level, -row[1].lars)) for first, rows in found.items()
    }


def _words(title: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(_ASIDE.sub(" ", title.lower())))


def is_title(text: str) -> bool:
    """True for a text that is a standard's title and nothing else."""
    first = _TOKEN.match(text.lower()) if len(text) <= LONGEST else None
    if first is None or first.group() not in _by_first_word():
        return False
    words = _words(text)
    return any(title == words for title, _ in _by_first_word().get(words[0] if words else "", ()))


def named_in(text: str, levels: frozenset[int] = frozenset()) -> Standard | None:
    """The first standard that the text names by its title, the longest such title; None where it names none.

    One of these `levels`, where any are given.
    """
    words = _TOKEN.findall(text.lower())
    for at, word in enumerate(words):
        for title, standard in _by_first_word().get(word, ()):
            if tuple(words[at : at + len(title)]) == title and (not levels or standard.level in levels):
                return standard
    return None
