"""Words that mean the same: the reviewed table in data/synonyms.toml, by stems."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from clearinghouse.search.words import Stems, stems_of

SAME, ALSO = 0.75, 0.4  # what a match by another word counts, where the words searched for count 1
ROOT = 4  # letters of a word before "ing", at least


@dataclass(frozen=True)
class Synonym:
    """Words, one after the other, that may stand for others. `titles`: they count only in titles."""

    stems: Stems
    weight: float
    titles: bool


@cache
def apart() -> Mapping[Stems, tuple[Stems, ...]]:
    """By the words searched for, the titles that have them and are of other work."""
    found: dict[Stems, tuple[Stems, ...]] = {}
    for entry in _table()["apart"]:
        for each in _split(entry["for"]):
            found[each] = (*found.get(each, ()), *_split(entry["titles"]))
    return found


@cache
def synonyms() -> Mapping[Stems, tuple[Synonym, ...]]:
    """By the words searched for, those that find the same: first what means the same, then what leads to the like."""
    table = _table()
    same: dict[Stems, dict[Stems, None]] = {}
    for entry in table["same"]:
        group = _split(entry["words"])
        for each in group:
            same.setdefault(each, {}).update(dict.fromkeys(other for other in group if other != each))
    also: dict[Stems, dict[Stems, None]] = {}
    for entry in table["also"]:
        for each in _split(entry["for"]):
            for one in (each, *same.get(each, ())):  # what leads on from a word leads on from its equals
                also.setdefault(one, {}).update(dict.fromkeys(_with_equals(_split(entry["find"]), same)))
    return {each: _found(each, same.get(each, {}), also.get(each, {})) for each in {**same, **also}}


def doers(word: str) -> tuple[Synonym, ...]:
    """Who does what a word names, in titles: a driver for driving, a counsellor for counselling."""
    root = word.removesuffix("ing")
    if root == word or len(root) < ROOT:
        return ()
    return tuple(Synonym(stems_of(root + ending), ALSO, titles=True) for ending in ("er", "or"))


@cache
def known_stems() -> frozenset[str]:
    """The stems that the table searches by."""
    return frozenset(stem for key in synonyms() for stem in key)


@cache
def longest() -> int:
    """How many stems the longest key of the table has."""
    return max(map(len, synonyms()))


def _table() -> Mapping[str, Any]:
    return tomllib.loads(resources.files("clearinghouse.search").joinpath("data/synonyms.toml").read_text("utf-8"))


def _split(words: str) -> list[Stems]:
    return list(dict.fromkeys(stems_of(each) for each in words.split("|")))


def _with_equals(found: list[Stems], same: Mapping[Stems, Mapping[Stems, None]]) -> list[Stems]:
    return [one for each in found for one in (each, *same.get(each, ()))]


def _found(key: Stems, same: Mapping[Stems, None], also: Mapping[Stems, None]) -> tuple[Synonym, ...]:
    equal = [Synonym(each, SAME, titles=False) for each in same]
    like = [Synonym(each, ALSO, titles=True) for each in also if each != key and each not in same]
    return (*equal, *like)
